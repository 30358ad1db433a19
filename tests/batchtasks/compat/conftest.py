"""A client in the old calling convention, before a mocked service and before the local one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from batchtasks.compat import BatchServiceClient, SharedKeyCredentials
from batchtasks.testing import RunningBatch
from tests.batchtasks.support import HASTY, KEY, URL


@pytest.fixture
def client() -> Iterator[Any]:
    with BatchServiceClient(SharedKeyCredentials("myaccount", KEY), batch_url=URL, retry=HASTY) as client:
        yield client


@pytest.fixture(scope="module")
def local(session_local_batch: RunningBatch) -> Iterator[Any]:
    """A client before the local service that all tests share."""
    credentials = SharedKeyCredentials(session_local_batch.account, session_local_batch.key)
    with BatchServiceClient(credentials, batch_url=session_local_batch.url) as client:
        yield client
