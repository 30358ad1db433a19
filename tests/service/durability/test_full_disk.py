"""A full disk: what cannot be written is answered with 500, what was written is there, and work continues afterwards."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from batchtasks_local import CannotServeError, LocalBatch, Settings, serve
from tests.service.runner.harness import alive

VERSION = "?api-version=2025-06-01"
JOB = {"id": "job1", "poolInfo": {"poolId": "pool1"}}
ENOUGH = 400


def client_of(batch: LocalBatch) -> httpx.Client:
    return httpx.Client(base_url=batch.url, headers={"Authorization": "Bearer token"}, timeout=60)


def add(client: httpx.Client, number: int) -> httpx.Response:
    """Add a collection of large tasks."""
    value = [{"id": f"t{number}-{place}", "commandLine": "true", "displayName": "x" * 1000} for place in range(100)]
    return client.post("/jobs/job1/addtaskcollection" + VERSION, json={"value": value})


def add_until_full(client: httpx.Client) -> int:
    """Add collections until one is refused, which is checked; how many were acknowledged."""
    for number in range(ENOUGH):
        answer = add(client, number)
        if answer.status_code != 200:
            check_refusal(answer)
            return number
    raise AssertionError("the disk was never full")


def check_refusal(answer: httpx.Response) -> None:
    """500 with a body that gives the reason."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (500, "InternalError")
    assert body["values"] == [{"key": "Reason", "value": "The disk that holds the service's data is full"}]


def check_state(client: httpx.Client, collections: int) -> None:
    """What was acknowledged is there as a whole, and counted; reading works."""
    check_counts(client, collections)
    for number in (0, collections - 1):
        assert client.get(f"/jobs/job1/tasks/t{number}-99{VERSION}").status_code == 200
    assert client.get(f"/jobs/job1/tasks/t{collections}-0{VERSION}").status_code == 404


def check_counts(client: httpx.Client, collections: int) -> None:
    """All that was acknowledged, and nothing else, is counted."""
    counts = client.get("/jobs/job1/taskcounts" + VERSION).json()["taskCounts"]
    assert counts == {"active": collections * 100, "running": 0, "completed": 0, "succeeded": 0, "failed": 0}


def go_on(client: httpx.Client, collections: int) -> None:
    """With room again, the refused collection is added, and a task can be changed and deleted."""
    assert {one["status"] for one in add(client, collections).json()["value"]} == {"Success"}
    check_state(client, collections + 1)
    assert client.post(f"/jobs/job1/tasks/t0-0/terminate{VERSION}").status_code == 204
    assert client.delete(f"/jobs/job1/tasks/t0-1{VERSION}").status_code == 200


def limit(batch: LocalBatch, pages: int) -> None:
    """Let SQLite believe that its file may not have more pages."""
    with batch.service.store.database.write(lasting=False) as db:
        db.execute(f"PRAGMA max_page_count = {pages}")


def test_no_room_in_the_database(tmp_path: Path) -> None:
    """SQLITE_FULL on any machine."""
    with LocalBatch(Settings(data=tmp_path, run=False)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        limit(batch, 500)
        done = add_until_full(client)
        assert done > 2
        check_refusal(add(client, done))
        check_state(client, done)
        limit(batch, 1_000_000)
        go_on(client, done)


def test_no_room_for_several_at_once(tmp_path: Path) -> None:
    """Collections that share a commit: what is acknowledged is there whole, what is refused is not there at all."""
    with LocalBatch(Settings(data=tmp_path, run=False)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        limit(batch, 500)
        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(lambda number: add(client, number).status_code, range(60)))
        assert set(statuses) == {200, 500}
        added = [number for number, status in enumerate(statuses) if status == 200]
        check_counts(client, len(added))
        for number, status in enumerate(statuses):
            for place in (0, 99):
                found = client.get(f"/jobs/job1/tasks/t{number}-{place}{VERSION}").status_code
                assert found == (200 if status == 200 else 404)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a few megabytes, where the rights of this process allow that."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)


def test_no_room_on_the_disk(small_disk: Path) -> None:
    """ENOSPC itself, in the log as well as in the database; the folder opens again even while it is full."""
    with LocalBatch(Settings(data=small_disk, run=False)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        done = add_until_full(client)
        check_refusal(add(client, done))
        check_state(client, done)
    with LocalBatch(Settings(data=small_disk, run=False)) as batch, client_of(batch) as client:
        check_state(client, done)
        make_room(small_disk)
        go_on(client, done)
    with LocalBatch(Settings(data=small_disk, run=False)) as batch, client_of(batch) as client:
        assert client.get(f"/jobs/job1/tasks/t0-1{VERSION}").status_code == 404
        assert client.get(f"/jobs/job1/tasks/t0-0{VERSION}").json()["state"] == "completed"


def test_no_room_for_what_a_task_writes(small_disk: Path) -> None:
    """A task that fills the disk: the service goes on answering, and with room again writes down how the task ended."""
    fill = "/bin/sh -c 'echo $$ > self; cat /dev/zero > big; cat /dev/zero > big2; until test -e go; do sleep 0.02; done; exit 7'"
    with LocalBatch(Settings(data=small_disk, slots=1)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        client.post("/jobs/job1/tasks" + VERSION, json={"id": "fill", "commandLine": fill})
        folder = batch.service.runner.task_dir("job1", "fill") / "wd"
        until(lambda: (folder / "self").exists() and shutil.disk_usage(small_disk).free == 0)
        # Until then, there is room in the pages that the log has already.
        until(lambda: add(client, 1).status_code == 500)
        check_refusal(add(client, 1))
        assert client.get(f"/jobs/job1/tasks/fill{VERSION}").json()["state"] == "running"
        (folder / "go").touch()
        until(lambda: not alive(int((folder / "self").read_text())))
        make_room(small_disk)
        until(lambda: client.get(f"/jobs/job1/tasks/fill{VERSION}").json()["state"] == "completed")
        assert client.get(f"/jobs/job1/tasks/fill{VERSION}").json()["executionInfo"]["exitCode"] == 7
        client.post("/jobs/job1/tasks" + VERSION, json={"id": "next", "commandLine": "true"})
        until(lambda: client.get(f"/jobs/job1/tasks/next{VERSION}").json()["state"] == "completed")


def test_no_room_at_the_end_and_at_the_beginning(
    small_disk: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service stops normally on a full disk, and does not start on one, with a sentence that says so."""
    fill = "/bin/sh -c 'cat /dev/zero > big; cat /dev/zero > big2; sleep 600'"
    data = small_disk / "data"
    with LocalBatch(Settings(data=data, slots=1)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        client.post("/jobs/job1/tasks" + VERSION, json={"id": "fill", "commandLine": fill})
        until(lambda: shutil.disk_usage(small_disk).free == 0)
        # nor is there room in the pages that the log has already
        until(lambda: add(client, 1).status_code == 500)
    assert "so the next service will requeue the tasks that ran: database or disk is full" in caplog.text
    with pytest.raises(
        CannotServeError, match=r"^The database in .*/data cannot be written: database or disk is full\. Free some"
    ):
        LocalBatch(Settings(data=data)).start()
    assert serve(Settings(data=data)) == 1
    assert serve(Settings(data=small_disk / "other")) == 1
    printed = capsys.readouterr().err.splitlines()
    assert [line.partition(" cannot be written: ")[0] for line in printed[-2:]] == [
        f"The database in {data}",
        f"The data folder {small_disk / 'other'}",
    ]
    make_room(small_disk)
    with LocalBatch(Settings(data=data, run=False)) as batch, client_of(batch) as client:
        assert client.get(f"/jobs/job1/tasks/fill{VERSION}").json()["executionInfo"]["requeueCount"] == 1


FLOOD = "/bin/sh -c 'echo $$ > self; while :; do cat /dev/zero >> big; done 2> errors'"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/jobs/job1/tasks/flood/terminate", None),
        ("DELETE", "/jobs/job1/tasks/flood", None),
        ("POST", "/jobs/job1/disable", {"disableTasks": "terminate"}),
        ("POST", "/jobs/job1/terminate", None),
        ("DELETE", "/jobs/job1", None),
    ],
)
def test_a_task_that_keeps_the_disk_full_can_be_ended(
    small_disk: Path, method: str, path: str, body: dict[str, str] | None
) -> None:
    """There is a reserve for it, which the task cannot take."""
    with LocalBatch(Settings(data=small_disk, slots=2)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        until(lambda: (small_disk / "reserve").exists())
        client.post("/jobs/job1/tasks" + VERSION, json={"id": "flood", "commandLine": FLOOD})
        leader = batch.service.runner.task_dir("job1", "flood") / "wd/self"
        until(lambda: leader.exists() and shutil.disk_usage(small_disk).free == 0)
        pid = int(leader.read_text())
        until(lambda: add(client, 1).status_code == 500)
        answer = client.request(method, path + VERSION, json=body)
        assert answer.status_code < 300, answer.text
        until(lambda: not alive(pid))
        if path == "/jobs/job1" or method == "DELETE":
            until(lambda: shutil.disk_usage(small_disk).free > 2 << 20)
        make_room(small_disk)  # or the service would try for ten seconds to write how the task ended


@pytest.mark.slow
def test_a_time_limit_holds_on_a_full_disk(small_disk: Path) -> None:
    """The process is ended, and how, is written once there is room."""
    with LocalBatch(Settings(data=small_disk, slots=2)) as batch, client_of(batch) as client:
        client.post("/jobs" + VERSION, json=JOB)
        task = {"id": "flood", "commandLine": FLOOD, "constraints": {"maxWallClockTime": "PT2S"}}
        client.post("/jobs/job1/tasks" + VERSION, json=task)
        leader = batch.service.runner.task_dir("job1", "flood") / "wd/self"
        until(lambda: leader.exists() and shutil.disk_usage(small_disk).free == 0)
        pid = int(leader.read_text())
        until(lambda: not alive(pid))
        make_room(small_disk)
        until(lambda: client.get(f"/jobs/job1/tasks/flood{VERSION}").json()["state"] == "completed")
        info = client.get(f"/jobs/job1/tasks/flood{VERSION}").json()["executionInfo"]["failureInfo"]
        assert info["code"] == "TaskEnded"


def until(true: Callable[[], object]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
