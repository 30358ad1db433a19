"""One local service for the tests of the command line; each test has a job of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch, local_batch
from tests.batchtasks_cli.support import Cli

_numbers = count(1)


@pytest.fixture(scope="session")
def _services() -> Iterator[Callable[[bool], RunningBatch]]:
    """The services by whether they run tasks, each started when it is first asked for."""
    with ExitStack() as stack:
        yield cache(lambda run: stack.enter_context(local_batch(slots=8, run=run)))


@pytest.fixture
def batch(request: pytest.FixtureRequest, _services: Callable[[bool], RunningBatch]) -> RunningBatch:
    """The service: one that runs tasks, or one that starts none where `pytest.mark.local_batch(run=False)` asks for it."""
    marker = request.node.get_closest_marker("local_batch")
    return _services(marker is None or marker.kwargs["run"])


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no file of the person who runs the tests, and no line of progress however slow the machine is."""
    for name in list(os.environ):
        if name.startswith(("BATCH_", "AZ_BATCH_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("batchtasks_cli.output.progress._FIRST", float("inf"))


@pytest.fixture
def cli(batch: RunningBatch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """The command line with the service's account in its environment."""
    for name, value in batch.environment.items():
        monkeypatch.setenv(name, value)
    with closing(Cli()) as commands:
        yield commands


@pytest.fixture
def job(batch: RunningBatch) -> str:
    """A new job."""
    job_id = f"job{next(_numbers)}"
    with batch.client() as client:
        client.job.add({"id": job_id, "poolInfo": {"poolId": "any"}})
    return job_id


@pytest.fixture
def job_with_tasks(batch: RunningBatch, job: str) -> str:
    """A job whose tasks good-1, good-2 and bad (exit code 3) have completed."""
    from batchtasks import task

    commands = {
        "good-1": "/bin/sh -c 'echo one; echo two; echo note >&2'",
        "good-2": "/bin/sh -c 'echo $WORD'",
        "bad": "/bin/sh -c 'echo first >&2; echo last words >&2; exit 3'",
    }
    with batch.client() as client:
        client.task.add_collection(job, [task(name, command, env={"WORD": "hi"}) for name, command in commands.items()])
        client.task.wait(job, timeout=30, poll=0.05)
    return job
