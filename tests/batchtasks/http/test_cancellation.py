"""What becomes of connections when a request is cancelled or interrupted."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
import threading

import pytest

from tests.batchtasks.http.peers import LONG, Peer, Sender, no_leaks, ok, serving, silent_at_first, with_sender
from tests.batchtasks.support import Mode

ASYNC = Mode("async")
SYNC = Mode("sync")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals for one thread")


def test_a_cancelled_request_takes_its_connection_with_it() -> None:
    begun = threading.Event()

    async def use(sender: Sender) -> bytes:
        request = asyncio.create_task(sender.get())
        await sender.until(begun)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        return (await sender.get()).content

    with serving(silent_at_first(begun)) as server, no_leaks():
        assert with_sender(ASYNC, server.url, use) == b"fine"
        assert server.peers[0].over.wait(LONG)


def test_the_rest_of_a_cancelled_request_is_not_sent() -> None:
    size, begun, go_on, got = 32_000_000, threading.Event(), threading.Event(), [0]

    def serve(peer: Peer) -> None:
        peer.receive()
        begun.set()
        assert go_on.wait(LONG)
        while piece := peer.receive():
            got[0] += len(piece)

    async def use(sender: Sender) -> None:
        request = asyncio.create_task(sender.get(method="POST", content=bytes(size)))
        await sender.until(begun)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        go_on.set()
        await sender.until(server.peers[0].over)

    with serving(serve, buffer=4096) as server, no_leaks():
        with_sender(ASYNC, server.url, use)
    assert got[0] < size


def test_a_cancellation_while_connecting() -> None:
    begun = threading.Event()

    def serve(peer: Peer) -> None:
        peer.receive()
        begun.set()  # and no answer to the handshake
        assert peer.receive() == b""

    async def use(sender: Sender) -> None:
        request = asyncio.create_task(sender.get())
        await sender.until(begun)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        gc.collect()  # httpcore leaves a connection that it was still making to the collector

    with serving(serve) as server:
        with_sender(ASYNC, server.url.replace("http:", "https:"), use)


def _interrupting(peer: Peer) -> None:
    peer.receive()
    if peer.number == 0:
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
        assert peer.receive() == b""
    else:
        peer.send(ok(b"fine"))


@posix
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("connecting", [True, False])
def test_an_interrupted_request_takes_its_connection_with_it(connecting: bool) -> None:
    async def use(sender: Sender) -> bytes:
        with pytest.raises(KeyboardInterrupt):
            await sender.get()
        return (await sender.get()).content

    with serving(_interrupting) as server:
        if connecting:
            with pytest.raises(KeyboardInterrupt):
                with_sender(SYNC, server.url.replace("http:", "https:"), lambda sender: sender.get())
        else:
            assert with_sender(SYNC, server.url, use) == b"fine"
        gc.collect()  # httpcore leaves a connection that it was still making to the collector
        assert server.peers[0].over.wait(LONG)


def test_an_interruption_between_two_pieces_of_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def recv(self: socket.socket, size: int) -> bytes:
        found = real(self, size)
        if b"half" in found:
            raise KeyboardInterrupt
        return found

    real = socket.socket.recv

    async def use(sender: Sender) -> bytes:
        with monkeypatch.context() as patch:
            patch.setattr(socket.socket, "recv", recv)
            with pytest.raises(KeyboardInterrupt):
                await sender.get()
        return (await sender.get()).content

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf" if peer.number == 0 else ok(b"fine"))
        peer.receive()

    with serving(serve) as server, no_leaks():
        assert with_sender(SYNC, server.url, use) == b"fine"
