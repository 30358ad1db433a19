"""Records as the service writes them: members in its order, defaults filled in, URLs, ETags, times as text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import orjson

from batchtasks_local.clock import etag, http_date, to_text
from batchtasks_local.exchange import JSON_TYPE, Answer
from batchtasks_local.records import Counts, JobRecord, TaskRecord

Item = dict[str, Any]
Headers = tuple[tuple[str, str], ...]

# The members of a task's specification in the order of captured answers, before and after the states.
_TASK_SPEC = (
    "commandLine", "containerSettings", "resourceFiles", "outputFiles", "environmentSettings", "affinityInfo",
    "userIdentity", "multiInstanceSettings", "dependsOn", "applicationPackageReferences", "authenticationTokenSettings",
    "exitConditions", "constraints", "requiredSlots",
)  # fmt: skip
_JOB_SPEC = (
    "priority", "maxParallelTasks", "usesTaskDependencies", "allowTaskPreemption", "constraints", "jobManagerTask",
    "jobPreparationTask", "jobReleaseTask", "commonEnvironmentSettings", "poolInfo",
)  # fmt: skip
_JOB_TAIL = ("onAllTasksComplete", "onTaskFailure", "metadata", "networkConfiguration")


# a list writes thousands of these, and hardly any has something in it to be quoted
_PLAIN = re.compile(r"[A-Za-z0-9_./-]*").fullmatch


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return quote(name, safe="")


def json_answer(body: Item, headers: Headers = ()) -> Answer:
    """A 200 with a JSON body."""
    return Answer(200, (("Content-Type", JSON_TYPE), *headers), orjson.dumps(body))


def stamps(modified: int) -> Headers:
    """ETag and Last-Modified of something modified then."""
    return (("ETag", etag(modified)), ("Last-Modified", http_date(modified)))


def job_url(base: str, job_id: str) -> str:
    """The URL of a job."""
    return f"{base}/jobs/{quote(job_id, safe='')}"


def task_url(base: str, job_id: str, task_id: str) -> str:
    """The URL of a task."""
    return f"{base}/jobs/{quote(job_id, safe='')}/tasks/{quote(task_id, safe='')}"


def task(record: TaskRecord, base: str) -> Item:
    """A task as Get and List write it."""
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
    return item


def expanded(item: Item, stats: Item | None) -> Item:
    """An item with its statistics, if there are any."""
    return item if stats is None else {**item, "stats": {"url": f"{item['url']}/stats", **stats}}


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
    """A nodeInfo with the two URLs that depend on where the service listens."""
    url = f"{base}/pools/{_quoted(node['poolId'])}/nodes/{_quoted(node['nodeId'])}"
    info = {"affinityId": node["affinityId"], "nodeUrl": url, "poolId": node["poolId"], "nodeId": node["nodeId"]}
    directory = node.get("taskRootDirectory")
    if directory is not None:
        info["taskRootDirectory"] = directory
        info["taskRootDirectoryUrl"] = f"{url}/files/{directory if _PLAIN(directory) else quote(directory)}"
    return info


def subtask(stored: Item, base: str) -> Item:
    """A subtask, its nodeInfo completed."""
    return {**stored, "nodeInfo": node_info(stored["nodeInfo"], base)} if "nodeInfo" in stored else stored


def without_secrets(value: Any) -> Any:
    """A copy without the members that hold a secret: what a caller wrote into `password` is never read back."""
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: without_secrets(part) for name, part in value.items() if name != "password"}


def job(record: JobRecord, base: str) -> Item:
    """A job as Get and List write it."""
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
    pool = record.spec.get("poolInfo", {}).get("poolId")
    if pool is not None:
        info["poolId"] = pool
    if record.terminate_reason is not None:
        info["terminateReason"] = record.terminate_reason
    return info


def counts(tasks: Counts, slots: Counts, base: str) -> Item:
    """Task counts, by tasks and by slots."""
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
