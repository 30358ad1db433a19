"""A small model of the life cycle that shares no code with the service, and random tasks for both."""

from __future__ import annotations

from typing import Any

from attrs import define, field, frozen
from hypothesis import strategies as st

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
    again: bool = False

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
            self.end("AllTasksCompleted")
        if self.state == "disabling" and not self.running():
            self.state = "disabled"

    def finish(self, task: Task, exit_code: int | None, failure: bool) -> None:
        left = task.retries < 0 or task.retried < task.retries
        if not failure and exit_code and left:
            task.again = True  # it stays running on its node
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
        """The same as JSON; job actions only where the job allows them."""
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
ENDS: list[tuple[int | None, bool] | None] = [
    None,
    (0, False),
    (0, False),
    (1, False),
    (3, False),
    (0, True),
    (None, True),
]


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
