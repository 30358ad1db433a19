"""Why a task waits or has failed, worked out from what the service says, and what to do about it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from batchtasks_cli.errors import shell_line
from batchtasks_cli.output.columns import reason_of
from batchtasks_cli.output.text import count

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import CloudJob, CloudTask

# Of the tasks that have not completed, so many are looked at for those that one depends on; and so many are named.
_MOST_READ, _MOST_NAMED = 10_000, 5
_UNBLOCK = (
    "Add what is missing, run again what failed (batchtasks retry), or delete the task and add it with other settings."
)
_BY_EXIT_CODE = {
    124: ", which timeout(1) gives when the time is over",
    126: ": the program is not executable",
    127: ": the shell did not find a program",
    137: ": it was killed (SIGKILL), often because memory was used up",
    139: ": it crashed (SIGSEGV)",
    143: ": it was ended (SIGTERM)",
}
_RESOURCES = "Check the URLs of its resource files, whether their access tokens are valid, and the nodes' network."
_DISK = "Use nodes with a larger disk, or a shorter --retention so that files of completed tasks are deleted earlier."
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
        why, hint = reason_of(info), _BY_EXIT_CODE.get(getattr(info, "exit_code", None) or 0, "")
        how = f" with {why}{hint}" if why.startswith("exit code ") else f": {why}"
        logs = shell_line(["batchtasks", "logs", job_id, task.id])
        remedy = _BY_CODE.get(getattr(getattr(info, "failure_info", None), "code", ""), f"See: {logs}")
        return [Reason(f"It failed{how}.", remedy)]
    if task.state not in ("active", "preparing"):
        return []
    job = client.job.get(job_id, select="id,state,poolInfo,maxParallelTasks,jobPreparationTask")
    if job.state in ("disabled", "disabling"):
        enable = shell_line(["batchtasks", "job", "enable", job_id])
        return [Reason(f"Its job is {job.state}, so no task starts.", enable)]
    if job.state in ("completed", "terminating", "deleting"):
        return [Reason(f"Its job is {job.state}, so it will never run.", "Add it to another job: batchtasks job add.")]
    for blocked in client.task.find_blocked(job_id):
        if blocked.task_id == task.id:
            return [Reason(f"It {blocked.reason}, so it will never run as things are.", _UNBLOCK)]
    if parents := _unfinished_parents(client, job_id, task):
        more = f" and {len(parents) - _MOST_NAMED:,} more" if len(parents) > _MOST_NAMED else ""
        what = f"It waits for tasks that it depends on: {', '.join(parents[:_MOST_NAMED])}{more}."
        return [Reason(what, "Wait until they have completed.")]
    return [_of_preparation(client, job_id, job) or _of_nodes(client, job_id, job, task)]


def _of_preparation(client: BatchClient, job_id: str, job: CloudJob) -> Reason | None:
    """Return that the job's preparation task failed, if it did on every node where it ran."""
    if job.job_preparation_task is None or job.job_preparation_task.wait_for_success is False:
        return None
    nodes = client.job.list_preparation_and_release_task_status(job_id)
    infos = {node.node_id: node.job_preparation_task_execution_info for node in nodes}
    failed = [f"{name} ({reason_of(info)})" for name, info in infos.items() if info and info.result == "failure"]
    what = f"The preparation task of its job failed on {', '.join(failed[:_MOST_NAMED])}, so no task of the job starts there."
    remedy = "Correct the preparation task in a new job, and add the tasks to that: batchtasks job add."
    return Reason(what, remedy) if failed and len(failed) == len(infos) else None


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


def _unfinished_parents(client: BatchClient, job_id: str, task: CloudTask) -> list[str]:
    """Return the tasks that it depends on and that have not completed, with their states."""
    from batchtasks import F

    if task.depends_on is None:
        return []
    ids = {each.casefold() for each in task.depends_on.task_ids or []}
    ranges = [range(part.start or 0, (part.end or 0) + 1) for part in task.depends_on.task_id_ranges or []]

    def is_parent(other: str) -> bool:
        return other.casefold() in ids or (other.isdecimal() and any(int(other) in part for part in ranges))

    found = islice(client.task.list(job_id, filter=F.state != "completed", select="id,state"), _MOST_READ)
    return [f"{each.id} ({each.state})" for each in found if is_parent(each.id)]
