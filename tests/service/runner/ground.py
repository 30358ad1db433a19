"""What the tests of the store and the runner work with: a store and its usual moves, a runner at work."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import define

from batchtasks_local import clock, filter_sql, lifecycle
from batchtasks_local.contract import Contracts
from batchtasks_local.lifecycle import Outcome
from batchtasks_local.records import JobRecord, TaskRecord, Where
from batchtasks_local.runner import Runner
from batchtasks_local.store.interface import Finished, Slots
from batchtasks_local.store.sqlite import SqliteStore

PATIENCE = 20.0


@define
class Bench:
    """A store with the moves that tests make again and again, on one job called `job1`."""

    store: SqliteStore

    def job(self, **spec: Any) -> JobRecord:
        """Add the job, or another one."""
        wanted = {"id": "job1", "poolInfo": {"poolId": "pool1"}, **spec}
        assert self.store.add_job(lifecycle.new_job(wanted, clock.now()))
        found = self.store.get_job(wanted["id"])
        assert found is not None
        return found

    def add(self, *ids: str, job: str = "job1", **spec: Any) -> list[TaskRecord]:
        """Add tasks that differ in their id only."""
        specs = [{"id": task_id, "commandLine": "true", **spec} for task_id in ids]
        added = self.store.add_tasks(job, lifecycle.check_add, specs)
        assert added is not None
        assert all(fresh for _, fresh in added)
        return [task for task, _ in added]

    def task(self, task_id: str, job: str = "job1") -> TaskRecord:
        """The task as it is now."""
        found = self.store.get_task(job, task_id)
        assert found is not None
        return found

    def current(self, job: str = "job1") -> JobRecord:
        """The job as it is now."""
        found = self.store.get_job(job)
        assert found is not None
        return found

    def start(self, free: int = 100, total: int = 100) -> list[str]:
        """Start what can start in so many slots; the ids."""
        return [task.id for task, _ in self.store.advance([], slots(free, total))]

    def terminate(self, task_id: str) -> TaskRecord:
        """End a task by request."""
        ended = self.store.change_task("job1", task_id, lambda task, job: lifecycle.terminate(task, job, clock.now()))
        assert ended is not None
        return ended


def slots(free: int, total: int) -> Slots:
    """Room for tasks none of which is held back."""
    return Slots(free, total, lambda job_id, task_id: True, lambda job, task_id: {"poolId": "pool1", "nodeId": "n"})


@define
class Ground:
    """A runner at work on a store in memory."""

    bench: Bench
    runner: Runner

    def run(self, command_line: str, task_id: str = "t", **spec: Any) -> TaskRecord:
        """Add a task, wait until it is completed, and give it back."""
        self.submit(command_line, task_id, **spec)
        return self.wait(task_id)

    def submit(self, command_line: str, task_id: str = "t", **spec: Any) -> None:
        """Add a task."""
        self.bench.add(task_id, commandLine=command_line, **spec)
        self.runner.wake()

    def wait(self, task_id: str = "t", state: str = "completed") -> TaskRecord:
        """Wait until a task has come to a state."""
        until(lambda: self.bench.task(task_id).state == state)
        return self.bench.task(task_id)

    def path(self, name: str = "", task_id: str = "t") -> Path:
        """A place in a task's directory."""
        return self.runner.task_dir("job1", task_id) / name

    def text(self, name: str = "stdout.txt", task_id: str = "t") -> str:
        """What a file of a task holds."""
        return self.path(name, task_id).read_text()


@lru_cache
def _filter_table() -> Any:
    contract = Contracts().get("2025-06-01")
    assert contract is not None
    return contract.operations["Task_List"].filter


def filtered(text: str) -> Where:
    """The condition of a `$filter` on tasks."""
    return filter_sql.where(text, _filter_table(), filter_sql.TASK_COLUMNS, filter_sql.TASK_STATES)


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something to become true; fails when it does not."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


MakeGround = Callable[..., Ground]


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def dig(folder: Path, depth: int) -> None:
    """Make directories called `d`, each in the one before."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=place)
        below = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = below
    os.close(place)


def pid_in(path: Path) -> int:
    """The process number that a task has written down."""
    until(lambda: path.is_file() and path.read_text().strip())
    return int(path.read_text())


def end(ground: Ground, task_id: str = "t") -> None:
    """Terminate a task as the HTTP side does."""
    ground.bench.terminate(task_id)
    ground.runner.end_task("job1", task_id)


def finish(bench: Bench, *ids: str, exit_code: int | None = 0, failure: dict[str, Any] | None = None) -> None:
    """End the present runs of tasks."""
    tasks = [bench.task(task_id) for task_id in ids]
    outcome = Outcome(exit_code, failure)
    bench.store.advance([Finished(task.seq, task.run, clock.now(), outcome) for task in tasks], None)


def failure(task: TaskRecord) -> tuple[str, str, str]:
    """Code, category and what the details say, of a task that has failed."""
    assert task.result == "failure"
    assert task.failure
    details = {item["name"]: item["value"] for item in task.failure["details"]}
    return task.failure["code"], task.failure["category"], details["Message"]
