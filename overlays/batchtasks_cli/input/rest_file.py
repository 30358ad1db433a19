"""Tasks that an `add` did not bring in: saved to a file when their source is gone, and how to continue."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from batchtasks_cli.errors import note, print_error, shell_line
from batchtasks_cli.input.readers import BadRow
from batchtasks_cli.input.tasks import Tasks
from batchtasks_cli.output.text import count, one_line

if TYPE_CHECKING:
    from batchtasks import BulkReport


class Saved(NamedTuple):
    """A file with tasks that were not added; `rest` of them came from the input only now."""

    path: Path
    number: int
    rest: int

    def print_how_to_continue(self, job: str, connection: list[str]) -> None:
        """Write the command that adds them."""
        line = shell_line(["batchtasks", "add", job, "--from", str(self.path), *connection])
        print_error(
            f"{count(self.number, 'task')} that were not added, or may not have been: {self.path}",
            f"To continue: {line}",
        )


def save(report: BulkReport, tasks: Tasks, path: Path | None, job: str) -> Saved | None:
    """Write what was not added to a file, as JSON Lines; None if there was nothing to write.

    A second Ctrl-C while the rest of the input is waited for ends this, with what had come by then in the file.
    """
    where: Path | None = None
    file: IO[str] | None = None
    number = 0
    known = _known(report, tasks)
    try:
        for document in chain(known, _rest(report, tasks)):
            if file is None:
                file, where = _open(path, job)
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
            number += 1
    except KeyboardInterrupt:
        note("the input had not come to its end; what was still to come is not saved.")
    finally:
        if file is not None:
            file.close()
    return None if where is None else Saved(where, number, max(0, number - len(known)))


def _known(report: BulkReport, tasks: Tasks) -> list[dict[str, Any]]:
    """Return what failed, what may be there or not, and what was not sent."""
    found = [*(outcome.task for outcome in [*report.failed, *report.unknown]), *report.unsent]
    if tasks.given > report.pulled:
        # Interrupted while it was handed over.
        found.append(tasks.last)
    return [_document(task) for task in found if not isinstance(task, BadRow)]


def _rest(report: BulkReport, tasks: Tasks) -> Iterator[dict[str, Any]]:
    """Yield the rest of the input."""
    if report.untouched is None or sys.stdin.isatty():
        return
    note("saving the rest of the input; Ctrl-C again stops that ...")
    for task in tasks:
        if isinstance(task, BadRow):
            print(f"  {one_line(f'{task.place}: {task.reason}')}", file=sys.stderr)
        elif tasks.rows.lines.cut and isinstance(report.stopped, KeyboardInterrupt):
            line = tasks.rows.lines.number
            print(f"  line {line} has no line end and may be cut off; it is not saved", file=sys.stderr)
        else:
            yield _document(task)


def print_where_it_ended(tasks: Tasks) -> None:
    """After Ctrl-C, say where the input ended: the signal may have ended the program before the pipe too."""
    if tasks.at_end and not sys.stdin.isatty():
        line = tasks.rows.lines.number
        print_error(
            f"the input ended after line {line:,}. If Ctrl-C also ended the program before the pipe, what it had not "
            "written yet is missing.",
            "Run the whole pipeline again: tasks that exist already are left as they are.",
        )


def _document(task: Any) -> dict[str, Any]:
    document: dict[str, Any] = task if isinstance(task, dict) else task.to_dict()
    return document


def _open(path: Path | None, job: str) -> tuple[IO[str], Path]:
    """Open the file that was asked for, or a new one here or, if that cannot be, in the folder for temporary files."""
    if path is not None:
        return path.open("w", encoding="utf-8"), path
    for folder in (Path(), Path(tempfile.gettempdir())):
        for number in range(1, 1000):
            # The colon in the id of a job of a schedule is not allowed in the names of files everywhere.
            name = f"{job.replace(':', '_')}-rest{f'-{number}' if number > 1 else ''}.jsonl"
            try:
                return (folder / name).open("x", encoding="utf-8"), folder / name
            except FileExistsError:
                continue
            except OSError:
                break
    handle, text = tempfile.mkstemp(prefix="batchtasks-rest-", suffix=".jsonl")
    return open(handle, "w", encoding="utf-8"), Path(text)
