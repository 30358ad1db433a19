"""Every behaviour is tested in both colours."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from functools import cache

import pytest
from httpx._transports import default

from tests.batchtasks.support import Colour


@pytest.fixture(params=["blocking", "awaiting"])
def colour(request: pytest.FixtureRequest) -> Colour:
    """The blocking client, then the awaiting one."""
    return Colour(request.param)


@pytest.fixture(scope="session", autouse=True)
def _certificates_once() -> Iterator[None]:
    """Load the certificates once and not for each of a thousand clients that never connect."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default, "create_ssl_context", cache(vars(default)["create_ssl_context"]))
        yield


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
