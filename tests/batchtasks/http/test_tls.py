"""Both clients over https, with a certificate that is good for localhost until 2120."""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from batchtasks import errors as e
from batchtasks._http.transport import new_ssl_context
from batchtasks_rest._call import Answer
from tests.batchtasks.http.peers import (
    LONG,
    Peer,
    Received,
    Sender,
    always,
    no_leaks,
    ok,
    serving,
    silent_at_first,
    with_sender,
)
from tests.batchtasks.support import Mode

FOLDER = Path(__file__).parent / "certificates"
DOCUMENT = b"0123456789" * 10_000


@pytest.fixture
def tls() -> ssl.SSLContext:
    """What the server needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "localhost.crt", FOLDER / "localhost.key")
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


@pytest.fixture(autouse=True)
def _trust(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(FOLDER / "localhost.crt"))


def test_a_certificate_of_the_environment_is_trusted(mode: Mode, tls: ssl.SSLContext) -> None:
    async def use(sender: Sender) -> list[Answer]:
        return [await sender.get(f"/{n}") for n in range(5)]

    with serving(always(ok(DOCUMENT)), tls=tls, name="localhost") as server, no_leaks():
        answers = with_sender(mode, server.url, use)
        for peer in server.peers:
            assert peer.over.wait(LONG)
    assert [answer.content for answer in answers] == [DOCUMENT] * 5
    assert len(server.peers) == 1


def test_a_folder_of_certificates_of_the_environment_is_trusted(
    mode: Mode, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Files in such a folder are called after their subjects (`openssl x509 -subject_hash`).
    (tmp_path / "ce275665.0").write_bytes((FOLDER / "localhost.crt").read_bytes())
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with serving(always(), tls=tls, name="localhost") as server:
        assert with_sender(mode, server.url, lambda sender: sender.get()).status_code == 200


def test_only_http_1_is_offered(tls: ssl.SSLContext) -> None:
    chosen: list[str | None] = []

    def serve(peer: Peer) -> None:
        assert isinstance(peer.socket, ssl.SSLSocket)
        chosen.append(peer.socket.selected_alpn_protocol())
        always()(peer)

    with serving(serve, tls=tls, name="localhost") as server:
        for name in ("sync", "async"):
            with_sender(Mode(name), server.url, lambda sender: sender.get())
    assert chosen == ["http/1.1", "http/1.1"]


def test_a_certificate_for_another_host(mode: Mode, tls: ssl.SSLContext) -> None:
    with serving(always(), tls=tls) as server, no_leaks():
        with pytest.raises(
            e.ConnectionFailedError, match=r"could not be made .*not valid for .*127\.0\.0\.1"
        ) as caught:
            with_sender(mode, server.url, lambda sender: sender.get())
        assert not caught.value.sent
    assert not server.requests


def test_a_certificate_that_nobody_vouches_for(
    mode: Mode, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(always(), tls=tls, name="localhost") as server, no_leaks():
        with pytest.raises(e.ConnectionFailedError, match=r"could not be made .*self.signed certificate") as caught:
            with_sender(mode, server.url, lambda sender: sender.get())
        assert not caught.value.sent
    assert not server.requests


def test_a_server_without_tls(mode: Mode) -> None:
    def serve(peer: Peer) -> None:
        peer.receive()
        peer.send(ok())

    with serving(serve) as server, no_leaks():
        with pytest.raises(e.ConnectionFailedError, match="could not be made") as caught:
            with_sender(mode, server.url.replace("http:", "https:"), lambda sender: sender.get())
        assert not caught.value.sent


@pytest.mark.parametrize("farewell", [True, False])
def test_a_connection_that_the_server_closed_meanwhile(mode: Mode, tls: ssl.SSLContext, farewell: bool) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())
        if farewell:
            _say_farewell(peer)

    async def use(sender: Sender) -> None:
        for n in range(3):
            await sender.get()
            await sender.until(server.peers[n].over)

    with serving(serve, tls=tls, name="localhost") as server, no_leaks():
        with_sender(mode, server.url, use)
    assert len(server.peers) == 3


def _say_farewell(peer: Peer) -> None:
    assert isinstance(peer.socket, ssl.SSLSocket)
    peer.socket.settimeout(0.05)
    with suppress(OSError):  # it is not answered
        peer.socket.unwrap()


@pytest.mark.parametrize("farewell", [True, False])
def test_answers_that_end_with_the_connection(mode: Mode, tls: ssl.SSLContext, farewell: bool) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + DOCUMENT)
        if farewell:
            _say_farewell(peer)

    with serving(serve, tls=tls, name="localhost") as server, no_leaks():
        assert with_sender(mode, server.url, lambda sender: sender.get()).content == DOCUMENT


@pytest.mark.parametrize("farewell", [True, False])
@pytest.mark.parametrize("keep", [0, 30, 1000])
def test_answers_that_are_cut_short(mode: Mode, tls: ssl.SSLContext, farewell: bool, keep: int) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok(DOCUMENT)[:keep])
        if farewell:
            _say_farewell(peer)

    with (
        serving(serve, tls=tls, name="localhost") as server,
        no_leaks(),
        pytest.raises(e.ConnectionFailedError, match="broke") as caught,
    ):
        with_sender(mode, server.url, lambda sender: sender.get())
    assert caught.value.sent


def test_a_connection_that_is_reset(mode: Mode, tls: ssl.SSLContext) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.reset()

    with (
        serving(serve, tls=tls, name="localhost") as server,
        no_leaks(),
        pytest.raises(e.ConnectionFailedError) as caught,
    ):
        with_sender(mode, server.url, lambda sender: sender.get())
    assert caught.value.sent


def test_large_bodies(mode: Mode, tls: ssl.SSLContext) -> None:
    body = os.urandom(4_000_000)

    def serve(peer: Peer) -> None:
        while isinstance(request := peer.request(), Received):
            peer.send(ok(request.content))

    async def use(sender: Sender) -> list[bytes]:
        return [(await sender.get(method="POST", content=body[n:])).content for n in range(2)]

    with serving(serve, tls=tls, name="localhost") as server, no_leaks():
        assert with_sender(mode, server.url, use) == [body, body[1:]]
    assert len(server.peers) == 1


def test_a_body_that_the_server_does_not_want(tls: ssl.SSLContext) -> None:
    def serve(peer: Peer) -> None:
        peer.request(content=False)
        peer.send(ok(b"", "Connection: close", status="413 Request Entity Too Large"))

    async def use(sender: Sender) -> list[int]:
        return [(await sender.get(method="POST", content=bytes(1_000_000))).status_code for _ in range(10)]

    with serving(serve, tls=tls, name="localhost") as server, no_leaks():
        assert with_sender(Mode("sync"), server.url, use) == [413] * 10


@pytest.mark.parametrize("late", [True, False])
def test_time_limits(mode: Mode, tls: ssl.SSLContext, late: bool) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())
        peer.request()
        if late:
            peer.send(ok(DOCUMENT)[:-1])
        assert peer.receive() == b""

    async def use(sender: Sender) -> None:
        await sender.get()  # to make the connection may take longer than the time limit
        with pytest.raises(e.RequestTimedOutError, match="waiting for") as caught:
            await sender.get(seconds=0.4)
        assert caught.value.sent

    with serving(serve, tls=tls, name="localhost") as server, no_leaks():
        with_sender(mode, server.url, use)
        assert server.peers[0].over.wait(LONG)
    assert len(server.peers) == 1


def test_a_cancelled_request(tls: ssl.SSLContext) -> None:
    begun = threading.Event()

    async def use(sender: Sender) -> bytes:
        getting = asyncio.create_task(sender.get())
        await sender.until(begun)
        getting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await getting
        return (await sender.get()).content

    with serving(silent_at_first(begun), tls=tls, name="localhost") as server, no_leaks():
        assert with_sender(Mode("async"), server.url, use) == b"fine"
        assert server.peers[0].over.wait(LONG)


@pytest.mark.parametrize("proxy", [False, True])
@pytest.mark.parametrize("file", ["missing.pem", "localhost.key"])
def test_certificates_of_the_environment_that_cannot_be_read(
    mode: Mode, file: str, proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(FOLDER / file))
    if proxy:
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(
        e.ConfigurationError, match=rf"trusted certificates cannot be read: SSL_CERT_FILE=\S+/{file} \(\["
    ):
        mode.run(lambda c: c.task.get("j", "t"), url="https://account.example")


def test_certificates_are_checked() -> None:
    context = new_ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
