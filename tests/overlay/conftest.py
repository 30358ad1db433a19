"""Every behaviour is tested in both colours."""

from __future__ import annotations

import pytest

from tests.overlay.support import Colour


@pytest.fixture(params=["blocking", "awaiting"])
def colour(request: pytest.FixtureRequest) -> Colour:
    """The blocking client, then the awaiting one."""
    return Colour(request.param)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
