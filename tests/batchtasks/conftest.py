"""Every behaviour is tested with both clients."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest

from tests.batchtasks.support import Mode


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """The sync client, then the async one."""
    return Mode(request.param)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def collected() -> Iterator[None]:
    """Let the collector close here what the test left open on purpose, so that no later test is blamed for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        gc.collect()
