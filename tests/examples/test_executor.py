"""The executor runs graphs, follows output, cancels, and passes the service's refusals on to those who wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from batchtasks import AsyncBatchClient, RetryPolicy, ServerError
from batchtasks.testing import BatchFaults, RunningBatch
from examples.executor import Executor, run_graph
from tests.examples.support import EXAMPLES, run

pytestmark = pytest.mark.slow


def with_executor(batch: RunningBatch, use: Callable[[AsyncBatchClient, Executor], Awaitable[None]]) -> None:
    async def main() -> None:
        async with batch.async_client(retry=RetryPolicy(attempts=1)) as client:
            await client.job.add({"id": "graph", "poolInfo": {"poolId": "any"}})
            async with Executor(client, "graph", poll=0.05) as executor:
                await use(client, executor)

    asyncio.run(main())


def test_the_example_runs_its_graph() -> None:
    lines = run(EXAMPLES / "executor.py").stdout.splitlines()
    assert lines[:3] == ["left 1", "left 2", "left 3"]
    assert lines[3:] == ["left: done", "right: done", "hopeless: cancelled", "join: done"]


def test_what_needs_a_failed_step_is_skipped(local_batch: RunningBatch) -> None:
    async def use(client: AsyncBatchClient, executor: Executor) -> None:
        steps: dict[str, tuple[list[str], str, float]] = {
            "bad": ([], "/bin/sh -c 'exit 4'", 60),
            "good": ([], "true", 60),
            "both": (["good", "bad"], "true", 60),
            "after": (["both"], "true", 60),
        }
        ended = await run_graph(executor, steps)
        assert ended == {"bad": "failed with 4", "good": "done", "both": "skipped", "after": "skipped"}
        assert {one.id async for one in client.task.list("graph")} == {"bad", "good"}

    with_executor(local_batch, use)


def test_who_cancels_the_wait_cancels_the_task(local_batch: RunningBatch) -> None:
    async def use(client: AsyncBatchClient, executor: Executor) -> None:
        waiting = asyncio.create_task(executor.run("long", "sleep 600"))
        while not [one async for one in client.task.list("graph")]:  # noqa: ASYNC110 - the task is added elsewhere
            await asyncio.sleep(0.02)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await client.task.wait("graph", timeout=10)

    with_executor(local_batch, use)


def test_leaving_the_block_ends_what_runs(local_batch: RunningBatch) -> None:
    async def main() -> None:
        async with local_batch.async_client() as client:
            await client.job.add({"id": "graph", "poolInfo": {"poolId": "any"}})
            async with Executor(client, "graph", poll=0.05) as executor:
                waiting = asyncio.create_task(executor.run("long", "sleep 600"))
                while not [one async for one in client.task.list("graph")]:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                await client.task.wait("graph", until="running", timeout=10)
            await client.task.wait("graph", timeout=10)
            waiting.cancel()

    asyncio.run(main())


def test_a_watch_that_fails_ends_the_waits(local_batch: RunningBatch, batch_faults: BatchFaults) -> None:
    async def use(client: AsyncBatchClient, executor: Executor) -> None:
        with batch_faults("error", operations=["Task_List"]), pytest.raises(ServerError):
            await executor.run("one", "true")
        assert await executor.run("two", "/bin/sh -c 'exit 7'") == 7

    with_executor(local_batch, use)
