"""What a service that is killed has promised: every acknowledged task is there, and no task runs twice at a time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import define

from batchtasks_local import settings as settings_module

PATIENCE = 30.0
VERSION = "?api-version=2025-06-01"
JOB = {"id": "job1", "poolInfo": {"poolId": "pool1"}}
PROGRAM = (
    "import sys; from pathlib import Path; from batchtasks_local.server import serve, Settings;"
    "sys.exit(serve(Settings(data=Path(sys.argv[1]), slots=2)))"
)
# The lock is the kernel's and goes with the process. Whoever finds it taken has met another run of the same task.
LOCKED = (
    "/bin/sh -c 'exec 9>../../$AZ_BATCH_TASK_ID.lock; flock -n 9 || echo $AZ_BATCH_TASK_ID >> ../../twice;"
    " echo $AZ_BATCH_TASK_ID >> ../../begun; {}'"
)


@define
class Served:
    """A service in another process, and a client for it."""

    process: subprocess.Popen[str]
    client: httpx.Client

    def task(self, task_id: str) -> Any:
        return self.client.get(f"/jobs/job1/tasks/{task_id}{VERSION}").json()

    def counts(self) -> Any:
        return self.client.get("/jobs/job1/taskcounts" + VERSION).json()["taskCounts"]

    def add(self, ids: list[str], command_line: str) -> None:
        """One collection; it must be acknowledged whole."""
        value = [{"id": one, "commandLine": command_line} for one in ids]
        answer = self.client.post("/jobs/job1/addtaskcollection" + VERSION, json={"value": value})
        assert [one["status"] for one in answer.json()["value"]] == ["Success"] * len(ids)

    def ids(self) -> list[str]:
        """All ids of the job, page by page."""
        found, link = [], f"/jobs/job1/tasks{VERSION}&$select=id"
        while link:
            page = self.client.get(link).json()
            found += [one["id"] for one in page["value"]]
            link = page.get("odata.nextLink", "")
        return found

    def kill(self) -> None:
        """End it as the kernel does when memory runs out: nothing is said, nothing is done any more."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """The service on a data folder; killed at the end if it is still there."""
    path = str(Path(settings_module.__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[0]
        with httpx.Client(base_url=url, headers={"Authorization": "Bearer token"}, timeout=60) as client:
            yield Served(process, client)
    finally:
        process.kill()
        process.communicate()


def until(true: Callable[[], object]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def lines(path: Path) -> list[str]:
    """The lines of a file that may not be there yet."""
    return path.read_text().split() if path.exists() else []


def await_lines(path: Path, count: int) -> None:
    """Wait until a file has so many lines."""
    until(lambda: len(lines(path)) >= count)


def await_starts(path: Path, names: str, count: int) -> None:
    """Wait until each of these tasks has started so many times, and not more often."""
    until(lambda: [lines(path).count(name) for name in names] == [count] * len(names))


def add_until_killed(service: Served, chunks: list[list[str]], kill_after: int) -> list[str]:
    """Add collections over four connections, and kill the service when so many tasks are acknowledged; which were."""
    acknowledged: list[str] = []

    def lane(mine: list[list[str]]) -> None:
        with suppress(httpx.TransportError):
            for ids in mine:
                service.add(ids, "true")
                acknowledged.extend(ids)
                if len(acknowledged) >= kill_after:
                    service.kill()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lane, (chunks[number::4] for number in range(4))))
    assert service.process.poll() == -signal.SIGKILL
    return acknowledged


@pytest.mark.parametrize(
    ("count", "kills"),
    [(3_000, 1), pytest.param(50_000, 4, marks=pytest.mark.slow)],
)
def test_kill_9_during_a_bulk_add(tmp_path: Path, count: int, kills: int) -> None:
    """Whatever was acknowledged before each kill is there after the restart, and the rest can be added once more."""
    chance = random.Random(count)
    left = [[f"t{n}" for n in range(start, start + 100)] for start in range(0, count, 100)]
    promised: set[str] = set()
    with served(tmp_path) as service:
        assert service.client.post("/jobs" + VERSION, json=JOB).status_code == 201
        service.add(["a", "b"], LOCKED.format("sleep 600"))
        place = tmp_path / "node" / "workitems" / "job1" / "job-1"
        await_starts(place / "begun", "ab", 1)
    for run in range(1, kills + 2):
        with served(tmp_path) as service:
            there = service.ids()
            found = set(there)
            assert len(there) == len(found)
            assert promised <= found
            # a collection is one transaction: all of its tasks are there, or none
            assert all(len(found.intersection(ids)) in (0, 100) for ids in left)
            left = [ids for ids in left if ids[0] not in found]
            await_starts(place / "begun", "ab", run + 1)
            for task_id in "ab":
                now = service.task(task_id)
                assert (now["state"], now["executionInfo"]["requeueCount"]) == ("running", run)
            if run <= kills:
                promised.update(add_until_killed(service, left, chance.randrange(count // kills // 2, count // kills)))
                continue
            for ids in left:
                service.add(ids, "true")
            assert sorted(service.ids()) == sorted(["a", "b", *(f"t{n}" for n in range(count))])
            assert service.counts()["running"] == 2
    assert lines(place / "twice") == []


def test_the_lock_of_the_tests_notices_two_runs(tmp_path: Path) -> None:
    """The command line of these tests does what it is there for."""
    script = LOCKED.format("sleep 5").removeprefix("/bin/sh -c '").removesuffix("'").replace("../../", "")
    runs = [
        subprocess.Popen(
            ["/bin/sh", "-c", script], cwd=tmp_path, env={"AZ_BATCH_TASK_ID": "x", "PATH": "/usr/bin:/bin"}
        )
        for _ in range(2)
    ]
    await_lines(tmp_path / "begun", 2)
    for run in runs:
        run.kill()
        run.wait()
    assert lines(tmp_path / "twice") == ["x"]


def test_short_tasks_over_many_kills(tmp_path: Path) -> None:
    """Tasks that end all the time: none is lost, none runs twice at a time, and each is completed in the end."""
    names = [f"s{number}" for number in range(60)]
    place = tmp_path / "node" / "workitems" / "job1" / "job-1"
    with served(tmp_path) as service:
        assert service.client.post("/jobs" + VERSION, json=JOB).status_code == 201
        service.add(names, LOCKED.format("sleep 0.02"))
        await_lines(place / "begun", 10)
        service.kill()
    for _ in range(2):
        enough = len(lines(place / "begun")) + 10
        with served(tmp_path) as service:
            await_lines(place / "begun", enough)
            service.kill()
    with served(tmp_path) as service:
        until(lambda: service.counts()["succeeded"] == 60)
        counted = {name: service.task(name)["executionInfo"]["requeueCount"] for name in names}
    assert lines(place / "twice") == []
    begun_of = {name: lines(place / "begun").count(name) for name in names}
    # It ran once, and once more for each time that it was put back; a run that was just starting may not have told.
    assert all(1 <= begun_of[name] <= counted[name] + 1 for name in names)
    assert sum(counted.values()) <= 3 * 2


def test_a_second_service_on_the_same_folder(tmp_path: Path) -> None:
    """It is refused with one sentence that names the folder and the process; the first is not disturbed."""
    path = str(Path(settings_module.__file__).parents[1])
    with served(tmp_path) as service:
        second = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path)],
            env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == (
            f"The data folder {tmp_path} is in use by another local Batch service (process {service.process.pid}). "
            "Stop that one, or name another folder.\n"
        )
        assert service.client.post("/jobs" + VERSION, json=JOB).status_code == 201


@pytest.mark.slow
def test_a_backlog_of_ten_thousand_is_finished_after_kills(tmp_path: Path) -> None:
    """However often the service is killed, every task ends in the end, by itself."""
    count, command = 10_000, "/bin/sh -c 'echo $AZ_BATCH_TASK_ID >> ../../begun'"
    with served(tmp_path) as service:
        service.client.post("/jobs" + VERSION, json=JOB)
        for start in range(0, count, 100):
            service.add([f"t{number}" for number in range(start, start + 100)], command)
        service.kill()
    done = 0
    for _ in range(3):
        with served(tmp_path) as service:
            end = time.monotonic() + 120
            while (completed := service.counts()["completed"]) < done + 1000:
                assert time.monotonic() < end
                time.sleep(0.05)
            service.kill()
        done = completed
    with served(tmp_path) as service:
        while (counts := service.counts())["completed"] < count:
            assert counts["running"] + counts["active"] > 0
            time.sleep(0.2)
            done, before = counts["completed"], done
            end = time.monotonic() + 60 if done > before else end
            assert time.monotonic() < end, f"stuck at {done}"
        assert (counts["active"], counts["running"], counts["succeeded"]) == (0, 0, count)
        begun = (tmp_path / "node/workitems/job1/job-1/begun").read_text().split()
        assert set(begun) == {f"t{number}" for number in range(count)}
