"""A client in the old calling convention, before a mocked service and before the local one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from batchtasks import RetryPolicy
from batchtasks.compat import BatchServiceClient, SharedKeyCredentials
from batchtasks.testing import RunningBatch, local_batch

URL = "https://myaccount.westeurope.batch.azure.com"
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
# Tries again at once: tests do not wait.
HASTY = RetryPolicy(wait_initial=0, wait_max=0, retry_after_max=0, attempts=4)


@pytest.fixture
def client() -> Iterator[Any]:
    with BatchServiceClient(SharedKeyCredentials("myaccount", KEY), batch_url=URL, retry=HASTY) as client:
        yield client


@pytest.fixture(scope="module")
def batch() -> Iterator[RunningBatch]:
    with local_batch() as running:
        yield running


@pytest.fixture(scope="module")
def local(batch: RunningBatch) -> Iterator[Any]:
    with BatchServiceClient(SharedKeyCredentials(batch.account, batch.key), batch_url=batch.url) as client:
        yield client
