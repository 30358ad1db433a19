"""What the tests share: four slots for every local service, and a client of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from batchtasks import BatchClient
from batchtasks.testing import RunningBatch


@pytest.fixture(scope="session")
def local_batch_settings() -> dict[str, Any]:
    return {"slots": 4}


@pytest.fixture
def client(local_batch: RunningBatch) -> Iterator[BatchClient]:
    with local_batch.client() as client:
        yield client
