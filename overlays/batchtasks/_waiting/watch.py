"""Poll tasks that are waited for, with as little reading as possible.

A whole job is watched by its task counts, one request however many tasks there are. Counts may lag, so that the end is believed
only when a list of unfinished tasks comes back empty. Single tasks are watched by what has changed: tasks that came to the
state waited for since the last poll, and in turn a few of the pending ones by id. Times of state changes may come from clocks
that are wrong. None of them is believed that is later than the service's own, and from time to time all tasks of the job
that have come to the state are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from attrs import evolve

from batchtasks._core.executor import Executor
from batchtasks._validation.arguments import validate_id
from batchtasks._waiting.blocked import Blocked, read, read_pages
from batchtasks._waiting.result import BlockedTask, WaitProgress, WaitResult
from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks.filters import F, any_of
from batchtasks_rest import models

# By `until`: the tasks that have reached it, and those that have not.
_REACHED = {"completed": F.state == "completed", "running": (F.state == "running") | (F.state == "completed")}
_NOT_REACHED = {"completed": F.state != "completed", "running": (F.state == "active") | (F.state == "preparing")}
# So many ids go into one filter (the length that the service takes is not documented; this stays below 1,500 characters).
FEW = 15
# What a wait that ends early names at most, of a whole job: one page.
MOST_NAMED = 1000
_OVERLAP = timedelta(seconds=15)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds until all tasks are listed for the first time; later it is when the wait has become half as long again.
_FIRST_LISTING = 60.0


class JobWatch:
    """Watches all tasks of a job."""

    def __init__(self, job_id: str, until: str, list_succeeded: bool) -> None:
        self._job_id, self._until, self._list_succeeded = job_id, until, list_succeeded
        self._progress = WaitProgress(0, 0, 0, 0)
        self._quiet = 0
        self.finished = False

    async def poll(self, executor: Executor, elapsed: float, *, is_last: bool) -> WaitProgress:
        counts: Any = (await executor.send(executor.job.get_task_counts(self._job_id))).value.task_counts
        names = ("active", "running", "completed", "succeeded", "failed")
        numbers = [getattr(counts, name, None) for name in names]
        if not hasattr(counts, "active") or not all(number is None or isinstance(number, int) for number in numbers):
            raise BatchTasksError("The service gave no task counts.")
        active, running, completed, succeeded, failed = (number or 0 for number in numbers)
        done = completed if self._until == "completed" else completed + running
        progress = WaitProgress(active + running + completed, done, succeeded, failed, running)
        self._quiet = self._quiet + 1 if progress == self._progress else 0
        self._progress = progress
        # Counts can lag either way, so they are also doubted when they have stood still for long.
        if progress.pending == 0 or self._quiet % 8 == 7:
            self.finished = not await read(executor, self._job_id, _NOT_REACHED[self._until], "id", 1)
        return progress

    def pending_of(self, blocked: Blocked) -> tuple[BlockedTask, ...]:
        return blocked.tasks

    def is_stuck(self, blocked: Blocked) -> bool:
        return blocked.is_all and (self._until == "running" or self._progress.running == 0)

    async def result(self, executor: Executor | None) -> WaitResult:
        """Return what became of all tasks if the wait is over, else of up to 1,000 of each kind without the succeeded.

        Without an executor the tasks are not listed.
        """
        if executor is None:
            return WaitResult(progress=self._progress)
        most = None if self.finished else MOST_NAMED
        listed = await read(executor, self._job_id, F.result == "failure", "id,state,executionInfo", most)
        failures = {task.id: task for task in listed}
        result = WaitResult(failed=tuple(failures), failures=failures, progress=self._progress)
        if not self.finished:
            pending = await read(executor, self._job_id, _NOT_REACHED[self._until], "id", MOST_NAMED)
            return evolve(result, pending=tuple(task.id for task in pending))
        if not self._list_succeeded and self._until == "completed":
            return result
        ids: dict[bool, list[str]] = {True: [], False: []}
        async for tasks, _ in read_pages(executor, self._job_id, None, "id,state"):
            for task in tasks:
                if task.id not in failures:
                    ids[task.state == "completed"].append(task.id)
        return evolve(result, succeeded=tuple(ids[True]), running=tuple(ids[False]))


class TaskWatch:
    """Watches single tasks."""

    def __init__(self, job_id: str, ids: Iterable[str], until: str) -> None:
        self._job_id, self._until = job_id, until
        # Ids count without regard to letter case; the caller's spelling is given back.
        self._pending = {task_id.casefold(): task_id for task_id in ids}
        self._total = len(self._pending)
        self._done: dict[str, models.CloudTask] = {}
        self._absent: set[str] = set()
        self._missing: dict[str, str] = {}
        self._since: datetime | None = None
        self._turn = 0
        # For how long the wait had run when all tasks were last listed.
        self._listed = _FIRST_LISTING / 1.5

    @property
    def finished(self) -> bool:
        return not self._pending

    async def poll(self, executor: Executor, elapsed: float, *, is_last: bool) -> WaitProgress:
        if is_last or elapsed >= 1.5 * self._listed:
            self._listed, self._since = elapsed, None
        # Those asked for by name this time, going round all that are pending.
        keys = list(self._pending)
        start = self._turn % len(keys) if len(keys) > FEW else 0
        self._turn, asked = start + FEW, keys[start : start + FEW]
        wanted = any_of(F.id == self._pending[key] for key in asked)
        if len(self._pending) > FEW:
            changed = _REACHED[self._until]
            if self._since is not None:
                changed = changed & (F.state_transition_time >= self._since)
            wanted = changed | wanted
        select, seen = "id,state,stateTransitionTime,executionInfo", set[str]()
        async for tasks, server_time in read_pages(executor, self._job_id, wanted, select):
            for task in tasks:
                seen.add(task.id.casefold())
                self._record(task, server_time)
        # That a task does not exist is believed when it is not there twice.
        absent = set(asked) - seen
        for key in absent & self._absent & self._pending.keys():
            self._missing[key] = self._pending.pop(key)
        self._absent = (self._absent | absent) & self._pending.keys()
        return self._progress()

    def _record(self, task: models.CloudTask, server_time: datetime) -> None:
        if not (task.state == "completed" or (self._until == "running" and task.state == "running")):
            return
        changed: object = task.state_transition_time
        if isinstance(changed, datetime):
            since = min(max(changed, _EARLIEST), server_time) - _OVERLAP
            self._since = since if self._since is None else max(self._since, since)
        key = task.id.casefold()
        if self._pending.pop(key, None) is not None:
            self._done[key] = task

    def _progress(self) -> WaitProgress:
        completed = [task for task in self._done.values() if task.state == "completed"]
        failed = sum(has_failed(task) for task in completed)
        return WaitProgress(self._total, len(self._done), len(completed) - failed, failed, missing=len(self._missing))

    def pending_of(self, blocked: Blocked) -> tuple[BlockedTask, ...]:
        return tuple(task for task in blocked.tasks if task.task_id.casefold() in self._pending)

    def is_stuck(self, blocked: Blocked) -> bool:
        return len(self.pending_of(blocked)) == len(self._pending) > 0

    async def result(self, _: Executor | None) -> WaitResult:
        done = self._done.values()
        failures = {task.id: task for task in done if has_failed(task)}
        return WaitResult(
            succeeded=tuple(task.id for task in done if task.state == "completed" and task.id not in failures),
            failed=tuple(failures),
            running=tuple(task.id for task in done if task.state != "completed"),
            pending=tuple(self._pending.values()),
            missing=tuple(self._missing.values()),
            failures=failures,
            progress=self._progress(),
        )


def has_failed(task: models.CloudTask) -> bool:
    info: Any = task.execution_info
    if task.state != "completed" or info is None:
        return False
    result = getattr(info, "result", None)
    return bool(result == "failure") if result is not None else getattr(info, "exit_code", None) != 0


Watch: TypeAlias = JobWatch | TaskWatch


def watch_for(job_id: str, tasks: Any, until: str, list_succeeded: bool) -> Watch:
    """Return what watches a whole job, or single tasks."""
    if until not in _REACHED:
        raise InvalidInputError(f"until must be 'completed' or 'running', not {until!r}.")
    if tasks is None:
        return JobWatch(job_id, until, list_succeeded)
    if isinstance(tasks, (str, bytes)) or hasattr(tasks, "id"):
        tasks = [tasks]
    if isinstance(tasks, Mapping) or not isinstance(tasks, Iterable):
        raise InvalidInputError(f"tasks must be tasks or their ids, not {type(tasks).__name__}.")
    ids: list[Any] = [getattr(task, "id", task) for task in tasks]
    for task_id in ids:
        validate_id(task_id, "task")
    return TaskWatch(job_id, ids, until)
