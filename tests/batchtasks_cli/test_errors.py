"""What the service and the network can do to a command: two lines and the exit status."""

from __future__ import annotations

import inspect

import pytest

import batchtasks
from batchtasks import errors
from batchtasks.testing import RunningBatch
from batchtasks_cli.errors import _ADVICE, advice, explain
from batchtasks_rest._facts import ERROR_CODES
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


def test_nobody_answers(cli: Cli) -> None:
    for words in (["list", "j"], ["show", "j", "t"], ["add", "j", "--id", "t", "-c", "x"], ["delete", "j", "a", "b"]):
        ran = cli(*words, "--url", "http://127.0.0.1:1", "--patience", "0", status=4)
        assert "http://127.0.0.1:1" in ran.err
    away = "https://no-such-host.invalid"
    what, remedy = cli("list", "j", "--url", away, "--patience", "0", status=4).error()
    assert "could not be made" in what
    assert "Check the host" in remedy


def test_a_wrong_key_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch, job: str) -> None:
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", "d3Jvbmc=")
    what, remedy = cli("list", job, status=3).error()
    assert "AuthenticationFailed" in what
    assert "name, key and address" in remedy
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", "not base64!")
    ran = cli("list", job, status=2)
    assert "not Base64" in ran.err
    assert "not base64!" not in ran.err


def test_a_busy_service_is_tried_again_and_said_so(cli: Cli, batch: RunningBatch, job: str) -> None:
    with batch.service.faults("busy", count=1, operations=("Task_List",)):
        ran = cli("list", job, "--json")
    assert ran.out == ""
    assert ran.err.startswith("batchtasks: The service answers 503. Trying again")
    with batch.service.faults("throttle", operations=("Task_List",)):
        what, remedy = cli("list", job, "--patience", "0", status=3).error()
    assert "TooManyRequests" in what
    assert "--patience" in remedy


def test_a_gateways_page_is_told_in_one_line(cli: Cli, batch: RunningBatch, job: str) -> None:
    page = "<html><head><title>502 Bad\nGateway</title></head><body>nginx</body></html>"
    with batch.service.faults("error", status=502, body=page):
        what, remedy = cli("list", job, "--patience", "0", status=3).error()
    assert what.startswith("502: 502 Bad Gateway")
    assert "run it again later" in remedy


def test_adding_through_faults_brings_every_task_in_once(cli: Cli, batch: RunningBatch, job: str) -> None:
    rows = "".join(f'{{"id":"t{n}","commandLine":"x"}}\n' for n in range(600))
    faults = batch.service.faults
    with faults("lose", probability=0.3, seed=2), faults("task", probability=0.01, seed=3):
        ran = cli("add", job, "--from", "-", "--json", stdin=rows)
    assert ran.document["added"] == 600
    assert ran.document["retried"] > 0
    assert cli("counts", job, "--json").document["taskCounts"]["active"] == 600


def test_everything_the_service_says_is_in_the_line() -> None:
    values = [("PropertyName", "constraints"), ("PropertyValue", "x"), ("Reason", "too long")]
    error = errors.InvalidRequestError(
        "The value\nis wrong.", status_code=400, code="InvalidPropertyValue", values=values, request_id="r-1"
    )
    expected = "[PropertyName: constraints, PropertyValue: x, Reason: too long] (request-id r-1)"
    assert explain(error).what == f"400 InvalidPropertyValue: The value\nis wrong. {expected}"
    assert explain(error).status == 3


def test_every_error_has_advice_and_a_status() -> None:
    kinds = [
        each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.BatchTasksError)
    ]
    refusals = [kind for kind in kinds if issubclass(kind, errors.ServiceError)]
    assert len(refusals) > 20
    for refusal in refusals:
        error = refusal("m", status_code=400, code="X")
        assert explain(error).status == 3
        assert len(advice(error)) > 20
    for silence in (errors.ConnectionFailedError, errors.RequestTimedOutError):
        assert explain(silence("m")).status == 4
        known = explain(silence("It failed.", hint="Do this."))
        assert (known.what, known.remedy, known.status) == ("It failed.", "Do this.", 4)
    for mistake in [kind for kind in kinds if issubclass(kind, errors.InvalidInputError)]:
        assert explain(mistake("m")).status == 2
    assert explain(errors.TokenError("m")).status == 3


def test_no_advice_is_for_an_error_that_there_is_not() -> None:
    assert all(hasattr(batchtasks, name) or name in ERROR_CODES for name in _ADVICE)


def test_every_request_is_told_of_when_asked_for(cli: Cli, job: str) -> None:
    ran = cli("list", job, "-v", "--json")
    assert ran.out == ""
    assert f"GET /jobs/{job}/tasks 200 " in ran.err
    assert "request-id=" in ran.err
