"""Run by an interpreter that has azure-batch 14.2.0: drives a service with it and prints what it saw as JSON.

Arguments: the service's URL, the account's name and its key.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from typing import Any

from azure.batch import BatchServiceClient, models
from azure.batch.batch_auth import SharedKeyCredentials

JOB = "official14"


def code(act: Any) -> list[Any]:
    """The class, code and status of the error that an act ends in."""
    try:
        act()
    except models.BatchErrorException as error:
        told = error.error.code if error.error else None
        return [type(error).__name__, told, error.response.status_code]
    return ["no error", None, 0]


def wait(client: Any, job_id: str, count: int) -> dict[str, int]:
    """Until so many tasks are completed; the counts."""
    end = time.monotonic() + 60
    while True:
        counts = client.job.get_task_counts(job_id).task_counts
        if counts.completed == count or time.monotonic() > end:
            return {name: getattr(counts, name) for name in ("active", "running", "completed", "succeeded", "failed")}
        time.sleep(0.05)


def jobs(client: Any) -> dict[str, Any]:
    """Add, get, list, patch, and the errors of each."""
    spec = models.JobAddParameter(
        id=JOB,
        pool_info=models.PoolInformation(pool_id="any"),
        uses_task_dependencies=True,
        constraints=models.JobConstraints(max_task_retry_count=5),
        common_environment_settings=[models.EnvironmentSetting(name="COLOUR", value="red")],
    )
    client.job.add(spec)
    again = code(lambda: client.job.add(spec))
    before = client.job.get(JOB)
    client.job.patch(JOB, models.JobPatchParameter(priority=7, metadata=[models.MetadataItem(name="a", value="b")]))
    after = client.job.get(JOB, models.JobGetOptions(select="id,priority,metadata"))
    listed = [job.id for job in client.job.list(models.JobListOptions(filter=f"id eq '{JOB}'", max_results=1))]
    return {
        "again": again,
        "missing": code(lambda: client.job.get("nojob")),
        "state": str(before.state),
        "retries": before.constraints.max_task_retry_count,
        "wall": str(before.constraints.max_wall_clock_time),
        "priority": [before.priority, after.priority],
        "metadata": after.metadata[0].value,
        "unselected": after.state,
        "listed": listed,
    }


def bulk(client: Any) -> dict[str, Any]:
    """A thousand tasks by one call, listed again by pages, filtered, narrowed."""
    tasks = [models.TaskAddParameter(id=f"b{n}", command_line="/bin/true") for n in range(1000)]
    results = client.task.add_collection(JOB, tasks, threads=2).value
    some = models.TaskListOptions(filter="startswith(id,'b99')", select="id,state", max_results=3)
    narrow = list(client.task.list(JOB, some))
    again = client.task.add_collection(JOB, tasks[:3]).value
    return {
        "statuses": sorted({str(result.status) for result in results}),
        "count": len({result.task_id for result in results}),
        "again": sorted({f"{result.status} {result.error.code}" for result in again}),
        "listed": sum(1 for _ in client.task.list(JOB, models.TaskListOptions(max_results=100))),
        "narrow": [task.id for task in narrow],
        "unselected": narrow[0].command_line,
        "counts": wait(client, JOB, 1000),
    }


def two(client: Any) -> None:
    """A task that fails in a way that lets the next one run, and that next one."""
    client.task.add(
        JOB,
        models.TaskAddParameter(
            id="One",
            display_name="über",
            command_line="/bin/sh -c 'echo hello $COLOUR $NAME; echo oops >&2; exit 3'",
            environment_settings=[models.EnvironmentSetting(name="NAME", value="world")],
            constraints=models.TaskConstraints(
                max_task_retry_count=0,
                retention_time=datetime.timedelta(hours=1),
                max_wall_clock_time=datetime.timedelta(days=1),
            ),
            exit_conditions=models.ExitConditions(
                exit_codes=[
                    models.ExitCodeMapping(code=3, exit_options=models.ExitOptions(dependency_action="satisfy"))
                ]
            ),
        ),
    )
    client.task.add(
        JOB,
        models.TaskAddParameter(
            id="Two", command_line="/bin/true", depends_on=models.TaskDependencies(task_ids=["One"])
        ),
    )
    wait(client, JOB, 1002)


def one(client: Any) -> dict[str, Any]:
    """One task, followed through its life."""
    two(client)
    task = client.task.get(JOB, "one")
    fresh = models.TaskGetOptions(if_none_match=task.e_tag)
    unchanged = code(lambda: client.task.get(JOB, "one", fresh))
    client.task.update(
        JOB, "One", models.TaskConstraints(max_task_retry_count=2), models.TaskUpdateOptions(if_match=task.e_tag)
    )
    stale = code(lambda: client.task.terminate(JOB, "One", models.TaskTerminateOptions(if_match=task.e_tag)))
    updated = client.task.get(JOB, "One", models.TaskGetOptions(expand="stats"))
    gone = code(lambda: client.task.get(JOB, "one", models.TaskGetOptions(if_match=task.e_tag)))
    ended = code(lambda: client.task.terminate(JOB, "One"))
    subtasks = client.task.list_subtasks(JOB, "One").value
    return {
        "id": task.id,
        "name": task.display_name,
        "exit": task.execution_info.exit_code,
        "failure": [str(task.execution_info.failure_info.category), task.execution_info.failure_info.code],
        "result": str(task.execution_info.result),
        "node": task.node_info.task_root_directory,
        "wall": str(task.constraints.max_wall_clock_time),
        "kept": str(task.constraints.retention_time),
        "scope": str(task.user_identity.auto_user.scope),
        "unchanged": unchanged,
        "retries": updated.constraints.max_task_retry_count,
        "reset": str(updated.constraints.retention_time),
        "stale": stale,
        "gone": gone,
        "ended": ended,
        "succeeded": code(lambda: client.task.reactivate(JOB, "Two")),
        "subtasks": len(subtasks),
        "missing": code(lambda: client.task.get(JOB, "nothing")),
        "odd": code(lambda: client.task.get(JOB, "Task_é b")),
    }


def files(client: Any) -> dict[str, Any]:
    """The files of a task that has run."""
    listed = {f.name: f for f in client.file.list_from_task(JOB, "One", recursive=True)}
    text = b"".join(client.file.get_from_task(JOB, "One", "stdout.txt"))
    part = models.FileGetFromTaskOptions(ocp_range="bytes=0-4")
    head = client.file.get_properties_from_task(JOB, "One", "stdout.txt", raw=True).headers
    client.task.add(JOB, models.TaskAddParameter(id="W", command_line="/bin/sh -c 'echo x > out.txt'"))
    wait(client, JOB, 1003)
    deep = b"".join(client.file.get_from_task(JOB, "W", "wd/out.txt"))
    only = [
        f.name
        for f in client.file.list_from_task(
            JOB, "W", True, models.FileListFromTaskOptions(filter="startswith(name,'wd/')")
        )
    ]
    client.file.delete_from_task(JOB, "W", "wd/out.txt")
    return {
        "names": sorted(set(listed) & {"stdout.txt", "stderr.txt", "wd"}),
        "length": listed["stdout.txt"].properties.content_length,
        "directory": listed["wd"].is_directory,
        "text": text.decode(),
        "part": b"".join(client.file.get_from_task(JOB, "One", "stdout.txt", part)).decode(),
        "head": [head["Content-Length"], head["ocp-batch-file-isdirectory"], head["ocp-batch-file-mode"]],
        "deep": deep.decode(),
        "only": only,
        "deleted": code(lambda: client.file.get_from_task(JOB, "W", "wd/out.txt")),
    }


def ends(client: Any) -> dict[str, Any]:
    """Reactivate, terminate, delete; then the job."""
    client.task.reactivate(JOB, "One")
    wait(client, JOB, 1003)
    client.task.add(JOB, models.TaskAddParameter(id="Long", command_line="sleep 60"))
    client.task.terminate(JOB, "Long")
    long = client.task.get(JOB, "Long")
    client.task.delete(JOB, "Long")
    client.job.disable(JOB, "requeue")
    client.job.enable(JOB)
    client.job.terminate(JOB, "done with it")
    late = code(lambda: client.task.add(JOB, models.TaskAddParameter(id="late", command_line="x")))
    reason = client.job.get(JOB).execution_info.terminate_reason
    client.job.delete(JOB)
    end = time.monotonic() + 20
    while code(lambda: client.job.get(JOB))[1] != "JobNotFound" and time.monotonic() < end:
        time.sleep(0.05)
    return {
        "long": [str(long.state), long.execution_info.failure_info.code],
        "late": late[1] in ("JobBeingTerminated", "JobCompleted"),
        "reason": reason,
        "gone": code(lambda: client.job.get(JOB)),
    }


def errors(client: Any, url: str, account: str) -> dict[str, Any]:
    """Bad input and a wrong key."""
    stranger = BatchServiceClient(SharedKeyCredentials(account, "AAAA"), url)
    try:
        client.task.list(JOB, models.TaskListOptions(filter="colour eq 'red'")).next()
    except models.BatchErrorException as error:
        values = {value.key: value.value for value in error.error.values}
        text = error.error.message.value
    return {
        "key": code(lambda: stranger.job.get(JOB)),
        "filter": [values["QueryParameterName"], "colour" in values["Reason"], text.split("\n")[1].split(":")[0]],
        "id": code(
            lambda: client.job.add(models.JobAddParameter(id="a b", pool_info=models.PoolInformation(pool_id="p")))
        ),
    }


def main(url: str, account: str, key: str) -> None:
    """Everything, in order."""
    client = BatchServiceClient(SharedKeyCredentials(account, key), url)
    seen = {part.__name__: part(client) for part in (jobs, bulk, one, files)}
    seen["errors"] = errors(client, url, account)
    seen["ends"] = ends(client)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
