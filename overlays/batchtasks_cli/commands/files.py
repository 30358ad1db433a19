"""`files`: list, write or save the files of a task; `download`: whole folders of many tasks."""

from __future__ import annotations

import os
import re
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from batchtasks_cli.account.completion import complete_tasks
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, brief
from batchtasks_cli.follow import read_file
from batchtasks_cli.input.selection import TaskFilter, select_tasks
from batchtasks_cli.options import ConcurrencyOption, DryFlag, JobArg, JsonFlag, TaskArg, argument
from batchtasks_cli.output.columns import FILES, member_column
from batchtasks_cli.output.formats import ListForm, ListOptions, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.text import count, one_line, show_bytes

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import NodeFile

FileArg = Annotated[str | None, argument("[FILE]", "A file to write to standard output, such as wd/out.txt.")]
RecursiveFlag = Annotated[bool, typer.Option("--recursive", "-r", help="Also what is in directories.")]
PrefixOption = Annotated[
    str | None, typer.Option("--prefix", metavar="TEXT", help="Only names that begin so, such as wd/.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="PATH", help="Save FILE here instead of writing it out.")
]


def files(
    session: Session,
    output: ListOptions,
    job: JobArg,
    task: TaskArg,
    file: FileArg = None,
    recursive: RecursiveFlag = False,
    prefix: PrefixOption = None,
    save: SaveOption = None,
    dry_run: DryFlag = False,
) -> None:
    """List a task's files, or write or save one of them."""
    layout = output.layout(FILES, partial(member_column, "NodeFile", known=FILES))
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    if file is not None:
        if recursive or prefix or layout.form is not ListForm.TABLE:
            raise CliError("--recursive, --prefix and the forms of output are for lists.", "Leave FILE out to list.")
        _fetch(session, job, task, file, save)
        return
    from batchtasks import FileF

    if save is not None:
        raise CliError("--save needs the name of a file.", "Give FILE, such as stdout.txt.")
    which = None if prefix is None else FileF.name.startswith(prefix)
    found = session.client.file.list_from_task(job, task, recursive=recursive or bool(prefix) or None, filter=which)
    if layout.write(found) == 0 and layout.is_table:
        print("No file matches.", file=sys.stderr)


def _fetch(session: Session, job: str, task: str, file: str, save: Path | None) -> None:
    done = 0
    with Ticker() as tick:
        if save is not None:
            target = save / file.rpartition("/")[2] if save.is_dir() else save
            done = session.client.file.save_from_task(job, task, file, target)
            print(f"{one_line(str(target))}: {show_bytes(done)}", file=sys.stderr)
            return
        for content in read_file(session.client, job, task, file):
            sys.stdout.buffer.write(content)
            done += len(content)
            if not sys.stdout.isatty():
                tick(f"{show_bytes(done)} read ...")
        sys.stdout.buffer.flush()


TasksArg = Annotated[
    list[str] | None,
    argument("[TASK]...", "Ids of tasks; without any and without a filter, all tasks.", autocompletion=complete_tasks),
]
ToOption = Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder to save in; each task gets one in it.")]
IncludeOption = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="PATTERN", help="Only files like this, such as 'wd/*.csv'; may be repeated."),
]
# What Windows does not take in the name of a file, and names that are devices there.
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f\\]|[. ]$')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def download(
    session: Session,
    which: TaskFilter,
    job: JobArg,
    to: ToOption,
    tasks: TasksArg = None,
    include: IncludeOption = None,
    concurrency: ConcurrencyOption = 8,
    as_json: JsonFlag = False,
) -> int:
    """Download the folders of many tasks at once.

    A file that is there already with its size and time is not read again: the same command can be run again.
    """
    session.be_patient()
    ids = select_tasks(session.client, job, tasks, which, None if tasks or which.text() is not None else "")
    session.quiet()
    work = _Download(session.client, job, to, include or [])
    with Ticker() as tick:
        work.run(ids, concurrency, lambda: tick(f"{work.summary()} ..."))
    if as_json:
        failed = [{"id": task, "file": file, "error": error} for task, file, error in work.failed]
        numbers = {"tasks": work.tasks, "files": work.files, "unchanged": work.unchanged, "bytes": work.bytes}
        write_json({"jobId": job, **numbers, "failed": failed})
    else:
        sys.stdout.write(f"{work.summary()} in {to}.\n")
    for task, file, error in work.failed[:10]:
        print(f"  {one_line(f'{task}: {file}: {error}' if file else f'{task}: {error}')}", file=sys.stderr)
    if len(work.failed) > 10:
        print(f"  and {len(work.failed) - 10:,} more", file=sys.stderr)
    return INCOMPLETE if work.failed else DONE


class _Failure(NamedTuple):
    task: str
    file: str
    error: str


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
    failed: list[_Failure] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def summary(self) -> str:
        """The counts in words."""
        parts = [f"{count(self.files, 'file')} of {count(self.tasks, 'task')}, {show_bytes(self.bytes)}"]
        parts += [f"{self.unchanged:,} unchanged"] if self.unchanged else []
        return ", ".join([*parts, *([f"{len(self.failed):,} failed"] if self.failed else [])])

    def run(self, ids: Any, concurrency: int, report: Any) -> None:
        """Download the folders of tasks, several at once, never far more than are under way."""
        pool = ThreadPoolExecutor(concurrency)
        try:
            under_way: set[Future[None]] = set()
            for task in ids:
                under_way.add(pool.submit(self._task, task))
                if len(under_way) >= 2 * concurrency:
                    under_way = self._some_done(under_way, report)
            while under_way:
                under_way = self._some_done(under_way, report)
        finally:
            pool.shutdown(cancel_futures=True)

    def _some_done(self, under_way: set[Future[None]], report: Any) -> set[Future[None]]:
        done, pending = wait(under_way, timeout=0.2, return_when=FIRST_COMPLETED)
        report()
        for each in done:
            each.result()
        return pending

    def _task(self, task: str) -> None:
        from batchtasks import BatchTasksError

        try:
            for file in self.client.file.list_from_task(self.job, task, recursive=True):
                if not file.is_directory and self._is_wanted(str(file.name)):
                    self._file(task, file)
        except (BatchTasksError, OSError) as error:
            self._add_failure(_Failure(task, "", brief(error)))
        with self._lock:
            self.tasks += 1

    def _is_wanted(self, name: str) -> bool:
        return not self.include or any(fnmatchcase(name, pattern) for pattern in self.include)

    def _file(self, task: str, file: NodeFile) -> None:
        from batchtasks import BatchTasksError

        name = str(file.name)
        try:
            target = safe_path(self.to / task, name)
            if _is_same(target, file):
                with self._lock:
                    self.unchanged += 1
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            size = self.client.file.save_from_task(self.job, task, name, target)
            if (written := getattr(file.properties, "last_modified", None)) is not None:
                os.utime(target, (written.timestamp(), written.timestamp()))
        except (BatchTasksError, OSError, CliError) as error:
            self._add_failure(_Failure(task, name, brief(error)))
            return
        with self._lock:
            self.files += 1
            self.bytes += size

    def _add_failure(self, failure: _Failure) -> None:
        with self._lock:
            self.failed.append(failure)


def _is_same(target: Path, file: NodeFile) -> bool:
    """Return whether a file was downloaded before, by its size and its time."""
    properties = file.properties
    written = getattr(properties, "last_modified", None)
    try:
        there = target.stat()
    except OSError:
        return False
    return written is not None and (there.st_size, int(there.st_mtime)) == (
        getattr(properties, "content_length", None),
        int(written.timestamp()),
    )


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
