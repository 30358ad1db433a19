"""A whole service on a real socket: tasks that really run, files that are read back, injected faults."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from batchtasks.testing import local_batch
from batchtasks_local import LocalBatch, Settings

VERSION = "2025-06-01"


@pytest.fixture(scope="module")
def service() -> Iterator[LocalBatch]:
    """One service for the tests of this file; each uses other jobs."""
    with LocalBatch(Settings(slots=4)) as running:
        yield running


@pytest.fixture
def client(service: LocalBatch, signer: Any) -> Iterator[httpx.Client]:
    """A client that signs, on one connection."""
    auth = signer(service.account, service.key)
    with httpx.Client(base_url=service.url, params={"api-version": VERSION}, auth=auth, timeout=20) as made:
        yield made


def job(client: httpx.Client, name: str, **members: Any) -> str:
    """Add a job."""
    answer = client.post("/jobs", json={"id": name, "poolInfo": {"poolId": "p"}, **members})
    assert answer.status_code == 201, answer.text
    return f"/jobs/{name}"


def until(reached: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    end = time.monotonic() + 20
    while not reached():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def finished(client: httpx.Client, path: str, count: int) -> dict[str, int]:
    """Wait until so many tasks of a job are completed; the counts."""
    counts: dict[str, int] = {}

    def reached() -> bool:
        counts.update(client.get(f"{path}/taskcounts").json()["taskCounts"])
        return counts["completed"] == count

    until(reached)
    return counts


def test_a_job_from_end_to_end(client: httpx.Client) -> None:
    """Add, run, look, read, delete."""
    path = job(client, "whole")
    specs = [{"id": f"t{n}", "commandLine": f"/bin/sh -c 'echo number {n}; exit {n % 3}'"} for n in range(30)]
    results = client.post(f"{path}/addtaskcollection", json={"value": specs}).json()["value"]
    assert {result["status"] for result in results} == {"Success"}
    assert finished(client, path, 30) == {"active": 0, "running": 0, "completed": 30, "succeeded": 10, "failed": 20}
    failed = client.get(f"{path}/tasks", params={"$filter": "executionInfo/exitCode eq 2", "$select": "id"}).json()
    assert [task["id"] for task in failed["value"]] == sorted(f"t{n}" for n in range(2, 30, 3))
    task = client.get(f"{path}/tasks/t5").json()
    assert task["executionInfo"]["failureInfo"]["code"] == "FailureExitCode"
    assert task["eTag"] == results[5]["eTag"]
    names = {item["name"] for item in client.get(f"{path}/tasks/t5/files").json()["value"]}
    assert {"stdout.txt", "stderr.txt", "wd"} <= names
    assert client.get(f"{path}/tasks/t5/files/stdout.txt").text == "number 5\n"
    assert client.request("HEAD", f"{path}/tasks/t5/files/stdout.txt").headers["content-length"] == "9"
    assert client.delete(path).status_code == 202
    until(lambda: client.get(path).status_code == 404)


def test_terminate_a_running_task(client: httpx.Client) -> None:
    """It is completed at once, and its process is gone."""
    path = job(client, "stop")
    client.post(f"{path}/tasks", json={"id": "t", "commandLine": "/bin/sh -c 'echo $$; exec sleep 60'"})
    until(lambda: bool(client.get(f"{path}/tasks/t/files/stdout.txt").is_success))
    until(lambda: client.get(f"{path}/tasks/t/files/stdout.txt").text != "")
    process = int(client.get(f"{path}/tasks/t/files/stdout.txt").text)
    assert client.post(f"{path}/tasks/t/terminate").status_code == 204
    assert client.get(f"{path}/tasks/t").json()["state"] == "completed"
    until(lambda: not alive(process))
    answer = client.post(f"{path}/tasks/t/terminate")
    assert (answer.status_code, answer.json()["code"]) == (409, "TaskCompleted")
    assert client.post(f"{path}/tasks/t/reactivate").status_code == 204
    assert client.delete(f"{path}/tasks/t").status_code == 200


def alive(process: int) -> bool:
    """Whether a process runs (one that has ended and not been waited for does not)."""
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_dependencies_and_environment(client: httpx.Client) -> None:
    """Tasks wait for each other, and know who they are."""
    path = job(client, "chain", usesTaskDependencies=True)
    command = "/bin/sh -c 'echo $AZ_BATCH_JOB_ID $AZ_BATCH_TASK_ID $AZ_BATCH_ACCOUNT_URL $COLOUR'"
    second: dict[str, Any] = {"id": "b", "commandLine": command, "dependsOn": {"taskIds": ["a"]}}
    second["environmentSettings"] = [{"name": "COLOUR", "value": "red"}]
    client.post(f"{path}/tasks", json=second)
    assert client.get(f"{path}/tasks/b").json()["state"] == "active"
    client.post(f"{path}/tasks", json={"id": "a", "commandLine": "/bin/true"})
    finished(client, path, 2)
    assert client.get(f"{path}/tasks/b/files/stdout.txt").text == f"chain b {client.base_url} red\n".replace(
        "/ red", " red"
    )
    times = [client.get(f"{path}/tasks/{name}").json()["executionInfo"] for name in "ab"]
    assert times[0]["endTime"] <= times[1]["startTime"]


def test_a_lost_answer(service: LocalBatch, client: httpx.Client) -> None:
    """The work is done, the client learns nothing; sent again, the task exists."""
    path = job(client, "lost")
    body = {"id": "t", "commandLine": "/bin/true"}
    with service.faults("lose", operations=("Task_Add",), count=1) as hits:
        with pytest.raises(httpx.TransportError):
            client.post(f"{path}/tasks", json=body)
        assert hits() == 1
        answer = client.post(f"{path}/tasks", json=body)
    assert answer.json()["code"] == "TaskExists"


def test_a_refused_request(service: LocalBatch, client: httpx.Client) -> None:
    """Nothing is done."""
    path = job(client, "dropped")
    body = {"id": "t", "commandLine": "/bin/true"}
    with service.faults("refuse", operations=("Task_Add",), count=1), pytest.raises(httpx.TransportError):
        client.post(f"{path}/tasks", json=body)
    assert client.post(f"{path}/tasks", json=body).status_code == 201


def test_many_clients_at_once(service: LocalBatch, signer: Any, client: httpx.Client) -> None:
    """Every task is added once, whoever comes first; every page is whole."""
    path = job(client, "crowd", onAllTasksComplete="noaction")
    client.post(f"{path}/disable", json={"disableTasks": "wait"})
    statuses: list[str] = []

    def add(part: int) -> None:
        with httpx.Client(base_url=service.url, auth=signer(service.account, service.key), timeout=30) as own:
            for chunk in range(5):
                specs = [{"id": f"t{chunk}-{n}", "commandLine": "true"} for n in range(part, part + 60)]
                url = f"{path}/addtaskcollection?api-version={VERSION}"
                statuses.extend(one["status"] for one in own.post(url, json={"value": specs}).json()["value"])

    threads = [threading.Thread(target=add, args=(part,)) for part in (0, 20, 40, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 4 * 5 * 60
    assert statuses.count("Success") == 5 * 120
    seen: list[str] = []
    url = f"{path}/tasks?maxresults=77&$select=id&api-version={VERSION}"
    while url:
        page = client.get(url).json() if url.startswith("/") else httpx.get(url, auth=client.auth).json()
        seen += [task["id"] for task in page["value"]]
        url = page.get("odata.nextLink", "")
    assert len(seen) == len(set(seen)) == 600


def test_a_service_that_starts_no_tasks_ends_jobs_without_their_release_task(tmp_path: Path) -> None:
    """An earlier service has run their preparation task."""
    special = {"jobPreparationTask": {"commandLine": "true"}, "jobReleaseTask": {"commandLine": "true"}}
    with local_batch(data=tmp_path, slots=2) as batch, batch.client() as client:
        for job_id in ("ended", "deleted"):
            client.job.add({"id": job_id, "poolInfo": {"poolId": "p"}, **special})
            client.task.add(job_id, {"id": "t", "commandLine": "true"})
            assert client.task.wait(job_id, timeout=20).ok
    with local_batch(data=tmp_path, run=False, terminating_for=0) as batch, batch.client() as client:
        client.job.terminate("ended")
        client.job.delete("deleted")
        until(lambda: [(job.id, job.state) for job in client.job.list()] == [("ended", "completed")])
