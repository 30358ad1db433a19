"""Looking at tasks that are waited for, with as little reading as possible.

A whole job is watched by its task counts, one request however many tasks there are; counts may lag, so that the end is
believed only when a list of unfinished tasks comes back empty. Single tasks are watched by what has changed: tasks that
came to the state waited for since the last look (with an overlap, because the times are those of the nodes' clocks), and
in turn a few of the pending ones by id, so that none is missed for ever.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol

from batchtasks._operations.paging import items_of
from batchtasks._validation.arguments import validate_id
from batchtasks._waiting.result import WaitProgress, WaitResult
from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks.filters import F, Filter, any_of

if TYPE_CHECKING:
    from datetime import datetime

    from batchtasks._core.executor import Executor
    from batchtasks_rest.models import CloudTask, TaskCounts

Until = Literal["completed", "running"]

# So many ids go into one filter (the length that the service takes is not documented; this stays below 1,500 characters).
FEW = 15
# What a wait that ends early names at most, of a whole job: one page.
MOST_NAMED = 1000
_OVERLAP = timedelta(seconds=15)


class Watch(Protocol):
    """What the waiting loop needs."""

    async def look(self, executor: Executor) -> WaitProgress: ...

    @property
    def finished(self) -> bool: ...

    async def sum_up(self, executor: Executor) -> WaitResult: ...


def _reached(until: Until) -> Filter:
    done = F.state == "completed"
    return done if until == "completed" else (F.state == "running") | done


def _not_reached(until: Until) -> Filter:
    return F.state != "completed" if until == "completed" else (F.state == "active") | (F.state == "preparing")


def _tasks(
    executor: Executor, job_id: str, filter: Filter | None, select: str, max_results: int | None = None
) -> AsyncIterator[Any]:
    text = None if filter is None else str(filter)
    return items_of(executor, executor.task.list(job_id, filter=text, select=select, max_results=max_results))


async def _first_page(
    executor: Executor, job_id: str, filter: Filter, select: str, size: int = MOST_NAMED
) -> list[CloudTask]:
    response = await executor.send(executor.task.list(job_id, filter=str(filter), select=select, max_results=size))
    return response.value.value or []


class JobWatch:
    """Watches all tasks of a job."""

    def __init__(self, job_id: str, until: Until, list_succeeded: bool) -> None:
        self._job_id = job_id
        self._until = until
        self._list_succeeded = list_succeeded
        self._progress = WaitProgress(0, 0, 0, 0)
        self._quiet = 0
        self.finished = False

    async def look(self, executor: Executor) -> WaitProgress:
        result = (await executor.send(executor.job.get_task_counts(self._job_id))).value
        progress = _of_counts(result.task_counts, self._until)
        self._quiet = self._quiet + 1 if progress == self._progress else 0
        self._progress = progress
        # Counts can lag either way, so they are also doubted when they have stood still for long.
        if progress.pending == 0 or self._quiet % 8 == 7:
            left = await _first_page(executor, self._job_id, _not_reached(self._until), "id", 1)
            self.finished = not left
        return progress

    async def sum_up(self, executor: Executor) -> WaitResult:
        return await (self._whole(executor) if self.finished else self._part(executor))

    async def _whole(self, executor: Executor) -> WaitResult:
        failures = {
            task.id: task
            async for task in _tasks(executor, self._job_id, F.result == "failure", "id,state,executionInfo")
        }
        succeeded: list[str] = []
        running: list[str] = []
        if self._list_succeeded or self._until == "running":
            async for task in _tasks(executor, self._job_id, None, "id,state"):
                if task.id not in failures:
                    (succeeded if task.state == "completed" else running).append(task.id)
        return WaitResult(
            succeeded=tuple(succeeded),
            failed=tuple(failures),
            running=tuple(running),
            failures=failures,
            progress=self._progress,
        )

    async def _part(self, executor: Executor) -> WaitResult:
        failed = await _first_page(executor, self._job_id, F.result == "failure", "id,state,executionInfo")
        pending = await _first_page(executor, self._job_id, _not_reached(self._until), "id")
        failures = {str(task.id): task for task in failed}
        return WaitResult(
            failed=tuple(failures),
            pending=tuple(str(task.id) for task in pending),
            failures=failures,
            progress=self._progress,
        )


def _of_counts(counts: TaskCounts | None, until: Until) -> WaitProgress:
    if counts is None:
        raise BatchTasksError("The service gave no task counts.")
    active, running, completed = counts.active or 0, counts.running or 0, counts.completed or 0
    return WaitProgress(
        total=active + running + completed,
        done=completed if until == "completed" else completed + running,
        succeeded=counts.succeeded or 0,
        failed=counts.failed or 0,
        running=running,
    )


class TaskWatch:
    """Watches single tasks."""

    def __init__(self, job_id: str, ids: Iterable[str], until: Until) -> None:
        self._job_id = job_id
        self._until = until
        # Ids count without regard to letter case; the caller's spelling is given back.
        self._pending = {_folded(task_id): task_id for task_id in ids}
        self._total = len(self._pending)
        self._done: dict[str, CloudTask] = {}
        self._absent: set[str] = set()
        self._missing: dict[str, str] = {}
        self._since: datetime | None = None
        self._turn = 0

    @property
    def finished(self) -> bool:
        return not self._pending

    async def look(self, executor: Executor) -> WaitProgress:
        asked = self._next_few()
        by_id = any_of(F.id == self._pending[key] for key in asked)
        seen: set[str] = set()
        async for task in _tasks(
            executor, self._job_id, self._filter(by_id), "id,state,stateTransitionTime,executionInfo"
        ):
            key = str(task.id).casefold()
            seen.add(key)
            self._note(key, task)
        self._note_absent(set(asked) - seen)
        return self._progress()

    def _filter(self, by_id: Filter) -> Filter:
        if len(self._pending) <= FEW:
            return by_id
        changed = _reached(self._until)
        if self._since is not None:
            changed = changed & (F.state_transition_time >= self._since - _OVERLAP)
        return changed | by_id

    def _next_few(self) -> list[str]:
        """Give the ids to ask for by name this time, going round all pending ones."""
        keys = list(self._pending)
        start = self._turn % len(keys) if len(keys) > FEW else 0
        self._turn = start + FEW
        return keys[start : start + FEW]

    def _note(self, key: str, task: CloudTask) -> None:
        changed = task.state_transition_time
        reached = task.state == "completed" or (self._until == "running" and task.state == "running")
        if reached and changed is not None and (self._since is None or changed > self._since):
            self._since = changed
        if reached and self._pending.pop(key, None) is not None:
            self._done[key] = task

    def _note_absent(self, absent: set[str]) -> None:
        """Believe that a task does not exist when it is not there twice."""
        for key in absent & self._absent & self._pending.keys():
            self._missing[key] = self._pending.pop(key)
        self._absent = (self._absent | absent) & self._pending.keys()

    def _progress(self) -> WaitProgress:
        completed = [task for task in self._done.values() if task.state == "completed"]
        failed = sum(1 for task in completed if has_failed(task))
        return WaitProgress(
            total=self._total,
            done=len(self._done),
            succeeded=len(completed) - failed,
            failed=failed,
            missing=len(self._missing),
        )

    async def sum_up(self, executor: Executor) -> WaitResult:
        done = [(str(task.id), task) for task in self._done.values()]
        failures = {name: task for name, task in done if has_failed(task)}
        return WaitResult(
            succeeded=tuple(name for name, task in done if task.state == "completed" and name not in failures),
            failed=tuple(failures),
            running=tuple(name for name, task in done if task.state != "completed"),
            pending=tuple(self._pending.values()),
            missing=tuple(self._missing.values()),
            failures=failures,
            progress=self._progress(),
        )


def has_failed(task: CloudTask) -> bool:
    """Tell whether a task completed without success."""
    if task.state != "completed":
        return False
    info = task.execution_info
    if info is None:
        return False
    return info.result == "failure" if info.result is not None else info.exit_code != 0


def _folded(task_id: object) -> str:
    validate_id(task_id, "task")
    return str(task_id).casefold()


def watch_for(job_id: str, ids: Iterable[str] | str | None, until: str, list_succeeded: bool) -> Watch:
    """Choose how to watch."""
    if until not in ("completed", "running"):
        raise InvalidInputError(f"until must be 'completed' or 'running', not {until!r}.")
    kind: Until = "completed" if until == "completed" else "running"
    if ids is None:
        return JobWatch(job_id, kind, list_succeeded)
    if not isinstance(ids, Iterable):
        raise InvalidInputError(f"ids must be the ids of tasks, not {type(ids).__name__}.")
    return TaskWatch(job_id, [ids] if isinstance(ids, str) else ids, kind)
