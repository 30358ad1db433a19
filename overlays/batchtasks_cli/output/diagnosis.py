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

_JOB_MEMBERS = ("id", "state", "poolInfo", "maxParallelTasks")
_PARENT_MEMBERS = ("id", "state", "executionInfo", "exitConditions")
# Parents that are read one by one, and those that are named.
_MOST_READ, _MOST_NAMED = 100, 5

_BY_EXIT_CODE = {
    124: ", which timeout(1) gives when the time is over",
    126: ": the program is not executable",
    127: ": the shell did not find a program",
    137: ": it was killed (SIGKILL), often because memory was used up",
    139: ": it crashed (SIGSEGV)",
    143: ": it was ended (SIGTERM)",
}
_RESOURCES = (
    "Check the URLs of its resource files, whether their access tokens are valid, and the network of the nodes."
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
    "DiskFull": _DISK,
    "FileUploadContainerNotFound": "Create the container that its output files name, and run it again.",
    "ContainerNotSupported": "Use a pool that runs containers; locally: batchtasks serve --container-engine docker.",
    **dict.fromkeys(("BlobNotFound", "BlobAccessDenied", "BlobDownloadMiscError", "BlobDownloadTimedOut"), _RESOURCES),
    **dict.fromkeys(("ResourceDirectoryCreateFailed", "ResourceFileCreateFailed", "ResourceFileWriteFailed"), _DISK),
}


class Reason(NamedTuple):
    """Why a task does not go on, and what to do."""

    what: str
    remedy: str


def reasons_of(client: BatchClient, job_id: str, task: CloudTask) -> list[Reason]:
    """Return why a task waits or failed; nothing for one that runs or has succeeded."""
    info = task.execution_info
    if task.state == "completed" and getattr(info, "result", None) == "failure":
        failure, exit_code = getattr(info, "failure_info", None), getattr(info, "exit_code", None)
        why = f"with {reason_of(info)}{_BY_EXIT_CODE.get(exit_code or 0, '')}" if exit_code else f": {failure_of(info)}"
        logs = shell_line(["batchtasks", "logs", job_id, str(task.id), "--stderr"])
        return [
            Reason(f"It failed {why}.".replace(" :", ":"), _BY_CODE.get(getattr(failure, "code", ""), f"See: {logs}"))
        ]
    if task.state not in ("active", "preparing"):
        return []
    job = client.job.get(job_id, select=_JOB_MEMBERS)
    found = [*_of_job(job_id, job), *_of_parents(client, job_id, task)]
    return found or [_of_nodes(client, job_id, job, task)]


def _of_job(job_id: str, job: CloudJob) -> Iterator[Reason]:
    if job.state in ("disabled", "disabling"):
        yield Reason(f"Its job is {job.state}, so no task starts.", shell_line(["batchtasks", "job", "enable", job_id]))
    elif job.state in ("completed", "terminating", "deleting"):
        yield Reason(f"Its job is {job.state}, so it will never run.", "Add it to another job: batchtasks job add.")


def _of_nodes(client: BatchClient, job_id: str, job: CloudJob, task: CloudTask) -> Reason:
    """No rule keeps it from starting, so it waits for room."""
    counts = client.job.get_task_counts(job_id).task_counts
    running, active = (getattr(counts, name, None) or 0 for name in ("running", "active"))
    limit, slots = job.max_parallel_tasks or -1, task.required_slots or 1
    if 0 < limit <= running:
        raised = shell_line(["batchtasks", "job", "update", job_id, "--max-parallel", str(limit + 1)])
        return Reason(f"{count(running, 'task')} of its job run, which is the job's limit.", f"Wait, or: {raised}")
    pool = getattr(job.pool_info, "pool_id", None) or "of the job"
    what = f"It waits for {count(slots, 'free slot')} on a node of pool {pool}"
    remedy = "Wait. If nothing runs at all, check that the pool exists and has nodes that are ready."
    remedy += f" A pool whose nodes have fewer than {slots} slots never runs it." if slots > 1 else ""
    return Reason(f"{what}: {count(running, 'task')} of the job run, {active:,} wait.", remedy)


def _of_parents(client: BatchClient, job_id: str, task: CloudTask) -> Iterator[Reason]:
    """Name the tasks that it depends on and that have not completed, have failed, or do not exist."""
    if task.depends_on is None:
        return
    wanted = [each.casefold() for each in task.depends_on.task_ids or []]
    ranges = [range(part.start or 0, (part.end or 0) + 1) for part in task.depends_on.task_id_ranges or []]
    if str(task.id).casefold() in wanted or _is_in(str(task.id), ranges):
        yield Reason("It depends on itself, so it will never run.", "Delete it, and add it without that dependency.")
    found = _read_parents(client, job_id, wanted, ranges)
    there = {int(each) for each in found if each.isdecimal()}
    missing = [each for each in wanted[:_MOST_READ] if each not in found]
    missing += [str(each) for each in islice((n for part in ranges for n in part if n not in there), _MOST_READ)]
    failed = {str(each.id): reason_of(each.execution_info) for each in found.values() if _blocks(each)}
    waiting = [f"{each.id} ({each.state})" for each in found.values() if each.state != "completed"]
    if missing:
        yield Reason(f"It depends on tasks that do not exist: {_named(missing)}.", "Add them.")
    if failed:
        again = shell_line(["batchtasks", "retry", job_id, *list(failed)[:_MOST_NAMED]])
        names = _named([f"{each} ({why})" for each, why in failed.items()])
        yield Reason(f"It depends on tasks that failed, so it cannot start: {names}.", f"Run them again: {again}")
    if waiting:
        yield Reason(f"It waits for tasks that it depends on: {_named(waiting)}.", "Wait until they have completed.")


def _named(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _is_in(task_id: str, ranges: list[range]) -> bool:
    return task_id.isdecimal() and any(int(task_id) in part for part in ranges)


def _read_parents(client: BatchClient, job_id: str, wanted: list[str], ranges: list[range]) -> dict[str, CloudTask]:
    """Return the tasks that exist, of those named the first hundred."""
    from batchtasks import TaskNotFoundError

    found: dict[str, CloudTask] = {}
    for parent in wanted[:_MOST_READ]:
        try:
            found[parent] = client.task.get(job_id, parent, select=_PARENT_MEMBERS)
        except TaskNotFoundError:
            continue
    # Ids in a range may have zeros in front, so only the list shows them all.
    for each in client.task.list(job_id, select=_PARENT_MEMBERS) if ranges else ():
        if _is_in(str(each.id), ranges):
            found[str(each.id)] = each
    return found


def _blocks(parent: CloudTask) -> bool:
    """Return whether a completed task keeps those that depend on it from starting."""
    info, conditions = parent.execution_info, parent.exit_conditions
    if parent.state != "completed" or getattr(info, "result", None) == "success":
        return False
    code, options = getattr(info, "exit_code", None), None
    if conditions is not None and code is None:
        options = conditions.pre_processing_error
    elif conditions is not None and code is not None:
        ranges: list[Any] = [
            each for each in conditions.exit_code_ranges or [] if (each.start or 0) <= code <= (each.end or 0)
        ]
        matches = [*(each for each in conditions.exit_codes or [] if each.code == code), *ranges]
        options = matches[0].exit_options if matches else conditions.default
    return getattr(options, "dependency_action", None) != "satisfy"
