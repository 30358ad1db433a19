"""Why active tasks will never run: worked out from what the service shows of their job, its tasks and its pool.

The service itself does not say. A task waits for ever if the job is disabled, if it needs more slots than a node has, or if
a task that it depends on does not exist, has completed without letting it run, or can itself never run.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeAlias

from attrs import frozen

from batchtasks._core.executor import Executor
from batchtasks._operations.paging import Pager
from batchtasks._validation.values import read_http_date
from batchtasks._waiting.result import BlockedTask
from batchtasks.errors import BatchTasksError
from batchtasks.filters import F, Filter
from batchtasks_rest import models
from batchtasks_rest.api.pool import PoolCalls

# At most so many tasks are read that have not succeeded, and so many names of those that have.
MAX_READ = 10_000

# What a task depends on: a task id in lower case, a number that ids read as, or a range of these numbers.
Key: TypeAlias = str | int | tuple[int, int]
# Requirements that nothing meets.
_NEVER, _SLOTS = "(never)", "(slots)"


async def read_pages(
    executor: Executor, job_id: str, filter: Filter | None, select: str, size: int | None = None
) -> AsyncIterator[tuple[list[models.CloudTask], datetime]]:
    """Yield the tasks of each page of a list, without those that have no id, and the service's time then."""
    call = executor.task.list(job_id, filter=filter, select=select, max_results=size)
    pager = Pager[models.CloudTask](executor, call)
    async for page in pager.pages():
        server_time = read_http_date(pager.headers.get("Date")) or datetime.now(UTC)
        yield [task for task in page if isinstance(task.id, str)], server_time


async def read(
    executor: Executor, job_id: str, filter: Filter | None, select: str, most: int | None = None
) -> list[models.CloudTask]:
    """Return the tasks of a list, or the first of them."""
    found: list[models.CloudTask] = []
    async for tasks, _ in read_pages(executor, job_id, filter, select, most and min(most, 1000)):
        found += tasks
        if most is not None and len(found) >= most:
            break
    return found[:most]


@frozen
class Blocked:
    """The blocked tasks of a job as it was read; `is_all`: certainly no other active task of the job is left."""

    tasks: tuple[BlockedTask, ...] = ()
    is_all: bool = False
    job: models.CloudJob | None = None


async def find_blocked(executor: Executor, job_id: str) -> tuple[BlockedTask, ...]:
    """Find the active tasks of a job that can never run unless someone changes something, and why.

    It reads the job, its pool, up to 10,000 tasks that have not succeeded, and the ids of up to 10,000 that have. In larger jobs
    it does not find all. Without the right to read the pool it does not compare slots.

    Args:
        job_id: The id of the job.

    Returns:
        The tasks with reasons, in the order of the service's list; empty if there is none.

    Raises:
        JobNotFoundError: The job does not exist.
    """
    return (await analyse(executor, job_id)).tasks


async def analyse(executor: Executor, job_id: str) -> Blocked:
    select = "id,state,executionInfo,poolInfo,usesTaskDependencies"
    job = (await executor.send(executor.job.get(job_id, select=select))).value
    if job.state in ("disabling", "disabled", "terminating", "completed", "deleting"):
        active = await read(executor, job_id, F.state == "active", "id", MAX_READ)
        reason = f"waits in a job that is {job.state}"
        return Blocked(tuple(BlockedTask(task.id, reason) for task in active), bool(active), job)
    slots = await _slots_per_node(executor, job)
    if not job.uses_task_dependencies and slots is None:
        return Blocked(job=job)
    unfinished = (F.state != "completed") | (F.result == "failure")
    select = "id,state,dependsOn,requiredSlots,exitConditions,executionInfo"
    most = MAX_READ if job.uses_task_dependencies else 1000
    tasks = await read(executor, job_id, unfinished, select, most)
    is_complete = len(tasks) < most
    graph = _Graph(tasks, slots)
    if graph.unknown and is_complete:
        names = await read(executor, job_id, F.result == "success", "id", MAX_READ)
        is_complete = len(names) < MAX_READ
        for task in names:
            graph.add(task.id.casefold(), is_met=True)
    blocked = graph.blocked(is_complete)
    return Blocked(blocked, is_complete and len(blocked) == len(graph.active) > 0, job)


async def _slots_per_node(executor: Executor, job: models.CloudJob) -> int | None:
    """Return the task slots of a node of the job's pool, or None if that cannot be read."""
    info: Any = job.pool_info
    pool: Any = getattr(getattr(info, "auto_pool_specification", None), "pool", None)
    if pool is None and isinstance(pool_id := getattr(info, "pool_id", None), str):
        try:
            call = executor.calls(PoolCalls).get(pool_id, select="taskSlotsPerNode")
            pool = (await executor.send(call)).value
        except BatchTasksError as error:
            if error.is_retriable:
                raise
    slots = getattr(pool, "task_slots_per_node", None)
    return slots if type(slots) is int else None


class _Graph:
    """Which active task waits for what."""

    def __init__(self, tasks: list[models.CloudTask], slots: int | None) -> None:
        self._slots = slots
        self._tasks: dict[str, models.CloudTask] = {task.id.casefold(): task for task in tasks}
        self.active = {name: task for name, task in self._tasks.items() if task.state == "active"}
        # The numbers that ids read as, with the ids: 4, 04 and 004 are all task 4.
        self._names = defaultdict[int, list[str]](list)
        self._met: set[Key] = set()
        for name, task in self._tasks.items():
            self.add(name, is_met=name not in self.active and _lets_others_run(task))
        # What each task, and each range of ids, waits for.
        self._needs: dict[Key, list[Key]] = {name: list(_needs(task)) for name, task in self.active.items()}
        self._ranges = {need for needs in self._needs.values() for need in needs if isinstance(need, tuple)}

    def add(self, name: str, *, is_met: bool) -> None:
        """Add the name of a task, and whether what depends on it may run."""
        if name.isdecimal():
            self._names[int(name)].append(name)
        if is_met:
            self._met.update(_keys(name))

    @property
    def unknown(self) -> bool:
        """Whether a task waits for something that is not among the tasks read."""
        named = {need for needs in self._needs.values() for need in needs if isinstance(need, str)}
        return bool(self._ranges or named - self._tasks.keys())

    def blocked(self, is_complete: bool) -> tuple[BlockedTask, ...]:
        """Return the tasks that cannot run; unless all tasks are known, those that are not count as done."""
        known = sorted(self._names)
        for start, end in self._ranges:
            numbers = known[bisect_left(known, start) : bisect_right(known, end)]
            has_gap = is_complete and len(numbers) <= end - start
            self._needs[start, end] = [*(number for number in numbers if number not in self._met), *[_NEVER] * has_gap]
        for name, task in self.active.items():
            needs = self._needs[name]
            if not is_complete:
                self._met.update(need for need in needs if isinstance(need, str) and need not in self._tasks)
            wanted: object = task.required_slots
            if self._slots is not None and isinstance(wanted, int) and wanted > self._slots:
                needs.append(_SLOTS)
        left = self._resolve()
        found = [(name, task) for name, task in self.active.items() if name in left]
        return tuple(BlockedTask(task.id, self._reason(name, left)) for name, task in found)

    def _resolve(self) -> dict[Key, list[Key]]:
        """Return the tasks and ranges that are never met, each with what it waits for in vain."""
        left = {
            key: dict.fromkeys(need for need in needs if need not in self._met) for key, needs in self._needs.items()
        }
        waiting = defaultdict[Key, list[Key]](list)
        for key, needs in left.items():
            for need in needs:
                waiting[need].append(key)
        # What is in a circle is never among these.
        met = [key for key, needs in left.items() if not needs]
        while met:
            for need in _keys(met.pop()):
                for key in waiting.pop(need, ()):
                    del left[key][need]
                    if not left[key]:
                        met.append(key)
        return {key: list(needs) for key, needs in left.items() if needs}

    def _reason(self, name: str, left: dict[Key, list[Key]]) -> str:
        """Return why a task is blocked; what is wrong in itself is named before what follows from another task."""
        need = min(left[name], key=lambda need: isinstance(need, str) and need in self.active)
        if need == _SLOTS:
            return f"needs {self.active[name].required_slots} task slots, and a node of the pool has {self._slots}"
        if not isinstance(need, tuple):
            depends_on: Any = self.active[name].depends_on
            spelled = next(parent for parent in depends_on.task_ids if str(parent).casefold() == need)
            return f"depends on {spelled}, which {self._fate(str(need), name, left)}"
        start, end = need
        what = f"depends on the tasks {start} to {end}, of which "
        number = left[need][0]
        if isinstance(number, int):
            other = self._names[number][0]
            return f"{what}{self._tasks[other].id} {self._fate(other, name, left)}"
        gaps = islice((number for number in range(start, end + 1) if number not in self._names), 3)
        return f"{what}{', '.join(map(str, gaps))} cannot be found"

    def _fate(self, other: str, name: str, left: dict[Key, list[Key]]) -> str:
        """Return what is wrong with a task that is depended on."""
        if other == name:
            return "is the task itself"
        if other in self.active:
            return "depends on it in turn" if name in self._behind(other, left) else "will never run either"
        task = self._tasks.get(other)
        if task is None:
            return "does not exist"
        info: Any = task.execution_info
        code, failure = getattr(info, "exit_code", None), getattr(info, "failure_info", None)
        if (kind := getattr(failure, "code", None)) == "TaskEnded":
            return "was terminated"
        return "failed" + (f" with exit code {code}" if code is not None else f" ({kind})" if kind else "")

    def _behind(self, name: str, left: dict[Key, list[Key]]) -> set[Key]:
        """Return all that a task waits for in vain, directly or not."""
        found: set[Key] = set()
        ahead: list[Key] = [name]
        while ahead:
            for need in left.get(ahead.pop(), ()):
                for key in self._names.get(need, ()) if isinstance(need, int) else (need,):
                    if key not in found:
                        found.add(key)
                        ahead.append(key)
        return found


def _keys(key: Key) -> tuple[Key, ...]:
    """Return what a task or a range meets: the id of a task also the number that it reads as."""
    return (key, int(key)) if isinstance(key, str) and key.isdecimal() else (key,)


def _list(model: object, name: str) -> list[Any]:
    """Return a member of a model, or an empty list if that is no list."""
    return value if isinstance(value := getattr(model, name, None), list) else []


def _needs(task: models.CloudTask) -> Iterator[Key]:
    depends_on: Any = task.depends_on
    for name in _list(depends_on, "task_ids"):
        yield str(name).casefold()
    for ids in _list(depends_on, "task_id_ranges"):
        start, end = getattr(ids, "start", None), getattr(ids, "end", None)
        if isinstance(start, int) and isinstance(end, int):
            yield (start, end)


def _lets_others_run(task: models.CloudTask) -> bool:
    """Return whether a task that is not active lets those run that depend on it, now or when it completes with success."""
    if task.state != "completed":
        return True
    info: Any = task.execution_info
    action = getattr(_exit_options(task.exit_conditions, info), "dependency_action", None)
    return bool(action == "satisfy") if action else getattr(info, "result", None) == "success"


def _exit_options(conditions: object, info: object) -> object:
    """Return the ExitOptions that apply to a failed task, or None."""
    code, failure = getattr(info, "exit_code", None), str(getattr(getattr(info, "failure_info", None), "code", ""))
    if isinstance(code, int):
        for one in _list(conditions, "exit_codes"):
            if getattr(one, "code", None) == code:
                return one.exit_options
        for some in _list(conditions, "exit_code_ranges"):
            start, end = getattr(some, "start", None) or 0, getattr(some, "end", None) or 0
            if isinstance(start, int) and isinstance(end, int) and start <= code <= end:
                return getattr(some, "exit_options", None)
    special = None
    if failure.startswith("FileUpload"):
        special = getattr(conditions, "file_upload_error", None)
    elif code is None and failure != "TaskEnded":
        special = getattr(conditions, "pre_processing_error", None)
    return special or getattr(conditions, "default", None)
