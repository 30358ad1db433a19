"""More connections than there may be files open: the service answers, and its tasks run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from batchtasks_local import LocalBatch, Settings
from batchtasks_local import settings as settings_module
from tests.service.runner.harness import until

HEADERS = {"Authorization": "Bearer token"}
VERSION = {"api-version": "2025-06-01"}
JOB = {"id": "j", "poolInfo": {"poolId": "p"}}
LIMIT = 256
PROGRAM = (
    f"import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, ({LIMIT}, {LIMIT}));"
    "from batchtasks_local import serve, Settings; sys.exit(serve(Settings(slots=2)))"
)


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of a service in a process that may open few files."""
    variables = {"PYTHONPATH": str(Path(settings_module.__file__).parents[1]), "PATH": os.defpath}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


def connect(url: str) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    finally:
        connection.settimeout(20)


def test_idle_connections_do_not_make_tasks_fail(url: str) -> None:
    """Although there are more of them than the process may have files."""
    with ExitStack() as stack:
        for _ in range(LIMIT + 100):
            stack.enter_context(connect(url))
        client = stack.enter_context(httpx.Client(base_url=url, headers=HEADERS, params=VERSION, timeout=20))
        assert client.post("/jobs", json=JOB).status_code == 201
        tasks = [{"id": f"t{number}", "commandLine": "/bin/sh -c 'echo done'"} for number in range(50)]
        assert client.post("/jobs/j/addtaskcollection", json={"value": tasks}).status_code == 200
        end = time.monotonic() + 30
        while (counts := client.get("/jobs/j/taskcounts").json()["taskCounts"])["completed"] < len(tasks):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert counts["succeeded"] == len(tasks)
        assert client.get("/jobs/j/tasks/t7/files/stdout.txt").text == "done\n"


def test_an_idle_connection_makes_room() -> None:
    """First one that has never sent a request, then the one whose last request is longest ago."""
    ask = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with LocalBatch(Settings(run=False, max_connections=3)) as batch, ExitStack() as stack:
        used, silent, also_used = (stack.enter_context(connect(batch.url)) for _ in range(3))
        for connection in (used, also_used):
            connection.sendall(ask)
            assert connection.recv(12) == b"HTTP/1.1 200"
        fourth = stack.enter_context(connect(batch.url))
        assert silent.recv(1) == b""
        assert is_open(used)
        fourth.sendall(ask)
        assert fourth.recv(12) == b"HTTP/1.1 200"
        stack.enter_context(connect(batch.url))
        while used.recv(65536):
            pass
        assert is_open(also_used)
        assert is_open(fourth)


def test_a_connection_too_many_is_refused() -> None:
    """If all others have a request in progress: 503 with Retry-After."""
    begun = b"POST /jobs?api-version=2025-06-01 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
    begun += b"Content-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n{"
    with LocalBatch(Settings(run=False, max_connections=2)) as batch, ExitStack() as stack:
        busy = [stack.enter_context(connect(batch.url)) for _ in range(2)]
        for connection in busy:
            connection.sendall(begun)
            assert connection.recv(65536).startswith(b"HTTP/1.1 100")  # it waits for the body
        answer = httpx.get(f"{batch.url}/jobs", params=VERSION, headers=HEADERS)
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["code"] == "ServerBusy"
        assert all(is_open(connection) for connection in busy)
        busy[0].close()
        until(lambda: httpx.get(f"{batch.url}/jobs", params=VERSION, headers=HEADERS).status_code == 200)
