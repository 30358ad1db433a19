"""A local service that plays an account of Azure: it starts no tasks, as an account without a pool."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from batchtasks_local import LocalBatch, Settings

KEY = base64.b64encode(b"a key that must not be seen in any recording").decode()


@pytest.fixture(scope="module")
def service() -> Iterator[LocalBatch]:
    """The account: its clients need the key, and nothing runs."""
    with LocalBatch(Settings(run=False, account="quietaccount", key=KEY, accept_any_token=False)) as running:
        yield running
