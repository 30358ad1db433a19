"""Clients that take an answer slowly, not at all, or leave in the middle of it."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from unittest.mock import Mock

import httpx
import pytest

from batchtasks_local import LocalBatch, Settings
from batchtasks_local.http.connection import Connection
from batchtasks_local.operations import files

LARGE = 64 * 1024 * 1024
PIECES = LARGE // files.CHUNK


@pytest.fixture
def download(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[bytes, list[int]]]:
    """A request for a large file of a task, and the pieces of it that were read."""
    read: list[int] = []
    real = files._read

    def counted(file: Any, length: int) -> bytes:
        read.append(length)
        return real(file, length)

    with LocalBatch(Settings(slots=1, client_patience=0.3)) as batch:
        monkeypatch.setattr(files, "_read", counted)
        client = httpx.Client(base_url=batch.url, headers={"Authorization": "Bearer x"}, timeout=30)
        version = {"api-version": "2025-06-01"}
        with client:
            client.post("/jobs", params=version, json={"id": "j", "poolInfo": {"poolId": "p"}})
            big = f"/bin/sh -c 'head -c {LARGE} /dev/zero > big'"
            client.post("/jobs/j/tasks", params=version, json={"id": "t", "commandLine": big})
            end = time.monotonic() + 20
            while client.get("/jobs/j/tasks/t", params=version).json()["state"] != "completed":
                assert time.monotonic() < end
        where = f"GET /jobs/j/tasks/t/files/wd/big?api-version=2025-06-01 HTTP/1.1\r\nHost: {batch.url[7:]}\r\n"
        yield f"{where}Authorization: Bearer x\r\n\r\n".encode(), read


def begun(request: bytes) -> socket.socket:
    """A download of which the beginning has come."""
    address = ("127.0.0.1", int(request.partition(b"Host: 127.0.0.1:")[2].partition(b"\r")[0]))
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(address)
    connection.sendall(request)
    assert connection.recv(12) == b"HTTP/1.1 200"
    return connection


def let_go() -> None:
    """Wait until the service, which is in this process, has closed the file."""
    end = time.monotonic() + 20
    while any(os.path.basename(path) == "big" for path in map(_target, os.listdir("/proc/self/fd"))):
        assert time.monotonic() < end
        time.sleep(0.01)


def _target(number: str) -> str:
    with suppress(OSError):
        return os.readlink(f"/proc/self/fd/{number}")
    return ""


def test_an_answer_that_nobody_takes(download: tuple[bytes, list[int]]) -> None:
    """The connection is ended, and the rest of the file is not read."""
    request, read = download
    with begun(request) as connection:
        let_go()
        with suppress(ConnectionResetError):
            while connection.recv(1 << 20):
                pass  # until the end, which the service has made
    assert len(read) < PIECES // 2


def test_a_client_that_leaves_in_the_middle_of_an_answer(download: tuple[bytes, list[int]]) -> None:
    """The rest of the file is not read."""
    request, read = download
    begun(request).close()
    let_go()
    assert len(read) < PIECES // 2


def test_an_answer_that_is_taken_slowly() -> None:
    """While the client reads something between two checks, the connection stays; otherwise it is closed."""
    loop, transport = Mock(), Mock()
    protocol = Connection(Mock(), Mock(), {}, loop)
    transport.get_extra_info.return_value.fileno.side_effect = OSError
    protocol.transport, protocol.flow = transport, Mock()
    transport.get_write_buffer_size.return_value = 5000
    protocol.pause_writing()
    for left in (4999, 100, 1):
        transport.get_write_buffer_size.return_value = left
        loop.call_later.call_args.args[1]()
    assert loop.call_later.call_count == 4
    transport.abort.assert_not_called()
    protocol.resume_writing()
    loop.call_later.return_value.cancel.assert_called()
    protocol.pause_writing()
    loop.call_later.call_args.args[1]()
    transport.abort.assert_called_once()
