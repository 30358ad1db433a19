"""What the tests of the store and the runner share: stores in memory and on disk, and runners at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local.runner import Runner, transfer
from batchtasks_local.settings import Settings
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import Bench, Ground, MakeGround
from tests.service.runner.web import Web, serve


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of either kind."""
    made = SqliteStore(None if request.param == "memory" else tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def bench(store: SqliteStore) -> Bench:
    """The moves, on a store of either kind."""
    return Bench(store)


@pytest.fixture
def make_ground(tmp_path: Path) -> Iterator[MakeGround]:
    """Make runners with settings of one's own, each with the job `job1` unless told otherwise."""
    made: list[Ground] = []

    def make(job: dict[str, Any] | None = None, **settings: Any) -> Ground:
        chosen = Settings(**{"slots": 4, "port": 4321, **settings})
        store = SqliteStore(chosen.data)
        ground = Ground(Bench(store), Runner(store, chosen))
        made.append(ground)
        if store.get_job("job1") is None:
            ground.bench.job(**(job or {}))
        ground.runner.start()
        return ground

    yield make
    for ground in made:
        ground.runner.stop(5)
        ground.bench.store.close()


@pytest.fixture
def ground(make_ground: MakeGround) -> Ground:
    """A runner with the job `job1`."""
    return make_ground()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again after a short while."""
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
def place(hasty: None, make_ground: MakeGround, web: Web, share: Path) -> Ground:
    """A runner that may use the server and the folder."""
    return make_ground(http_hosts=(f"127.0.0.1:{web.port}",), file_roots=(share,))
