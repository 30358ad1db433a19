"""`$expand=stats`: what tasks have really used, for a task and summed up for its job."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from batchtasks_local import LocalBatch, Settings
from batchtasks_local.domain.clock import SECOND, duration_from_text

VERSION = "api-version=2025-06-01"
BUSY = "/bin/sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; exit 3'"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A service with a task that has worked, failed and been tried again, one that slept, and one that never started."""
    with (
        LocalBatch(Settings(slots=2)) as batch,
        httpx.Client(base_url=batch.url, headers={"Authorization": "Bearer x"}) as client,
    ):
        client.post(f"/jobs?{VERSION}", json={"id": "job1", "poolInfo": {"poolId": "p"}})
        tasks: list[dict[str, Any]] = [
            {"id": "busy", "commandLine": BUSY, "constraints": {"maxTaskRetryCount": 1}},
            {"id": "asleep", "commandLine": "sleep 0.2"},
            {"id": "large", "commandLine": "true", "requiredSlots": 9},
        ]
        client.post(f"/jobs/job1/addtaskcollection?{VERSION}", json={"value": tasks})
        while client.get(f"/jobs/job1/taskcounts?{VERSION}").json()["taskCounts"]["completed"] < 2:
            time.sleep(0.02)
        yield client


def seconds(text: str) -> float:
    return duration_from_text(text) / SECOND


def stats(client: httpx.Client, path: str) -> Any:
    return client.get(f"{path}?{VERSION}&$expand=stats").json().get("stats")


def test_a_task_that_worked(client: httpx.Client) -> None:
    """Processor time and the clock, over both of its runs."""
    found = stats(client, "/jobs/job1/tasks/busy")
    cpu = seconds(found["userCPUTime"]) + seconds(found["kernelCPUTime"])
    assert 0 < cpu <= seconds(found["wallClockTime"]) * 1.1
    assert found["url"].endswith("/jobs/job1/tasks/busy/stats")
    assert found["startTime"] < found["lastUpdateTime"]


def test_a_task_that_slept(client: httpx.Client) -> None:
    """Time on the clock, and next to no processor time."""
    found = stats(client, "/jobs/job1/tasks/asleep")
    assert seconds(found["wallClockTime"]) >= 0.2
    assert seconds(found["userCPUTime"]) < seconds(found["wallClockTime"]) / 2
    assert {type(found[name]) for name in ("readIOps", "writeIOps")} == {str}
    assert {type(found[name]) for name in ("readIOGiB", "writeIOGiB")} <= {int, float}


def test_a_task_that_never_ran(client: httpx.Client) -> None:
    """It has none."""
    assert stats(client, "/jobs/job1/tasks/large") is None


def test_the_sums_of_a_job(client: httpx.Client) -> None:
    """Those of its tasks, with how they ended."""
    job = stats(client, "/jobs/job1")
    tasks = [stats(client, f"/jobs/job1/tasks/{task_id}") for task_id in ("busy", "asleep")]
    for name in ("userCPUTime", "kernelCPUTime", "wallClockTime", "waitTime"):
        assert seconds(job[name]) == pytest.approx(sum(seconds(task[name]) for task in tasks), abs=0.001), name
    assert (job["numSucceededTasks"], job["numFailedTasks"], job["numTaskRetries"]) == ("1", "1", "1")
    listed = client.get(f"/jobs?{VERSION}&$expand=stats").json()["value"]
    assert listed[0]["stats"]["userCPUTime"] == job["userCPUTime"]


def test_only_where_asked_for(client: httpx.Client) -> None:
    """Not without $expand, and with $select only when it names them."""
    place = f"/jobs/job1/tasks?{VERSION}"
    assert all("stats" not in task for task in client.get(place).json()["value"])
    with_stats = [task["id"] for task in client.get(f"{place}&$expand=stats").json()["value"] if "stats" in task]
    assert with_stats == ["asleep", "busy"]
    selected = client.get(f"{place}&$expand=stats&$select=id").json()["value"]
    assert [list(task) for task in selected] == [["id"]] * 3
    selected = client.get(f"{place}&$expand=stats&$select=id,stats").json()["value"]
    assert [list(task) for task in selected] == [["id", "stats"], ["id", "stats"], ["id"]]


def test_a_new_job_has_used_nothing(client: httpx.Client) -> None:
    """Zeros, in the service's forms."""
    client.post(f"/jobs?{VERSION}", json={"id": "empty", "poolInfo": {"poolId": "p"}})
    found = stats(client, "/jobs/empty")
    assert (found["userCPUTime"], found["readIOps"], found["numTaskRetries"]) == ("PT0S", "0", "0")
