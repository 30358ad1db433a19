"""A runner at work, and what its tests share."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import define

from batchtasks_local.domain.records import TaskRecord
from batchtasks_local.runner.runner import Runner
from tests.service.store.harness import StoreHarness

PATIENCE = 20.0


@define
class RunnerHarness(StoreHarness):
    """A runner at work on a store."""

    runner: Runner

    def run(self, command_line: str, task_id: str = "t", **spec: Any) -> TaskRecord:
        """Add a task, wait until it is completed, and return it."""
        self.submit(command_line, task_id, **spec)
        return self.wait(task_id)

    def submit(self, command_line: str, task_id: str = "t", **spec: Any) -> None:
        """Add a task."""
        self.add(task_id, commandLine=command_line, **spec)
        self.runner.wake()

    def wait(self, task_id: str = "t", state: str = "completed") -> TaskRecord:
        """Wait until a task has this state, and return it."""
        until(lambda: self.task(task_id).state == state)
        return self.task(task_id)

    def end(self, task_id: str = "t") -> None:
        """Terminate a task as the operation does."""
        self.terminate(task_id)
        self.runner.wake()

    def remove(self, task_id: str = "t") -> None:
        """Delete a task as the operation does."""
        self.delete(task_id)
        self.runner.remove_task_files("job1", task_id)

    @property
    def scheduler(self) -> Any:
        """The runner's part that starts and ends runs."""
        return self.runner._scheduler

    @property
    def cleaner(self) -> Any:
        """The runner's part that deletes directories."""
        return self.runner._cleaner

    def path(self, name: str = "", task_id: str = "t") -> Path:
        """Return a path in a task's directory."""
        return self.runner.task_dir("job1", task_id) / name

    def text(self, name: str = "stdout.txt", task_id: str = "t") -> str:
        """Return the content of a file of a task."""
        return self.path(name, task_id).read_text()

    @property
    def trash(self) -> Path:
        """The folder of directories that are being deleted."""
        return self.path().parents[3] / "trash"


MakeRunner = Callable[..., RunnerHarness]


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something to become true; fail if it does not."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def alive(pid: int) -> bool:
    """Return whether a process exists and is not a zombie."""
    if not Path("/proc/self/stat").exists():
        command = ["/bin/ps", "-o", "stat=", "-p", str(pid)]
        state = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        return state[:1] not in ("", "Z")
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def make_deep(folder: Path, depth: int) -> None:
    """Make directories called `d`, each in the one before."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=place)
        below = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = below
    os.close(place)


def pid_in(path: Path) -> int:
    """Return the process number that a task has written."""
    until(lambda: path.is_file() and path.read_text().strip())
    return int(path.read_text())


def failure(task: TaskRecord) -> tuple[str, str, str]:
    """Return code, category and the text of the details, of a task that has failed."""
    assert task.result == "failure"
    assert task.failure
    details = {item["name"]: item["value"] for item in task.failure["details"]}
    return task.failure["code"], task.failure["category"], details["Message"]
