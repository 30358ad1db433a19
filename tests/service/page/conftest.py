"""A browser for the tests of the page, one for all of them, and services to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from batchtasks_local.server import LocalBatch, Settings
from tests.service.page import browser as chromium
from tests.service.page.browser import Browser
from tests.service.page.scene import Scene

Stage = Callable[..., Scene]


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser; tests that need it are skipped where there is none."""
    reason = chromium.missing()
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("browser")
    with chromium.driver(folder) as client, chromium.browser(client, folder) as made:
        yield made


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Makes services of a test's own."""
    with ExitStack() as made:

        def build(**settings: Any) -> Scene:
            scene = Scene.of(made.enter_context(LocalBatch(Settings(**{"slots": 4, **settings}))))
            made.enter_context(scene.client)
            return scene

        yield build


@pytest.fixture
def browser(window: Browser, stage: Stage) -> Iterator[Browser]:
    """The browser, as if just opened; nothing may be left in its console at the end that the test has not read.

    It leaves the page before the services of the stage end.
    """
    window.dress(width=1280, height=900)
    yield window
    complaints = window.complaints()
    window.open("about:blank")
    assert complaints == []
