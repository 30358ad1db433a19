"""Shared Key signatures, and that the key shows up nowhere."""

from __future__ import annotations

import base64
import logging
import traceback
from collections import namedtuple
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

import batchtasks
from batchtasks import BatchClient, SharedKeyCredential
from batchtasks import errors as e
from batchtasks._http.shared_key import signature, string_to_sign
from batchtasks.auth import _decode_key as decode_key
from tests.batchtasks.support import KEY, URL, Mode, backend_of, body

DATE = "Tue, 05 Nov 2024 10:00:00 GMT"

# Request, headers, expected string to sign, expected signature; computed with azure-batch 14.2.0's own signer.
VECTORS: dict[str, tuple[str, str, str, dict[str, str], str, str]] = {
    "list": (
        "GET",
        "/jobs/job1/tasks",
        "api-version=2024-02-01.19.0&$filter=state%20eq%20%27active%27&maxresults=10&timeout=30",
        {},
        "GET\n\n\n\n\n\n\n\n\n\n\n\nocp-date:Tue, 05 Nov 2024 10:00:00 GMT\n/myaccount/jobs/job1/tasks\n"
        "$filter:state eq 'active'\napi-version:2024-02-01.19.0\nmaxresults:10\ntimeout:30",
        "DwOD4G/8khAq8L52oYiwOAf/57Q8LtEjopG4u/EYOtU=",
    ),
    "terminate": (
        "POST",
        "/jobs/job1/tasks/task1/terminate",
        "api-version=2024-02-01.19.0",
        {"content-length": "0"},
        "POST\n\n\n0\n\n\n\n\n\n\n\n\nocp-date:Tue, 05 Nov 2024 10:00:00 GMT\n"
        "/myaccount/jobs/job1/tasks/task1/terminate\napi-version:2024-02-01.19.0",
        "ypB0No5tklYTaJGyaXYTnN/zj2PUrlTR4YCw0u1IrY0=",
    ),
    "add": (
        "POST",
        "/jobs/job1/tasks",
        "api-version=2024-02-01.19.0",
        {"content-length": "38", "content-type": "application/json; odata=minimalmetadata; charset=utf-8"},
        "POST\n\n\n38\n\napplication/json; odata=minimalmetadata; charset=utf-8\n\n\n\n\n\n\n"
        "ocp-date:Tue, 05 Nov 2024 10:00:00 GMT\n/myaccount/jobs/job1/tasks\napi-version:2024-02-01.19.0",
        "wtikWOgeOCqgLIAKyavzIiQ+XXkeB2l2Alp7OiF1rWU=",
    ),
    "file": (
        "GET",
        "/jobs/job1/tasks/task1/files/wd%2Fout.txt",
        "api-version=2024-02-01.19.0",
        {"ocp-range": "bytes=0-9"},
        "GET\n\n\n\n\n\n\n\n\n\n\n\nocp-date:Tue, 05 Nov 2024 10:00:00 GMT\nocp-range:bytes=0-9\n"
        "/myaccount/jobs/job1/tasks/task1/files/wd%2Fout.txt\napi-version:2024-02-01.19.0",
        "nV1FFTBHvH9HamH8L0bJ4mse1phaqTN9OBmaiUZK3m0=",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name: str) -> None:
    method, path, query, headers, text, wanted = VECTORS[name]
    assert string_to_sign("myaccount", method, path, query, {**headers, "ocp-date": DATE}) == text
    key = decode_key(KEY)
    assert key is not None
    assert signature(key, text) == wanted


def test_query_names_are_signed_as_spelled_or_in_lower_case() -> None:
    arguments = ("a", "GET", "/jobs", "timeOut=20&api-version=v")
    assert string_to_sign(*arguments, {}).endswith("/a/jobs\napi-version:v\ntimeOut:20")
    assert string_to_sign(*arguments, {}, lower_names=True).endswith("/a/jobs\napi-version:v\ntimeout:20")


def test_repeated_query_names_are_joined_and_plus_is_a_blank() -> None:
    text = string_to_sign("a", "GET", "/jobs", "x=b&x=a&$skiptoken=1%3D%2F%2B&y=1+2&empty=", {})
    assert text.endswith("/a/jobs\n$skiptoken:1=/+\nempty:\nx:a,b\ny:1 2")


def _verify(request: httpx.Request, key: str = KEY, *, lower_names: bool = False) -> bool:
    """Check a request as the service does, from what is on the wire."""
    path, _, query = request.url.raw_path.decode().partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    decoded = base64.b64decode(key)
    text = string_to_sign("myaccount", request.method, path, query, headers, lower_names=lower_names)
    return request.headers["Authorization"] == f"SharedKey myaccount:{signature(decoded, text)}"


CALLS: dict[str, Any] = {
    "get": lambda c: c.task.get("j", "t", select="id,state"),
    "list": lambda c: c.task.list("j", filter="id eq 'a+b=/ü'", max_results=5, server_timeout=20),
    "add": lambda c: c.task.add("j", {"id": "t", "commandLine": "echo é"}),
    "delete": lambda c: c.task.delete("j", "t"),
    "terminate": lambda c: c.task.terminate("j", "t"),
    "file": lambda c: c.file.get_from_task("j:job-1", "t", "wd/a b%é.txt", ocp_range="bytes=0-9"),
    "head": lambda c: c.file.get_properties_from_task("j", "t", "stdout.txt"),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_signed_is_what_is_sent(mode: Mode, httpx_mock: HTTPXMock, name: str) -> None:
    statuses = {"add": 201, "terminate": 204}
    httpx_mock.add_response(
        status_code=statuses.get(name, 200), json={"value": []} if name in ("get", "list") else None
    )
    mode.run(CALLS[name])
    request = httpx_mock.get_requests()[0]
    assert _verify(request)
    if request.method in ("DELETE", "POST") and name != "add":
        assert request.headers["Content-Length"] == "0"
    if request.method in ("GET", "HEAD"):
        assert "Content-Length" not in request.headers


@pytest.mark.parametrize("lower_names", [True, False])
def test_a_service_that_signs_names_otherwise_is_met_half_way(
    mode: Mode, httpx_mock: HTTPXMock, lower_names: bool
) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        good = _verify(request, lower_names=lower_names)
        return httpx.Response(200, json={"id": "t"}) if good else httpx.Response(403, json=body("AuthenticationFailed"))

    httpx_mock.add_callback(serve, is_reusable=True)
    assert mode.run(lambda c: c.task.get("j", "t"), server_timeout=20).id == "t"
    sent = httpx_mock.get_requests()
    assert all("timeOut=20" in str(request.url) for request in sent)
    assert len(sent) == (2 if lower_names else 1)


def test_the_way_that_worked_is_remembered_and_a_wrong_key_is_not_blamed_on_it(httpx_mock: HTTPXMock) -> None:
    good = [True]

    def serve(request: httpx.Request) -> httpx.Response:
        passes = good[0] and _verify(request, lower_names=True)
        return (
            httpx.Response(200, json={"id": "t"}) if passes else httpx.Response(403, json=body("AuthenticationFailed"))
        )

    httpx_mock.add_callback(serve, is_reusable=True)
    with Mode("sync").client(server_timeout=20) as client:
        client.task.get("j", "t")
        client.task.get("j", "t")
        assert len(httpx_mock.get_requests()) == 3
        good[0] = False
        with pytest.raises(e.AuthenticationError):
            client.task.get("j", "t")
        good[0] = True
        client.task.get("j", "t")
        assert len(httpx_mock.get_requests()) == 6


def test_every_attempt_is_signed_afresh(mode: Mode, httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch) -> None:
    dates = iter(["Tue, 05 Nov 2024 10:00:00 GMT", "Tue, 05 Nov 2024 10:20:00 GMT"])
    monkeypatch.setattr("batchtasks._http.auth.formatdate", lambda usegmt: next(dates))
    httpx_mock.add_response(status_code=503, json=body("ServerBusy"))
    httpx_mock.add_response(json={"id": "t"})
    mode.run(lambda c: c.task.get("j", "t"))
    first, second = httpx_mock.get_requests()
    assert first.headers["ocp-date"] != second.headers["ocp-date"]
    assert first.headers["Authorization"] != second.headers["Authorization"]
    assert _verify(first)
    assert _verify(second)


def variables_in_the_package(error: BaseException) -> str:
    """What a traceback that shows variables has of the package, which is in a checkout or installed."""
    frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    package = Path(batchtasks.__file__).parent
    return "".join(str(frame.locals) for frame in frames if Path(frame.filename).is_relative_to(package))


@pytest.mark.parametrize("key", ["", "not base64!", "abc", None, 5])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(key: Any) -> None:
    with pytest.raises(e.ConfigurationError, match="Base64") as caught:
        SharedKeyCredential("myaccount", key)
    ours = variables_in_the_package(caught.value)
    assert ours
    if key == "not base64!":
        assert key not in ours


@pytest.mark.parametrize("name", ["", "my account", "a\nb", "a:b", None])
def test_an_account_name_that_cannot_be_one_is_refused(name: Any) -> None:
    with pytest.raises(e.ConfigurationError, match="name of a Batch account") as caught:
        SharedKeyCredential(name, KEY)
    # A traceback that shows variables can be made, and has no key in it.
    ours = variables_in_the_package(caught.value)
    assert ours
    assert not [secret for secret in (KEY, str(base64.b64decode(KEY))) if secret in ours]


def test_the_key_shows_nowhere(caplog: pytest.LogCaptureFixture, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=403, json=body("AuthenticationFailed"))
    credential = SharedKeyCredential("myaccount", KEY)
    caplog.set_level(logging.DEBUG)
    client = BatchClient(URL, credential)
    with client, pytest.raises(e.AuthenticationError) as caught:
        client.task.get("j", "t")
    raw = str(base64.b64decode(KEY))
    sent = httpx_mock.get_requests()[0].headers["Authorization"].rpartition(":")[2]
    shown = f"{credential!r} {client!r} {backend_of(client)!r} {client._executor!r} {caught.value!r} {caplog.text}"
    assert not [secret for secret in (KEY, raw, sent) if secret in shown]
    ours = variables_in_the_package(caught.value)
    assert not [secret for secret in (KEY, raw, sent) if secret in ours]


AzureNamedKey = namedtuple("AzureNamedKey", ["name", "key"])


class NamedKeyCredential:
    """Has what azure-core's AzureNamedKeyCredential has."""

    def __init__(self, name: str, key: str) -> None:
        self.named_key = AzureNamedKey(name, key)


def test_a_named_key_may_be_changed_while_it_is_used(mode: Mode, httpx_mock: HTTPXMock) -> None:
    other = base64.b64encode(b"another key").decode()
    credential = NamedKeyCredential("myaccount", KEY)
    own = SharedKeyCredential("myaccount", KEY)
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    for given in (credential, own):
        mode.run(lambda c: c.task.get("j", "t"), credential=given)
    credential.named_key = AzureNamedKey("myaccount", other)
    own.update(other)
    for given in (credential, own):
        mode.run(lambda c: c.task.get("j", "t"), credential=given)
    assert [_verify(request, KEY) for request in httpx_mock.get_requests()] == [True, True, False, False]
    assert [_verify(request, other) for request in httpx_mock.get_requests()] == [False, False, True, True]
