"""Records as JSON: members in the service's order, with URLs, ETags, times as text, and statistics."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from batchtasks_local.domain.clock import SECOND, duration_text, etag, http_date, to_text
from batchtasks_local.domain.records import Counts, JobRecord, JobUsage, TaskRecord, Usage
from batchtasks_local.http.exchange import Headers

Item = dict[str, Any]

# The members of a specification in the order of captured answers: those of a task; of a job before and after
# executionInfo.
_TASK_SPEC = (
    "commandLine", "containerSettings", "resourceFiles", "outputFiles", "environmentSettings", "affinityInfo",
    "applicationPackageReferences", "userIdentity", "multiInstanceSettings", "dependsOn", "authenticationTokenSettings",
    "exitConditions", "constraints", "requiredSlots",
)  # fmt: skip
_JOB_SPEC = (
    "priority", "maxParallelTasks", "usesTaskDependencies", "allowTaskPreemption", "constraints", "jobManagerTask",
    "jobPreparationTask", "jobReleaseTask", "commonEnvironmentSettings", "poolInfo", "metadata",
)  # fmt: skip
_JOB_TAIL = ("onAllTasksComplete", "onTaskFailure", "networkConfiguration")
_SUBTASK = (
    "id", "startTime", "endTime", "state", "stateTransitionTime", "previousState", "previousStateTransitionTime",
    "result", "exitCode", "failureInfo",
)  # fmt: skip

_SECRETS = ("password", "accountKey", "sasKey", "sshPrivateKey", "protectedSettings")
_BLOCK = 512
_GIB = 1 << 30
# A list has thousands of paths, and hardly any has a character that must be quoted.
_PLAIN = re.compile(r"[A-Za-z0-9_./-]*").fullmatch


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return quote(name, safe="")


def version_headers(modified: int) -> Headers:
    """Return ETag and Last-Modified of an object that was changed last at that time."""
    return (("ETag", etag(modified)), ("Last-Modified", http_date(modified)))


def pool_url(base: str, pool_id: str) -> str:
    """Return the URL of a pool."""
    return f"{base}/pools/{_quoted(pool_id)}"


def job_url(base: str, job_id: str) -> str:
    """Return the URL of a job."""
    return f"{base}/jobs/{quote(job_id, safe='')}"


def task_url(base: str, job_id: str, task_id: str) -> str:
    """Return the URL of a task."""
    return f"{base}/jobs/{quote(job_id, safe='')}/tasks/{quote(task_id, safe='')}"


def task(record: TaskRecord, base: str) -> Item:
    """Return a task as Get and List show it."""
    spec = record.spec
    item: Item = {"id": record.id}
    if "displayName" in spec:
        item["displayName"] = spec["displayName"]
    item["url"] = f"{base}/jobs/{record.job_id}/tasks/{record.id}"
    item["eTag"] = etag(record.modified)
    item["creationTime"] = to_text(record.created)
    item["lastModified"] = to_text(record.modified)
    _states(item, record)
    for name in _TASK_SPEC:
        if name in spec:
            item[name] = spec[name]
    if "containerSettings" in spec:
        item["containerSettings"] = without_secrets(spec["containerSettings"])
    item["executionInfo"] = _execution(record)
    if record.node is not None:
        item["nodeInfo"] = node_info(record.node, base)
    elif record.state == "completed":
        item["nodeInfo"] = {}  # it ended before it had a node (recorded)
    return item


def _states(item: Item, record: TaskRecord | JobRecord) -> None:
    item["state"] = record.state
    item["stateTransitionTime"] = to_text(record.state_since)
    if record.previous_state is not None:
        item["previousState"] = record.previous_state
    if record.previous_since is not None:
        item["previousStateTransitionTime"] = to_text(record.previous_since)


def _execution(record: TaskRecord) -> Item:
    info: Item = {}
    if record.started is not None:
        info["startTime"] = to_text(record.started)
    if record.ended is not None:
        info["endTime"] = to_text(record.ended)
    if record.exit_code is not None:
        info["exitCode"] = record.exit_code
    if record.failure is not None:
        info["failureInfo"] = record.failure
    if record.result is not None:
        info["result"] = record.result
    info["retryCount"] = record.retry_count
    if record.last_retry is not None and record.retry_count:
        info["lastRetryTime"] = to_text(record.last_retry)
    info["requeueCount"] = record.requeue_count
    if record.last_requeue is not None and record.requeue_count:
        info["lastRequeueTime"] = to_text(record.last_requeue)
    return info


def node_info(node: Item, base: str) -> Item:
    """Return a nodeInfo with the two URLs that depend on the address of the service."""
    url = f"{base}/pools/{_quoted(node['poolId'])}/nodes/{_quoted(node['nodeId'])}"
    info = {"affinityId": node["affinityId"], "nodeUrl": url, "poolId": node["poolId"], "nodeId": node["nodeId"]}
    directory = node.get("taskRootDirectory")
    if directory is not None:
        info["taskRootDirectory"] = directory
        info["taskRootDirectoryUrl"] = f"{url}/files/{directory if _PLAIN(directory) else quote(directory)}"
    return info


def subtask(stored: Item, base: str) -> Item:
    """Return a subtask in the service's order, with the URLs of its nodeInfo."""
    item = {name: stored[name] for name in _SUBTASK if name in stored}
    return {**item, "nodeInfo": node_info(stored["nodeInfo"], base)} if "nodeInfo" in stored else item


def without_secrets(value: Any) -> Any:
    """Return a copy without passwords and keys: they are never shown."""
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: without_secrets(part) for name, part in value.items() if name not in _SECRETS}


def job(record: JobRecord, base: str) -> Item:
    """Return a job as Get and List show it."""
    spec = record.spec
    item: Item = {"id": record.id}
    if "displayName" in spec:
        item["displayName"] = spec["displayName"]
    item["url"] = job_url(base, record.id)
    item["eTag"] = etag(record.modified)
    item["lastModified"] = to_text(record.modified)
    item["creationTime"] = to_text(record.created)
    _states(item, record)
    item.update((name, without_secrets(spec[name])) for name in _JOB_SPEC if name in spec)
    item["executionInfo"] = _job_execution(record)
    item.update((name, spec[name]) for name in _JOB_TAIL if name in spec)
    return item


def _job_execution(record: JobRecord) -> Item:
    info: Item = {"startTime": to_text(record.started or record.created)}
    if record.ended is not None:
        info["endTime"] = to_text(record.ended)
    if record.pool_id is not None:
        info["poolId"] = record.pool_id
    if record.terminate_reason is not None:
        info["terminateReason"] = record.terminate_reason
    return info


def counts(tasks: Counts, slots: Counts, base: str) -> Item:
    """Return the task counts, by tasks and by slots."""
    metadata = f"{base}/$metadata#taskcountsresult/@Element"
    return {"odata.metadata": metadata, "taskCounts": _counts(tasks), "taskSlotCounts": _counts(slots)}


def _counts(counted: Counts) -> Item:
    return {
        "active": counted.active,
        "running": counted.running,
        "completed": counted.succeeded + counted.failed,
        "succeeded": counted.succeeded,
        "failed": counted.failed,
    }


# --- statistics -------------------------------------------------------------------------------------------------------


def with_statistics(item: Item, statistics: Item | None) -> Item:
    """Return a job or task with its statistics, if there are any."""
    return item if statistics is None else {**item, "stats": {"url": f"{item['url']}/stats", **statistics}}


def task_statistics(task: TaskRecord) -> Item | None:
    """Return the TaskStatistics without their URL, or None if no run of the task has ended yet.

    Processor time and blocks are those of all runs and their subtasks, as the kernel counts them (reads from its cache
    are not counted); the wall clock time is that of all runs; the wait time is from the creation to the last start.
    """
    if task.usage is None:
        return None
    started, ended = task.started or task.state_since, task.ended or task.state_since
    return {
        "startTime": to_text(started),
        "lastUpdateTime": to_text(max(started, ended)),
        **_used(task.usage),
        "waitTime": duration_text(max(started - task.created, 0)),
    }


def job_statistics(job: JobRecord, used: JobUsage, counts: Counts, now: int) -> Item:
    """Return the JobStatistics without their URL: the sums over the job's tasks, from its start until now."""
    return {
        "startTime": to_text(job.started or job.created),
        "lastUpdateTime": to_text(job.ended or now),
        **_used(used.usage),
        "numSucceededTasks": str(counts.succeeded),
        "numFailedTasks": str(counts.failed),
        "numTaskRetries": str(used.retries),
        "waitTime": duration_text(used.wait),
    }


def _used(usage: Usage) -> Item:
    return {
        "userCPUTime": duration_text(round(usage.user * SECOND)),
        "kernelCPUTime": duration_text(round(usage.kernel * SECOND)),
        "wallClockTime": duration_text(usage.wall),
        "readIOps": str(usage.read_blocks),
        "writeIOps": str(usage.written_blocks),
        "readIOGiB": usage.read_blocks * _BLOCK / _GIB,
        "writeIOGiB": usage.written_blocks * _BLOCK / _GIB,
    }
