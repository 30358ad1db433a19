"""The pytest fixtures, used as their users do: pytest loads them from the installed package's entry point."""

from __future__ import annotations

import os
import pydoc
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from batchtasks import AsyncBatchClient, BatchClient, ConfigurationError, SharedKeyCredential, ThrottledError, task
from batchtasks.testing import BatchFaults, RunningBatch
from tests.examples.support import run

pytest_plugins = ["pytester"]
JOB = {"id": "job", "poolInfo": {"poolId": "any"}}
# Other plugins than ours take two seconds to load.
OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:hypothesispytest")


Session = Callable[[str], pytest.RunResult]


@pytest.fixture
def session(session_local_batch: RunningBatch, pytester: pytest.Pytester) -> Session:
    """Run a user's test file in a session of its own, but in this process.

    It has loaded the service already: modules that such a session imports first are thrown away after it.
    """

    def run_session(source: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess(*OPTIONS)

    return run_session


def test_pytest_finds_the_fixtures_by_an_entry_point() -> None:
    assert [point.value for point in entry_points(group="pytest11", name="batchtasks")] == [
        "batchtasks_testing.pytest_plugin"
    ]


def test_help_shows_what_programs_import() -> None:
    text = pydoc.plain(pydoc.render_doc("batchtasks.testing"))
    for name in ("class BatchFaults", "class FaultInForce", "class RunningBatch", "local_batch(**settings"):
        assert name in text


def test_to_load_the_plugin_imports_nothing_heavy() -> None:
    heavy = {"httpx", "attr", "attrs", "batchtasks_rest", "batchtasks_local", "starlette", "uvicorn", "orjson"}
    code = f"import sys, batchtasks_testing.pytest_plugin; print(sorted({heavy!r} & sys.modules.keys()))"
    assert run("-c", code).stdout == "[]\n"


@pytest.mark.parametrize("round", [1, 2])
def test_each_test_has_a_service_of_its_own(local_batch: RunningBatch, round: int) -> None:
    with local_batch.client() as client:
        assert list(client.job.list()) == []
        client.job.add(JOB)


@pytest.mark.local_batch(run=False)
def test_a_marker_gives_settings(local_batch: RunningBatch) -> None:
    with local_batch.client() as client:
        client.job.add(JOB)
        client.task.add("job", task("t", "true"))
        assert client.task.get("job", "t").state == "active"
        assert local_batch.service._settings.run is False


@pytest.mark.local_batch(slots=3, run=True)
class TestMarkers:
    @pytest.mark.local_batch(run=False)
    def test_the_nearest_marker_wins(self, local_batch: RunningBatch) -> None:
        settings = local_batch.service._settings
        assert (settings.slots, settings.run) == (3, False)


def test_faults_strike_until_they_are_removed(local_batch: RunningBatch, batch_faults: BatchFaults) -> None:
    from batchtasks import RetryPolicy

    with local_batch.client(retry=RetryPolicy(attempts=1)) as client:
        fault = batch_faults("throttle", operations=["Job_List"])
        with pytest.raises(ThrottledError):
            list(client.job.list())
        fault.remove()
        fault.remove()
        assert list(client.job.list()) == []
        assert fault.hits == 1
        with batch_faults("throttle", count=1) as second, pytest.raises(ThrottledError):
            client.job.add(JOB)
        assert second.hits == 1


@pytest.mark.parametrize(
    ("kind", "members", "named"),
    [
        ("thunder", {}, "thunder"),
        ("throttle", {"probability": 2}, "probability"),
        ("error", {"code": "Odd"}, "Odd"),
        ("throttle", {"cuont": 2}, "no member 'cuont'; it has .*count"),
        ("busy", {"operations": ["Task_Ad"]}, "'Task_Ad' is not an operation; did you mean Task_Add"),
        ("busy", {"operations": "Task_Ad"}, "'Task_Ad' is not an operation; did you mean Task_Add"),
    ],
)
def test_a_fault_that_cannot_be_is_refused_by_name(
    batch_faults: BatchFaults, kind: str, members: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        batch_faults(kind, **members)


def test_the_environment_points_to_the_service(
    local_batch: RunningBatch, local_batch_environment: dict[str, str]
) -> None:
    assert os.environ["BATCH_ACCOUNT_URL"] == local_batch.url == local_batch_environment["BATCH_ACCOUNT_URL"]
    with BatchClient.from_env() as client:
        assert list(client.job.list()) == []


def test_the_environment_is_as_before_afterwards() -> None:
    assert "BATCH_ACCOUNT_KEY" not in os.environ


def test_a_marker_with_a_bare_value_is_wrong_usage(session: Session) -> None:
    result = session("import pytest\n\n@pytest.mark.local_batch(2)\ndef test_it(local_batch):\n    pass\n")
    assert "takes settings by name only" in result.stdout.str()
    result.assert_outcomes(errors=1)


def test_a_mistake_in_a_test_is_shown_by_its_own_line(session: Session) -> None:
    result = session(
        "import pytest\n\n@pytest.mark.local_batch(slot=2)\ndef test_setting(local_batch):\n    pass\n\n"
        'def test_fault(batch_faults):\n    batch_faults("throttle", cuont=2)\n'
    )
    printed = result.stdout.str()
    assert "The local service has no setting slot; there is: host, port" in printed
    assert ".py:8: FaultError" in printed
    result.assert_outcomes(errors=1, failed=1)


# In a session of its own, because the service lives as long as the session; in a process of its own, as users run it.
SHARED = """
import pytest

from batchtasks import BatchClient

seen = []


@pytest.mark.parametrize("round", [1, 2])
def test_the_session_has_one_service_for_all(session_local_batch, round):
    seen.append(session_local_batch.url)
    with session_local_batch.client() as client:
        client.job.add({"id": f"round-{round}", "poolInfo": {"poolId": "any"}})
        assert len(list(client.job.list())) == round
    assert len(set(seen)) == 1


def in_force(batch):
    return batch.service.service.faults.report()


def test_faults_are_over_with_the_test(session_local_batch, batch_faults):
    batch_faults("refuse", operations=["Task_Get"], must_strike=False)
    assert len(in_force(session_local_batch)) == 1


def test_faults_of_the_test_before_are_gone(session_local_batch):
    assert in_force(session_local_batch) == []


def test_faults_go_to_the_own_service_if_there_is_one(session_local_batch, local_batch, batch_faults):
    batch_faults("refuse", operations=["Task_Get"], must_strike=False)
    assert in_force(session_local_batch) == []
    assert len(in_force(local_batch)) == 1


@pytest.mark.usefixtures("local_batch_environment")
def test_the_environment_is_that_of_the_shared_service(session_local_batch):
    with BatchClient.from_env() as client:
        assert client.url == session_local_batch.url
"""


def test_the_shared_service(tmp_path: Path) -> None:
    (tmp_path / "test_shared.py").write_text(SHARED)
    done = run("-m", "pytest", *OPTIONS, "-W", "error", "--rootdir", tmp_path, tmp_path)
    assert "6 passed" in done.stdout


FAULTS = """
def test_never(batch_faults):
    batch_faults("busy", operations=["Task_Add"])


def test_never_in_its_block(batch_faults):
    with batch_faults("lose", count=1):
        pass


def test_never_by_intent(batch_faults):
    batch_faults("busy", must_strike=False)


def test_struck(local_batch, batch_faults):
    batch_faults("throttle", count=1, retry_after=0)
    with local_batch.client() as client:
        list(client.job.list())
"""


def test_a_fault_that_never_struck_fails_the_test(session: Session) -> None:
    result = session(FAULTS)
    result.assert_outcomes(failed=2, passed=2)
    never = "Never struck: batch_faults('busy', operations=['Task_Add']). If that is right: must_strike=False."
    assert never in result.stdout.str()
    assert "error" not in result.stdout.str().lower()


def test_a_setting_lets_such_faults_pass(pytester: pytest.Pytester, session: Session) -> None:
    pytester.makeini("[pytest]\nbatch_faults_must_strike = false\n")
    session(FAULTS).assert_outcomes(passed=4)


FAILING = """
import pytest

from batchtasks import BatchClient, task


def submit(client):
    client.job.add({"id": "job", "poolInfo": {"poolId": "any"}})
    client.task.add("job", task("bad", "/bin/sh -c 'echo what went wrong >&2; exit 3'"))
    client.task.wait("job", timeout=30)


def test_direct(local_batch):
    with local_batch.client() as client:
        submit(client)
    assert False


@pytest.mark.usefixtures("local_batch_environment")
def test_by_environment(batch_faults):
    with BatchClient.from_env() as client:
        submit(client)
    batch_faults("refuse")
    assert False


def test_shared(session_local_batch):
    with session_local_batch.client() as client:
        submit(client)
    assert False


def test_passes(local_batch):
    with local_batch.client() as client:
        submit(client)
"""


def test_a_test_that_fails_shows_the_failed_tasks(session: Session) -> None:
    result = session(FAILING)
    result.assert_outcomes(failed=3, passed=1)
    shown = "task bad of job job: exit code 3, FailureExitCode\n    what went wrong\n"
    assert result.stdout.str().count(shown) == 3


USES: dict[str, Any] = {
    "a request": lambda client: client.task.get("j", "t"),
    "a bulk call": lambda client: client.task.add_collection("j", [task("t", "true")]),
    "a wait": lambda client: client.task.wait("j"),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_another_event_loop_than_asyncio_is_named(use: Any) -> None:
    """Whatever drives the coroutine, such as trio: there is no event loop of asyncio."""
    client = AsyncBatchClient("http://127.0.0.1:9", SharedKeyCredential("a", "a2V5"))
    with pytest.raises(ConfigurationError, match=r"needs a running event loop of asyncio\. With anyio choose"):
        use(client).send(None)
