"""One browser for all tests of the page, and services to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local import LocalBatch, Settings
from tests.service.page import browser as chromium
from tests.service.page.browser import Browser
from tests.service.page.harness import PageService

MakeService = Callable[..., PageService]
AXE = Path(__file__).parents[3] / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser; tests that need it are skipped where there is none."""
    reason = chromium.missing()
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("browser")
    with chromium.driver(folder) as client, chromium.browser(client, folder) as made:
        yield made


@pytest.fixture(scope="session")
def axe() -> str | None:
    """The script of axe-core, or None where `make browser` has not been run; the tests then leave out its part."""
    return AXE.read_text(encoding="utf-8") + ";" if AXE.exists() else None


@pytest.fixture
def make_service() -> Iterator[MakeService]:
    """Make services with any settings."""
    with ExitStack() as made:

        def build(**settings: Any) -> PageService:
            service = PageService.of(made.enter_context(LocalBatch(Settings(**{"slots": 4, **settings}))))
            made.enter_context(service.client)
            return service

        yield build


@pytest.fixture
def browser(window: Browser, make_service: MakeService) -> Iterator[Browser]:
    """The browser, as if just opened; nothing may be left in its console at the end that the test has not read.

    It leaves the page before the services end.
    """
    window.dress(width=1280, height=900)
    yield window
    complaints = window.complaints()
    window.open("about:blank")
    assert complaints == []
