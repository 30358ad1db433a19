"""Runners at work, and what resource files and output files need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local import Settings
from batchtasks_local.runner.files import transfer
from batchtasks_local.runner.runner import GRACE, Runner
from batchtasks_local.store.store import Store
from tests.service.runner.harness import MakeRunner, RunnerHarness
from tests.service.runner.web import Web, serve


@pytest.fixture
def make_runner(tmp_path: Path) -> Iterator[MakeRunner]:
    """Make runners with any settings, each with the job `job1` if there is none yet."""
    made: list[RunnerHarness] = []

    def make(
        job: dict[str, Any] | None = None,
        *,
        grace: float = GRACE,
        make_store: Callable[[Path | None], Store] = Store,
        **settings: Any,
    ) -> RunnerHarness:
        chosen = Settings(**{"slots": 4, "port": 4321, **settings})
        store = make_store(chosen.data)
        harness = RunnerHarness(store, Runner(store, chosen, grace=grace))
        made.append(harness)
        if store.get_job("job1") is None:
            harness.job(**(job or {}))
        harness.runner.start()
        return harness

    yield make
    for harness in made:
        harness.runner.stop(5)
        harness.store.close()


@pytest.fixture
def harness(make_runner: MakeRunner) -> RunnerHarness:
    """A runner with the job `job1`."""
    return make_runner()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry transfers after a short time."""
    monkeypatch.setattr(transfer, "FIRST_PAUSE", 0.01)


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server whose host is allowed."""
    with serve() as running:
        yield running


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder that may be used, with a secret beside it."""
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "share"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("A")
    (folder / "sub" / "b.txt").write_text("B")
    (folder / "link").symlink_to("../secret")
    return folder


@pytest.fixture
def place(hasty: None, make_runner: MakeRunner, web: Web, share: Path) -> RunnerHarness:
    """A runner that may use the server and the folder."""
    return make_runner(http_hosts=(f"127.0.0.1:{web.port}",), file_roots=(share,))
