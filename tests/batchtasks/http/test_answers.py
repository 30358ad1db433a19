"""How answers are read from the wire, whole, in pieces, and not at all; with both clients."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from contextlib import suppress
from functools import cache

import pytest
from attrs import frozen

from batchtasks import errors as e
from batchtasks._errors import error_from
from batchtasks._http.transport import MAX_ERROR, MAX_RESOURCE
from batchtasks_rest._call import Answer
from tests.batchtasks.http.peers import EACH, Peer, Sender, always, call_to, no_leaks, ok, serving, with_sender
from tests.batchtasks.support import Mode


@pytest.fixture(params=EACH, ids=str)
def mode(request: pytest.FixtureRequest) -> Mode:
    """Each client with each library."""
    found: Mode = request.param
    return found


CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DOCUMENT = b'{"value": [1, 2, 3]}'


@frozen
class Case:
    """An answer on the wire and what is to be read from it."""

    sent: bytes
    content: bytes = b""
    status: int = 200
    method: str = "GET"
    # Whether the connection takes another request.
    lasts: bool = True


CASES = {
    "length": Case(ok(DOCUMENT), DOCUMENT),
    "no body": Case(ok(b"")),
    "two lengths that agree": Case(b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", b"ab"),
    "large": Case(ok(b"0123456789" * 100_000), b"0123456789" * 100_000),
    "chunked": Case(f"{CHUNKED}3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n".encode(), b"abc0123456789"),
    "chunked with extensions": Case(f'{CHUNKED}3;a="b"\r\nabc\r\n0;c\r\n\r\n'.encode(), b"abc"),
    "chunked with trailers": Case(f"{CHUNKED}3\r\nabc\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n".encode(), b"abc"),
    "chunked, no body": Case(f"{CHUNKED}0\r\n\r\n".encode()),
    "until the end": Case(b"HTTP/1.1 200 OK\r\n\r\nabc", b"abc", lasts=False),
    "until the end, no body": Case(b"HTTP/1.1 200 OK\r\n\r\n", lasts=False),
    "until the end, HTTP/1.0": Case(b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\nabc", b"abc", lasts=False),
    "HEAD": Case(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", method="HEAD"),
    "HEAD, compressed": Case(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Encoding: gzip\r\n\r\n", method="HEAD"),
    "HEAD, chunked": Case(CHUNKED.encode(), method="HEAD"),
    "HEAD, refused": Case(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n", status=404, method="HEAD"),
    "204": Case(b"HTTP/1.1 204 No Content\r\n\r\n", status=204, method="DELETE"),
    "304": Case(b"HTTP/1.1 304 Not Modified\r\nETag: 0x1\r\nContent-Length: 7\r\n\r\n", status=304),
    "100 before it": Case(b"HTTP/1.1 100 Continue\r\n\r\n" + ok(DOCUMENT), DOCUMENT, method="POST"),
    "102 and 103 before it": Case(
        b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ok(DOCUMENT), DOCUMENT
    ),
    "no reason": Case(b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", b"x"),
    "odd status": Case(ok(b"x", status="299 Well"), b"x", status=299),
    "line feeds alone": Case(b"HTTP/1.1 200 OK\nContent-Length: 1\n\nx", b"x"),
    "letters beyond ASCII": Case(ok(b"x", "Server: B\u00fccher"), b"x"),
}


async def _ask(sender: Sender, method: str) -> Answer:
    return await sender.get(method=method, content=b"{}" if method == "POST" else None)


@pytest.mark.parametrize("in_pieces", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_kinds_of_answers(mode: Mode, name: str, in_pieces: bool) -> None:
    case = CASES[name]
    # Byte by byte, if that is not a million packets.
    size = len(case.sent) if not in_pieces else 1 if len(case.sent) < 10_000 else 4099

    def serve(peer: Peer) -> None:
        while peer.request() is not None:
            for start in range(0, len(case.sent), size):
                peer.send(case.sent[start : start + size])
            if not case.lasts:
                return

    async def use(sender: Sender) -> list[Answer]:
        return [await _ask(sender, case.method) for _ in range(2)]

    with serving(serve) as server, no_leaks():
        answers = with_sender(mode, server.url, use)
    assert [(answer.status_code, answer.content) for answer in answers] == [(case.status, case.content)] * 2
    assert len(server.peers) == (1 if case.lasts else 2)


def test_headers_are_found_in_any_letter_case(mode: Mode) -> None:
    with serving(always(ok(b"", "ETag: 0x1", "X-Twice: a", "x-twice: b", "request-id:  r "))) as server:
        answer = with_sender(mode, server.url, lambda sender: sender.get())
    names = ("etag", "ETAG", "X-TWICE", "Request-Id", "content-length")
    assert [answer.headers[name] for name in names] == ["0x1", "0x1", "a, b", "r", "0"]


BROKEN = {
    "nothing": (b"", "without sending a response"),
    "half a status line": (b"HTTP/1.1 2", ""),
    "half a head": (b"HTTP/1.1 200 OK\r\nContent-Le", ""),
    "half a body": (ok(DOCUMENT)[:-1], ""),
    "no body": (ok(DOCUMENT)[: -len(DOCUMENT)], ""),
    "half a chunk": (f"{CHUNKED}A\r\n012".encode(), ""),
    "half a chunk's length": (f"{CHUNKED}3\r\nabc\r\n1".encode(), ""),
    "no last chunk": (f"{CHUNKED}3\r\nabc\r\n".encode(), ""),
    "half the trailers": (f"{CHUNKED}0\r\nX-Sum".encode(), ""),
    "100 and nothing more": (b"HTTP/1.1 100 Continue\r\n\r\n", ""),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "status line"),
    "HTTP/2": (b"HTTP/2 200\r\n\r\n", "status line"),
    "no text": (bytes(range(256)) * 8 + b"\r\n\r\n", "status line"),
    "an empty line first": (b"\r\n" + ok(), "line"),
    "no chunk length": (f"{CHUNKED}x\r\nabc".encode(), "chunk"),
    "lengths that differ": (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "Content-Length"),
    "length below zero": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "Content-Length"),
    "header without a name": (b"HTTP/1.1 200 OK\r\n: x\r\n\r\n", "header"),
    "a head that is too large": (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2 * 100 * 1024, "too long"),
    "a head without an end": (b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 100 * 1024, "too long"),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "upgrade|SWITCH"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_answers_that_are_none(mode: Mode, name: str) -> None:
    wrong, why = BROKEN[name]

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(wrong if peer.number == 0 else ok(b"fine"))

    async def use(sender: Sender) -> bytes:
        with pytest.raises(e.ConnectionFailedError, match=f"(?i)broke.*{why}") as caught:
            await sender.get()
        assert caught.value.sent
        assert str(caught.value).startswith(f"The connection to {server.url} broke (")
        assert len(str(caught.value)) < 6000
        return (await sender.get()).content

    with serving(serve) as server, no_leaks():
        assert with_sender(mode, server.url, use) == b"fine"


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\n\r\nhalf"]
)
def test_a_connection_that_is_reset(mode: Mode, before: bytes) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        if peer.number == 0:
            peer.send(before)
            peer.reset()
        else:
            peer.send(ok(b"fine"))

    async def use(sender: Sender) -> bytes:
        with pytest.raises(e.ConnectionFailedError, match=r"broke.*(reset|closed)") as caught:
            await sender.get()
        assert caught.value.sent
        return (await sender.get()).content

    with serving(serve) as server, no_leaks():
        assert with_sender(mode, server.url, use) == b"fine"


def test_a_server_that_speaks_first(mode: Mode) -> None:
    def serve(peer: Peer) -> None:
        peer.send(b"220 mail.example ESMTP\r\n")
        peer.receive()

    with serving(serve) as server, no_leaks(), pytest.raises(e.ConnectionFailedError, match="broke"):
        with_sender(mode, server.url, lambda sender: sender.get())


DRIPPING = {
    "head": [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 100],
    "1xx": [b"HTTP/1.1 102 Processing\r\n\r\n"] * 100,
    "body": [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 100],
}


@pytest.mark.parametrize("kind", DRIPPING)
def test_the_time_limit_is_for_the_whole_attempt(mode: Mode, kind: str) -> None:
    sent: list[bytes] = []

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())
        peer.request()
        with suppress(OSError):
            for piece in DRIPPING[kind]:
                peer.send(piece)
                sent.append(piece)
                time.sleep(0.05)

    async def use(sender: Sender) -> None:
        await sender.get()  # to make the connection may take longer than the time limit
        with pytest.raises(e.RequestTimedOutError) as caught:
            await sender.get(seconds=0.4)
        assert caught.value.sent

    with serving(serve) as server:
        with_sender(mode, server.url, use)
        # On a busy machine the server takes more time for each piece, too.
        assert len(sent) < 40


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_an_answer_that_does_not_go_on(mode: Mode, before: bytes) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok(b"fine"))
        if peer.number == 0:
            peer.request()
            peer.send(before)
        assert peer.receive() == b""

    async def use(sender: Sender) -> bytes:
        await sender.get()  # to make the connection may take longer than the time limit
        with pytest.raises(e.RequestTimedOutError, match="timed out waiting for http://127") as caught:
            await sender.get(seconds=0.2)
        assert caught.value.sent
        await sender.until(server.peers[0].over)
        return (await sender.get()).content

    with serving(serve) as server, no_leaks():
        assert with_sender(mode, server.url, use) == b"fine"


def _raw(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


GZIP = gzip.compress(DOCUMENT, mtime=0)
ENCODED = {
    "gzip": ("gzip", GZIP, DOCUMENT),
    "GZIP": ("GZIP", GZIP, DOCUMENT),
    "x-gzip": ("x-gzip", GZIP, DOCUMENT),
    "gzip of nothing": ("gzip", gzip.compress(b""), b""),
    "nothing at all": ("gzip", b"", b""),
    "deflate": ("deflate", zlib.compress(DOCUMENT), DOCUMENT),
    "deflate without its wrapping": ("deflate", _raw(DOCUMENT), DOCUMENT),
    "identity": ("identity", DOCUMENT, DOCUMENT),
}


@pytest.mark.parametrize("name", ENCODED)
def test_compressed_answers(mode: Mode, name: str) -> None:
    encoding, sent, content = ENCODED[name]
    with serving(always(ok(sent, f"Content-Encoding: {encoding}"))) as server:
        answer = with_sender(mode, server.url, lambda sender: sender.get())
    assert answer.content == content
    assert server.requests[0].values("Accept-Encoding") == ["gzip, deflate"]


BOMB = gzip.compress(bytes(20_000_000))
UNREADABLE = {
    "no gzip": ("gzip", b"abc", "cannot be read"),
    "cut": ("gzip", GZIP[:-1], "cut short"),
    "wrong sum": ("gzip", GZIP[:-8] + bytes(8), "cannot be read"),
    "followed by more": ("gzip", GZIP + b"more", "followed by more"),
    "two members": ("gzip", GZIP * 2, "followed by more"),
    "no deflate": ("deflate", b"\xff\xff", "cannot be read"),
    "deflate, cut": ("deflate", zlib.compress(DOCUMENT)[:-1], "cut short"),
    "unknown coding": ("br", b"\x8b\x02\x80abc\x03", "'br', which was not asked for"),
    "two codings": (
        "deflate, gzip",
        gzip.compress(zlib.compress(DOCUMENT)),
        "'deflate, gzip', which was not asked for",
    ),
    "too much": ("gzip", BOMB, "more than 16,777,216 bytes"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_compressed_answers_that_cannot_be_read(mode: Mode, name: str) -> None:
    encoding, sent, why = UNREADABLE[name]
    with (
        serving(always(ok(sent, f"Content-Encoding: {encoding}"))) as server,
        pytest.raises(e.UnreadableAnswerError, match=why),
    ):
        with_sender(mode, server.url, lambda sender: sender.get())


@cache
def _zeros(times: int) -> bytes:
    """100 MiB of zeros, compressed so many times."""
    content = bytes(100 << 20)
    for _ in range(times):
        content = gzip.compress(content, mtime=0)
    return content


@pytest.mark.parametrize("status", ["200 OK", "500 Wrong"])
@pytest.mark.parametrize(("times", "most"), [(2, 4 << 20), (1, 40 << 20)])
def test_the_memory_that_a_small_answer_costs(mode: Mode, times: int, most: int, status: str) -> None:
    """100 MiB of zeros, as 100 kB or as a few hundred bytes: the limit holds while they are unpacked."""
    content = _zeros(times)
    encoding = ", ".join(["gzip"] * times)

    async def use(sender: Sender) -> int:
        tracemalloc.start()
        try:
            with pytest.raises(e.UnreadableAnswerError):
                await sender.get()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    with serving(always(ok(content, f"Content-Encoding: {encoding}", status=status))) as server:
        peak = with_sender(mode, server.url, use)
    assert peak < most


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 4])
def test_answers_made_to_be_slow(mode: Mode, times: int) -> None:
    """Time of the processor, with a wide margin: both took seconds, and sixteen times as long for four times the size."""
    tags = ok(b"<script<" * 9_000 * times, "Content-Type: text/html", status="500 Wrong")
    members = ok(gzip.compress(b"") * 80_000 * times, "Content-Encoding: gzip")

    async def use(sender: Sender) -> float:
        began = time.thread_time()
        refused = await sender.get()
        error_from(refused, call_to())
        with pytest.raises(e.UnreadableAnswerError, match="followed by more"):
            await sender.get()
        return time.thread_time() - began

    with serving(always(tags, members)) as server:
        assert with_sender(mode, server.url, use) < 1.0


@pytest.mark.parametrize(("status", "limit"), [("200 OK", MAX_RESOURCE), ("503 Busy", MAX_ERROR)])
def test_answers_without_end(mode: Mode, status: str, limit: int) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        with suppress(OSError):
            peer.send(f"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
            while True:
                peer.send(b"100000\r\n" + bytes(0x100000) + b"\r\n")

    with serving(serve) as server, pytest.raises(e.UnreadableAnswerError, match=f"more than {limit:,} bytes"):
        with_sender(mode, server.url, lambda sender: sender.get())


def test_files_have_no_limit(mode: Mode) -> None:
    size = MAX_RESOURCE + 1
    with serving(always(ok(bytes(size)))) as server:
        answer = with_sender(mode, server.url, lambda sender: sender.get(operation="File_GetFromTask"))
    assert len(answer.content) == size
