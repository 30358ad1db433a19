"""A server that misbehaves on purpose: it takes and keeps tasks like the Batch service, and fails as it is told.

    python fault_server.py [--port N]      prints its port and serves until killed

    PUT /_jobs/JOB   {"faults": ["lost", "busy"], "share": 0.05, "seed": 1, ...}   makes a job; see `Job`
    POST /_jobs/JOB  goes on with the requests that it holds back, and holds back no more
    GET /_jobs/JOB   what it has: {"tasks": [[id, command line, state], ...], "requests": N, "largest": BYTES, "met": {...}}

Under /jobs/JOB it answers addtaskcollection, and delete, terminate and reactivate of single tasks. Results come shuffled.
It shares no code with the clients it is to try, nor with the local service.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TASK = re.compile(r"/jobs/([^/]+)/tasks/([^/]+)(?:/(terminate|reactivate))?")
_COLLECTION = re.compile(r"/jobs/([^/]+)/addtaskcollection")
_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Job:
    """A job and how its requests go wrong.

    A `share` of the requests meets one of the `faults`, drawn evenly; the first `first` requests meet the first of them in
    any case. `wait` is said in Retry-After by the faults that name it. Bodies above `limit` bytes are refused (`tells`:
    with the limit), bodies with a task in `bad` too. `slow` is how long a slow answer takes, `delay` any answer.
    """

    faults: list[str] = field(default_factory=list)
    share: float = 0.0
    seed: int = 0
    first: int = 0
    wait: str = "0.02"
    limit: int = 1_048_576
    tells: bool = True
    bad: list[str] = field(default_factory=list)
    slow: float = 1.0
    delay: float = 0.0
    # After so many requests every further one is refused with this error, as [status, code].
    ends_after: int | None = None
    ends_with: tuple[int, str] = (409, "JobCompleted")
    # After so many requests every further one is held back.
    holds_after: int | None = None
    held: list[Callable[[], None]] = field(default_factory=list)
    tasks: dict[str, list[str]] = field(default_factory=dict)
    requests: int = 0
    largest: int = 0
    met: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def draw(self) -> str | None:
        """What goes wrong with the next request."""
        self.requests += 1
        if not self.faults or (self.requests > self.first and self.random.random() >= self.share):
            return None
        fault = self.faults[0] if self.requests <= self.first else self.random.choice(self.faults)
        self.met[fault] = self.met.get(fault, 0) + 1
        return fault

    def take(self, work: Callable[[], None]) -> None:
        """Carry out a request, or hold it back."""
        if self.holds_after is not None and self.requests > self.holds_after:
            self.held.append(work)
        else:
            work()

    def go_on(self) -> None:
        """Carry out what was held back, and all that comes."""
        self.holds_after = None
        while self.held:
            self.held.pop(0)()

    def add(self, tasks: list[dict[str, Any]], failing: float = 0.0) -> Reply:
        """Add tasks; a share of them meets an error of the server's own instead."""
        if len(tasks) > 100:
            return refusal(400, "InvalidRequestBody")
        if any(task["id"] in self.bad for task in tasks):
            return refusal(400, "InvalidPropertyValue", PropertyName="commandLine", Reason="this one is bad")
        rows = [self._row(task, fails=self.random.random() < failing) for task in tasks]
        self.random.shuffle(rows)
        return 200, {}, json.dumps({"value": rows}).encode()

    def _row(self, task: dict[str, Any], *, fails: bool) -> dict[str, Any]:
        task_id = task["id"]
        if fails:
            return {"status": "ServerError", "taskId": task_id, "error": error("InternalError")}
        if task_id.lower() in self.tasks:
            return {"status": "ClientError", "taskId": task_id, "error": error("TaskExists")}
        self.tasks[task_id.lower()] = [task_id, task["commandLine"], "active"]
        return {"status": "Success", "taskId": task_id, "eTag": "0x8DB77E9635B0BE3"}

    def change(self, method: str, task_id: str, verb: str | None) -> Reply:
        """Delete, terminate or reactivate a task."""
        task = self.tasks.get(task_id.lower())
        if task is None:
            return refusal(404, "TaskNotFound")
        if method == "DELETE":
            del self.tasks[task_id.lower()]
            return 200, {}, b""
        wanted, after, code = {
            "terminate": ("active", "completed", "TaskCompleted"),
            "reactivate": ("completed", "active", "TaskNotCompleted"),
        }[verb or ""]
        if task[2] != wanted:
            return refusal(409, code)
        task[2] = after
        return 204, {}, b""


def error(code: str, **values: str) -> dict[str, Any]:
    """The body of an error."""
    body: dict[str, Any] = {
        "code": code,
        "message": {"lang": "en-US", "value": f"This is {code}.\nRequestId:0\nTime:0"},
    }
    if values:
        body["values"] = [{"key": key, "value": value} for key, value in values.items()]
    return body


def refusal(status: int, code: str, **values: str) -> Reply:
    """An answer that is an error."""
    return status, {}, json.dumps(error(code, **values)).encode()


class Server:
    """All jobs, and the door."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.connections: set[Connection] = set()
        self.door: socket.socket | None = None
        self.port = 0
        self.guests: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Listen, on the same port as before if there was one."""
        self.door = socket.create_server(("127.0.0.1", self.port), backlog=1024)
        self.door.setblocking(False)
        self.port = self.door.getsockname()[1]
        asyncio.get_running_loop().add_reader(self.door, self.let_in, self.door)

    def let_in(self, door: socket.socket) -> None:
        """Accept a connection.

        asyncio's own server would forget one that comes while the door is being closed, and leave it open, unread.
        """
        with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
            guest, _ = door.accept()
            loop = asyncio.get_running_loop()
            task = loop.create_task(loop.connect_accepted_socket(lambda: Connection(self), guest))
            self.guests.add(task)
            task.add_done_callback(self.guests.discard)

    def refuse_for(self, seconds: float) -> None:
        """Drop all connections and refuse new ones for a while."""
        if self.door is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.door)
        self.door.close()
        self.door = None
        for connection in list(self.connections):
            connection.transport.abort()
        loop.call_later(seconds, lambda: loop.create_task(self.open()))

    def control(self, method: str, name: str, body: bytes) -> Reply:
        """Make a job, go on with its requests, or say what it has."""
        if method == "PUT":
            self.jobs[name] = Job(**json.loads(body or b"{}"))
            return 204, {}, b""
        job = self.jobs[name]
        if method == "POST":
            job.go_on()
            return 204, {}, b""
        state = {"tasks": list(job.tasks.values()), "requests": job.requests, "largest": job.largest, "met": job.met}
        return 200, {}, json.dumps(state).encode()


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and Content-Length."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.connections.add(self)
        if self.server.door is None:  # it was under way when the door was closed
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.server.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        while end >= 0:
            head = bytes(self.buffer[:end])
            found = _LENGTH.search(head)
            total = end + 4 + (int(found.group(1)) if found else 0)
            if len(self.buffer) < total:
                return
            body = bytes(self.buffer[end + 4 : total])
            del self.buffer[:total]
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
            self.take(method, target.partition("?")[0], body)
            end = self.buffer.find(b"\r\n\r\n")

    def take(self, method: str, path: str, body: bytes) -> None:
        """Answer one request, or not."""
        if path.startswith("/_jobs/"):
            self.reply(self.server.control(method, path.removeprefix("/_jobs/"), body))
            return
        collection, single = _COLLECTION.fullmatch(path), _TASK.fullmatch(path)
        match = collection or single
        job = self.server.jobs.get(match.group(1)) if match else None
        if match is None or job is None:
            self.reply(refusal(404, "JobNotFound"))
            return
        fault = job.draw()
        job.largest = max(job.largest, len(body))
        if job.ends_after is not None and job.requests > job.ends_after:
            self.reply(refusal(*job.ends_with))
        elif len(body) > job.limit:
            self.reply(refusal(413, "RequestBodyTooLarge", **({"MaxLimit": str(job.limit)} if job.tells else {})))
        else:
            tasks = json.loads(body)["value"] if collection else []
            work = Work(self, job, method, tasks, match.groups()[1:])
            job.take(partial(work.go, fault))

    def reply(self, reply: Reply, after: float = 0.0) -> None:
        """Write an answer, at once or later."""
        status, headers, content = reply
        kind = "text/html" if content.startswith(b"<") else "application/json;odata=minimalmetadata"
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "request-id: 0"]
        lines += [f"Content-Type: {kind}"] if content else []
        lines += [f"{name}: {value}" for name, value in headers.items()]
        data = "\r\n".join([*lines, "", ""]).encode() + content
        asyncio.get_running_loop().call_later(after, self.transport.write, data)


# Answers in the place of the right one: whether the work is done all the same, and what is said.
SAID: dict[str, tuple[bool, Callable[[Job], Reply]]] = {
    "busy": (False, lambda job: refusal(503, "ServerBusy")),
    "busy_wait": (False, lambda job: (503, {"Retry-After": job.wait}, refusal(503, "ServerBusy")[2])),
    "busy_empty": (False, lambda job: (503, {}, b"")),
    "throttled": (False, lambda job: (429, {}, b"")),
    "throttled_wait": (False, lambda job: (429, {"Retry-After": job.wait}, refusal(429, "TooManyRequests")[2])),
    "gateway": (False, lambda job: (502, {}, _PAGE)),
    "gateway_done": (True, lambda job: (502, {}, _PAGE)),
    "broken": (False, lambda job: (500, {}, b"")),
    "timed_out_there": (True, lambda job: refusal(500, "OperationTimedOut")),
    "unreadable": (True, lambda job: (200, {}, b'{"value": [{"status": "Succ')),
}


class Work:
    """One request and the ways it can go: as in `SAID`, or by a method `do_...`."""

    def __init__(self, to: Connection, job: Job, method: str, tasks: list[dict[str, Any]], rest: Any) -> None:
        self.to, self.job, self.method, self.tasks, self.rest = to, job, method, tasks, rest

    def go(self, fault: str | None) -> None:
        """Answer, rightly or not."""
        if fault not in SAID:
            getattr(self, f"do_{fault or 'right'}")()
            return
        works, say = SAID[fault]
        if works:
            self.carry_out()
        self.to.reply(say(self.job))

    def carry_out(self, failing: float = 0.0) -> Reply:
        """Do what was asked."""
        return self.job.change(self.method, *self.rest) if self.rest else self.job.add(self.tasks, failing)

    def do_right(self) -> None:
        self.to.reply(self.carry_out(), self.job.delay)

    def do_lost(self) -> None:
        self.carry_out()
        self.to.transport.abort()

    def do_cut(self) -> None:
        self.carry_out()
        self.to.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b'{"value": [')
        self.to.transport.close()

    def do_dropped(self) -> None:
        self.to.transport.abort()

    def do_refused(self) -> None:
        self.to.server.refuse_for(0.02)
        self.to.transport.abort()

    def do_server_errors(self) -> None:
        self.to.reply(self.carry_out(0.05))

    def do_all_server_errors(self) -> None:
        self.to.reply(self.carry_out(1.0))

    def do_slow(self) -> None:
        self.to.reply(self.carry_out(), self.job.slow)


async def serve(port: int) -> None:
    """Listen, print the port, and serve until killed."""
    server = Server()
    server.port = port
    await server.open()
    print(server.port, flush=True)
    await asyncio.get_running_loop().create_future()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
