"""Requests that offer another protocol are answered as if they did not."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator

import pytest

from batchtasks_local import LocalBatch, Settings

OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"
SOCKET = (
    b"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n"
)
LIST = b"GET /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"


@pytest.fixture
def connection() -> Iterator[socket.socket]:
    """A connection to a new service."""
    with LocalBatch(Settings(run=False)) as batch:
        made = socket.create_connection(("127.0.0.1", int(batch.url.rpartition(":")[2])), timeout=20)
        with made:
            yield made


def add(job: str, framing: bytes, body: bytes | None = None, more: bytes = OFFER) -> tuple[bytes, bytes]:
    """Head and body of a request that adds a job."""
    content = json.dumps({"id": job, "poolInfo": {"poolId": "p"}}).encode() if body is None else body
    head = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
    return head + more + framing.replace(b"SIZE", b"%d" % len(content)) + b"\r\n", content


def statuses(connection: socket.socket, count: int) -> list[int]:
    """The status of so many answers, in order."""
    answer = b""
    while answer.count(b"HTTP/1.1 ") < count:
        piece = connection.recv(65536)
        assert piece, answer
        answer += piece
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize("offer", [OFFER, SOCKET], ids=["h2c", "websocket"])
def test_a_request_without_a_body(connection: socket.socket, caplog: pytest.LogCaptureFixture, offer: bytes) -> None:
    """It is answered, so is what follows on the connection, and no warning is logged."""
    with caplog.at_level(logging.INFO, "uvicorn.error"):
        connection.sendall((LIST + offer + b"\r\n") * 2 + LIST + b"\r\n")
        assert statuses(connection, 3) == [200] * 3
        connection.sendall(LIST + offer + b"\r\n")
        assert statuses(connection, 1) == [200]
    assert [record.message for record in caplog.records if record.name == "uvicorn.error"] == []


def test_a_body_is_read_however_it_comes(connection: socket.socket) -> None:
    """With its head, after it, byte by byte; the connection goes on with the next request."""
    for name, size in {"whole": 10_000, "halves": 200, "bytes": 1}.items():
        data = b"".join(add(name, b"Content-Length: SIZE\r\n"))
        for start in range(0, len(data), size):
            connection.sendall(data[start : start + size])
        assert statuses(connection, 1) == [201]
    connection.sendall(b"".join(add("whole", b"Content-Length: SIZE\r\n")) + LIST + OFFER + b"\r\n" + LIST + b"\r\n")
    assert statuses(connection, 3) == [409, 200, 200]


def test_a_body_in_chunks(connection: socket.socket) -> None:
    """Likewise, and it ends where its last chunk ends."""
    head, body = add("chunks", b"Transfer-Encoding: chunked\r\n")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"
    connection.sendall(head + chunks + LIST + b"\r\n")
    assert statuses(connection, 2) == [201, 200]


def test_a_body_is_never_taken_for_a_request(connection: socket.socket) -> None:
    """Also when it comes later and looks like one."""
    head, body = add("x", b"Content-Length: SIZE\r\n", LIST + b"\r\n")
    connection.sendall(head)
    connection.sendall(body)
    connection.sendall(LIST + b"\r\n")
    assert statuses(connection, 2) == [400, 200]


def test_an_offer_with_two_lengths_is_refused(connection: socket.socket) -> None:
    """As without the offer: two parsers could read it differently."""
    head, body = add("x", b"Content-Length: SIZE\r\nTransfer-Encoding: chunked\r\n")
    connection.sendall(head + body)
    assert statuses(connection, 1) == [400]
    while piece := connection.recv(65536):
        assert b"HTTP/1.1" not in piece
