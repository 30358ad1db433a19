"""Runs every client in turn against the neutral stub, several rounds, and writes the table of medians and ratios.

python bench/compare.py [--rounds N] [--quick]      writes its part of docs/benchmarks.md
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from attrs import frozen
from document import ROOT, write

CLIENTS = ROOT / "bench" / "clients"
OFFICIAL = {v: ROOT / ".venv" / f"azure-batch-{v}" / "bin" / "python" for v in ("15.1.0", "14.2.0")}


@frozen
class Client:
    """A client: what it is called in the table, its program, and the Python that has its packages."""

    name: str
    program: str
    python: Path
    concurrency: int | None = None


PLAIN = ROOT / ".venv" / "plain" / "bin" / "python"
OURS = Client("batchtasks", "ours.py", PLAIN)
OURS_ASYNC = Client("batchtasks, async", "ours_async.py", PLAIN)
OURS_SPEED = Client("batchtasks[speed]", "ours.py", Path(sys.executable))
OURS_SPEED_ASYNC = Client("batchtasks[speed], async", "ours_async.py", Path(sys.executable))
OURS_HTTPX2 = Client("batchtasks, async, httpx2's transport", "ours_httpx2.py", PLAIN)
BARE = Client("bare http.client loop", "bare.py", Path(sys.executable))
AZURE_15 = Client("azure-batch 15.1.0", "azure15.py", OFFICIAL["15.1.0"])
ALL_OF_OURS = [OURS, OURS_SPEED, OURS_ASYNC, OURS_SPEED_ASYNC, OURS_HTTPX2]
AZURE_14 = Client("azure-batch 14.2.0", "azure14.py", OFFICIAL["14.2.0"])


@frozen
class Row:
    """What one client's run cost."""

    cpu: float
    wall: float
    peak: int
    seen: int


@contextmanager
def stub(*options: str) -> Iterator[str]:
    """A running stub; gives its URL."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "bench" / "stub_server.py"), *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


def run(client: Client, operation: str, url: str, count: int, concurrency: int) -> Row:
    """One run of one client in a process of its own; a client that did not see every task is an error."""
    command = [str(client.python), str(CLIENTS / client.program), operation, url, str(count), str(concurrency)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CLIENTS, check=False)
    if done.returncode:
        raise SystemExit(f"{client.name} failed at {operation}:\n{done.stderr}")
    row = Row(**json.loads(done.stdout))
    if row.seen != count:
        raise SystemExit(f"{client.name} saw {row.seen} tasks of {count}")
    return row


def rounds(clients: list[Client], operation: str, url: str, count: int, concurrency: int, times: int) -> dict[str, Row]:
    """Each client in turn, `times` over; the medians."""
    rows: dict[str, list[Row]] = {client.name: [] for client in clients}
    for _ in range(times):
        for client in clients:
            rows[client.name].append(run(client, operation, url, count, concurrency))
    return {name: _median(found) for name, found in rows.items()}


def _median(rows: list[Row]) -> Row:
    return Row(
        cpu=statistics.median(row.cpu for row in rows),
        wall=statistics.median(row.wall for row in rows),
        peak=int(statistics.median(row.peak for row in rows)),
        seen=rows[0].seen,
    )


def cost_table(title: str, rows: dict[str, Row], count: int) -> list[str]:
    """CPU a task, memory, and how many times the CPU of ours."""
    ours = rows[OURS.name]
    lines = [
        f"**{title}** ({count:,} tasks)",
        "",
        "| client | CPU a task | times ours | peak memory |",
        "|---|---|---|---|",
    ]
    for name, row in rows.items():
        lines.append(
            f"| {name} | {row.cpu / count * 1e6:.1f} us | {row.cpu / ours.cpu:.2f} | {row.peak / 2**20:.0f} MiB |"
        )
    return [*lines, ""]


def delay_table(rows: dict[str, Row], count: int, delay: float, connections: int) -> list[str]:
    """Return wall times beside the least that is possible when every answer takes `delay` seconds."""
    ideal = -(-count // 100) * delay / connections
    lines = [
        f"**Bulk add with {delay * 1000:.0f} ms service time, concurrency {connections}** "
        f"({count:,} tasks; {ideal:.2f} s are the least that is possible)",
        "",
        "| client | seconds | speed, as a part of what is possible |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {row.wall:.2f} | {ideal / row.wall:.0%} |" for name, row in rows.items()]
    return [*lines, ""]


def memory_table(times: int) -> list[str]:
    """Peak memory of bulk add from a generator and of a walk over a list, small and large."""
    lines = ["**Memory of batchtasks**", "", "| work | 10,000 tasks | 1,000,000 tasks |", "|---|---|---|"]
    for operation, title in (("add", "bulk add from a generator"), ("list", "walk over a list")):
        cells = []
        for count in (10_000, 1_000_000):
            with stub("--tasks", str(count if operation == "list" else 0)) as url:
                cells.append(f"{rounds([OURS], operation, url, count, 4, times)[OURS.name].peak / 2**20:.1f} MiB")
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return [*lines, ""]


def import_table(times: int) -> list[str]:
    """Seconds from the start of Python to a client that is ready."""
    make_ours = (
        "import batchtasks as b; b.BatchClient('https://a.w.batch.azure.com', b.SharedKeyCredential('a', 'AAAA'))"
    )
    make_15 = (
        "from azure.batch import BatchClient; from azure.core.credentials import AzureNamedKeyCredential as K;"
        "BatchClient('https://a.w.batch.azure.com', K('a', 'AAAA'))"
    )
    programs = {OURS.name: (OURS.python, make_ours), AZURE_15.name: (AZURE_15.python, make_15)}
    programs["Python alone"] = (OURS.python, "pass")
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(times * 5):
        for name, (python, code) in programs.items():
            found[name].append(_cpu_of([str(python), "-c", code]))
    alone = statistics.median(found.pop("Python alone"))
    lines = ["**Import and make a client** (CPU beyond the start of Python)", "", "| client | ms |", "|---|---|"]
    return [*lines, *(f"| {name} | {(statistics.median(s) - alone) * 1000:.0f} |" for name, s in found.items()), ""]


def _cpu_of(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measure(times: int, scale: float) -> list[str]:
    """All tables."""
    count = int(100_000 * scale)
    lines = []
    with stub("--tasks", str(count)) as url:
        add = rounds([*ALL_OF_OURS, AZURE_15, AZURE_14, BARE], "add", url, count, 1, times)
        lines += cost_table("Bulk add, one request at a time", add, count)
        add_16 = rounds([OURS, OURS_ASYNC, OURS_HTTPX2, AZURE_15, AZURE_14], "add", url, count, 16, times)
        lines += cost_table("Bulk add, 16 requests at a time", add_16, count)
        walk = rounds([*ALL_OF_OURS, AZURE_15, AZURE_14, BARE], "list", url, count, 1, times)
        lines += cost_table("List completed tasks, read id, state and exit code", walk, count)
    with stub("--delay", "0.05") as url:
        waits = rounds([OURS, OURS_ASYNC, OURS_HTTPX2, AZURE_15, AZURE_14, BARE], "add", url, 2 * count, 16, times)
        lines += delay_table(waits, 2 * count, 0.05, 16)
    return [*lines, *memory_table(1), *import_table(times)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a tenth of the tasks, one round, nothing written")
    options = parser.parse_args()
    lines = measure(1 if options.quick else options.rounds, 0.1 if options.quick else 1.0)
    stamp = (
        f"Measured with CPython {platform.python_version()}, httpx {version('httpx')}, {os.cpu_count()} cores; "
        f"medians of {options.rounds} rounds."
    )
    text = "\n".join([stamp, "", *lines])
    print(text)
    if not options.quick:
        write("measured", text)


if __name__ == "__main__":
    main()
