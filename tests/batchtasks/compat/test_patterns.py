"""The ways in which public programs call azure-batch 14, against the local service."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest

from batchtasks.compat import models


@pytest.fixture(scope="module")
def job(local: Any) -> str:
    """A job with three good tasks and a bad one, all completed."""
    local.job.add(models.JobAddParameter(id="patterns", pool_info=models.PoolInformation(pool_id="p")))
    tasks = [models.TaskAddParameter(id=f"t{n}", command_line="echo hi") for n in range(3)]
    tasks.append(models.TaskAddParameter(id="bad", command_line="/bin/sh -c 'echo lost >&2; exit 3'"))
    result = local.task.add_collection("patterns", tasks, None, None, False, None)
    assert all(one.status is models.TaskAddStatus.success for one in result.value)
    deadline = time.monotonic() + 60
    while any(task.state != models.TaskState.completed for task in local.task.list("patterns")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return "patterns"


def test_failures_as_programs_look_for_them(local: Any, job: str) -> None:
    tasks = list(local.task.list(job))
    failed = [task for task in tasks if task.execution_info.result == models.TaskExecutionResult.failure]
    assert [task.id for task in failed] == ["bad"]
    assert all(isinstance(task, models.CloudTask) for task in tasks)
    shown = failed[0].as_dict()
    assert (shown["state"], shown["execution_info"]["result"], shown["execution_info"]["exit_code"]) == (
        "completed",
        "failure",
        3,
    )
    details = failed[0].execution_info.failure_info.details
    assert all(isinstance(detail, models.NameValuePair) for detail in details)
    assert failed[0].constraints.max_wall_clock_time == timedelta(10675199, 10085, 477581)


def test_a_list_page_by_page(local: Any, job: str) -> None:
    pages = local.task.list(job, models.TaskListOptions(filter="id ne 'bad'", select="id,state", max_results=2))
    assert [task.id for task in pages.advance_page()] == ["t0", "t1"]
    assert [one["id"] for one in json.loads(pages.raw.response.text)["value"]] == ["t0", "t1"]
    assert [task.id for task in pages.advance_page()] == [task.id for task in pages.current_page] == ["t2"]
    with pytest.raises(StopIteration):
        pages.advance_page()
    assert len(list(pages)) == 3


def test_what_a_task_printed(local: Any, job: str) -> None:
    names = {file.name for file in local.file.list_from_task(job, "bad", recursive=True) if not file.is_directory}
    assert {"stdout.txt", "stderr.txt"} <= names
    assert b"".join(local.file.get_from_task(job, "bad", "stderr.txt")) == b"lost\n"
    options = models.FileGetFromTaskOptions(ocp_range="bytes=1-2")
    assert b"".join(local.file.get_from_task(job, "bad", "stderr.txt", options)) == b"os"
    seen: list[tuple[bytes, int]] = []
    local_copy = local.file.get_from_task(
        job, "bad", "stderr.txt", callback=lambda data, response: seen.append((data, response.status_code))
    )
    assert list(local_copy) == [b"lost\n"] == [data for data, status_code in seen]
    assert seen[0][1] in (200, 206)
    assert list(local.file.get_from_task(job, "bad", "stdout.txt")) == []
    raw = local.file.get_from_task(job, "t0", "stdout.txt", raw=True)
    assert (b"".join(raw.output), raw.response.status_code) == (b"hi\n", 200)
    properties = local.file.get_properties_from_task(job, "bad", "stderr.txt", raw=True)
    assert properties.headers["Content-Length"] == 5
    assert properties.headers["ocp-batch-file-isdirectory"] is False
    assert properties.headers["Last-Modified"].tzinfo is not None
    assert local.file.get_properties_from_task(job, "bad", "stderr.txt") is None
    for read in (local.file.get_from_task, local.file.get_properties_from_task):
        with pytest.raises(models.BatchErrorException) as caught:
            read(job, "bad", "nothing.txt")
        assert caught.value.error.code == "FileNotFound"
    local.file.delete_from_task(job, "t1", "stdout.txt", recursive=None)


def test_errors_and_conditions(local: Any, job: str) -> None:
    with pytest.raises(models.BatchErrorException) as caught:
        local.job.add({"id": job, "poolInfo": {"poolId": "p"}})
    assert (caught.value.error.code, caught.value.response.status_code) == ("JobExists", 409)
    assert caught.value.error.message.value
    found = local.job.get(job)
    assert isinstance(found, models.CloudJob)
    with pytest.raises(models.BatchErrorException) as caught:
        local.job.patch(job, models.JobPatchParameter(priority=1), models.JobPatchOptions(if_match="0x1"))
    assert caught.value.response.status_code == 412
    local.job.patch(job, models.JobPatchParameter(priority=1), models.JobPatchOptions(if_match=found.e_tag))
    assert local.job.get(job, models.JobGetOptions(select="id,priority")).priority == 1
    constraints = local.task.get(job, "bad").constraints
    constraints.max_task_retry_count = 1
    local.task.update(job, "bad", constraints=constraints)
    assert local.task.get(job, "bad").constraints.max_task_retry_count == 1


def test_counts_and_jobs(local: Any, job: str) -> None:
    counts = local.job.get_task_counts(job)
    assert isinstance(counts, models.TaskCountsResult)
    assert (counts.task_counts.completed, counts.task_counts.failed) == (4, 1)
    jobs = local.job.list(models.JobListOptions(filter="state eq 'active'"))
    assert isinstance(jobs, models.CloudJobPaged)
    assert job in [one.id for one in jobs]
    assert next(local.job.list(), None) is not None
    result = local.task.add_collection(job, [{"id": "t0", "commandLine": "true"}])
    assert result.value[0].status is models.TaskAddStatus.client_error
    assert result.value[0].error.code == "TaskExists"


def test_the_end(local: Any) -> None:
    local.job.add(models.JobAddParameter(id="ends", pool_info=models.PoolInformation(pool_id="p")))
    task = models.TaskAddParameter(id="sleeps", command_line="sleep 60")
    assert local.task.add(job_id="ends", task=task) is None
    local.task.terminate("ends", "sleeps")
    assert local.task.get("ends", "sleeps").state is models.TaskState.completed
    local.task.delete("ends", "sleeps")
    local.job.disable("ends", models.DisableJobOption.requeue)
    local.job.enable("ends")
    local.job.terminate(job_id="ends", terminate_reason="Completed")
    assert local.job.get("ends").execution_info.terminate_reason == "Completed"
    local.job.delete("ends")


def test_the_new_client_below(local: Any, job: str) -> None:
    assert local.batch_client.task.get(job, "t0").id == "t0"
