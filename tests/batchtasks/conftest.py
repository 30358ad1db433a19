"""Every behaviour is tested with both clients."""

from __future__ import annotations

import gc
import os
import ssl
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.batchtasks.support import Mode


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """The sync client, then the async one."""
    return Mode(request.param)


@pytest.fixture(scope="session", autouse=True)
def _certificates_once() -> Iterator[None]:
    """Load the certificates once and not for each of a thousand clients that never connect: that takes 20 to 50 ms."""
    made: list[ssl.SSLContext] = []
    make = httpx.create_ssl_context

    def create_ssl_context(*arguments: Any, **options: Any) -> ssl.SSLContext:
        places = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        if arguments or options or any(places):
            return make(*arguments, **options)
        if not made:
            made.append(make())
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", create_ssl_context)
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
