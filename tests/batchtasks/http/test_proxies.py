"""Proxies of the environment, and mocks of httpx."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from contextlib import suppress
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import AsyncBatchClient, RetryPolicy
from batchtasks import errors as e
from batchtasks._http.origin import read_origin
from batchtasks._http.transport import proxy_for
from tests.batchtasks.http.peers import Peer, always, no_leaks, ok, serving
from tests.batchtasks.http.test_requests import Token, shown
from tests.batchtasks.support import Mode

ONCE = RetryPolicy(attempts=1)
TASK = ok(b'{"id": "t"}')


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def get(mode: Mode, url: str, **options: Any) -> Any:
    return mode.run(lambda c: c.task.get("j", "t"), url=url, retry=ONCE, **options).id


def _refuse(peer: Peer) -> None:
    peer.request()
    peer.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_https_goes_through_the_proxy_of_the_environment(
    mode: Mode, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(_refuse) as proxy, no_leaks():
        monkeypatch.setenv(name, proxy.url.replace("//", "//me:pass@"))
        with pytest.raises(
            e.ConnectionFailedError, match=r"https://account\.example could not be made .*407"
        ) as caught:
            get(mode, "https://account.example", credential=Token())
        assert not caught.value.sent
    (request,) = proxy.requests
    assert request.line == "CONNECT account.example:443 HTTP/1.1"
    assert request.values("Proxy-Authorization") == ["Basic bWU6cGFzcw=="]
    assert request.values("Authorization") == []
    assert "me:pass@" not in str(caught.value)


def test_the_time_limit_is_also_for_the_way_through_the_proxy(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that sends a byte of its answer to CONNECT every now and then never exceeds the limit of one read."""

    sent: list[int] = []

    def drip(peer: Peer) -> None:
        peer.request()
        with suppress(OSError):
            for byte in b"HTTP/1.1 200 Connection established\r\nX-Proxy: slow\r\n\r\n":
                peer.send(bytes([byte]))
                sent.append(byte)
                time.sleep(0.1)

    with serving(drip) as proxy, no_leaks():
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(e.RequestTimedOutError):
            get(mode, "https://account.example", timeout=0.5)
        assert len(sent) < 25  # of 54; on a busy machine the proxy takes more time for each byte, too
    assert proxy.requests[0].line.startswith("CONNECT ")


@pytest.mark.parametrize("form", ["http://{}", "{}"])
def test_http_goes_through_the_proxy_of_the_environment(mode: Mode, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always(TASK)) as proxy, no_leaks():
        monkeypatch.setenv("HTTP_PROXY", form.format(proxy.url.removeprefix("http://")))
        assert get(mode, "http://account.example:8080") == "t"
    assert proxy.requests[0].line == "GET http://account.example:8080/jobs/j/tasks/t?api-version=2025-06-01 HTTP/1.1"
    assert proxy.requests[0].values("Host") == ["account.example:8080"]


@pytest.mark.parametrize("bypass", ["account.example", ".example", "account.example:8080", "x, account.example", "*"])
def test_hosts_that_need_no_proxy(mode: Mode, bypass: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    monkeypatch.setenv("NO_PROXY", bypass)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(e.ConnectionFailedError):
        get(mode, "http://account.example:8080")
    assert [host.decode() if isinstance(host, bytes) else host for host in asked] == ["account.example"]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_no_proxy_for_this_machine(mode: Mode, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(_refuse) as proxy, serving(always(TASK)) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert get(mode, server.url.replace("127.0.0.1", name)) == "t"
        assert proxy_for(read_origin("http://127.1.2.3")) is proxy_for(read_origin("http://[::1]:80")) is None
        assert proxy_for(read_origin("http://127.account.example")) is not None
    assert not proxy.peers


def test_a_proxy_that_is_not_there_is_named(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@127.0.0.1:1")
    with pytest.raises(e.ConnectionFailedError, match=r"account\.example .*; through the proxy 127\.0\.0\.1:1\)"):
        get(mode, "https://account.example")


@pytest.mark.parametrize(
    "text",
    [
        "http://me:secret@host:99999",
        "http://me:secret@[host",
        "ftp://me:secret@host",
        "http://me:secret@",
        "http://me:secret@a b",
        "http://me:sec\nret@host:1",
        "://secret",
    ],
)
def test_a_proxy_that_cannot_be(mode: Mode, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", text)
    with pytest.raises(e.ConfigurationError, match="proxy of the environment for https is not") as caught:
        get(mode, "https://account.example")
    for told in shown(caught.value):
        assert "secret" not in told
        assert "ret@" not in told


def test_a_proxy_that_needs_another_package(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://me:secret@127.0.0.1:1")
    with pytest.raises(e.ConfigurationError, match=r"proxy .* cannot be used: .*socksio") as caught:
        get(mode, "http://account.example")
    assert "secret" not in str(caught.value)


def test_no_proxy_at_all() -> None:
    assert proxy_for(read_origin("https://account.example")) is None


def _switch_on(mode: Mode, patch: pytest.MonkeyPatch) -> None:
    def answer(self: object, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": "mock"})

    async def answer_async(self: object, request: httpx.Request) -> httpx.Response:
        return answer(self, request)

    patch.setattr(httpx.HTTPTransport, "handle_request", answer)
    patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", answer_async)


def test_a_mock_is_seen_by_clients_made_before_and_after_it(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    async def use(before: Any) -> list[str | None]:
        async def ask(client: Any) -> str | None:
            found = client.task.get("j", "t")
            return (await found if isinstance(client, AsyncBatchClient) else found).id  # type: ignore[no-any-return]

        found = [await ask(before)]
        with monkeypatch.context() as patch:
            _switch_on(mode, patch)
            after = mode.client(server.url)
            found += [await ask(before), await ask(after)]
        found += [await ask(before), await ask(after)]
        for client in (before, after):
            closing = client.close()
            if closing is not None:
                await closing
        return found

    with serving(always(TASK)) as server, no_leaks():
        assert asyncio.run(use(mode.client(server.url))) == ["t", "mock", "mock", "t", "t"]


def test_pytest_httpx_is_seen(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "mock"})
    assert get(mode, "http://127.0.0.1:1") == "mock"
