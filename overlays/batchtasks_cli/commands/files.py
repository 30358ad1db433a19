"""`files`: list the files of a task, write one to standard output, or save it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from batchtasks_cli.commands.columns import FILES
from batchtasks_cli.errors import Complaint
from batchtasks_cli.follow import pieces_of
from batchtasks_cli.options import CsvFlag, DryFlag, JobArg, JsonLinesFlag, TaskArg
from batchtasks_cli.output import Form, form_of, write_items
from batchtasks_cli.progress import Ticker
from batchtasks_cli.session import Session
from batchtasks_cli.text import show_bytes

FileArg = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]", help="A file to write to standard output, such as wd/out.txt.", show_default=False
    ),
]
RecursiveFlag = Annotated[bool, typer.Option("--recursive", "-r", help="Also what is in directories.")]
PrefixOption = Annotated[
    str | None, typer.Option("--prefix", metavar="TEXT", help="Only names that begin so, such as wd/.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="PATH", help="Save FILE here instead of writing it out.")
]


def files(
    session: Session,
    job: JobArg,
    task: TaskArg,
    file: FileArg = None,
    recursive: RecursiveFlag = False,
    prefix: PrefixOption = None,
    save: SaveOption = None,
    as_json: JsonLinesFlag = False,
    as_csv: CsvFlag = False,
    dry_run: DryFlag = False,
) -> None:
    """List a task's files, or write or save one of them."""
    form = form_of(as_json, as_csv)
    session.only_show(dry_run, reads=True, as_json=as_json)
    if file is None:
        _list(session, job, task, recursive, prefix, save, form)
        return
    if recursive or prefix or form is not Form.TABLE:
        raise Complaint("--recursive, --prefix, --json and --csv are for lists.", "Leave FILE out to list.")
    _fetch(session, job, task, file, save)


def _list(
    session: Session, job: str, task: str, recursive: bool, prefix: str | None, save: Path | None, form: Form
) -> None:
    from batchtasks import FileF

    if save is not None:
        raise Complaint("--save needs the name of a file.", "Give FILE, such as stdout.txt.")
    which = None if prefix is None else FileF.name.startswith(prefix)
    found = session.client.file.list_from_task(job, task, recursive=recursive or bool(prefix) or None, filter=which)
    if write_items(found, FILES, form) == 0 and form is Form.TABLE:
        print("No file matches.", file=sys.stderr)


def _fetch(session: Session, job: str, task: str, file: str, save: Path | None) -> None:
    done = 0
    with Ticker() as tick:
        if save is not None and save.is_dir():
            save = save / file.rpartition("/")[2]
        if save is not None:
            done = session.client.file.save_from_task(job, task, file, save)
            print(f"{save}: {show_bytes(done)}", file=sys.stderr)
            return
        for chunk_size in pieces_of(session.client, job, task, file):
            sys.stdout.buffer.write(chunk_size)
            done += len(chunk_size)
            if not sys.stdout.isatty():
                tick(f"{show_bytes(done)} read ...")
        sys.stdout.buffer.flush()
