"""`logs`: what tasks write, as if they ran here; and `run`: one task from beginning to end."""

from __future__ import annotations

import secrets
import sys
import time
from typing import TYPE_CHECKING, Annotated

from batchtasks_cli.account.session import Session
from batchtasks_cli.commands.add import WordsArg
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, at_most_one, note, print_error, shell_line
from batchtasks_cli.input.add_options import TaskOptions
from batchtasks_cli.input.options import JobArg, Number, TasksArg, Text, flag, option
from batchtasks_cli.input.selection import TaskFilter, select_tasks
from batchtasks_cli.output.columns import reason_of
from batchtasks_cli.output.follow import TaskFollower, follow, no_such_file, read_file

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import CloudTask

OUT, ERR = "stdout.txt", "stderr.txt"


class _Writer:
    """Writes what a task writes; with a prefix, whole lines."""

    def __init__(self, prefix: str, *, to_stdout: bool) -> None:
        self._prefix = prefix.encode()
        self._to_stdout = to_stdout
        self._partial: dict[str, bytes] = {}

    def __call__(self, name: str, content: bytes) -> None:
        if self._prefix:
            *whole, self._partial[name] = (self._partial.get(name, b"") + content).split(b"\n")
            content = b"".join(self._prefix + line + b"\n" for line in whole)
        stream = sys.stderr if name == ERR and not self._to_stdout else sys.stdout
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()

    def finish(self) -> None:
        """Write last lines that have no line end."""
        for name, partial in list(self._partial.items()):
            if partial:
                self(name, b"\n")


def logs(
    session: Session,
    which: TaskFilter,
    job: JobArg,
    tasks: TasksArg = None,
    follow_on: Annotated[bool, flag("--follow -f", "Until all have completed; exit status 1 if one failed.")] = False,
    stdout: Annotated[bool, flag("--stdout", "Only the standard output of tasks.")] = False,
    stderr: Annotated[bool, flag("--stderr", "Only the standard error of tasks; goes to standard output.")] = False,
    file: Annotated[Text, option("--file", "PATH", "Another file of the tasks, such as wd/run.log.")] = None,
    tail: Annotated[Number, option("--tail -n", "N", "Begin with the last N lines.", min=0)] = None,
) -> int:
    """Show the output of tasks.

    Their standard output goes to standard output, their standard error to standard error.

    With several tasks, each line begins with the id of its task.
    """
    at_most_one({"--stdout": stdout, "--stderr": stderr, "--file": file}, "Without any of them both are shown.")
    names = [OUT] if stdout else [ERR] if stderr else [file] if file else [OUT, ERR]
    client = session.open(reads=True)
    ids = select_tasks(client, job, tasks, which)
    width = max(map(len, ids), default=0)
    writers = [_Writer(f"{each.ljust(width)} | " if len(ids) > 1 else "", to_stdout=len(names) == 1) for each in ids]
    followers = [TaskFollower(client, job, each, names, write) for each, write in zip(ids, writers, strict=True)]
    for growing in (growing for each in followers for growing in each.files):
        if tail is not None:
            growing.skip_to_last(tail)
    if not follow_on:
        return _write_once(client, job, followers, writers)
    follow(followers, note)
    for each, writer in zip(followers, writers, strict=True):
        writer.finish()
        if file is not None and not each.files[0].found:
            raise no_such_file(job, each.id, file)
    return DONE if all(_succeeded(each.task) for each in followers) else INCOMPLETE


def _succeeded(task: CloudTask | None) -> bool:
    result = getattr(getattr(task, "execution_info", None), "result", None)
    return result is None or result == "success"


def _write_once(client: BatchClient, job: str, followers: list[TaskFollower], writers: list[_Writer]) -> int:
    """Write what is there; a missing file is an error for a single task, and is listed for one of several."""
    from batchtasks import NotFoundError

    status = DONE
    for follower, writer in zip(followers, writers, strict=True):
        is_empty = True
        try:
            for each in follower.files:
                for content in read_file(client, job, follower.id, each.name, each.offset):
                    writer(each.name, content)
                    is_empty = False
            writer.finish()
            if is_empty:
                note(f"task {follower.id} has written nothing. To see why: batchtasks describe {job} {follower.id}")
        except (CliError, NotFoundError) as error:
            if len(followers) == 1:
                raise
            note(f"{follower.id}: {error}")
            status = INCOMPLETE
    return status


def run(session: Session, options: TaskOptions, job: JobArg, words: WordsArg = None) -> int:
    """Add one task, show its output until it has completed, and exit with its exit code.

    batchtasks run JOB python3 fit.py --fast

    If the command could not be run, the exit status is 1. Ctrl-C leaves the task as it is.
    """
    client = session.open(many=True)
    task = options.one_task(words, f"run-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(3)}")
    client.task.add(job, task)
    if sys.stderr.isatty():
        note(f"task {task.id} was added to job {job}.")
    follower = TaskFollower(client, job, task.id, [OUT, ERR], _Writer("", to_stdout=False))
    try:
        follow([follower], note)
    except KeyboardInterrupt:
        watch, end = (shell_line(["batchtasks", *words, job, task.id]) for words in (["logs", "-f"], ["terminate"]))
        print_error(f"task {task.id} has not completed. To watch it: {watch}", f"To end it: {end}")
        raise
    info = follower.task.execution_info if follower.task is not None else None
    code, why = getattr(info, "exit_code", None), reason_of(info)
    status = code if code is not None and 0 <= code < 256 and (code or _succeeded(follower.task)) else INCOMPLETE
    if status and (status != code or not why.startswith("exit code ")):
        print_error(f"Task {task.id} failed: {why}.", f"See: {shell_line(['batchtasks', 'describe', job, task.id])}")
    return status
