"""Servers that no connection can be made to, and never will: told at once or soon, with what to do about it."""

from __future__ import annotations

import asyncio
import pickle
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from batchtasks import BulkReport, RetryPolicy
from batchtasks import errors as e
from batchtasks._http.failures import diagnose_connect_error, diagnose_proxy_error
from batchtasks._waiting.wait import wait
from tests.batchtasks.http.peers import Peer, Server, always, ok, serving
from tests.batchtasks.support import Mode, ScriptedBackend, answer, executor, script

FOLDER = Path(__file__).parent / "certificates"
TASKS = [{"id": f"t{n}", "commandLine": "x"} for n in range(1500)]
CALLS: dict[str, Callable[[Any], Any]] = {
    "get": lambda client: client.task.get("j", "t"),
    "list": lambda client: client.task.list("j"),
    "wait": lambda client: client.task.wait("j"),
}


@pytest.fixture
def tls() -> ssl.SSLContext:
    """What a server needs; its certificate is for localhost and signed by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "localhost.crt", FOLDER / "localhost.key")
    return context


@pytest.fixture
def unknown(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that nobody vouches for."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    with serving(always(), tls=tls, name="localhost") as server:
        yield server


@pytest.fixture(params=["own connections", "httpx"])
def way(request: pytest.FixtureRequest, mode: Mode) -> Callable[[], dict[str, Any]]:
    """The options of a client that takes this way."""

    def options() -> dict[str, Any]:
        kind = httpx.HTTPTransport if mode.name == "sync" else httpx.AsyncHTTPTransport
        return {"transport": kind(verify=ssl.create_default_context())} if request.param == "httpx" else {}

    return options


@pytest.mark.parametrize("call", CALLS)
def test_a_certificate_that_nobody_vouches_for(
    mode: Mode, way: Callable[[], dict[str, Any]], unknown: Server, call: str
) -> None:
    with pytest.raises(e.ConnectionFailedError, match=r"self.signed certificate\)\. .*SSL_CERT_FILE\.$") as caught:
        mode.run(CALLS[call], url=unknown.url, **way())
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == f"{error.args[0]} {error.hint}"
    assert (error.attempts, error.is_retriable, error.sent) == (1, False, False)
    assert len(unknown.peers) == 1


def test_a_certificate_for_another_host(
    mode: Mode, way: Callable[[], dict[str, Any]], tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(FOLDER / "localhost.crt"))
    with serving(always(), tls=tls) as server:
        with pytest.raises(
            e.ConnectionFailedError, match=r"not valid for '127\.0\.0\.1'.* check the account URL\."
        ) as caught:
            mode.run(CALLS["get"], url=server.url, **way())
        assert (caught.value.attempts, len(server.peers)) == (1, 1)


def test_a_certificate_in_the_place_of_the_services_behind_a_proxy(
    mode: Mode, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
        peer.socket = tls.wrap_socket(peer.socket, server_side=True)

    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(serve) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(
            e.ConnectionFailedError, match=r"self.signed.*; through the proxy .*SSL_CERT_FILE\.$"
        ) as caught:
            mode.run(CALLS["get"], url="https://account.example")
        assert (caught.value.attempts, len(proxy.peers)) == (1, 1)


@pytest.mark.parametrize("concurrency", [1, 4])
def test_bulk_add_to_one_that_nobody_vouches_for(
    mode: Mode, way: Callable[[], dict[str, Any]], unknown: Server, concurrency: int
) -> None:
    def add(client: Any) -> Any:
        return client.task.add_collection("j", iter(TASKS), concurrency=concurrency, raise_on_failure=False)

    report: BulkReport = mode.run(add, url=unknown.url, **way())
    assert isinstance(report.stopped, e.ConnectionFailedError)
    assert not report.stopped.is_retriable
    assert len(unknown.peers) <= concurrency
    assert (report.added, report.existed, report.unknown) == (0, 0, [])
    assert {type(outcome.error) for outcome in report.failed} == {e.ConnectionFailedError}
    assert report.pulled == len(report.failed) + len(report.unsent) <= 100 * (concurrency + 1)
    assert sorted(task["id"] for task in report.resume) == sorted(task["id"] for task in TASKS)


def test_certificates_out_of_date() -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = 10, "certificate has expired"
    what, advice, max_attempts = diagnose_connect_error(error)
    assert (what, max_attempts) == ("certificate has expired", 1)
    assert "the clock of this machine" in (advice or "")


def test_a_server_without_tls(mode: Mode, way: Callable[[], dict[str, Any]]) -> None:
    def serve(peer: Peer) -> None:
        peer.receive()
        peer.send(ok(b"", status="400 Bad Request"))

    with serving(serve) as server:
        with pytest.raises(e.ConnectionFailedError, match=r"speaks http, not https: use http://") as caught:
            mode.run(CALLS["get"], url=server.url.replace("http:", "https:"), **way())
        assert (caught.value.attempts, len(server.peers)) == (1, 1)


def _names(code: int, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(code, "so it says")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


ENDLESS = RetryPolicy(attempts=30, wait_initial=0, wait_max=0)


@pytest.mark.parametrize("call", CALLS)
def test_hosts_that_do_not_exist(
    mode: Mode, way: Callable[[], dict[str, Any]], call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _names(socket.EAI_NONAME, monkeypatch)
    with pytest.raises(
        e.ConnectionFailedError, match=r"so it says\)\. Check the host in the account URL; .*HTTPS_PROXY"
    ) as caught:
        mode.run(CALLS[call], url="https://acount.example", retry=ENDLESS, **way())
    assert (caught.value.attempts, caught.value.is_retriable) == (3, True)
    assert len(asked) == 3


def test_hosts_that_cannot_be_looked_up_at_the_moment(
    mode: Mode, way: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _names(socket.EAI_AGAIN, monkeypatch)
    with pytest.raises(e.ConnectionFailedError, match=r"so it says\)\. Given up after 30 attempts"):
        mode.run(CALLS["get"], url="https://account.example", retry=ENDLESS, **way())
    assert len(asked) == 30


@pytest.mark.parametrize("concurrency", [1, 4])
def test_bulk_add_to_a_host_that_does_not_exist(mode: Mode, concurrency: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(client: Any) -> Any:
        return client.task.add_collection("j", iter(TASKS), concurrency=concurrency, raise_on_failure=False)

    asked = _names(socket.EAI_NONAME, monkeypatch)
    report: BulkReport = mode.run(add, url="https://acount.example", retry=ENDLESS)
    assert isinstance(report.stopped, e.ConnectionFailedError)
    assert "Check the host in the account URL" in str(report.stopped)
    assert len(asked) <= 3 * concurrency
    assert (report.added, report.existed, report.unknown) == (0, 0, [])
    assert sorted(task["id"] for task in report.resume) == sorted(task["id"] for task in TASKS)


def test_a_host_that_is_lost_while_waiting_is_borne_with() -> None:
    lost = e.ConnectionFailedError("no such host", sent=False, max_attempts=3)
    counts = {"active": 0, "running": 1, "completed": 0, "succeeded": 0, "failed": 0}
    done = {**counts, "running": 0, "completed": 1, "succeeded": 1}
    backend = ScriptedBackend(
        script(
            answer(200, {"taskCounts": counts}),
            *[lost] * 9,
            answer(200, {"taskCounts": done}),
            answer(200, {"value": []}),
            answer(200, {"value": []}),
        )
    )
    assert asyncio.run(wait(executor(backend), "j", list_succeeded=False)).ok


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("Requested USERNAME/PASSWORD from proxy server, but got NO ACCEPTABLE METHODS.", 1),
        ("Invalid username/password", 1),
        ("Proxy Server could not connect: Host unreachable.", None),
    ],
)
def test_what_socks_proxies_say(what: str, most: int | None) -> None:
    found, _, max_attempts = diagnose_proxy_error(what)
    assert (found, max_attempts) == (what, most)


@pytest.mark.parametrize(
    ("status", "attempts", "advice"),
    [
        ("407 Proxy Authentication Required", 1, "a user name and a password"),
        ("403 Forbidden", 1, "The proxy refused"),
        ("429 Too Many Requests", 4, "Given up after 4 attempts"),
        ("502 Bad Gateway", 4, "Given up after 4 attempts"),
    ],
)
def test_proxies_that_refuse(
    mode: Mode, status: str, attempts: int, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(serve) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//me:secret@"))
        with pytest.raises(e.ConnectionFailedError, match=advice) as caught:
            mode.run(CALLS["get"], url="https://account.example")
        assert (caught.value.attempts, len(proxy.peers)) == (attempts, attempts)
    assert "secret" not in str(caught.value)
