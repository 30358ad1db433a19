"""Servers that speak whatever bytes a test wants, and the backends of both clients behind one face."""

from __future__ import annotations

import asyncio
import gc
import socket
import socketserver
import ssl
import struct
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import httpx2
from attrs import define, field, frozen

from batchtasks import SharedKeyCredential
from batchtasks._core.backend import AsyncBackend, SyncBackend
from batchtasks._core.hooks import Hooks
from batchtasks._core.sync_async import run_sync
from batchtasks._http.auth import auth_for
from batchtasks._http.origin import read_origin
from batchtasks._http.transport import Transport, new_ssl_context
from batchtasks_rest._call import Answer, Call
from tests.batchtasks.support import KEY, Mode

LONG = 20.0
EACH = [Mode(name, library) for library in ("httpx", "httpx2") for name in ("sync", "async")]


@frozen
class Received:
    """A request as it came over the wire."""

    line: str
    headers: list[tuple[str, str]]
    content: bytes

    def values(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known.lower() == name.lower()]


@define(eq=False)
class Peer:
    """The server's end of one connection; the first has the number 0."""

    socket: socket.socket
    number: int
    requests: list[Received] = field(factory=list)
    over: threading.Event = field(factory=threading.Event)

    def request(self, *, content: bool = True) -> Received | None:
        """Read a request; None if the client has closed."""
        data = b""
        while b"\r\n\r\n" not in data:
            if not (piece := self.receive()):
                return None
            data += piece
        head, _, rest = data.partition(b"\r\n\r\n")
        body = bytearray(rest)
        line, *lines = head.decode("ascii").split("\r\n")
        headers = [(name, value.strip(" ")) for name, _, value in (text.partition(":") for text in lines)]
        length = int({name.lower(): value for name, value in headers}.get("content-length", "0"))
        while content and len(body) < length:
            if not (piece := self.receive()):
                return None
            body += piece
        self.requests.append(Received(line, headers, bytes(body)))
        return self.requests[-1]

    def receive(self) -> bytes:
        try:
            return self.socket.recv(65536)
        except ConnectionError:
            return b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def hang_up(self) -> None:
        """Say no more; the client sees the end, and `receive` too."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Close without a farewell."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Serve = Callable[[Peer], object]


def ok(content: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """An answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + content


def when_told(begun: threading.Event, go_on: threading.Event, answer: bytes) -> Serve:
    """Say that a request has come, and answer each as soon as that is allowed."""

    def serve(peer: Peer) -> None:
        while peer.request() is not None:
            begun.set()
            assert go_on.wait(LONG)
            peer.send(answer)

    return serve


def always(*answers: bytes) -> Serve:
    """Give every connection these answers, one a request, and then the last one for ever."""

    def serve(peer: Peer) -> None:
        rest = list(answers or [ok()])
        while peer.request() is not None:
            peer.send(rest.pop(0) if len(rest) > 1 else rest[0])

    return serve


def silent_at_first(go_on: threading.Event | None = None) -> Serve:
    """Answer nothing on the first connection, everything on others."""

    def serve(peer: Peer) -> None:
        while peer.request() is not None:
            if peer.number == 0:
                if go_on is not None:
                    go_on.set()
                assert peer.receive() == b""
                return
            peer.send(ok(b"fine"))

    return serve


@define(eq=False)
class Server:
    """A server of a test."""

    url: str
    peers: list[Peer] = field(factory=list)
    faults: list[BaseException] = field(factory=list)

    @property
    def requests(self) -> list[Received]:
        return [request for peer in self.peers for request in peer.requests]


@contextmanager
def serving(
    serve: Serve, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, name: str = "", buffer: int = 0
) -> Iterator[Server]:
    """Run a server whose connections are each handled by `serve` in a thread of its own, and closed after that."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection = self.request
            connection.settimeout(LONG)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer = Peer(connection, len(server.peers))
            server.peers.append(peer)
            try:
                if tls is not None:
                    peer.socket = tls.wrap_socket(connection, server_side=True)
                serve(peer)
            except (ConnectionError, ssl.SSLError):
                pass  # the client has gone
            except BaseException as error:
                server.faults.append(error)
            finally:
                peer.hang_up()
                peer.socket.close()
                peer.over.set()

    class Listener(socketserver.ThreadingTCPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        daemon_threads = True
        request_queue_size = 256

        def server_bind(self) -> None:
            if buffer:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            super().server_bind()

    with Listener((host, 0), Handler) as listener:
        shown = name or (f"[{host}]" if ":" in host else host)
        server = Server(f"{'https' if tls else 'http'}://{shown}:{listener.server_address[1]}")
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join(LONG)
            for peer in server.peers:
                peer.hang_up()
                assert peer.over.wait(LONG)
    assert not server.faults, server.faults


def call_to(
    path: str = "/",
    *,
    method: str = "GET",
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = LONG,
    operation: str = "Test",
) -> Call[None]:
    """A call whose answer is not read."""
    return Call(operation, method, path, {}, headers or {}, (200,), lambda answer: None, None, content, seconds)


@define
class Sender:
    """The backend of one client, over real connections."""

    backend: SyncBackend | AsyncBackend

    async def send(self, call: Call[Any]) -> Answer:
        return await self.backend.send(call)

    async def get(self, path: str = "/", **options: Any) -> Answer:
        return await self.send(call_to(path, **options))

    async def together(self, count: int) -> list[Answer | BaseException]:
        """Send so many requests at once; `/0`, `/1` and so on."""
        return await self.all_at_once([call_to(f"/{n}") for n in range(count)])

    async def all_at_once(self, calls: list[Call[Any]]) -> list[Answer | BaseException]:
        """Send calls by threads or by tasks."""
        if isinstance(self.backend, AsyncBackend):
            return await asyncio.gather(*map(self.send, calls), return_exceptions=True)
        outcomes: list[Any] = [None] * len(calls)

        def work(n: int) -> None:
            try:
                outcomes[n] = run_sync(self.send(calls[n]))
            except BaseException as error:
                outcomes[n] = error

        threads = [threading.Thread(target=work, args=(n,)) for n in range(len(calls))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
        return outcomes

    async def until(self, event: threading.Event) -> None:
        """Wait for what happens in another thread."""
        if self.backend.is_async:
            assert await asyncio.to_thread(event.wait, LONG)
        else:
            assert event.wait(LONG)


def transport_of(mode: Mode) -> Any:
    """Make a transport of httpx2 with the certificates of the environment."""
    kind = httpx2.HTTPTransport if mode.name == "sync" else httpx2.AsyncHTTPTransport
    return kind(verify=new_ssl_context(), limits=httpx2.Limits(max_connections=None))


def with_sender(mode: Mode, url: str, use: Callable[[Sender], Any], *, transport: Any = None) -> Any:
    """Make a backend, let the coroutine function `use` work with it, close it, and give the value of `use`."""
    origin = read_origin(url)
    if transport is None and mode.library == "httpx2":
        transport = transport_of(mode)
    auth = auth_for(origin, SharedKeyCredential("myaccount", KEY), None)
    own = Transport(origin, auth, "test", transport, is_async=mode.name == "async")
    if mode.name == "sync":
        backend = SyncBackend(own, Hooks())
        try:
            return run_sync(use(Sender(backend)))
        finally:
            run_sync(backend.close())

    async def main() -> Any:
        backend = AsyncBackend(own, Hooks())
        try:
            return await use(Sender(backend))
        finally:
            await backend.close()

    return asyncio.run(main())


@contextmanager
def no_leaks() -> Iterator[None]:
    """Fail if anything is left open or never awaited in here."""
    gc.collect(1)  # what the test before has left is not blamed on this
    gc.freeze()  # and what is older is not looked through again
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield
        gc.collect()
    assert [str(warning.message) for warning in found] == []
