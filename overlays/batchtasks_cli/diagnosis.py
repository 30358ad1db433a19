"""Why a task waits or has failed, worked out from what the service says, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from batchtasks_cli.errors import shell_line
from batchtasks_cli.output.columns import failure_of, reason_of
from batchtasks_cli.output.text import count

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import CloudJob, CloudTask

JOB_MEMBERS = ("id", "state", "poolInfo", "maxParallelTasks", "executionInfo")
_PARENT_MEMBERS = ("id", "state", "executionInfo", "exitConditions")
# Parents that are read one by one, and those that are named.
_MOST_READ, _MOST_NAMED = 100, 5


class Reason(NamedTuple):
    """Why a task does not go on, and what to do."""

    what: str
    remedy: str


def reasons_of(client: BatchClient, job_id: str, task: CloudTask) -> list[Reason]:
    """Return why a task waits or failed; nothing for one that runs or has succeeded."""
    if task.state == "completed":
        return [_failure(job_id, task)] if getattr(task.execution_info, "result", None) == "failure" else []
    if task.state not in ("active", "preparing"):
        return []
    job = client.job.get(job_id, select=JOB_MEMBERS)
    found = [*_of_job(job_id, job), *_of_parents(client, job_id, task)]
    return found or [_of_nodes(client, job_id, job, task)]


def _failure(job_id: str, task: CloudTask) -> Reason:
    info = task.execution_info
    failure = getattr(info, "failure_info", None)
    code, exit_code = getattr(failure, "code", None) or "", getattr(info, "exit_code", None)
    logs = shell_line(["batchtasks", "logs", job_id, str(task.id), "--stderr"])
    remedy = _BY_CODE.get(code, "")
    if exit_code is not None:
        meaning = _BY_EXIT_CODE.get(exit_code, "")
        return Reason(f"It failed with exit code {exit_code}{meaning}.", remedy or f"See what it wrote: {logs}")
    return Reason(f"It failed: {failure_of(info) or 'no reason given'}.", remedy or f"See what it wrote: {logs}")


_BY_EXIT_CODE = {
    124: ", which timeout(1) gives when the time is over",
    126: ": the program is not executable",
    127: ": the shell did not find a program",
    137: ": it was killed (SIGKILL), often because memory was used up",
    139: ": it crashed (SIGSEGV)",
    143: ": it was ended (SIGTERM)",
}
_RESOURCES = (
    "Check the URLs of its resource files, whether their access tokens are still valid, and the network of the nodes."
)
_DISK = (
    "Use nodes with a larger disk, or a shorter --retention so that the files of completed tasks are deleted earlier."
)
_BY_CODE = {
    "CommandProgramNotFound": "Check the name of the program and that the nodes have it. No shell runs the command line: "
    "for shell syntax write /bin/sh -c '...'.",
    "CommandLaunchFailed": "Check that the program may be executed, and for which system it was made.",
    "TaskEnded": "It was terminated, or its max wall clock time was over. To run it again: batchtasks reactivate.",
    "JobBeingTerminated": "Add it to another job.",
    "BlobNotFound": _RESOURCES,
    "BlobAccessDenied": _RESOURCES,
    "BlobDownloadMiscError": _RESOURCES,
    "BlobDownloadTimedOut": _RESOURCES,
    "DiskFull": _DISK,
    "ResourceDirectoryCreateFailed": _DISK,
    "ResourceFileCreateFailed": _DISK,
    "ResourceFileWriteFailed": _DISK,
    "FileUploadContainerNotFound": "Create the container that its output files name, and run it again.",
    "ContainerNotSupported": "Use a pool that runs containers; locally: batchtasks serve --container-engine docker.",
}


def _of_job(job_id: str, job: CloudJob) -> Iterator[Reason]:
    state = job.state
    if state in ("disabled", "disabling"):
        yield Reason(f"Its job is {state}, so no task starts.", shell_line(["batchtasks", "job", "enable", job_id]))
    elif state in ("completed", "terminating", "deleting"):
        yield Reason(f"Its job is {state}, so it will never run.", "Add it to another job: batchtasks job add.")


def _of_nodes(client: BatchClient, job_id: str, job: CloudJob, task: CloudTask) -> Reason:
    """No rule keeps it from starting, so it waits for room."""
    counts = client.job.get_task_counts(job_id)
    running, active = (getattr(counts.task_counts, name, None) or 0 for name in ("running", "active"))
    limit, slots = job.max_parallel_tasks or -1, task.required_slots or 1
    if 0 < limit <= running:
        remedy = shell_line(["batchtasks", "job", "update", job_id, "--max-parallel", str(limit + 1)])
        return Reason(
            f"{running:,} of its job's tasks run, which is the limit of the job.", f"Wait, or raise it: {remedy}"
        )
    pool = getattr(job.pool_info, "pool_id", None) or "of the job"
    what = f"It waits for {count(slots, 'free slot')} on a node of pool {pool}: {running:,} tasks of the job run, {active:,} wait."
    remedy = "Wait; if nothing runs at all, check that the pool exists and has nodes that are ready."
    if slots > 1:
        remedy += f" A pool whose nodes have fewer than {slots} slots never runs it."
    return Reason(what, remedy)


def _of_parents(client: BatchClient, job_id: str, task: CloudTask) -> Iterator[Reason]:
    """Name the tasks that it depends on and that have not completed, have failed, or do not exist."""
    wanted, ranges = _parents(task)
    if not (wanted or ranges):
        return
    name = str(task.id)
    if name.casefold() in map(str.casefold, wanted) or any(_is_in(name, part) for part in ranges):
        yield Reason("It depends on itself, so it will never run.", "Delete it, and add it without that dependency.")
    found = _read_parents(client, job_id, wanted, ranges)
    missing = [parent for parent in wanted[:_MOST_READ] if parent.casefold() not in found]
    missing += [str(number) for number in islice(_gaps(ranges, found), _MOST_READ)]
    failed = {str(parent.id): reason_of(parent.execution_info) for parent in found.values() if _blocks(parent)}
    waiting = {str(parent.id): str(parent.state) for parent in found.values() if parent.state != "completed"}
    if missing:
        yield Reason(
            f"It depends on tasks that do not exist: {_named(missing)}.", "Add them, or delete it and add it again."
        )
    if failed:
        names = [f"{parent} ({why})" for parent, why in failed.items()]
        yield Reason(
            f"It depends on tasks that failed, so it cannot start: {_named(names)}.",
            f"Find out why, and run them again: {shell_line(['batchtasks', 'retry', job_id, *list(failed)[:_MOST_NAMED]])}",
        )
    if waiting:
        names = [f"{parent} ({state})" for parent, state in waiting.items()]
        yield Reason(f"It waits for tasks that it depends on: {_named(names)}.", "Wait until they have completed.")
    if len(wanted) > _MOST_READ:
        yield Reason(
            f"Of the {len(wanted):,} tasks that it depends on, {_MOST_READ} were looked at.", "See: batchtasks list."
        )


def _named(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _parents(task: CloudTask) -> tuple[list[str], list[tuple[int, int]]]:
    depends_on = task.depends_on
    if depends_on is None:
        return [], []
    ranges = [(part.start or 0, part.end or 0) for part in depends_on.task_id_ranges or []]
    return list(depends_on.task_ids or []), ranges


def _read_parents(
    client: BatchClient, job_id: str, wanted: list[str], ranges: list[tuple[int, int]]
) -> dict[str, CloudTask]:
    from batchtasks import TaskNotFoundError

    found: dict[str, CloudTask] = {}
    for parent in wanted[:_MOST_READ]:
        try:
            found[parent.casefold()] = client.task.get(job_id, parent, select=_PARENT_MEMBERS)
        except TaskNotFoundError:
            continue
    # Ids in a range may have zeros in front, so only the list shows them all.
    for each in client.task.list(job_id, select=_PARENT_MEMBERS) if ranges else ():
        if any(_is_in(str(each.id), part) for part in ranges):
            found[str(each.id).casefold()] = each
    return found


def _is_in(task_id: str, part: tuple[int, int]) -> bool:
    return task_id.isdecimal() and part[0] <= int(task_id) <= part[1]


def _gaps(ranges: list[tuple[int, int]], found: dict[str, CloudTask]) -> Iterator[int]:
    there = {int(task_id) for task_id in found if task_id.isdecimal()}
    for first, last in ranges:
        yield from (number for number in range(first, last + 1) if number not in there)


def _blocks(parent: CloudTask) -> bool:
    """Return whether a completed task keeps those that depend on it from starting."""
    info = parent.execution_info
    if parent.state != "completed" or getattr(info, "result", None) == "success":
        return False
    options = _exit_options(parent.exit_conditions, getattr(info, "exit_code", None))
    return getattr(options, "dependency_action", None) != "satisfy"


def _exit_options(conditions: Any, exit_code: int | None) -> Any:
    """Return what the exit conditions of a task say about an end like this."""
    if conditions is None:
        return None
    if exit_code is None:
        return conditions.pre_processing_error
    for each in conditions.exit_codes or []:
        if each.code == exit_code:
            return each.exit_options
    for part in conditions.exit_code_ranges or []:
        if part.start <= exit_code <= part.end:
            return part.exit_options
    return conditions.default
