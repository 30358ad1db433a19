"""Stores in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from batchtasks_local.store.store import Store
from tests.service.store.harness import StoreHarness


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store in memory, and one on disk."""
    made = Store(None if request.param == "memory" else tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def harness(store: Store) -> StoreHarness:
    """Shorthands for a store of either kind."""
    return StoreHarness(store)
