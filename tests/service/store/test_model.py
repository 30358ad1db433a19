"""Random operations on the store, against a small model of the life cycle."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from batchtasks_local.domain import checks, clock, job_moves, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.records import JobRecord, Outcome, TaskRecord
from batchtasks_local.store.store import FinishedRun, Store
from tests.service.store.harness import capacity
from tests.service.store.model import BLOBS, ENDS, IDS, SELDOM, SPELLINGS, TASKS, Model, Task, Wanted


class StoreAgainstModel(RuleBasedStateMachine):
    """The store does what the model does, refuses what the model refuses, and loses nothing when it is reopened."""

    def __init__(self) -> None:
        super().__init__()
        self.store = self.opened()
        self.etags: dict[str, int] = {}

    def teardown(self) -> None:
        self.store.close()

    def opened(self) -> Store:
        return Store(None)

    def reopen(self) -> None:
        """Nothing to do for a store that is in memory."""

    @initialize(acts=SELDOM, finishes=SELDOM, first=st.lists(TASKS, min_size=3, max_size=6))
    def make_job(self, acts: bool, finishes: bool, first: list[Wanted]) -> None:
        spec: dict[str, Any] = {"id": "Job", "usesTaskDependencies": True}
        if acts:
            spec["onTaskFailure"] = "performexitoptionsjobaction"
        self.store.add_job(job_moves.new_job(spec, clock.now()))
        self.model = Model(acts, finishes=False)
        self.add(first)
        if finishes:
            patch = {"onAllTasksComplete": "terminatejob"}
            self.change_job(lambda job: job_moves.patch_job(job, patch, clock.now()))
            self.model.finishes = True

    @rule(wanted=st.lists(TASKS, min_size=1, max_size=4))
    def add(self, wanted: list[Wanted]) -> None:
        specs = [task.spec(self.model.acts) for task in wanted]
        if self.model.over:
            with pytest.raises(RefusedError, match="JobCompleted"):
                self.store.add_tasks("JOB", checks.check_add, specs)
            return
        answer = self.store.add_tasks("JOB", checks.check_add, specs)
        assert answer is not None
        for task, added in zip(wanted, answer, strict=True):
            assert not isinstance(added, RefusedError)
            fresh = added[1]
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
                FinishedRun(record.seq, record.run, clock.now(), Outcome(exit_code, BLOBS if failed else None))
            )
            if task.state == "running":
                self.model.finish(task, exit_code, failed)
            elif task.state == "completed":
                # Another end in the same turn has ended the job, and so this task.
                self.model.note_exit_code(task, exit_code)
        again = [task for task, end in ends if end is not None and task.again]
        for task in again:
            task.again = False
        again = [task for task in again if task.state == "running"]
        room = free - sum(min(task.slots, 4) for task in again)
        expected = [task.name for task in again] + self.model.ready(max(room, 0), 4)
        started = [task.id for task, _ in self.store.advance(finished, capacity(free, 4))]
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
            with pytest.raises(RefusedError, match=rf"^{refused}\b"):
                self.store.change_task("job", name, change)
            return False
        assert self.store.change_task("job", name, change) is not None
        known.etag_moves += 1
        return True

    @rule(name=SPELLINGS)
    def terminate(self, name: str) -> None:
        task = self.model.tasks.get(name.lower())
        refused = "TaskCompleted" if task and task.state == "completed" else None
        if self.one(lambda task, job: task_moves.terminate(task, job, clock.now()), name, refused):
            assert task is not None
            self.model.complete(task, "failure", None, "TaskEnded", acts=False)
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
        if self.one(lambda task, job: task_moves.reactivate(task, job, clock.now()), name, refused):
            assert task is not None
            task.state, task.result, task.exit_code, task.code = "active", None, None, None
            task.retried = task.requeued = 0

    @rule(name=SPELLINGS, retries=st.integers(-1, 2))
    def update(self, name: str, retries: int) -> None:
        constraints = {"maxTaskRetryCount": retries}
        if self.one(lambda task, job: task_moves.update(task, job, constraints, clock.now()), name, None):
            self.model.tasks[name.lower()].retries = retries

    @rule(name=SPELLINGS)
    def delete(self, name: str) -> None:
        gone = self.store.remove_task("job", name, lambda task, job: checks.check_delete_task(job))
        assert (gone is None) == (name.lower() not in self.model.tasks)
        if gone is not None:
            del self.model.tasks[name.lower()]
            self.etags.pop(name.lower(), None)
            self.model.settle()

    def change_job(self, change: Callable[[JobRecord], JobRecord]) -> bool:
        if self.model.over:
            with pytest.raises(RefusedError, match=r"^JobCompleted\b"):
                self.store.change_job("JOB", change)
            return False
        assert self.store.change_job("JOB", change) is not None
        return True

    @precondition(lambda self: bool(self.model.state != "active" or len(self.model.running()) > 1))
    @rule(how=st.sampled_from(["requeue", "terminate", "wait"]))
    def disable(self, how: str) -> None:
        before = self.model.state
        if self.change_job(lambda job: job_moves.disable_job(job, how, clock.now())) and before != "disabled":
            self.model.disable(how)

    @rule()
    def enable(self) -> None:
        if self.change_job(lambda job: job_moves.enable_job(job, clock.now())):
            self.model.state = "active"
            self.model.settle()

    @precondition(lambda self: bool(self.model.state == "active" and len(self.model.tasks) == len(IDS)))
    @rule()
    def end(self) -> None:
        if self.change_job(lambda job: job_moves.terminate_job(job, "by hand", clock.now())):
            self.model.end("by hand")

    @rule()
    def crash(self) -> None:
        """Close without a word, open again, and put back what ran."""
        self.reopen()
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
        records = self.store.list_tasks("job", None, "", 100)
        by_id = sorted(self.model.tasks.values(), key=lambda task: task.name.lower())
        assert [record.id for record in records] == [task.name for task in by_id]
        for record, task in zip(records, by_id, strict=True):
            found = (record.state, record.result, record.exit_code, record.retry_count, record.requeue_count)
            assert found == (task.state, task.result, task.exit_code, task.retried, task.requeued), record
            assert (record.failure or {}).get("code") == task.code
            self.times_agree(record, task)

    def times_agree(self, record: TaskRecord, task: Task) -> None:
        assert (record.ended == record.state_since) is (record.state == "completed")
        assert (record.node is None) is (record.started is None)
        assert record.started is None or record.state in ("running", "completed")
        assert (record.last_retry is not None) is (record.retry_count > 0)
        if record.state == "running":
            assert record.started is not None
            assert record.started > max(record.state_since, record.last_retry or 0)
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


class DiskAgainstModel(StoreAgainstModel):
    """The same with a data folder, which is closed and opened again."""

    def opened(self) -> Store:
        self.folder = tempfile.TemporaryDirectory(prefix="batchtasks-model-")
        return Store(Path(self.folder.name))

    def reopen(self) -> None:
        self.store.close()
        self.store = Store(Path(self.folder.name))

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


TestStoreAgainstModel = StoreAgainstModel.TestCase
TestStoreAgainstModel.settings = settings(max_examples=40, stateful_step_count=30)
TestDiskAgainstModel = DiskAgainstModel.TestCase
TestDiskAgainstModel.settings = settings(max_examples=8, stateful_step_count=30)


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "examples"), [(StoreAgainstModel, 500), (DiskAgainstModel, 100)])
def test_many_more_cases(machine: type[RuleBasedStateMachine], examples: int) -> None:
    """The machines above with more cases than everyone's run has time for."""
    run_state_machine_as_test(machine, settings=settings(max_examples=examples))
