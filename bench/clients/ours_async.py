"""batchtasks, awaiting."""

from __future__ import annotations

import asyncio
from typing import Any

from measure import ACCOUNT, JOB, KEY, arguments, measure

from batchtasks import AsyncBatchClient, SharedKeyCredential
from batchtasks.models import TaskAddParameter


async def work(operation: str, url: str, count: int, concurrency: int, **options: Any) -> int:
    async with AsyncBatchClient(url, SharedKeyCredential(ACCOUNT, KEY), **options) as client:
        if operation == "add":
            tasks = (TaskAddParameter(id=f"t{i}", command_line="/bin/true") for i in range(count))
            return (await client.task.add_collection(JOB, tasks, concurrency=max(1, concurrency))).added
        seen = 0
        async for task in client.task.list(JOB):
            run = task.execution_info
            seen += bool(task.id and task.state == "completed" and run and run.exit_code == 0)
            if seen == count:
                break
        return seen


if __name__ == "__main__":
    operation, url, count, concurrency = arguments()
    measure(lambda count: asyncio.run(work(operation, url, count, concurrency)), count)
