"""What the local service does in a second, and what it costs it to hold many tasks.

python bench/service.py [--rounds N] [--quick] [--folder DIR]      writes its part of docs/benchmarks.md

The service runs in a process of its own, with its data in a folder on disk, and is asked by a client that is as cheap as
can be (`clients/load.py`) in another. Requests are signed, and their signatures are checked.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import unquote

from attrs import frozen
from document import ROOT, write

CLIENTS = ROOT / "bench" / "clients"
sys.path.insert(0, str(CLIENTS))
from signed import Signed, versioned  # noqa: E402

_START = """
import sys
from pathlib import Path
from batchtasks_local import Settings, serve
folder, run, slots = sys.argv[1:]
sys.exit(serve(Settings(data=Path(folder) if folder else None, run=run == "run", slots=int(slots))))
"""
_TICK = os.sysconf("SC_CLK_TCK")
CELLS = {
    "add": "durable bulk add of {count:,} tasks, 100 a request, {lanes} connections",
    "list": "list of {count:,} completed tasks, 1,000 a page",
    "run": "`/bin/true` as a task, from its bulk add to its end, {count:,} of them, {slots} slots",
}


@frozen
class Running:
    """A service that runs; what it holds and has used so far."""

    pid: int
    url: str
    account: str
    key: str

    @property
    def address(self) -> tuple[str, str, str]:
        return self.url, self.account, self.key

    def cpu(self) -> float:
        """Seconds of CPU that its process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self, name: str) -> int:
        """Bytes of memory: VmRSS now, VmHWM at most so far."""
        found = re.search(rf"{name}:\s*(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        assert found is not None
        return int(found.group(1)) * 1024


@contextmanager
def service(folder: Path | None, *, run: bool = False, slots: int = 2) -> Iterator[Running]:
    """A service on a data folder, or in memory."""
    command = [sys.executable, "-c", _START, str(folder or ""), "run" if run else "hold", str(slots)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url, account, key = process.stdout.readline().split()
        running = Running(process.pid, url, account.partition("=")[2], key.partition("=")[2])
        Signed(*running.address).send("GET", versioned("/jobs"))  # reads the api-version's document, once
        yield running
    finally:
        process.terminate()
        process.wait()


def load(to: Running, operation: str, job: str, count: int, lanes: int = 1) -> tuple[float, float]:
    """One run of the cheap client: tasks a second, and the seconds of CPU that the service used for one."""
    command = [sys.executable, str(CLIENTS / "load.py"), operation, job, str(count), str(lanes), *to.address, "cold"]
    before = to.cpu()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    cost = json.loads(done.stdout)
    if cost["seen"] != count:
        raise SystemExit(f"{operation}: {cost['seen']} tasks of {count}")
    return count / cost["wall"], (to.cpu() - before) / count


def fill(folder: Path, count: int, completed: int) -> None:
    """Make a data folder with the job `job1` and so many tasks."""
    command = [sys.executable, str(ROOT / "bench" / "fill.py"), str(folder), "job1", str(count), str(completed)]
    subprocess.run(command, check=True)


def in_turn(times: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each work, all of them done in turn so many times."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, seconds in zip(works, found, strict=True):
            began = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - began)
    return [statistics.median(seconds) for seconds in found]


def getter(to: Running, count: int) -> Callable[[], object]:
    """Gets one task of `job1`, another one each time."""
    client, chance = Signed(*to.address), random.Random(count)
    return lambda: client.send("GET", versioned(f"/jobs/job1/tasks/t{chance.randrange(count)}"))


def pager(to: Running, offset: int, **query: str) -> Callable[[], object]:
    """Gets the page of a list of `job1` that begins after so many matches."""
    client, path = Signed(*to.address), versioned("/jobs/job1/tasks", **query)
    for _ in range(offset // 1000):
        page = client.send("GET", path)
        found = re.search(rb'"odata\.nextLink":"([^"]*)"', page)
        if found is None:
            raise SystemExit(f"the list has no page at {offset}: {unquote(path)}")
        path = found.group(1).decode().removeprefix(to.url)
    return lambda: client.send("GET", path)


def throughput(times: int, scale: float, root: Path) -> list[str]:
    """Bulk add, list, and the runner: medians of the rounds."""
    count, processes = int(100_000 * scale), int(2_000 * scale)
    filled = root / "filled"
    fill(filled, count, count)
    found: dict[str, list[tuple[float, float]]] = {}
    for turn in range(times):
        with service(root / f"add{turn}") as one:
            for lanes in (1, 4):
                text = CELLS["add"].format(count=count, lanes=lanes)
                found.setdefault(text, []).append(load(one, "add", f"lanes{lanes}", count, lanes))
        with service(filled) as one:
            found.setdefault(CELLS["list"].format(count=count), []).append(load(one, "list", "job1", count))
        with service(root / f"run{turn}", run=True) as one:
            text = CELLS["run"].format(count=processes, slots=2)
            found.setdefault(text, []).append(load(one, "run", "job1", processes))
    lines = [
        "| work | tasks a second: median | best | CPU of the service a task | which on one core is |",
        "|---|---|---|---|---|",
    ]
    for text, rows in found.items():
        rates, costs = zip(*rows, strict=True)
        cpu = statistics.median(costs)
        lines.append(
            f"| {text} | {statistics.median(rates):,.0f} | {max(rates):,.0f} | {cpu * 1e6:,.0f} us | {1 / cpu:,.0f} a second |"
        )
    return [*lines, ""]


def holding(times: int, scale: float, root: Path) -> list[str]:
    """Get and filter pages with few and with many tasks held; memory."""
    few, many = 1_000, int(1_000_000 * scale)
    done = many // 10
    fill(root / "few", few, few)
    fill(root / "many", many, done)
    with ExitStack() as stack:
        small, large = (stack.enter_context(service(root / name)) for name in ("few", "many"))
        lines = ["| the same request | here | there | there / here |", "|---|---|---|---|"]
        pair = in_turn(times * 500, getter(small, few), getter(large, many))
        lines.append(_ratio(f"get a task, {few:,} held, {many:,} held", pair))
        for query in ({}, {"filter": "state eq 'active'"}, {"filter": "state ne 'running'", "select": "id,state"}):
            far = (many - done - 2000) // 1000 * 1000
            pair = in_turn(times * 5, pager(large, 0, **query), pager(large, far, **query))
            text = ", ".join(f"`${name}={value}`" for name, value in query.items()) or "without a filter"
            lines.append(_ratio(f"page of 1,000 out of {many:,}, {text}: the first, the one at {far:,}", pair))
        pair = in_turn(
            times * 5, *(pager(one, 0, filter="executionInfo/result eq 'failure'") for one in (small, large))
        )
        lines.append(_ratio(f"failed tasks (1 in {few:,} and {done // 1000} in {many:,})", pair))
        held = [("data folder, after these requests", large.memory("VmRSS"), large.memory("VmHWM"))]
    with service(None) as one:
        load(one, "add", "job1", many, 1)
        held.append(("in memory", one.memory("VmRSS"), one.memory("VmHWM")))
    lines += ["", f"| {many:,} tasks held | memory | at most |", "|---|---|---|"]
    return lines + [f"| {text} | {now / 2**20:,.0f} MiB | {most / 2**20:,.0f} MiB |" for text, now, most in held] + [""]


def _ratio(text: str, pair: list[float]) -> str:
    here, there = pair
    return f"| {text} | {here * 1000:.2f} ms | {there * 1000:.2f} ms | {there / here:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a tenth of the tasks, one round, nothing written")
    parser.add_argument("--folder", type=Path, help="where the data folders are made; the disk is part of the figures")
    options = parser.parse_args()
    times, scale = (1, 0.1) if options.quick else (options.rounds, 1.0)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        tables = throughput(times, scale, Path(folder)) + holding(times, scale, Path(folder))
    stamp = f"Measured with CPython {platform.python_version()}, {os.cpu_count()} cores; medians of {times} rounds."
    text = "\n".join([stamp, "", *tables])
    print(text)
    if not options.quick:
        write("service", text)


if __name__ == "__main__":
    main()
