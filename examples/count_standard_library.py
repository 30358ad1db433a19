"""Counts the lines and words of Python's own standard library, one Batch task for each of its files.

With nothing set it starts a local Batch service and uses that. With BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and
BATCH_ACCOUNT_KEY set, and BATCH_POOL_ID naming a pool of Linux nodes (or BATCH_JOB_ID a job), the same program runs there.

The program needs the extras `local` and `cli` of batchtasks (for the service, and for rich's tables).
A task carries its file along, compressed, in environment settings, so a node needs nothing but sh, base64, gunzip and wc.
"""

from __future__ import annotations

import base64
import gzip
import os
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from batchtasks import BatchClient, F, WaitTimeoutError, task
from batchtasks.models import JobAddParameter, PoolInformation, TaskAddParameter
from batchtasks.testing import local_batch

LIBRARY = Path(sysconfig.get_path("stdlib"))
CHUNK = 100_000  # bytes in one environment variable; Linux takes 131,072
# Bytes that do not print become an x, so that wc sees the same words whatever the node's locale is.
COUNT = """/bin/sh -c 'eval "printf %s $PARTS" | base64 -d | gunzip | LC_ALL=C tr -c "[:print:][:space:]" x | wc -lw'"""


def sources() -> list[Path]:
    """The .py files of the running Python's standard library, without packages installed beside it."""
    return sorted(path for path in LIBRARY.rglob("*.py") if "site-packages" not in path.parts)


def count_task(number: int, path: Path) -> TaskAddParameter:
    """The task that counts one file."""
    text = base64.b64encode(gzip.compress(path.read_bytes(), mtime=0)).decode()
    chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    env = {f"PART_{i}": chunk for i, chunk in enumerate(chunks)}
    env["PARTS"] = " ".join(f'"${name}"' for name in env)
    return task(f"count-{number:04}", COUNT, display_name=str(path.relative_to(LIBRARY)), env=env)


def connect(stack: ExitStack) -> BatchClient:
    """A client for the account in the environment, else for a local service that ends with the program."""
    if "BATCH_ACCOUNT_URL" in os.environ:
        return stack.enter_context(BatchClient.from_env())
    return stack.enter_context(stack.enter_context(local_batch()).client())


def job_of(client: BatchClient) -> str:
    """The job named by BATCH_JOB_ID, or a new one on the pool BATCH_POOL_ID."""
    if job_id := os.environ.get("BATCH_JOB_ID"):
        return job_id
    job_id = f"count-{time.strftime('%Y%m%d-%H%M%S')}"
    pool = PoolInformation(pool_id=os.environ.get("BATCH_POOL_ID", "local"))
    client.job.add(JobAddParameter(id=job_id, pool_info=pool))
    return job_id


def add_and_wait(client: BatchClient, job_id: str, files: list[Path], console: Console) -> tuple[float, float]:
    """Add a task for each file and wait for all of them; the seconds that each took."""
    columns = TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as bars:
        adding, running = bars.add_task("added", total=len(files)), bars.add_task("finished", total=len(files))
        begin = time.monotonic()
        client.task.add_collection(
            job_id,
            (count_task(number, path) for number, path in enumerate(files)),
            progress=lambda p: bars.update(adding, completed=p.added + p.existed),
        )
        added = time.monotonic()
        client.task.wait(job_id, timeout=timedelta(hours=1), progress=lambda p: bars.update(running, completed=p.done))
        return added - begin, time.monotonic() - begin


def results(client: BatchClient, job_id: str, files: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """File, lines and words, from the standard output of every task that succeeded."""
    for done in client.task.list(job_id, filter=F.result == "success", select=["id"]):
        assert done.id is not None
        lines, words = client.file.get_from_task(job_id, done.id, "stdout.txt").split()
        yield files[int(done.id.rpartition("-")[2])], int(lines), int(words)


def main() -> int:
    console = Console()
    files = sources()
    with ExitStack() as stack:
        client = connect(stack)
        job_id = job_of(client)
        console.print(f"{len(files)} files below {LIBRARY}: job {job_id} at {client.url}", soft_wrap=True)
        try:
            add_seconds, finish_seconds = add_and_wait(client, job_id, files, console)
        except WaitTimeoutError as error:
            console.print(f"[red]{error}")
            return 1
        counted = {path: (lines, words) for path, lines, words in results(client, job_id, files)}
    return report(console, files, counted, add_seconds, finish_seconds)


def report(
    console: Console, files: list[Path], counted: dict[Path, tuple[int, int]], add_seconds: float, finish_seconds: float
) -> int:
    """Print what came out; 0 when every task succeeded and agrees with a count done here."""
    here = {path: (data.count(b"\n"), len(data.split())) for path in files for data in [path.read_bytes()]}
    wrong = [path for path in files if counted.get(path) != here[path]]
    table = Table("tasks", "failures", "lines", "words", "seconds to add", "seconds to finish")
    table.add_row(
        f"{len(files):,}",
        f"{len(files) - len(counted):,}",
        f"{sum(lines for lines, _ in counted.values()):,}",
        f"{sum(words for _, words in counted.values()):,}",
        f"{add_seconds:.2f}",
        f"{finish_seconds:.2f}",
    )
    console.print(table)
    largest = Table("largest files", "lines", "words")
    for path, (lines, words) in sorted(counted.items(), key=lambda row: -row[1][0])[:5]:
        largest.add_row(str(path.relative_to(LIBRARY)), f"{lines:,}", f"{words:,}")
    console.print(largest)
    for path in wrong[:10]:
        console.print(f"[red]{path}: the task counted {counted.get(path)}, here it is {here[path]}")
    console.print("[red]the counts differ" if wrong else "[green]every count agrees with the one done in this process")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
