"""azure-batch 15.1.0."""

from __future__ import annotations

from azure.batch import BatchClient
from azure.batch.models import BatchTaskCreateOptions
from azure.core.credentials import AzureNamedKeyCredential
from measure import ACCOUNT, JOB, KEY, arguments, measure


def main() -> None:
    operation, url, count, concurrency = arguments()
    client = BatchClient(url, AzureNamedKeyCredential(ACCOUNT, KEY))

    def add(count: int) -> int:
        tasks = [BatchTaskCreateOptions(id=f"t{i}", command_line="/bin/true") for i in range(count)]
        return len(list(client.create_tasks(JOB, tasks, max_concurrency=concurrency).result_values or []))

    def walk(most: int) -> int:
        seen = 0
        for task in client.list_tasks(JOB):
            seen += bool(task.id and task.state == "completed" and task.execution_info.exit_code == 0)
            if seen == most:
                break
        return seen

    measure(add if operation == "add" else walk, count)


main()
