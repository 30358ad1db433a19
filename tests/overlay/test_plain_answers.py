"""Answers of the plainest form are read without h11, and exactly as h11 reads them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from httpx import Headers
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks import errors as e
from batchtasks._http.http1 import Http1
from batchtasks._http.http1_by_h11 import ByH11
from batchtasks_rest._call import Answer
from tests.overlay.support import unhurried
from tests.overlay.wire import request_to

STARTS = [
    "HTTP/1.1 200 OK",
    "HTTP/1.1 201 Created",
    "HTTP/1.1 202 ",
    "HTTP/1.1 200",
    "HTTP/1.0 200 OK",
    "HTTP/1.1 503 Busy",
    "HTTP/1.1  200 OK",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 304 Not Modified",
    "HTTP/1.1 100 Continue",
    "HTTP/1.1 99 x",
    "http/1.1 200 OK",
    "HTTP/1.1 404 Not\tHere",
]
LINES = [
    "Content-Length: 3",
    "content-length:3",
    "Content-Length: 0",
    "Content-Length: 03",
    "Content-Length: 3, 3",
    "Content-Length: +3",
    "Content-Length: 3 ",
    "Content-Length:  3",
    "Content-Length: 99999999999999999999999",
    "Transfer-Encoding: chunked",
    "transfer-encoding: identity",
    "Connection: close",
    "Connection: keep-alive",
    "Upgrade: h2c",
    "ETag: 0x1",
    "X_y: a b",
    "X: \t a\t",
    "X: a ",
    "X: b\u00fc",
    "x-empty:",
    " folded",
    "no colon",
    ": no name",
]
BODIES = ["", "a", "ab", "abc", "abcd", "\r\n", "HTTP/1.1 200 OK\r\n\r\n"]
CHUNKS = [
    "0\r\n\r\n",
    "3\r\nabc\r\n0\r\n\r\n",
    "1\r\na\r\n02\r\nbc\r\n000\r\n\r\n",
    "A\r\n0123456789\r\n0\r\n\r\n",
    "a\r\n0123\r\n6789\r\n1\r\n\n\r\n0\r\n\r\n",
    "3\r\nabc\r\n0\r\n\r\nmore",
    "3\r\nabc\r\n0\r\nA: b\r\n\r\n",
    "3\r\nabc\r\n0\r\n \r\n",
    "3;x=y\r\nabc\r\n0\r\n\r\n",
    "3 \r\nabc\r\n0\r\n\r\n",
    "3\nabc\r\n0\r\n\r\n",
    "3\r\nabc\n0\r\n\r\n",
    "3\r\nabcd\r\n0\r\n\r\n",
    "3\r\nabc0\r\n\r\n",
    "\r\n0\r\n\r\n",
    "+3\r\nabc\r\n0\r\n\r\n",
    "0x3\r\nabc\r\n0\r\n\r\n",
    "123456789\r\nabc\r\n0\r\n\r\n",
    "12345678901234567890123456\r\nabc\r\n0\r\n\r\n",
    "x\r\nabc\r\n0\r\n\r\n",
]
# What says how long the body is, and a body.
FRAMED: st.SearchStrategy[tuple[list[str], str]] = (
    st.tuples(st.just(["Content-Length: 3"]), st.just("abc") | st.sampled_from(BODIES))
    | st.tuples(st.just(["Transfer-Encoding: chunked"]), st.sampled_from(CHUNKS))
    | st.tuples(st.just([]), st.sampled_from(BODIES + CHUNKS))
)


@settings(unhurried, max_examples=2500)
@given(
    start=st.just("HTTP/1.1 200 OK") | st.sampled_from(STARTS),
    framed=FRAMED,
    lines=st.just([]) | st.lists(st.sampled_from(LINES), max_size=2),
    line_end=st.just("\r\n") | st.sampled_from(["\r\n", "\n"]),
    cuts=st.just([]) | st.lists(st.integers(1, 90), max_size=4).map(sorted),
    method=st.just("GET") | st.sampled_from(["GET", "HEAD"]),
)
def test_plain_answers_are_read_as_h11_reads_all(
    start: str, framed: tuple[list[str], str], lines: list[str], line_end: str, cuts: list[int], method: str
) -> None:
    length, body = framed
    wire = line_end.join([start, *length, *lines, "", body]).encode("latin-1")
    pieces = [wire[a:b] for a, b in itertools.pairwise([0, *cuts, len(wire)]) if wire[a:b]]
    request = request_to("http://localhost", method=method)
    ours, theirs = Http1(), ByH11(request)
    ours.begin(request)

    def by_h11(data: bytes) -> Answer | None:
        whole = theirs.read(data)
        return Answer(theirs.status, Headers(theirs.fields), theirs.content) if whole else None

    assert _reading(ours.read, ours.end, pieces) == _reading(by_h11, lambda: theirs.lasts, pieces)


def _reading(read: Callable[[bytes], Answer | None], lasts: Callable[[], bool], pieces: list[bytes]) -> tuple[Any, ...]:
    """After how many pieces an answer was whole or refused, and what it was."""
    for number, chunk_size in enumerate([*pieces, b""]):
        try:
            answer = read(chunk_size)
        except e.ConnectionFailedError as error:
            return number, str(error)
        if answer is not None:
            return number, answer, lasts()
    raise AssertionError("neither whole nor refused at the end of the connection")
