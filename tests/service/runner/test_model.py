"""Random operations on the store, against a small model of the life cycle that shares no code with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field, frozen
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from batchtasks_local import clock, lifecycle
from batchtasks_local.lifecycle import Outcome, Refused
from batchtasks_local.records import JobRecord, TaskRecord
from batchtasks_local.store.interface import Finished
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import slots

IDS = ["a", "B", "1", "02", "3"]
SPELLINGS = st.sampled_from(IDS).flatmap(lambda name: st.sampled_from([name.lower(), name.upper()]))
Exits = dict[int | None, tuple[str, str]]
BLOBS = {"category": "UserError", "code": "BlobNotFound", "message": "m"}


@define
class Task:
    """What the model knows of a task."""

    name: str
    retries: int
    slots: int
    exits: Exits
    unmet: set[str]
    state: str = "active"
    result: str | None = None
    exit_code: int | None = None
    retried: int = 0
    requeued: int = 0
    etag_moves: int = 0
    code: str | None = None

    @property
    def kind(self) -> str:
        """The counter that the task belongs to."""
        return {None: self.state, "success": "succeeded", "failure": "failed"}[self.result]


@define
class Model:
    """The job and its tasks, in order of adding."""

    acts: bool
    finishes: bool
    state: str = "active"
    reason: str | None = None
    tasks: dict[str, Task] = field(factory=dict)
    met: set[str] = field(factory=set)

    @property
    def over(self) -> bool:
        return self.state == "completed"

    def satisfied(self, task: Task) -> bool:
        if task.state != "completed":
            return False
        good = task.result == "success"
        return task.exits.get(task.exit_code, ("", "satisfy" if good else "block"))[1] == "satisfy"

    def add(self, wanted: Wanted) -> None:
        done = {other.name.lower() for other in self.tasks.values() if self.satisfied(other)}
        unmet = set(wanted.ids) - done
        unmet |= {f"#{number}" for number in range(2, wanted.range_end + 1)} - self.met
        exits = {code: options if self.acts else ("none", options[1]) for code, options in wanted.exits.items()}
        self.tasks[wanted.name.lower()] = Task(wanted.name, wanted.retries, wanted.size, exits, unmet)

    def ready(self, free: int, total: int) -> list[str]:
        """The tasks that start in so many free slots."""
        chosen: list[str] = []
        for task in self.tasks.values() if self.state == "active" else ():
            if task.state != "active" or task.unmet or task.slots > total or not free:
                continue
            if task.slots > free:
                break
            chosen.append(task.name)
            free -= task.slots
        return chosen

    def complete(self, task: Task, result: str, exit_code: int | None, code: str | None, *, acts: bool = True) -> None:
        task.state, task.result, task.exit_code, task.code = "completed", result, exit_code, code
        if self.satisfied(task):
            self.free(task)
        if acts and self.acts and not self.over:
            action = task.exits.get(exit_code, ("none" if result == "success" else "terminate", ""))[0]
            if action == "terminate":
                self.end("TaskFailed")
            elif action == "disable":
                self.disable("requeue")

    def note_exit_code(self, task: Task, exit_code: int | None) -> None:
        """The exit code of a task that was ended before its process was."""
        if task.exit_code is None and exit_code is not None:
            task.exit_code = exit_code
            if self.satisfied(task):
                self.free(task)

    def free(self, task: Task) -> None:
        names = {task.name.lower()}
        if task.name.isdecimal():
            names.add(f"#{int(task.name)}")
            self.met.add(f"#{int(task.name)}")
        for other in self.tasks.values():
            other.unmet -= names

    def running(self) -> list[Task]:
        return [task for task in self.tasks.values() if task.state == "running"]

    def end(self, reason: str) -> None:
        self.state, self.reason = "completed", reason
        for task in self.running():
            self.complete(task, "failure", None, "TaskEnded", acts=False)

    def disable(self, how: str) -> None:
        self.state = "disabling"
        for task in self.running():
            if how == "requeue":
                task.state = "active"
                task.requeued += 1
            elif how == "terminate":
                self.complete(task, "failure", None, "TaskEnded", acts=False)
        self.settle()

    def settle(self) -> None:
        left = [task for task in self.tasks.values() if task.state != "completed"]
        if self.finishes and self.state == "active" and not left:
            self.end("AllTasksComplete")
        if self.state == "disabling" and not self.running():
            self.state = "disabled"

    def finish(self, task: Task, exit_code: int | None, failure: bool) -> None:
        left = task.retries < 0 or task.retried < task.retries
        if not failure and exit_code and left:
            task.state = "active"
            task.retried += 1
        else:
            bad = failure or exit_code != 0
            code = "BlobNotFound" if failure else "FailureExitCode" if bad else None
            self.complete(task, "failure" if bad else "success", exit_code, code)
        self.settle()


@frozen
class Wanted:
    """A task to be added."""

    name: str
    retries: int
    size: int
    exits: Exits
    ids: frozenset[str]
    range_end: int

    def spec(self, acts: bool) -> dict[str, Any]:
        """The same on the wire; job actions only where the job allows them."""
        mappings = [
            {"code": code, "exitOptions": {"dependencyAction": dependency, **({"jobAction": action} if acts else {})}}
            for code, (action, dependency) in self.exits.items()
        ]
        depends_on: dict[str, Any] = {"taskIds": [name.upper() for name in self.ids]}
        if self.range_end:
            depends_on["taskIdRanges"] = [{"start": 2, "end": self.range_end}]
        return {
            "id": self.name,
            "commandLine": "true",
            "constraints": {"maxTaskRetryCount": self.retries},
            "requiredSlots": self.size,
            "exitConditions": {"exitCodes": mappings} if mappings else None,
            "dependsOn": depends_on,
        }


SELDOM = st.sampled_from([False, False, True])
# A run goes on, ends with an exit code, or with a failure before or after its process.
ENDS: list[tuple[int | None, bool] | None]
ENDS = [None, (0, False), (0, False), (1, False), (3, False), (0, True), (None, True)]
OPTIONS = st.tuples(st.sampled_from(["none", "none", "disable", "terminate"]), st.sampled_from(["satisfy", "block"]))
TASKS = st.builds(
    Wanted,
    name=SPELLINGS,
    retries=st.sampled_from([0, 0, 1, 2, -1]),
    size=st.sampled_from([1, 1, 1, 2, 4, 5]),
    exits=st.dictionaries(st.sampled_from([0, 1, 3]), OPTIONS, max_size=3),
    ids=st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(["a", "b", "1", "nobody"]), max_size=2)),
    range_end=st.sampled_from([0, 0, 2, 3]),
)


class StoreAgainstModel(RuleBasedStateMachine):
    """The store does what the model does, refuses what the model refuses, and loses nothing when it is reopened."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="batchtasks-model-")
        self.store = SqliteStore(Path(self.folder.name))
        self.etags: dict[str, int] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(acts=SELDOM, finishes=SELDOM, first=st.lists(TASKS, min_size=3, max_size=6))
    def make_job(self, acts: bool, finishes: bool, first: list[Wanted]) -> None:
        spec: dict[str, Any] = {"id": "Job", "usesTaskDependencies": True}
        if acts:
            spec["onTaskFailure"] = "performexitoptionsjobaction"
        self.store.add_job(lifecycle.new_job(spec, clock.now()))
        self.model = Model(acts, finishes=False)
        self.add(first)
        if finishes:
            patch = {"onAllTasksComplete": "terminatejob"}
            self.change_job(lambda job: lifecycle.patch_job(job, patch, clock.now()))
            self.model.finishes = True

    @rule(wanted=st.lists(TASKS, min_size=1, max_size=4))
    def add(self, wanted: list[Wanted]) -> None:
        specs = [task.spec(self.model.acts) for task in wanted]
        if self.model.over:
            with pytest.raises(Refused, match="JobCompleted"):
                self.store.add_tasks("JOB", lifecycle.check_add, specs)
            return
        answer = self.store.add_tasks("JOB", lifecycle.check_add, specs)
        assert answer is not None
        for task, (_, fresh) in zip(wanted, answer, strict=True):
            assert fresh is (task.name.lower() not in self.model.tasks)
            if fresh:
                self.model.add(task)

    @rule(rounds=st.integers(1, 4), draw=st.data())
    def turn(self, rounds: int, draw: st.DataObject) -> None:
        """Some runs end and others start, in one transaction; a few times over."""
        for _ in range(rounds):
            ends = [(task, draw.draw(st.sampled_from(ENDS))) for task in self.model.running()]
            self.one_turn(draw.draw(st.integers(1, 4)), ends)

    def one_turn(self, free: int, ends: list[tuple[Task, tuple[int | None, bool] | None]]) -> None:
        finished = []
        for task, end in ends:
            if end is None:
                continue
            exit_code, failed = end
            record = self.task(task)
            finished.append(
                Finished(record.seq, record.run, clock.now(), Outcome(exit_code, BLOBS if failed else None))
            )
            if task.state == "running":
                self.model.finish(task, exit_code, failed)
            elif task.state == "completed":
                # Another end in the same turn has ended the job, and so this task.
                self.model.note_exit_code(task, exit_code)
        expected = self.model.ready(free, 4)
        started = [task.id for task, _ in self.store.advance(finished, slots(free, 4))]
        assert started == expected
        for name in started:
            self.model.tasks[name.lower()].state = "running"

    def one(self, change: Callable[[TaskRecord, JobRecord], TaskRecord], name: str, refused: str | None) -> bool:
        """Change one task; whether the model is to follow."""
        known = self.model.tasks.get(name.lower())
        if known is None:
            assert self.store.change_task("job", name, change) is None
            return False
        if refused is not None:
            with pytest.raises(Refused, match=f"^{refused}$"):
                self.store.change_task("job", name, change)
            return False
        assert self.store.change_task("job", name, change) is not None
        known.etag_moves += 1
        return True

    @rule(name=SPELLINGS)
    def terminate(self, name: str) -> None:
        task = self.model.tasks.get(name.lower())
        refused = "TaskCompleted" if task and task.state == "completed" else None
        if self.one(lambda task, job: lifecycle.terminate(task, job, clock.now()), name, refused):
            assert task is not None
            self.model.complete(task, "failure", None, "TaskEnded")
            self.model.settle()

    @rule(name=SPELLINGS)
    def reactivate(self, name: str) -> None:
        task = self.model.tasks.get(name.lower())
        refused = None
        if self.model.over:
            refused = "JobCompleted"
        elif task and task.state != "completed":
            refused = "TaskNotCompleted"
        elif task and task.result == "success":
            refused = "TaskSucceeded"
        if self.one(lambda task, job: lifecycle.reactivate(task, job, clock.now()), name, refused):
            assert task is not None
            task.state, task.result, task.exit_code, task.code = "active", None, None, None
            task.retried = task.requeued = 0

    @rule(name=SPELLINGS, retries=st.integers(-1, 2))
    def update(self, name: str, retries: int) -> None:
        constraints = {"maxTaskRetryCount": retries}
        if self.one(lambda task, job: lifecycle.update(task, job, constraints, clock.now()), name, None):
            self.model.tasks[name.lower()].retries = retries

    @rule(name=SPELLINGS)
    def delete(self, name: str) -> None:
        gone = self.store.remove_task("job", name, lifecycle.check_delete)
        assert (gone is None) == (name.lower() not in self.model.tasks)
        if gone is not None:
            del self.model.tasks[name.lower()]
            self.etags.pop(name.lower(), None)
            self.model.settle()

    def change_job(self, change: Callable[[JobRecord], JobRecord]) -> bool:
        if self.model.over:
            with pytest.raises(Refused, match=r"^JobCompleted$"):
                self.store.change_job("JOB", change)
            return False
        assert self.store.change_job("JOB", change) is not None
        return True

    @precondition(lambda self: bool(self.model.state != "active" or len(self.model.running()) > 1))
    @rule(how=st.sampled_from(["requeue", "terminate", "wait"]))
    def disable(self, how: str) -> None:
        before = self.model.state
        if self.change_job(lambda job: lifecycle.disable_job(job, how, clock.now())) and before != "disabled":
            self.model.disable(how)

    @rule()
    def enable(self) -> None:
        if self.change_job(lambda job: lifecycle.enable_job(job, clock.now())):
            self.model.state = "active"
            self.model.settle()

    @precondition(lambda self: bool(self.model.state == "active" and len(self.model.tasks) == len(IDS)))
    @rule()
    def end(self) -> None:
        if self.change_job(lambda job: lifecycle.terminate_job(job, "by hand", clock.now())):
            self.model.end("by hand")

    @rule()
    def crash(self) -> None:
        """Close without a word, open again, and put back what ran."""
        self.store.close()
        self.store = SqliteStore(Path(self.folder.name))
        running = self.model.running()
        assert self.store.requeue_running() == len(running)
        for task in running:
            task.state = "active"
            task.requeued += 1
        self.model.settle()

    def task(self, task: Task) -> TaskRecord:
        found = self.store.get_task("job", task.name)
        assert found is not None
        return found

    @invariant()
    def the_job_agrees(self) -> None:
        job = self.store.get_job("job")
        assert job is not None
        assert (job.state, job.terminate_reason) == (self.model.state, self.model.reason)

    @invariant()
    def the_tasks_agree(self) -> None:
        records = self.store.list_tasks("job", None, 0, 100)
        assert [record.id for record in records] == [task.name for task in self.model.tasks.values()]
        for record, task in zip(records, self.model.tasks.values(), strict=True):
            found = (record.state, record.result, record.exit_code, record.retry_count, record.requeue_count)
            assert found == (task.state, task.result, task.exit_code, task.retried, task.requeued), record
            assert (record.failure or {}).get("code") == task.code
            self.times_agree(record, task)

    def times_agree(self, record: TaskRecord, task: Task) -> None:
        assert (record.ended == record.state_since) is (record.state == "completed")
        assert (record.node is None) is (record.started is None)
        assert record.started is None or record.state in ("running", "completed")
        assert (record.last_retry is not None) is (record.retry_count > 0)
        assert (record.last_requeue is not None) is (record.requeue_count > 0)
        moved = record.modified != self.etags.get(task.name.lower(), record.created)
        assert moved is (task.etag_moves > 0)
        self.etags[task.name.lower()] = record.modified
        task.etag_moves = 0

    @invariant()
    def the_counters_agree(self) -> None:
        tasks, taken = self.store.counts("job")
        for kind in ("active", "running", "succeeded", "failed"):
            chosen = [task for task in self.model.tasks.values() if task.kind == kind]
            assert getattr(tasks, kind) == len(chosen)
            assert getattr(taken, kind) == sum(task.slots for task in chosen)


TestStoreAgainstModel = StoreAgainstModel.TestCase
TestStoreAgainstModel.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
