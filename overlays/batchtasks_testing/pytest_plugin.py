"""pytest fixtures that run the local Batch service; pytest finds them once batchtasks is installed.

    def test_my_program(local_batch, batch_faults):
        batch_faults("throttle", count=3)
        with local_batch.client() as client:
            assert my_program.run(client) == 0

| fixture | what it is |
|---|---|
| `local_batch` | a service for this test alone: in memory, on a free port, gone after the test |
| `session_local_batch` | one service for the whole session; tests share it, so each needs its own job ids |
| `batch_faults` | makes that service fail on demand until the test ends |
| `local_batch_environment` | sets BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY to it during the test |
| `local_batch_settings` | the settings of both services; override it in conftest.py |

`@pytest.mark.local_batch(slots=2)` adds settings for one test. The fixtures need `pip install 'batchtasks[testing]'`.
Without that extra a test that takes one of them fails and says what to install; other tests run as before.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import Any, TypeAlias

import pytest

from batchtasks_testing.faults import BatchFaults
from batchtasks_testing.local import RunningBatch
from batchtasks_testing.local import local_batch as run

# Settings of the local service by name.
Settings: TypeAlias = dict[str, Any]

MARKER = "local_batch(**settings): settings of the local Batch service for this test, such as slots=2 or run=False"
MUST_STRIKE = "batch_faults_must_strike"
_BATCH = pytest.StashKey[RunningBatch]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make the setting known."""
    parser.addini(
        MUST_STRIKE, "whether a test fails if one of its batch_faults never struck", type="bool", default=True
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although one of its faults never struck."""
    yield
    faults = getattr(item, "funcargs", {}).get("batch_faults")
    if isinstance(faults, BatchFaults):
        faults.check()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the failed tasks of the service below a test that failed."""
    report = yield
    funcargs = getattr(item, "funcargs", {})
    batch = item.stash.get(_BATCH, funcargs.get("session_local_batch"))
    if report.when == "call" and report.failed and batch is not None:
        if isinstance(faults := funcargs.get("batch_faults"), BatchFaults):
            faults.remove()
        with suppress(Exception):  # what is shown in addition must not hide the failure itself
            if text := batch.describe_failures():
                report.sections.append(("Failed tasks of the local Batch service", text))
    return report


@pytest.fixture(scope="session")
def local_batch_settings() -> Settings:
    """Settings of the local services of this session, such as {"slots": 4}; override it in conftest.py."""
    return {}


@pytest.fixture
def local_batch(request: pytest.FixtureRequest, local_batch_settings: Settings) -> Iterator[RunningBatch]:
    """Run a local Batch service for this test alone, in memory; `client()` and `async_client()` make clients of it."""
    with run(**{**local_batch_settings, **_of_markers(request)}) as batch:
        request.node.stash[_BATCH] = batch
        yield batch


@pytest.fixture(scope="session")
def session_local_batch(local_batch_settings: Settings) -> Iterator[RunningBatch]:
    """Run one local Batch service for the whole session, in memory; jobs stay in it from test to test."""
    with run(**local_batch_settings) as batch:
        yield batch


@pytest.fixture
def batch_faults(request: pytest.FixtureRequest) -> Iterator[BatchFaults]:
    """Make the test's local service fail on demand: `batch_faults("throttle", probability=0.1, seed=1)`."""
    faults = BatchFaults(_batch_of(request), request.config.getini(MUST_STRIKE))
    yield faults
    faults.remove()


@pytest.fixture
def local_batch_environment(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Point `from_env()`, the command line and child processes to the test's local service."""
    batch = _batch_of(request)
    hidden = {"AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"}
    with pytest.MonkeyPatch.context() as patch:
        for name in hidden & os.environ.keys():
            patch.delenv(name)
        for name, value in batch.environment.items():
            patch.setenv(name, value)
        yield dict(batch.environment)


def _of_markers(request: pytest.FixtureRequest) -> Settings:
    """Collect the settings of all markers; those nearest to the test win."""
    settings: Settings = {}
    for mark in reversed(list(request.node.iter_markers("local_batch"))):
        if mark.args:
            raise pytest.UsageError("The marker local_batch takes settings by name only, such as slots=2.")
        settings.update(mark.kwargs)
    return settings


def _batch_of(request: pytest.FixtureRequest) -> RunningBatch:
    """Give the service that the test uses; its own unless it asked for the shared one alone."""
    names = request.fixturenames
    shared = "session_local_batch" in names and "local_batch" not in names
    batch: RunningBatch = request.getfixturevalue("session_local_batch" if shared else "local_batch")
    request.node.stash[_BATCH] = batch
    return batch
