"""A program as a user would write it, with both clients: it is type-checked (mypy and pyright, strict) and never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, assert_type

import batchtasks
from batchtasks import (
    UNLIMITED,
    AsyncBatchClient,
    AsyncPages,
    BatchClient,
    BatchTasksError,
    BulkAddError,
    BulkReport,
    Call,
    ETag,
    Exchange,
    F,
    FileF,
    Filter,
    JobF,
    Page,
    Pages,
    Response,
    RetryPolicy,
    ServiceError,
    SharedKeyCredential,
    TaskNotFoundError,
    TaskOutcome,
    ThrottledError,
    WaitProgress,
    WaitResult,
    WaitTimeoutError,
    any_of,
    first_failure,
    if_match,
    if_none_match,
    if_unmodified_since,
    task,
)
from batchtasks.models import (
    CloudJob,
    CloudTask,
    FileProperties,
    NodeFile,
    ResourceFile,
    SubtaskInformation,
    TaskAddParameter,
    TaskConstraints,
    TaskCountsResult,
    TaskState,
)
from batchtasks.testing import local_batch


def seen(exchange: Exchange) -> None:
    print(exchange.method, exchange.path, exchange.status_code, exchange.seconds)


def asked(call: Call[Any]) -> None:
    print(call.operation)


def make_tasks() -> Iterator[TaskAddParameter]:
    yield task(
        "t1",
        "/bin/sh -c 'echo hi'",
        env={"A": "1", "B": 2},
        max_wall_clock_time=timedelta(hours=1),
        retention_time=UNLIMITED,
        depends_on=["t0", range(1, 5)],
        resource_files=[ResourceFile(http_url="https://example.com/a", file_path="a")],
        output_files=[{"filePattern": "*"}],
    )


def more(one: CloudTask) -> TaskConstraints | None:
    count = one.constraints.max_task_retry_count
    return None if count is None else TaskConstraints(max_task_retry_count=count + 1)


def sync_method() -> None:
    client = BatchClient(
        "https://myaccount.westeurope.batch.azure.com",
        SharedKeyCredential("myaccount", "key"),
        api_version="2024-07-01.20.0",
        retry=RetryPolicy(attempts=3, deadline=60),
        timeout=timedelta(seconds=30),
        on_request=asked,
        on_answer=seen,
    )
    with client:
        client.job.add({"id": "job1", "poolInfo": {"poolId": "pool1"}})
        client.job.disable("job1", disable_tasks="requeue")
        client.task.add("job1", {"id": "t0", "commandLine": "true"})
        try:
            report = client.task.add_collection("job1", make_tasks(), concurrency=16, progress=print)
        except BulkAddError as error:
            report = error.report
        assert_type(report, BulkReport)
        wanted: Filter = (F.state == "completed") & ((F.exit_code != 0) | (F.end_time > datetime.now(UTC)))
        pages = client.task.list("job1", filter=wanted & any_of([F.id == "a"]), select=["id", "state"])
        assert_type(pages, Pages[CloudTask])
        for one in pages:
            assert_type(one, CloudTask)
            assert_type(one.state, TaskState)
            print(one.id, one.execution_info.exit_code)
        for page in pages.by_page():
            assert_type(page, Page[CloudTask])
            print(page.continuation, [one.id for one in page])
        found = client.task.get("job1", "t0", condition=if_none_match("0x1"), server_timeout=10)
        assert_type(client.task.get_if_changed("job1", "t0", found), CloudTask | None)
        condition = if_match(found) & if_unmodified_since("2024-01-05T00:00:00Z")
        client.task.update("job1", "t0", TaskConstraints(max_task_retry_count=3), condition=condition)
        client.task.update("job1", "t0", {"maxTaskRetryCount": 3}, condition=ETag("0x1"))
        assert_type(client.task.update_with("job1", "t0", more), TaskConstraints | None)
        assert_type(client.task.raw.get("job1", "t0"), Response[CloudTask])
        print(client.task.raw.terminate("job1", "t0").etag)
        try:
            result = client.task.wait("job1", timeout=timedelta(hours=2), stop_when=first_failure, progress=tell)
            assert_type(result, WaitResult)
            print(result.ok, result.failures["t0"].execution_info)
        except WaitTimeoutError as error:
            print(error.pending, error.result.failed)
        subtasks = client.task.list_subtasks("job1", "t0")
        assert_type(subtasks, Pages[SubtaskInformation])
        client.task.terminate_many("job1", ["t0"], on_result=note)
        assert_type(client.job.get_task_counts("job1"), TaskCountsResult)
        assert_type(client.job.list(filter=JobF.state == "active"), Pages[CloudJob])
        assert_type(client.file.list_from_task("job1", "t0", filter=FileF.name.startswith("wd/")), Pages[NodeFile])
        assert_type(client.file.get_from_task("job1", "t0", "stdout.txt"), bytes)
        assert_type(client.file.get_properties_from_task("job1", "t0", "stdout.txt"), FileProperties)
        assert_type(client.file.stream_from_task("job1", "t0", "wd/large.bin"), Iterator[bytes])
        assert_type(client.file.save_from_task("job1", "t0", "wd/large.bin", "large.bin"), int)


def tell(progress: WaitProgress) -> None:
    print(progress.done, progress.total, progress.pending)


def note(outcome: TaskOutcome) -> None:
    print(outcome.task_id, outcome.status, outcome.error)


async def stream_of_tasks() -> AsyncIterator[TaskAddParameter]:
    for one in make_tasks():
        yield one


async def async_method() -> None:
    async with AsyncBatchClient.from_env(retry=RetryPolicy(attempts=2)) as client:
        await client.task.add("job1", task("t0", "true"))
        assert_type(await client.task.add_collection("job1", stream_of_tasks()), BulkReport)
        pages = client.task.list("job1", filter=F.state == "completed")
        assert_type(pages, AsyncPages[CloudTask])
        async for one in pages:
            assert_type(one, CloudTask)
        async for page in pages.by_page():
            assert_type(page, Page[CloudTask])
        assert_type(await client.task.get("job1", "t0"), CloudTask)
        assert_type(await client.task.raw.get("job1", "t0"), Response[CloudTask])
        assert_type(await client.task.wait("job1", ["t0"], timeout=10), WaitResult)
        assert_type(await client.task.update_with("job1", "t0", more), TaskConstraints | None)
        async for content in client.file.stream_from_task("job1", "t0", "wd/large.bin"):
            assert_type(content, bytes)
        assert_type(await client.file.get_properties_from_task("job1", "t0", "stdout.txt"), FileProperties)


def errors() -> None:
    with local_batch(slots=2) as batch, batch.client(retry=RetryPolicy(attempts=1)) as client:
        try:
            client.task.get("job1", "t0")
        except batchtasks.errors.JobNotFoundError:  # there without an import of the module
            print("no such job")
        except TaskNotFoundError as error:
            print(error.status_code, error.code, error.reason, error.property_name, error.request_id)
        except ThrottledError as error:
            print(error.retry_after)
        except ServiceError as error:
            print(error.details)
        except BatchTasksError as error:
            print(error.is_retriable)
