"""`files`: list, write or save the files of a task; `download`: whole folders of many tasks."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, brief, note
from batchtasks_cli.follow import read_file
from batchtasks_cli.input.selection import TaskFilter, select_tasks
from batchtasks_cli.options import (
    ConcurrencyOption,
    JobArg,
    JsonFlag,
    TaskArg,
    TasksArg,
    Text,
    Texts,
    argument,
    flag,
    option,
)
from batchtasks_cli.output.columns import FILES
from batchtasks_cli.output.formats import Form, ListOptions, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.text import count, show_bytes

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import NodeFile


def files(
    session: Session,
    output: ListOptions,
    job: JobArg,
    task: TaskArg,
    file: Annotated[Text, argument("[FILE]", "A file to write to standard output, such as wd/out.txt.")] = None,
    recursive: Annotated[bool, flag("--recursive -r", "Also what is in directories.")] = False,
    prefix: Annotated[Text, option("--prefix", "TEXT", "Only names that begin so, such as wd/.")] = None,
    save: Annotated[Path | None, option("--save", "PATH", "Save FILE here instead of writing it out.")] = None,
) -> None:
    """List a task's files, or write or save one of them."""
    from batchtasks import FileF

    output.choose(FILES, "NodeFile")
    client = session.open(reads=True, as_json=output.is_document)
    if file is not None:
        if recursive or prefix or output.form is not Form.TABLE:
            raise CliError("--recursive, --prefix and the forms of output are for lists.", "Leave FILE out to list.")
        _fetch(client, job, task, file, save)
        return
    if save is not None:
        raise CliError("--save needs the name of a file.", "Give FILE, such as stdout.txt.")
    which = None if prefix is None else FileF.name.startswith(prefix)
    found = client.file.list_from_task(job, task, recursive=recursive or bool(prefix) or None, filter=which)
    if output.write(found) == 0 and output.is_table:
        note("no file matches.")


def _fetch(client: BatchClient, job: str, task: str, file: str, save: Path | None) -> None:
    if save is not None:
        target = save / file.rpartition("/")[2] if save.is_dir() else save
        note(f"{target}: {show_bytes(client.file.save_from_task(job, task, file, target))}")
        return
    done = 0
    with Ticker() as tick:
        for content in read_file(client, job, task, file):
            sys.stdout.buffer.write(content)
            done += len(content)
            if not sys.stdout.isatty():
                tick(f"{show_bytes(done)} read ...")
        sys.stdout.buffer.flush()


# What Windows does not take in the name of a file, and names that are devices there.
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f\\]|[. ]$')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def download(
    session: Session,
    which: TaskFilter,
    job: JobArg,
    to: Annotated[Path, option("--to", "DIR", "Folder to save in; each task gets a folder there.")],
    tasks: TasksArg = None,
    include: Annotated[Texts, option("--include", "PATTERN", "Only files like 'wd/*.csv'; may be repeated.")] = None,
    concurrency: ConcurrencyOption = 8,
    as_json: JsonFlag = False,
) -> int:
    """Download the folders of many tasks at once; of all tasks, if none is named and there is no filter.

    A file that is there already, with the same size and time, is not read again: the same command can be run again.
    """
    client = session.open(many=True, reads=True)
    everything = None if tasks or which.text() is not None else ""
    work = _Download(client, job, to, include or [])
    with closing(select_tasks(client, job, tasks, which, everything)) as ids, Ticker() as tick:
        session.quiet()
        work.run(ids, concurrency, lambda: tick(f"{work.summary()} ..."))
    if as_json:
        failed = [{"id": task, "file": name, "error": error} for task, name, error in work.failed]
        numbers = {name: getattr(work, name) for name in ("tasks", "files", "unchanged", "bytes")}
        write_json({"jobId": job, **numbers, "failed": failed})
    else:
        sys.stdout.write(f"{work.summary()} in {to}.\n")
    list_failures((f"{task}: {name}" if name else task, error) for task, name, error in work.failed)
    return INCOMPLETE if work.failed else DONE


@dataclass
class _Download:
    """One download; its counts are those of what is done."""

    client: BatchClient
    job: str
    to: Path
    include: list[str]
    tasks: int = 0
    files: int = 0
    unchanged: int = 0
    bytes: int = 0
    # Task, file and error.
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def summary(self) -> str:
        """The counts in words."""
        parts = [f"{count(self.files, 'file')} of {count(self.tasks, 'task')}, {show_bytes(self.bytes)}"]
        parts += [f"{self.unchanged:,} unchanged"] if self.unchanged else []
        return ", ".join([*parts, *([f"{len(self.failed):,} failed"] if self.failed else [])])

    def run(self, ids: Iterable[str], concurrency: int, report: Callable[[], object]) -> None:
        """Download the folders of tasks, several at once."""
        pool = ThreadPoolExecutor(concurrency)
        try:
            for _ in pool.map(lambda task: self._try(self._task, task, ""), ids):
                report()
        finally:
            # After Ctrl-C the requests under way end with the client.
            pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, work: Callable[..., dict[str, int]], task: str, name: str, *more: Any) -> None:
        """Do one part of it, and count what was done or what failed."""
        from batchtasks import BatchTasksError

        try:
            done = work(task, name, *more)
        except (BatchTasksError, OSError, CliError) as error:
            with self.lock:
                self.failed.append((task, name, brief(error)))
            return
        with self.lock:
            for counted, number in done.items():
                setattr(self, counted, getattr(self, counted) + number)

    def _task(self, task: str, name: str) -> dict[str, int]:
        for file in self.client.file.list_from_task(self.job, task, recursive=True):
            name = str(file.name)
            if not file.is_directory and (not self.include or any(fnmatchcase(name, each) for each in self.include)):
                self._try(self._file, task, name, file)
        return {"tasks": 1}

    def _file(self, task: str, name: str, file: NodeFile) -> dict[str, int]:
        target = safe_path(self.to / task, name)
        size, written = (getattr(file.properties, each, None) for each in ("content_length", "last_modified"))
        if written is not None and _is_same(target, size, written.timestamp()):
            return {"unchanged": 1}
        target.parent.mkdir(parents=True, exist_ok=True)
        size = self.client.file.save_from_task(self.job, task, name, target)
        if written is not None:
            os.utime(target, (written.timestamp(), written.timestamp()))
        return {"files": 1, "bytes": size}


def _is_same(target: Path, size: int | None, written: float) -> bool:
    """Return whether a file was downloaded before."""
    try:
        there = target.stat()
    except OSError:
        return False
    return there.st_size == size and int(there.st_mtime) == int(written)


def safe_path(folder: Path, name: str) -> Path:
    """Return where a task's file is saved; CliError for a name that leads out of the folder or cannot be here."""
    parts = name.split("/")
    if any(map(_is_bad, parts)):
        raise CliError(f"{name!r} cannot be the name of a file here.", "Read it with: batchtasks files JOB TASK FILE.")
    target = folder.joinpath(*parts)
    # A link in the folder must not lead out of it either.
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise CliError(f"{name!r} would be saved outside of {folder}.", "Choose another folder with --to.")
    return target


def _is_bad(part: str) -> bool:
    if os.name == "nt" and (_NOT_ON_WINDOWS.search(part) or _DEVICES.fullmatch(part)):
        return True
    return part in ("", ".", "..") or "\0" in part
