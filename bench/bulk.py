"""Bulk add under faults: every client against the same misbehaving server, and what was on it afterwards.

    python bench/bulk.py [--quick]      writes its part of docs/benchmarks.md

Each run is a client in a process of its own (`clients/*.py`) that adds 20,000 tasks on four lanes with its own default
settings, to a fresh job of `tests/batchtasks/bulk/fault_server.py`. What the client says is set against what the server has.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen
from compare import AZURE_14, AZURE_15, CLIENTS, OURS, OURS_ASYNC, Client
from document import ROOT, write

sys.path.insert(0, str(CLIENTS))
from measure import JOB

LANES = 4
# A client that takes longer is said not to end; a run without faults takes two or three seconds.
PATIENCE = 60.0
FAULTS: dict[str, dict[str, Any]] = {
    "none": {},
    "5 % 503 ServerBusy": {"faults": ["busy"], "share": 0.05},
    "5 % 503, empty": {"faults": ["busy_empty"], "share": 0.05},
    "2 % 429": {"faults": ["throttled"], "share": 0.02},
    "2 % 429, Retry-After: 1": {"faults": ["throttled_wait"], "share": 0.02, "wait": "1"},
    "1 % 502, a web page": {"faults": ["gateway"], "share": 0.01},
    "5 % 502, a web page": {"faults": ["gateway"], "share": 0.05},
    "5 % 500, empty": {"faults": ["broken"], "share": 0.05},
    "2 % answers lost after the work": {"faults": ["lost"], "share": 0.02},
    "2 % answers cut short": {"faults": ["cut"], "share": 0.02},
    "2 % connections refused": {"faults": ["refused"], "share": 0.02},
    "in 5 %, single tasks ServerError": {"faults": ["server_errors"], "share": 0.05},
    "1 % answers unreadable": {"faults": ["unreadable"], "share": 0.01},
    "one bad task, whole request 400": {"bad": ["t777"]},
    "all of these mixed, 5 %": {
        "faults": [
            "busy",
            "busy_empty",
            "throttled",
            "gateway",
            "broken",
            "lost",
            "cut",
            "refused",
            "server_errors",
            "unreadable",
        ],
        "share": 0.05,
    },
    "first answer 429": {"faults": ["throttled"], "first": 1},
    "every answer 503": {"faults": ["busy"], "share": 1.0},
}


@frozen
class Result:
    """What a client said, what the server has, and what it took."""

    said: int | None
    error: str
    there: int
    requests: int
    seconds: float

    def cell(self, count: int) -> str:
        """In words."""
        if self.error:
            words = f"**{self.error}**, {self.there:,} added"
        elif self.said != self.there or self.there != count:
            words = f"**says {self.said:,}, {self.there:,} added**"
        else:
            words = "all added"
        return f"{words}; {self.requests:,} requests, {self.seconds:.1f} s"


class Server:
    """A running fault server."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port

    def control(self, method: str, settings: dict[str, Any] | None = None) -> bytes:
        """Make the job anew, or read what it has; again, while the server refuses connections as it was told."""
        for _ in range(200):
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
            try:
                connection.request(method, f"/_jobs/{JOB}", json.dumps(settings or {}))
                return connection.getresponse().read()
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        raise SystemExit("the fault server does not answer")


@contextmanager
def fault_server() -> Iterator[Server]:
    """A fault server in a process of its own."""
    program = [sys.executable, str(ROOT / "tests" / "batchtasks" / "bulk" / "fault_server.py")]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(int(process.stdout.readline()))
        finally:
            process.kill()


def run(server: Server, client: Client, settings: dict[str, Any], count: int) -> Result:
    """One client against one fault."""
    server.control("PUT", {"seed": 1, **settings})
    command = [str(client.python), str(CLIENTS / client.program), "add", server.url, str(count), str(LANES), "cold"]
    began = time.monotonic()
    said, error = None, ""
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=CLIENTS, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        error = f"not ended after {PATIENCE:.0f} s"
    else:
        if done.returncode:
            error = exception_of(done.stderr)
        else:
            said = json.loads(done.stdout)["seen"]
    seconds = time.monotonic() - began
    state = json.loads(server.control("GET"))
    return Result(said, error, len(state["tasks"]), state["requests"], seconds)


def exception_of(stderr: str) -> str:
    """The name of the exception that ended a program."""
    names = re.findall(r"^(?:\w+\.)*(\w+(?:Error|Exception))\b", stderr, re.MULTILINE)
    return f"raises {names[-1]}" if names else "fails"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the tasks, our clients only, nothing written")
    options = parser.parse_args()
    count = 2_000 if options.quick else 20_000
    clients = [OURS, OURS_ASYNC] if options.quick else [OURS, OURS_ASYNC, AZURE_15, AZURE_14]
    names = " | ".join(client.name for client in clients)
    lines = [
        f"| fault ({count:,} tasks, {count // 100} requests at best) | {names} |",
        "|---" * (len(clients) + 1) + "|",
    ]
    with fault_server() as server:
        for name, settings in FAULTS.items():
            cells = [run(server, client, settings, count).cell(count) for client in clients]
            lines.append(f"| {name} | {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    if not options.quick:
        write("faults", "\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
