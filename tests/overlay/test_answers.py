"""How answers are read from the wire, whole, in pieces, and not at all; in both colours."""

from __future__ import annotations

import gzip
import itertools
import time
import zlib
from typing import Any

import pytest
from attrs import frozen
from batchtasks._http.http1 import Http1
from batchtasks._http.http1_by_h11 import MOST_HEAD_BYTES

from batchtasks import errors as e
from batchtasks_rest._call import Answer
from tests.overlay.support import Colour
from tests.overlay.wire import Peer, Wire, always, no_leaks, ok, on_wire, request_to, serving

CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DOCUMENT = b'{"value": [1, 2, 3]}'


@frozen
class Case:
    """An answer on the wire and what is to be read from it."""

    wire: bytes
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


async def _ask(wire: Wire, method: str) -> Answer:
    return await wire.get(method=method, content=b"{}" if method == "POST" else None)


@pytest.mark.parametrize("in_pieces", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_kinds_of_answers(colour: Colour, name: str, in_pieces: bool) -> None:
    case = CASES[name]
    # Byte by byte, if that is not a million packets.
    size = len(case.wire) if not in_pieces else 1 if len(case.wire) < 10_000 else 4099

    def serve(peer: Peer) -> None:
        while peer.request() is not None:
            for start in range(0, len(case.wire), size):
                peer.send(case.wire[start : start + size])
            if not case.lasts:
                return

    async def use(wire: Wire) -> list[Answer]:
        return [await _ask(wire, case.method) for _ in range(2)]

    with serving(serve) as server, no_leaks():
        answers = on_wire(colour, server.url, use)
    assert [(answer.status_code, answer.content) for answer in answers] == [(case.status, case.content)] * 2
    assert len(server.peers) == (1 if case.lasts else 2)


def test_headers_are_found_in_any_letter_case(colour: Colour) -> None:
    with serving(always(ok(b"", "ETag: 0x1", "X-Twice: a", "x-twice: b", "request-id:  r "))) as server:
        answer = on_wire(colour, server.url, lambda wire: wire.get())
    names = ("etag", "ETAG", "X-TWICE", "Request-Id", "content-length")
    assert [answer.headers[name] for name in names] == ["0x1", "0x1", "a, b", "r", "0"]


BROKEN = {
    "nothing": (b"", "without an answer"),
    "half a status line": (b"HTTP/1.1 2", "before the answer was whole"),
    "half a head": (b"HTTP/1.1 200 OK\r\nContent-Le", "before the answer was whole"),
    "half a body": (ok(DOCUMENT)[:-1], "before the answer was whole"),
    "no body": (ok(DOCUMENT)[: -len(DOCUMENT)], "before the answer was whole"),
    "half a chunk": (f"{CHUNKED}A\r\n012".encode(), "before the answer was whole"),
    "half a chunk's length": (f"{CHUNKED}3\r\nabc\r\n1".encode(), "before the answer was whole"),
    "no last chunk": (f"{CHUNKED}3\r\nabc\r\n".encode(), "before the answer was whole"),
    "half the trailers": (f"{CHUNKED}0\r\nX-Sum".encode(), "before the answer was whole"),
    "100 and nothing more": (b"HTTP/1.1 100 Continue\r\n\r\n", "the server closed it"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "status line"),
    "HTTP/2": (b"HTTP/2 200\r\n\r\n", "status line"),
    "no text": (bytes(range(256)) * 8 + b"\r\n\r\n", "status line"),
    "an empty line first": (b"\r\n" + ok(), "line"),
    "no chunk length": (f"{CHUNKED}x\r\nabc".encode(), "chunk"),
    "lengths that differ": (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "Content-Length"),
    "length below zero": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "Content-Length"),
    "header without a name": (b"HTTP/1.1 200 OK\r\n: x\r\n\r\n", "header"),
    "a head that is too large": (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2 * MOST_HEAD_BYTES, "too long"),
    "a head without an end": (b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * MOST_HEAD_BYTES, "too long"),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "upgrade|SWITCH"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_answers_that_are_none(colour: Colour, name: str) -> None:
    wrong, why = BROKEN[name]

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(wrong if peer.number == 0 else ok(b"fine"))

    async def use(wire: Wire) -> bytes:
        with pytest.raises(e.ConnectionFailedError, match=f"(?i)broke off.*{why}") as caught:
            await wire.get()
        assert caught.value.sent
        assert str(caught.value).startswith(f"The exchange with {server.url} broke off (")
        assert len(str(caught.value)) < 6000
        return (await wire.get()).content

    with serving(serve) as server, no_leaks():
        assert on_wire(colour, server.url, use) == b"fine"


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\n\r\nhalf"]
)
def test_a_connection_that_is_reset(colour: Colour, before: bytes) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        if peer.number == 0:
            peer.send(before)
            peer.reset()
        else:
            peer.send(ok(b"fine"))

    async def use(wire: Wire) -> bytes:
        with pytest.raises(e.ConnectionFailedError, match=r"broke off.*(reset|closed)") as caught:
            await wire.get()
        assert caught.value.sent
        return (await wire.get()).content

    with serving(serve) as server, no_leaks():
        assert on_wire(colour, server.url, use) == b"fine"


def test_a_server_that_speaks_first(colour: Colour) -> None:
    def serve(peer: Peer) -> None:
        peer.send(b"220 mail.example ESMTP\r\n")
        peer.receive()

    with serving(serve) as server, no_leaks(), pytest.raises(e.ConnectionFailedError, match=r"whole|being asked"):
        on_wire(colour, server.url, lambda wire: wire.get())


def test_an_answer_may_take_longer_than_the_limit_if_its_pieces_keep_coming(colour: Colour) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        for chunk_size in (b"HTTP/1.1 200 OK\r\n", b"Content-Length: 6\r\n\r\n", *(b"%d" % n for n in range(6))):
            time.sleep(0.08)
            peer.send(chunk_size)

    with serving(serve) as server, no_leaks():
        assert on_wire(colour, server.url, lambda wire: wire.get(seconds=0.5)).content == b"012345"


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_an_answer_that_does_not_go_on(colour: Colour, before: bytes) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(before if peer.number == 0 else ok(b"fine"))
        assert peer.receive() == b""

    async def use(wire: Wire) -> bytes:
        with pytest.raises(e.RequestTimedOutError, match="timed out waiting for http://127") as caught:
            await wire.get(seconds=0.2)
        assert caught.value.sent
        await wire.until(server.peers[0].over)
        return (await wire.get()).content

    with serving(serve) as server, no_leaks():
        assert on_wire(colour, server.url, use) == b"fine"


def _raw(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


GZIP = gzip.compress(DOCUMENT, mtime=0)
ENCODED = {
    "gzip": ("gzip", GZIP, DOCUMENT),
    "GZIP": ("GZIP", GZIP, DOCUMENT),
    "x-gzip": ("x-gzip", GZIP, DOCUMENT),
    "gzip in two members": ("gzip", gzip.compress(DOCUMENT[:5]) + gzip.compress(DOCUMENT[5:]), DOCUMENT),
    "gzip of nothing": ("gzip", gzip.compress(b""), b""),
    "nothing at all": ("gzip", b"", b""),
    "deflate": ("deflate", zlib.compress(DOCUMENT), DOCUMENT),
    "deflate without its wrapping": ("deflate", _raw(DOCUMENT), DOCUMENT),
    "both": ("deflate, gzip", gzip.compress(zlib.compress(DOCUMENT)), DOCUMENT),
    "identity": ("identity", DOCUMENT, DOCUMENT),
    "unknown": ("br", b"\x8b\x02\x80abc\x03", b"\x8b\x02\x80abc\x03"),
    "unknown outside": ("gzip, br", b"\x8b\x02\x80abc\x03", b"\x8b\x02\x80abc\x03"),
    "unknown inside": ("br, gzip", gzip.compress(b"\x8b\x02\x80"), b"\x8b\x02\x80"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_compressed_answers(colour: Colour, name: str) -> None:
    encoding, wire, content = ENCODED[name]
    with serving(always(ok(wire, f"Content-Encoding: {encoding}"))) as server:
        answer = on_wire(colour, server.url, lambda wire: wire.get())
    assert answer.content == content
    assert server.requests[0].values("Accept-Encoding") == ["gzip, deflate"]


@pytest.mark.parametrize(
    ("encoding", "wire"),
    [
        ("gzip", b"abc"),
        ("gzip", GZIP[:-1]),
        ("gzip", GZIP[:-8] + bytes(8)),
        ("gzip", GZIP + b"more"),
        ("deflate", b"\xff\xff"),
        ("deflate", zlib.compress(DOCUMENT)[:-1]),
        ("gzip, deflate", GZIP),
    ],
)
def test_compressed_answers_that_are_damaged(colour: Colour, encoding: str, wire: bytes) -> None:
    with (
        serving(always(ok(wire, f"Content-Encoding: {encoding}"))) as server,
        pytest.raises(e.ConnectionFailedError, match=f"the answer's {encoding} cannot be unpacked") as caught,
    ):
        on_wire(colour, server.url, lambda wire: wire.get())
    assert caught.value.sent


@pytest.mark.parametrize("name", CASES)
def test_it_does_not_matter_where_an_answer_is_cut_in_pieces(name: str) -> None:
    case = CASES[name]
    places = range(1, min(len(case.wire), 120))
    for first, second in itertools.combinations(places, 2) if len(case.wire) < 60 else ((n, n + 1) for n in places):
        http = Http1()
        http.begin(request_to("http://localhost", method=case.method))
        found: Any = None
        for chunk_size in (case.wire[:first], case.wire[first:second], case.wire[second:], b""):
            if found is None and (chunk_size or not case.lasts):
                found = http.read(chunk_size)
        assert (found.status_code, found.content) == (case.status, case.content)
