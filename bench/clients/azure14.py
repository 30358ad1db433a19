"""azure-batch 14.2.0."""

from __future__ import annotations

from azure.batch import BatchServiceClient
from azure.batch.batch_auth import SharedKeyCredentials
from azure.batch.models import TaskAddParameter
from measure import ACCOUNT, JOB, KEY, arguments, measure


def main() -> None:
    operation, url, count, concurrency = arguments()
    client = BatchServiceClient(SharedKeyCredentials(ACCOUNT, KEY), batch_url=url)

    def add(count: int) -> int:
        tasks = [TaskAddParameter(id=f"t{i}", command_line="/bin/true") for i in range(count)]
        return len(client.task.add_collection(JOB, tasks, threads=concurrency).value)

    def walk(most: int) -> int:
        seen = 0
        for task in client.task.list(JOB):
            seen += bool(task.id and task.state == "completed" and task.execution_info.exit_code == 0)
            if seen == most:
                break
        return seen

    measure(add if operation == "add" else walk, count)


main()
