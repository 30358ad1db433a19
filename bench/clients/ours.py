"""batchtasks, blocking."""

from __future__ import annotations

from measure import ACCOUNT, JOB, KEY, arguments, measure

from batchtasks import BatchClient, SharedKeyCredential
from batchtasks.models import TaskAddParameter


def main() -> None:
    operation, url, count, concurrency = arguments()
    client = BatchClient(url, SharedKeyCredential(ACCOUNT, KEY))

    def add(count: int) -> int:
        tasks = (TaskAddParameter(id=f"t{i}", command_line="/bin/true") for i in range(count))
        return client.task.add_collection(JOB, tasks, concurrency=max(1, concurrency)).added

    def walk(most: int) -> int:
        seen = 0
        for task in client.task.list(JOB):
            run = task.execution_info
            seen += bool(task.id and task.state == "completed" and run and run.exit_code == 0)
            if seen == most:
                break
        return seen

    measure(add if operation == "add" else walk, count)


main()
