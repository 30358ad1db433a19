"""Run by an interpreter that has azure-batch 15.1.0: drives a service with it and prints what it saw as JSON.

Arguments: the service's URL, the account's name, its key, and `sync` or `async`.
"""

from __future__ import annotations

import asyncio
import datetime
import inspect
import json
import sys
import time
from typing import Any

from azure.batch import BatchClient, models
from azure.batch.aio import BatchClient as AsyncBatchClient
from azure.core import MatchConditions
from azure.core.credentials import AzureNamedKeyCredential
from azure.core.exceptions import HttpResponseError


async def take(value: Any) -> Any:
    """The value, awaited if it has to be."""
    return await value if inspect.isawaitable(value) else value


async def items(pages: Any) -> list[Any]:
    """All items of a list, sync or async."""
    pages = await take(pages)
    return [item async for item in pages] if hasattr(pages, "__aiter__") else list(pages)


async def code(act: Any) -> list[Any]:
    """The class, code and status of the error that an act ends in."""
    try:
        await take(act())
    except HttpResponseError as error:
        return [type(error).__name__, error.model.code if error.model else None, error.status_code]
    return ["no error", None, 0]


async def wait(client: Any, job: str, count: int) -> dict[str, int]:
    """Until so many tasks are completed; the counts."""
    end = time.monotonic() + 60
    while True:
        counts = (await take(client.get_job_task_counts(job))).task_counts
        if counts.completed == count or time.monotonic() > end:
            return {name: getattr(counts, name) for name in ("active", "running", "completed", "succeeded", "failed")}
        await asyncio.sleep(0.05)


async def jobs(client: Any, job: str) -> dict[str, Any]:
    """Add, get, list, patch, and the errors of each."""
    spec = models.BatchJobCreateOptions(
        id=job,
        pool_info=models.BatchPoolInfo(pool_id="any"),
        uses_task_dependencies=True,
        constraints=models.BatchJobConstraints(max_task_retry_count=5),
    )
    await take(client.create_job(spec))
    again = await code(lambda: client.create_job(spec))
    before = await take(client.get_job(job))
    await take(client.update_job(job, models.BatchJobUpdateOptions(priority=7)))
    after = await take(client.get_job(job, select=["id", "priority"]))
    listed = await items(client.list_jobs(filter=f"id eq '{job}'", max_results=1))
    return {
        "again": again,
        "missing": await code(lambda: client.get_job("nojob")),
        "state": before.state,
        "retries": before.constraints.max_task_retry_count,
        "wall": str(before.constraints.max_wall_clock_time),
        "priority": [before.priority, after.priority],
        "unselected": after.state,
        "listed": [one.id for one in listed],
    }


async def bulk(client: Any, job: str) -> dict[str, Any]:
    """A thousand tasks by one call, listed again by pages, filtered, narrowed."""
    tasks = [models.BatchTaskCreateOptions(id=f"b{n}", command_line="/bin/true") for n in range(1000)]
    results = (await take(client.create_tasks(job, tasks, max_concurrency=2))).result_values
    narrow = await items(client.list_tasks(job, filter="startswith(id,'b99')", select=["id", "state"], max_results=3))
    hundred = models.BatchTaskGroup(task_values=tasks[:100])
    again = (await take(client.create_task_collection(job, hundred, service_timeout=20))).result_values
    return {
        "statuses": sorted({str(result.status) for result in results}),
        "count": len({result.task_id for result in results}),
        "again": sorted({f"{result.status} {result.error.code}" for result in again}),
        "listed": len(await items(client.list_tasks(job, max_results=100, service_timeout=30))),
        "narrow": sorted(task.id for task in narrow),
        "unselected": narrow[0].command_line,
        "counts": await wait(client, job, 1000),
    }


async def one(client: Any, job: str) -> dict[str, Any]:
    """One task, followed through its life."""
    options = models.ExitOptions(dependency_action="satisfy")
    await take(
        client.create_task(
            job,
            models.BatchTaskCreateOptions(
                id="One",
                display_name="über",
                command_line="/bin/sh -c 'echo hello $NAME; exit 3'",
                environment_settings=[models.EnvironmentSetting(name="NAME", value="world")],
                constraints=models.BatchTaskConstraints(max_wall_clock_time=datetime.timedelta(hours=1)),
                exit_conditions=models.ExitConditions(
                    exit_codes=[models.ExitCodeMapping(code=3, exit_options=options)]
                ),
            ),
        )
    )
    depends = models.BatchTaskDependencies(task_ids=["One"])
    await take(
        client.create_task(job, models.BatchTaskCreateOptions(id="Two", command_line="/bin/true", depends_on=depends))
    )
    await wait(client, job, 1002)
    task = await take(client.get_task(job, "one"))
    same = {"etag": task.etag, "match_condition": MatchConditions.IfNotModified}
    other = {"etag": task.etag, "match_condition": MatchConditions.IfModified}
    unchanged = await code(lambda: client.get_task(job, "one", **other))
    task.constraints.max_task_retry_count = 2
    await take(client.replace_task(job, "One", task, **same))
    updated = await take(client.get_task(job, "One", expand=["stats"]))
    return {
        "id": task.id,
        "name": task.display_name,
        "state": task.state,
        "exit": task.execution_info.exit_code,
        "failure": [str(task.execution_info.failure_info.category), task.execution_info.failure_info.code],
        "result": task.execution_info.result,
        "wall": str(task.constraints.max_wall_clock_time),
        "unchanged": unchanged,
        "updated": [updated.constraints.max_task_retry_count, str(updated.constraints.max_wall_clock_time)],
        "stale": await code(lambda: client.terminate_task(job, "One", **same)),
        "ended": await code(lambda: client.terminate_task(job, "One")),
        "succeeded": await code(lambda: client.reactivate_task(job, "Two")),
        "subtasks": len(await items(client.list_subtasks(job, "One"))),
        "missing": await code(lambda: client.get_task(job, "nothing")),
        "odd": await code(lambda: client.get_task(job, "Task_é b")),
    }


async def content(chunks: Any) -> str:
    """The text of a file."""
    chunks = await take(chunks)
    return b"".join([c async for c in chunks] if hasattr(chunks, "__aiter__") else list(chunks)).decode()


async def files(client: Any, job: str) -> dict[str, Any]:
    """The files of a task that has run."""
    listed = {one.name: one for one in await items(client.list_task_files(job, "One", recursive=True))}
    head = await take(client.get_task_file_properties(job, "One", "stdout.txt"))
    await take(
        client.create_task(job, models.BatchTaskCreateOptions(id="W", command_line="/bin/sh -c 'echo x > out.txt'"))
    )
    await wait(client, job, 1003)
    deep = await content(client.download_task_file(job, "W", "wd/out.txt"))
    await take(client.delete_task_file(job, "W", "wd/out.txt"))
    return {
        "names": sorted(set(listed) & {"stdout.txt", "stderr.txt", "wd"}),
        "length": listed["stdout.txt"].properties.content_length,
        "text": await content(client.download_task_file(job, "One", "stdout.txt")),
        "part": await content(client.download_task_file(job, "One", "stdout.txt", ocp_range="bytes=0-4")),
        "head": [head.content_length, head.is_directory, head.file_mode],
        "deep": deep,
        "deleted": await code(lambda: client.download_task_file(job, "W", "wd/out.txt")),
    }


async def errors(client: Any, job: str, stranger: Any) -> dict[str, Any]:
    """Bad input and a wrong key."""
    bad = models.BatchJobCreateOptions(id="a b", pool_info=models.BatchPoolInfo(pool_id="p"))
    return {
        "key": await code(lambda: stranger.get_job(job)),
        "filter": await code(lambda: items(client.list_tasks(job, filter="colour eq 'red'"))),
        "id": await code(lambda: client.create_job(bad)),
    }


async def ends(client: Any, job: str) -> dict[str, Any]:
    """Reactivate, terminate, delete; then the job, waited for as the client does."""
    await take(client.reactivate_task(job, "One"))
    await wait(client, job, 1003)
    await take(client.create_task(job, models.BatchTaskCreateOptions(id="Long", command_line="sleep 60")))
    await take(client.terminate_task(job, "Long"))
    long = await take(client.get_task(job, "Long"))
    await take(client.delete_task(job, "Long"))
    quick = {"polling_interval": 0.05}
    disable = models.BatchJobDisableOptions(disable_tasks="requeue")
    await done(client.begin_disable_job(job, disable, **quick))
    await done(client.begin_enable_job(job, **quick))
    reason = {"terminateReason": "done with it"}  # its model is not public
    await done(client.begin_terminate_job(job, reason, force=True, **quick))
    late = await code(lambda: client.create_task(job, models.BatchTaskCreateOptions(id="late", command_line="x")))
    ended = await take(client.get_job(job))
    await done(client.begin_delete_job(job, force=True, **quick))
    return {
        "long": [long.state, long.execution_info.failure_info.code],
        "late": late,
        "reason": [ended.state, ended.execution_info.termination_reason],
        "gone": await code(lambda: client.get_job(job)),
    }


async def done(poller: Any) -> None:
    """Wait for a long-running operation."""
    await take((await take(poller)).result())


async def main(url: str, account: str, key: str, mode: str) -> None:
    """Everything, in order."""
    made = AsyncBatchClient if mode == "async" else BatchClient
    client = made(url, AzureNamedKeyCredential(account, key))
    stranger = made(url, AzureNamedKeyCredential(account, "AAAA"))
    job = "official15"
    seen = {part.__name__: await part(client, job) for part in (jobs, bulk, one, files)}
    seen["errors"] = await errors(client, job, stranger)
    seen["ends"] = await ends(client, job)
    for one_of_them in (client, stranger):
        await take(one_of_them.close())
    print(json.dumps(seen))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
