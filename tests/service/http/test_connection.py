"""Bytes on the socket: limits, slow clients, and shapes that try to smuggle a request past a proxy."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPResponse

import httpx
import pytest

from batchtasks_local import LocalBatch, Settings

GOOD = b"GET /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n\r\n"
CLOSE = b"Connection: close\r\n"
LAST = GOOD[:-2] + CLOSE + b"\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A service with little patience."""
    with LocalBatch(Settings(run=False, max_header=8192, client_patience=0.3)) as batch:
        port = int(batch.url.rpartition(":")[2])
        # The first request of all takes longest.
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(GOOD)
            assert connection.recv(1)
        yield port


def talk(port: int, *pieces: bytes, end: bool = False) -> bytes:
    """Send pieces; what comes back until the service closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.sendall(piece)
        if end:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
        return answer


def test_ordinary_requests(port: int) -> None:
    """For comparison: one answer to each, and the connection stays until the client has no more."""
    answer = talk(port, GOOD, LAST)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.count(b"HTTP/1.1") == 2


def test_empty_answers_are_chunked(port: int) -> None:
    """A 201 has no length and no bytes, as the real service writes it; a 204 has length 0."""
    body = b'{"id":"raw","poolInfo":{"poolId":"p"}}'
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n%sContent-Length: %d\r\n\r\n"
    answer = talk(port, head % (CLOSE, len(body)) + body)
    assert answer.startswith(b"HTTP/1.1 201 Created\r\n")
    assert b"transfer-encoding: chunked\r\n" in answer.lower()
    assert b"content-length" not in answer
    assert b"\r\n\r\n0\r\n\r\n" in answer


@pytest.mark.parametrize(
    "shape",
    [
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\nabcd",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
        b"GET /jobs HTTP/1.1\r\nHost: x\r\nA: b\r\n c: d\x00\r\n\r\n",
        b"GET /jobs HTTP/1.1\nHost: x\rX: y\r\n\r\n",
        b"GET /jobs\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /jobs/\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_shapes_that_two_parsers_may_read_differently(port: int, shape: bytes) -> None:
    """They are refused and the connection is closed, so that what follows is not taken for a request."""
    answer = talk(port, shape + GOOD)
    assert answer.count(b"HTTP/1.1") <= 1, answer
    assert b" 200 OK" not in answer


def test_headers_that_are_too_long(port: int) -> None:
    """Whether they end or not."""
    long = b"GET /jobs HTTP/1.1\r\nHost: x\r\nX-Long: "
    answer = talk(port, long, *[b"a" * 1024] * 40)
    assert answer.startswith(b"HTTP/1.1 400") or answer == b""  # closed while more was on its way
    answer = talk(port, b"GET /jobs?" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n" + CLOSE + b"\r\n")
    assert b" 400 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize("count", [300, 600])
def test_many_headers_together(port: int, count: int) -> None:
    """In one piece with the request line, too, they count."""
    answer = talk(port, LAST[:-2] + b"".join(b"X-%04d: 0123456789\r\n" % number for number in range(count)) + b"\r\n")
    assert (b"The headers are longer than 8192 bytes" in answer) is (count == 600)
    assert answer.startswith(b"HTTP/1.1 400" if count == 600 else b"HTTP/1.1 200")


def test_what_follows_a_body_in_chunks_is_no_header(port: int) -> None:
    """Else whoever looks at the headers before would not have seen what counts."""
    body = b'{"id":"trailed","poolInfo":{"poolId":"p"}}'
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n%s\r\n"
    chunks = b"%x\r\n%s\r\n0\r\nAuthorization: Bearer x\r\nHost: elsewhere\r\n\r\n" % (len(body), body)
    assert talk(port, head % CLOSE + chunks).startswith(b"HTTP/1.1 401")
    assert talk(port, head % (CLOSE + b"Authorization: Bearer x\r\n") + chunks).startswith(b"HTTP/1.1 201")


def test_slow_headers(port: int) -> None:
    """The connection of a client that sends its headers too slowly is closed."""
    assert talk(port, b"GET /jobs HTTP/1.1\r\n") == b""
    assert talk(port) == b""
    assert talk(port, GOOD, b"GET /jobs HT").count(b"HTTP/1.1") == 1


def _signed(head: bytes) -> bytes:
    return head.replace(b"Host: x\r\n", b"Host: localhost\r\nAuthorization: Bearer x\r\n")


def _status(connection: socket.socket) -> int:
    """Read one answer, and return its status."""
    answer = HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


NOT_ALLOWED = [
    b"POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n" % path
    for path in (b"jobs?api-version=2025-06-01", b"_faults")
]


@pytest.mark.parametrize("head", NOT_ALLOWED, ids=["jobs", "_faults"])
def test_a_request_that_is_not_allowed_is_refused_before_its_body(port: int, head: bytes) -> None:
    """Nothing of the body is waited for, but for a time; then the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head)
        assert _status(connection) == 401
        assert connection.recv(65536) == b""


def test_a_request_that_was_not_allowed_may_end_its_body() -> None:
    """The connection serves the next request if the body ends in time."""
    with LocalBatch(Settings(run=False)) as batch:
        address = "127.0.0.1", int(batch.url.rpartition(":")[2])
        for head in NOT_ALLOWED:
            with socket.create_connection(address, timeout=20) as connection:
                connection.sendall(head)
                assert _status(connection) == 401
                connection.sendall(b"x" * 100 + GOOD)
                assert _status(connection) == 200


def test_slow_bodies(port: int) -> None:
    """An answer that says so, and the connection is closed."""
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    answer = talk(port, _signed(head), b"{")
    assert answer.startswith(b"HTTP/1.1 500")
    assert b"OperationTimedOut" in answer


def test_a_body_by_drops(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece comes in time, and all together do not."""
    monkeypatch.setattr("batchtasks_local.http.app._BODY_PATIENCE", 1)
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(_signed(head))
        connection.setblocking(False)
        answer = b""
        with suppress(BrokenPipeError, ConnectionResetError):
            while not answer:
                connection.sendall(b"{")
                time.sleep(0.02)
                with suppress(BlockingIOError):
                    answer = connection.recv(65536)
    assert b"OperationTimedOut" in answer


def test_a_client_that_hangs_up(port: int) -> None:
    """In the middle of a body: nothing happens, and the service goes on."""
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    talk(port, head, b"{", end=True)
    assert talk(port, LAST).startswith(b"HTTP/1.1 200")


def test_a_body_that_is_announced_too_large(port: int) -> None:
    """RefusedError before it is sent; the client may send it all the same and read the answer."""
    head = (
        b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n"
    )
    answer = talk(port, head, b" " * 3_000_000)
    assert answer.startswith(b"HTTP/1.1 413")


OUTWARD = ["../../../../secret", "wd/../../../../../secret", "..%2f..%2f..%2f..%2fsecret", "%2e%2e/" * 4 + "secret"]
OUTWARD += [
    ".%2e/" * 4 + "secret",
    "//secret",
    "%2f",
    "..",
    "%2e%2e",
    "..;/..;/secret",
    "wd/%2e%2e/%2e%2e%2f%2e%2e/../secret",
]
OUTWARD += ["%252e%252e%252fsecret", "..%5c..%5csecret", "..%c0%af..%c0%afsecret", "../t/../../../../secret"]


def test_dots_that_no_client_has_folded() -> None:
    """Clients fold `..` away before they send it; whoever wants out does not."""
    with LocalBatch() as batch, httpx.Client(base_url=batch.url) as client:
        client.headers["Authorization"] = "Bearer x"
        version = {"api-version": "2025-06-01"}
        client.post("/jobs", params=version, json={"id": "j", "poolInfo": {"poolId": "p"}})
        client.post("/jobs/j/tasks", params=version, json={"id": "t", "commandLine": "echo mine"})
        while client.get("/jobs/j/tasks/t", params=version).json()["state"] != "completed":
            time.sleep(0.02)
        folder = batch.service.runner.task_dir("j", "t")
        (folder.parents[3] / "secret").write_text("secret")
        port = int(batch.url.rpartition(":")[2])
        for method in ("GET", "HEAD", "DELETE"):
            for name in OUTWARD:
                answer = talk(port, _asked(method, name))
                assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 405", b"HTTP/1.1 400", b"HTTP/1.1 409")), (
                    method,
                    name,
                    answer,
                )
                assert b"\r\n\r\nsecret" not in answer
        assert (folder.parents[3] / "secret").exists()
        assert (folder / "wd").exists()
        assert talk(port, _asked("GET", "stdout.txt")).startswith(b"HTTP/1.1 200")


def _asked(method: str, name: str) -> bytes:
    path = f"/jobs/j/tasks/t/files/{name}?api-version=2025-06-01"
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n".encode()
    )


def test_asterisk_form(port: int) -> None:
    """OPTIONS * is a request like any other, and not understood."""
    assert talk(port, b"OPTIONS * HTTP/1.1\r\nHost: x\r\n" + CLOSE + b"\r\n").startswith(b"HTTP/1.1 400")


def test_expect_100(port: int) -> None:
    """A client that asks first gets 100 Continue."""
    body = b'{"id":"expected","poolInfo":{"poolId":"p"}}'
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n"
    answer = talk(port, head + CLOSE + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body), body)
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201")


def test_pipelined_requests(port: int) -> None:
    """Are answered in order."""
    assert talk(port, GOOD * 2 + LAST).count(b"HTTP/1.1 200 OK") == 3


def test_a_client_that_speaks_https(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """It gets a plain HTTP answer that says so, as whoever reads the bytes can see; the log says it too."""
    hello = b"\x16\x03\x01\x02\x00\x01"
    answer = talk(port, hello)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"speaks http, not https" in answer
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"https://127.0.0.1:{port}/jobs?api-version=2025-06-01", verify=False)
    assert "a client speaks https" in caplog.text
    assert "Invalid HTTP request" not in caplog.text


def test_the_reason_phrase_is_the_message(port: int) -> None:
    """Recorded: its first line. A HEAD has nothing else to say, and batch-shipyard reads it; the next answer has its own."""
    head = b"HEAD /jobs/none/tasks/t/files/x?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n\r\n"
    answer = talk(port, head + LAST)
    assert answer.startswith(b"HTTP/1.1 404 The specified job does not exist.\r\n")
    assert b"HTTP/1.1 200 OK\r\n" in answer


def test_no_answer_takes_over_the_reason_of_the_one_before(port: int) -> None:
    """Neither that to a request which is no HTTP, which uvicorn itself gives, nor that of the page."""
    refused = b"GET /jobs/none?api-version=2025-06-01 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n\r\n"
    page = b"GET /_page/none HTTP/1.1\r\nHost: [::1]\r\n" + CLOSE + b"\r\n"
    for following, line in (
        (b"no HTTP\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\n"),
        (page, b"HTTP/1.1 404 Not Found\r\n"),
    ):
        answer = talk(port, refused + following)
        assert answer.startswith(b"HTTP/1.1 404 The specified job does not exist.\r\n")
        assert line in answer


def test_headers_do_not_say_where_a_request_comes_from(port: int) -> None:
    """Bearer tokens are taken from this machine only: its address is that of the connection."""
    answer = talk(port, LAST.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
