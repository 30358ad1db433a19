"""`files`: list, write or save the files of a task; `download`: whole folders of many tasks."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, brief, note
from batchtasks_cli.input import options as opt
from batchtasks_cli.input.options import JobArg, TaskArg, argument, flag, option
from batchtasks_cli.input.selection import TaskFilter, select_tasks
from batchtasks_cli.output.columns import FILES
from batchtasks_cli.output.follow import read_file
from batchtasks_cli.output.formats import ListOptions, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.text import count, show_bytes

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import NodeFile

# What Windows does not take in the name of a file, and names that are devices there.
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f\\]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)


def files(
    session: Session,
    output: ListOptions,
    job: JobArg,
    task: TaskArg,
    file: Annotated[opt.Text, argument("[FILE]", "A file to write to standard output, such as wd/out.txt.")] = None,
    recursive: Annotated[bool, flag("--recursive -r", "Include files in directories.")] = False,
    prefix: Annotated[opt.Text, option("--prefix", "TEXT", "Only names that begin with TEXT, such as wd/.")] = None,
    save: Annotated[Path | None, option("--save", "PATH", "Save FILE here instead of writing it out.")] = None,
) -> None:
    """List the files of a task, or show or save one of them."""
    from batchtasks import FileF

    output.choose(FILES, "NodeFile")
    client = session.open(reads=True, as_json=output.is_document)
    if file is not None and (recursive or prefix or output.form != "table"):
        raise CliError("--recursive, --prefix and the forms of output are for lists.", "Leave FILE out to list.")
    if save is not None:
        if file is None:
            raise CliError("--save needs the name of a file.", "Give FILE, such as stdout.txt.")
        target = save / file.rpartition("/")[2] if save.is_dir() else save
        note(f"{target}: {show_bytes(client.file.save_from_task(job, task, file, target))}")
    elif file is not None:
        sys.stdout.buffer.writelines(read_file(client, job, task, file))
        sys.stdout.buffer.flush()
    else:
        which = None if prefix is None else FileF.name.startswith(prefix)
        found = client.file.list_from_task(job, task, recursive=recursive or bool(prefix) or None, filter=which)
        output.write(found, "no file matches.")


def download(
    session: Session,
    which: TaskFilter,
    job: JobArg,
    to: Annotated[Path, option("--to", "DIR", "Folder to save in; each task gets a folder there.")],
    tasks: opt.TasksArg = None,
    include: Annotated[opt.Texts, option("--include", "PATTERN", "Only files such as 'wd/*.csv'.")] = None,
    concurrency: opt.ConcurrencyOption = 8,
    as_json: opt.JsonFlag = False,
) -> int:
    """Download the folders of tasks: of all that have started, unless you name some or give a filter.

    A file that exists with the same size and time is not read again, so you can repeat the command to continue.
    """
    client = session.open(many=True, reads=True)
    ids = select_tasks(client, job, tasks, which, None if tasks or which.text() is not None else "state ne 'active'")
    to.mkdir(parents=True, exist_ok=True)
    if not os.access(to, os.W_OK):
        raise CliError(f"{to}: you cannot write there.", "Choose another folder with --to.")
    work = Download(client, job, to, include or [])
    with Ticker() as tick:
        work.run(ids, concurrency, lambda: tick(f"{work.summary()} ..."))
    if as_json:
        failed = [{"id": task, "file": name, "error": error} for task, name, error in work.failed]
        numbers = {name: work.done[name] for name in ("tasks", "files", "unchanged", "bytes")}
        write_json({"jobId": job, **numbers, "failed": failed})
    else:
        sys.stdout.write(f"{work.summary()} in {to}.\n")
    list_failures((f"{task}: {name}" if name else task, error) for task, name, error in work.failed)
    return INCOMPLETE if work.failed else DONE


class Download:
    """One download: counts of what is `done`, and task, file and error of what has `failed`."""

    def __init__(self, client: BatchClient, job: str, to: Path, include: list[str]) -> None:
        self._client, self._job, self._to, self._include = client, job, to, include
        self._lock = threading.Lock()
        self.done: Counter[str] = Counter()
        self.failed: list[tuple[str, str, str]] = []

    def summary(self) -> str:
        """The counts in words."""
        done = self.done
        parts = [f"{count(done['files'], 'file')} of {count(done['tasks'], 'task')}, {show_bytes(done['bytes'])}"]
        parts += [f"{done['unchanged']:,} unchanged"] if done["unchanged"] else []
        return ", ".join([*parts, *([f"{len(self.failed):,} failed"] if self.failed else [])])

    def run(self, ids: Iterable[str], concurrency: int, report: Callable[[], object]) -> None:
        """Download the folders of tasks, several at once."""
        pool = ThreadPoolExecutor(concurrency)
        try:
            for _ in pool.map(lambda task: self._try(task, "", lambda: self._task(task)), ids):
                report()
        finally:
            # After Ctrl-C the requests under way end with the client.
            pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, task: str, name: str, work: Callable[[], dict[str, int]]) -> None:
        """Do one part of it, and count what was done or what failed."""
        from batchtasks import BatchTasksError

        try:
            done = work()
        except (BatchTasksError, OSError, CliError) as error:
            self.failed.append((task, name, brief(error)))
        else:
            with self._lock:
                self.done.update(done)

    def _task(self, task: str) -> dict[str, int]:
        for file in self._client.file.list_from_task(self._job, task, recursive=True):
            name = str(file.name)
            if not file.is_directory and (not self._include or any(fnmatchcase(name, each) for each in self._include)):
                self._try(task, name, lambda name=name, file=file: self._file(task, name, file))  # type: ignore[misc]
        return {"tasks": 1}

    def _file(self, task: str, name: str, file: NodeFile) -> dict[str, int]:
        target = safe_path(self._to / task, name)
        size, written = (getattr(file.properties, each, None) for each in ("content_length", "last_modified"))
        time = None if written is None else int(written.timestamp())
        if time is not None and target.is_file():
            there = target.stat()
            if (there.st_size, int(there.st_mtime)) == (size, time):
                return {"unchanged": 1}
        target.parent.mkdir(parents=True, exist_ok=True)
        size = self._client.file.save_from_task(self._job, task, name, target)
        if time is not None:
            os.utime(target, (time, time))
        return {"files": 1, "bytes": size}


def safe_path(folder: Path, name: str) -> Path:
    """Return where a task's file is saved; CliError for a name that leads out of the folder or cannot be here."""
    parts = name.split("/")
    bad = any(part in ("", ".", "..") or "\0" in part for part in parts)
    if bad or (os.name == "nt" and any(map(_NOT_ON_WINDOWS.search, parts))):
        raise CliError(f"{name!r} cannot be the name of a file here.", "Read it with: batchtasks files JOB TASK FILE.")
    target = folder.joinpath(*parts)
    # A link in the folder must not lead out of it either.
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise CliError(f"{name!r} would be saved outside of {folder}.", "Choose another folder with --to.")
    return target
