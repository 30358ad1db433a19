"""The service's HTTP side without a socket, for the tests of requests and operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from batchtasks_local import linux
from tests.service import api as support
from tests.service.api import Api, Signer, error


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs Linux where its parts are missing or switched off."""
    if item.get_closest_marker("linux") and not linux.available():
        pytest.skip("it needs what only Linux has")


@pytest.fixture
def make_api(tmp_path: Path) -> Iterator[Callable[..., Api]]:
    """Make an API with any settings."""
    made: list[Api] = []

    def make(**settings: Any) -> Api:
        made.append(support.make_api(tmp_path, **settings))
        return made[-1]

    yield make
    for api in made:
        api.close()


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    """An API with the default settings."""
    return make_api()


@pytest.fixture
def refused() -> Callable[[httpx.Response, int, str], dict[str, str]]:
    """Checks a BatchError and returns its values."""
    return error


@pytest.fixture(scope="session")
def signer() -> type[Signer]:
    """Shared Key for any client."""
    return Signer
