"""`logs`: what a task writes, as if it ran here."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from batchtasks_cli.errors import DONE, NOT_ALL, Complaint
from batchtasks_cli.follow import Follower, Growing, no_such_file, pieces_of
from batchtasks_cli.options import JobArg, TaskArg
from batchtasks_cli.session import Session

OUT, ERR = "stdout.txt", "stderr.txt"

FollowFlag = Annotated[
    bool, typer.Option("--follow", "-f", help="Go on until the task has completed; status 1 if it failed.")
]
OutFlag = Annotated[bool, typer.Option("--stdout", help="Only what it writes to standard output.")]
ErrFlag = Annotated[
    bool, typer.Option("--stderr", help="Only what it writes to standard error (here: to standard output).")
]
FileOption = Annotated[
    str | None, typer.Option("--file", metavar="PATH", help="Another file of the task, such as wd/run.log.")
]
TailOption = Annotated[
    int | None, typer.Option("--tail", "-n", metavar="N", min=0, help="Begin with the last so many lines.")
]


def logs(
    session: Session,
    job: JobArg,
    task: TaskArg,
    follow: FollowFlag = False,
    stdout: OutFlag = False,
    stderr: ErrFlag = False,
    file: FileOption = None,
    tail: TailOption = None,
) -> int:
    """Write what a task has written.

    Its standard output goes to standard output, its standard error to standard error.
    """
    if stdout + stderr + (file is not None) > 1:
        raise Complaint("--stdout, --stderr and --file exclude each other.", "Without any of them both are shown.")
    names = [OUT] if stdout else [ERR] if stderr else [file] if file else [OUT, ERR]
    follower = Follower(session.client, job, task, names)
    if tail is not None:
        for each in follower.files:
            each.skip_to_last(tail)
    if not follow:
        return _once(session, job, task, follower.files)
    session.quiet()
    found = follower.run(_write if len(names) > 1 else _write_out, _say)
    if file is not None and not follower.files[0].found:
        raise no_such_file(job, task, file)
    result = getattr(found.execution_info, "result", None)
    return DONE if result is None or result == "success" else NOT_ALL


def _once(session: Session, job: str, task: str, files: list[Growing]) -> int:
    """Write what is there."""
    for each in files:
        write = _write if len(files) > 1 else _write_out
        for chunk_size in pieces_of(session.client, job, task, each.name, each.offset):
            write(each.name, chunk_size)
    return DONE


def _write(name: str, chunk_size: bytes) -> None:
    stream = sys.stderr if name == ERR else sys.stdout
    stream.flush()
    stream.buffer.write(chunk_size)
    stream.buffer.flush()


def _write_out(name: str, chunk_size: bytes) -> None:
    sys.stdout.buffer.write(chunk_size)
    sys.stdout.buffer.flush()


def _say(text: str) -> None:
    print(f"batchtasks: {text}", file=sys.stderr)
