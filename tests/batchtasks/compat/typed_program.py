"""A program with types as users of azure-batch 14 wrote it, with the import changed; it is checked (mypy strict) and not run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import batchtasks.compat.models as batchmodels
from batchtasks.compat import BatchServiceClient, models
from batchtasks.compat.batch_auth import SharedKeyCredentials
from batchtasks.compat.custom.custom_errors import CreateTasksErrorException


def make_client(name: str, key: str, url: str) -> BatchServiceClient:
    client = BatchServiceClient(SharedKeyCredentials(name, key), batch_url=url)
    client.config.retry_policy.retries = 5
    return client


def make_tasks(count: int) -> list[models.TaskAddParameter]:
    return [
        models.TaskAddParameter(
            id=f"t{n}",
            command_line="true",
            constraints=models.TaskConstraints(max_wall_clock_time=datetime.timedelta(hours=1)),
            resource_files=[models.ResourceFile(http_url="https://example.com/a", file_path="a")],
            environment_settings=[models.EnvironmentSetting(name="A", value="1")],
            user_identity=models.UserIdentity(
                auto_user=models.AutoUserSpecification(
                    scope=models.AutoUserScope.pool, elevation_level=models.ElevationLevel.admin
                )
            ),
        )
        for n in range(count)
    ]


def submit(client: BatchServiceClient, job_id: str) -> None:
    job = batchmodels.JobAddParameter(id=job_id, pool_info=batchmodels.PoolInformation(pool_id="p"))
    job.on_all_tasks_complete = "terminatejob"
    client.job.add(job)
    try:
        result = client.task.add_collection(job_id, make_tasks(10), None, None, False, 4)
    except CreateTasksErrorException as error:
        for failed in error.failure_tasks:
            print(failed.task_id, failed.error.code)
        raise
    assert result.value[0].status is models.TaskAddStatus.success


def states(client: BatchServiceClient, job_id: str) -> Iterator[tuple[str, Any]]:
    options = models.TaskListOptions(select="id,state", filter="state eq 'completed'")
    for task in client.task.list(job_id, task_list_options=options):
        yield task.id, task.state


def exit_code(client: BatchServiceClient, job_id: str, task_id: str) -> int | None:
    try:
        task: models.CloudTask = client.task.get(job_id, task_id)
    except models.BatchErrorException as error:
        print(error.error.code, error.error.message.value, [detail.value for detail in error.error.values or []])
        return None
    if task.state != models.TaskState.completed:
        return None
    raw = client.task.get(job_id, task_id, raw=True)
    print(raw.output.id, raw.response.text, task.as_dict()["execution_info"]["result"])
    code: int = task.execution_info.exit_code
    return code


def read_file(client: BatchServiceClient, job_id: str, task_id: str) -> bytes:
    return b"".join(client.file.get_from_task(job_id, task_id, "stdout.txt"))


def pools(client: BatchServiceClient) -> list[str]:
    if not client.pool.exists("p"):
        client.pool.add(models.PoolAddParameter(id="p", vm_size="small", target_dedicated_nodes=1))
    nodes = list(client.compute_node.list("p"))
    return [node.id for node in nodes if node.state == models.ComputeNodeState.idle]
