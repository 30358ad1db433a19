"""A run touches only the jobs that it has made, and leaves none of them behind, also when it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local import LocalBatch
from tests.azure.contract.__main__ import local_account, main
from tests.azure.contract.account import Account
from tests.azure.contract.ask import Asker, NotOursError
from tests.azure.contract.question import Question, Scenario
from tests.azure.questions import SCENARIOS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def send(service: LocalBatch, method: str, path: str, body: Any = None) -> httpx.Response:
    headers = {"Content-Type": "application/json; odata=minimalmetadata"} if body is not None else {}
    url = f"{service.url}{path}{'&' if '?' in path else '?'}api-version=2025-06-01"
    return httpx.request(method, url, auth=local_account(service).auth("usual"), json=body, headers=headers)


def jobs(service: LocalBatch) -> list[dict[str, Any]]:
    return list(send(service, "GET", "/jobs").json()["value"])


@pytest.fixture
def foreign(service: LocalBatch) -> Iterator[dict[str, Any]]:
    """A job of somebody else, with a task."""
    assert send(service, "POST", "/jobs", {"id": "theirs", "poolInfo": {"poolId": "p"}}).status_code == 201
    send(service, "POST", "/jobs/theirs/tasks", {"id": "t", "commandLine": "true"})
    yield send(service, "GET", "/jobs/theirs").json()
    send(service, "DELETE", "/jobs/theirs")
    end = time.monotonic() + 30
    while send(service, "GET", "/jobs/theirs").status_code != 404:  # the next test makes it again
        assert time.monotonic() < end, jobs(service)
        time.sleep(0.01)


def wait_until_gone(service: LocalBatch, prefix: str) -> None:
    end = time.monotonic() + 10
    while any(one["id"].startswith(prefix) and one["state"] != "deleting" for one in jobs(service)):
        assert time.monotonic() < end, jobs(service)
        time.sleep(0.05)


def test_all_questions_leave_others_alone_and_nothing_behind(service: LocalBatch, foreign: dict[str, Any]) -> None:
    with Asker(local_account(service), patience=0.2) as asker:
        for _ in asker.ask(SCENARIOS):
            pass
        assert asker.clean_up() == []
    wait_until_gone(service, "ask-")
    assert send(service, "GET", "/jobs/theirs").json() == foreign
    assert send(service, "GET", "/jobs/theirs/tasks/t").status_code == 200


@given(
    st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]),
    st.sampled_from(
        ["/jobs/theirs", "/jobs/theirs/tasks", "/jobs/theirs/tasks/t", "/jobs/ask-1", "/pools/p", "/JOBS/theirs"]
    ),
    st.sampled_from(["", "/terminate", "?x=/jobs/{p}-"]),
)
def test_a_request_about_something_else_is_not_sent(method: str, path: str, after: str) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        raise AssertionError("it was sent")

    transport = httpx.MockTransport(handle)
    scenario = Scenario("x", (Question("q", f"{method} {path}{after}"),))
    with (
        Asker(Account("http://127.0.0.1:1", "a", b"k"), "ask-0123456789", transport=transport) as asker,
        pytest.raises(NotOursError),
    ):
        list(asker.ask([scenario]))


def test_a_job_with_another_id_is_not_added() -> None:
    scenario = Scenario("x", (Question("q", "POST /jobs", body={"id": "theirs"}),))
    with Asker(Account("http://127.0.0.1:1", "a", b"k")) as asker, pytest.raises(NotOursError):
        list(asker.ask([scenario]))
    assert asker.made == []


@pytest.mark.parametrize("body", [{"id": "p", "vmSize": "a"}, {"id": "s", "schedule": {}}, {"ID": "p", "VMSIZE": "a"}])
def test_a_pool_or_schedule_that_could_be_made_is_not_added(body: dict[str, Any]) -> None:
    path = "/pools" if "schedule" not in body else "/jobschedules"
    scenario = Scenario("x", (Question("q", f"POST {path}", body=body),))
    with Asker(Account("http://127.0.0.1:1", "a", b"k")) as asker, pytest.raises(NotOursError):
        list(asker.ask([scenario]))


def test_a_job_is_deleted_whose_answer_was_lost(service: LocalBatch) -> None:
    class Losing(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            answer = super().handle_request(request)
            if request.method == "POST":
                answer.close()
                raise httpx.ReadError("lost")
            return answer

    with Asker(local_account(service), transport=Losing()) as asker:
        with pytest.raises(httpx.ReadError):
            list(asker.ask(SCENARIOS[:1]))
        assert any(one["id"].startswith(asker.prefix) for one in jobs(service))
        assert asker.clean_up() == []
    wait_until_gone(service, asker.prefix)


def test_what_cannot_be_deleted_is_named() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(503))
    said: list[str] = []
    with Asker(Account("http://127.0.0.1:1", "a", b"k"), transport=transport, made=["ask-1-x"], attempts=1) as asker:
        assert asker.clean_up(said.append) == ["ask-1-x"]
    assert "ask-1-x" in said[0]


def start(service: LocalBatch, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.azure.contract", *arguments],
        cwd=ROOT,
        env={**os.environ, "BATCH_ACCOUNT_URL": service.url, "BATCH_ACCOUNT_NAME": service.account,
             "BATCH_ACCOUNT_KEY": service.key},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "signals", [[signal.SIGINT], [signal.SIGTERM], [signal.SIGINT] * 5], ids=["INT", "TERM", "5xINT"]
)
def test_an_interrupted_run_cleans_up(
    service: LocalBatch, foreign: dict[str, Any], signals: list[signal.Signals], tmp_path: Path
) -> None:
    prefix, record = f"ask-{len(signals)}{signals[0]:010}", tmp_path / "r.json"
    with start(service, "--prefix", prefix, "--no-local", "--patience", "60", "--record", str(record)) as process:
        end = time.monotonic() + 30
        made: set[str] = set()
        while len(made) < 3:  # never mind how many of them are there at once
            assert time.monotonic() < end, "no jobs were made"
            time.sleep(0.02)
            made |= {one["id"] for one in jobs(service) if one["id"].startswith(prefix)}
        for one in signals:
            process.send_signal(one)
            time.sleep(0.01)
        while len(signals) > 1 and process.poll() is None:  # to the last moment of the program
            process.send_signal(signals[0])
            time.sleep(0.001)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Interrupted" in said
    wait_until_gone(service, prefix)
    assert send(service, "GET", "/jobs/theirs").json() == foreign
    assert record.exists()  # what was answered until then
    assert service.account not in record.read_text(encoding="utf-8")


def test_without_an_account_it_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 2
    said = capsys.readouterr().err
    assert all(
        word in said for word in ("BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY", "azure-identity")
    )
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BATCH_ACCOUNT_NAME", "", "BATCH_ACCOUNT_NAME"),
        ("BATCH_ACCOUNT_KEY", "not base64!", "Base64"),
        ("BATCH_ACCOUNT_URL", "ftp://x", "account URL"),
        ("BATCH_ACCOUNT_URL", "http://127.0.0.1:9", "Could not ask"),
    ],
)
def test_an_account_that_cannot_be_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, word: str
) -> None:
    right = {"BATCH_ACCOUNT_URL": "https://a.b.batch.azure.com", "BATCH_ACCOUNT_NAME": "a", "BATCH_ACCOUNT_KEY": "a2V5"}
    for variable, text in {**right, name: value}.items():
        monkeypatch.setenv(variable, text)
    assert main(["--only", "add", "--no-local"]) == 2
    assert word in capsys.readouterr().err


def test_the_command_reports_and_records(service: LocalBatch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                         capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Its exit status says that something differs: the local service has known differences."""
    monkeypatch.setenv("BATCH_ACCOUNT_URL", service.url)
    monkeypatch.setenv("BATCH_ACCOUNT_NAME", service.account)
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", service.key)
    assert main(["--only", "task", "--record", str(tmp_path / "r.json")]) in (0, 1)
    said = capsys.readouterr().out
    assert "Open questions" in said
    assert "Different from the local service: nothing" in said
    assert (tmp_path / "r.json").exists()
