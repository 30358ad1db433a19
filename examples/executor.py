"""An executor for workflow engines, on asyncio: submit a command, await its exit code, cancel it, follow its output.

One narrow request at a time asks what has completed since the last look, however many tasks are under way. `main` runs a
small graph of steps with it, the way Snakemake or Airflow would. The account comes from BATCH_ACCOUNT_URL,
BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, the pool from BATCH_POOL_ID; with nothing set a local service is started.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from batchtasks import AsyncBatchClient, BatchTasksError, F, NotFoundError, TaskCompletedError, WrongStateError, task
from batchtasks.testing import local_batch

# Tasks end by the clocks of their nodes, so each look goes back a little further than the last one.
OVERLAP = timedelta(minutes=1)


class Executor:
    """Runs commands as tasks of one job; use it in an `async with`, at whose end it terminates what still runs."""

    def __init__(self, client: AsyncBatchClient, job_id: str, poll: float = 1.0) -> None:
        self._client, self._job_id, self._poll = client, job_id, poll
        self._running: dict[str, asyncio.Future[int]] = {}
        self._ended: set[str] = set()
        self._since: datetime | None = None

    async def __aenter__(self) -> Self:
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._watcher.cancel()
        await self._client.task.terminate_many(self._job_id, list(self._running))

    async def run(self, name: str, command: str, **options: Any) -> int:
        """Submit a command and wait for its exit code, -1 if it has none; who cancels this cancels the task."""
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._running[name] = done
        try:
            await self._client.task.add(self._job_id, task(name, command, **options))
            return await done
        except asyncio.CancelledError:
            await asyncio.shield(self.cancel(name))
            raise
        finally:
            del self._running[name]
            self._ended.add(name)

    async def cancel(self, name: str) -> None:
        """End a task, unless it has ended already or was never added."""
        with suppress(TaskCompletedError, NotFoundError):
            await self._client.task.terminate(self._job_id, name)

    async def logs(self, name: str, file: str = "stdout.txt") -> AsyncIterator[bytes]:
        """Follow a file of a task, which may yet have to be run, until it has ended; gives what is new, as it comes."""
        seen, ended = 0, False
        while not ended:
            ended = name in self._ended
            with suppress(WrongStateError, NotFoundError):  # the task has not been on a node yet
                async for chunk_size in self._client.file.stream_from_task(self._job_id, name, file, start=seen):
                    seen += len(chunk_size)
                    yield chunk_size
            if not ended:
                await asyncio.sleep(self._poll)

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
            except BatchTasksError as error:  # after all retries: those who wait shall know
                for done in self._running.values():
                    if not done.done():
                        done.set_exception(error)
            await asyncio.sleep(self._poll)

    async def _look(self) -> None:
        if not self._running:
            return
        ended = F.state == "completed"
        if self._since is not None:
            ended = ended & (F.state_transition_time >= self._since - OVERLAP)
        wanted = ["id", "stateTransitionTime", "executionInfo"]
        async for one in self._client.task.list(self._job_id, filter=ended, select=wanted):
            if one.state_transition_time is not None:
                self._since = max(self._since or one.state_transition_time, one.state_transition_time)
            done = self._running.get(one.id or "")
            if done is not None and not done.done():
                code = one.execution_info.exit_code if one.execution_info else None
                done.set_result(-1 if code is None else code)


# Name: what it needs, its command, and the seconds after which it is cancelled.
STEPS: dict[str, tuple[list[str], str, float]] = {
    "left": ([], "/bin/sh -c 'for i in 1 2 3; do echo left $i; sleep 0.1; done'", 600),
    "right": ([], "/bin/sh -c 'echo right'", 600),
    "hopeless": ([], "/bin/sh -c 'sleep 600'", 2),
    "join": (["left", "right"], "/bin/sh -c 'echo joined'", 600),
}


async def run_graph(executor: Executor, steps: dict[str, tuple[list[str], str, float]]) -> dict[str, str]:
    """Run each step once those that it needs are done; how each ended."""

    async def step(name: str) -> str:
        needs, command, limit = steps[name]
        if any([await tasks[other] != "done" for other in needs]):
            return "skipped"
        try:
            code = await asyncio.wait_for(executor.run(name, command), limit)
        except TimeoutError:
            return "cancelled"
        return "done" if code == 0 else f"failed with {code}"

    tasks = {name: asyncio.create_task(step(name)) for name in steps}
    return {name: await one for name, one in tasks.items()}


async def follow(executor: Executor, name: str) -> None:
    """Print the output of a task while it runs."""
    async for chunk_size in executor.logs(name):
        print(chunk_size.decode(errors="replace"), end="", flush=True)


async def main() -> None:
    job_id = f"graph-{time.strftime('%Y%m%d-%H%M%S')}"
    async with AsyncExitStack() as stack:
        if "BATCH_ACCOUNT_URL" in os.environ:
            client = await stack.enter_async_context(AsyncBatchClient.from_env())
        else:
            client = await stack.enter_async_context(stack.enter_context(local_batch(slots=4)).async_client())
        await client.job.add({"id": job_id, "poolInfo": {"poolId": os.environ.get("BATCH_POOL_ID", "local")}})
        executor = await stack.enter_async_context(Executor(client, job_id, poll=0.2))
        graph = asyncio.create_task(run_graph(executor, STEPS))
        await follow(executor, "left")
        for name, ended in (await graph).items():
            print(f"{name}: {ended}")


if __name__ == "__main__":
    asyncio.run(main())
