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
from batchtasks_cli.output.text import count

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
        what = f"{count(self.number, 'task')} that were not added, or may not have been: {self.path}"
        print_error(what, f"To continue: {line}")


def save(report: BulkReport, tasks: Tasks, path: Path | None, job: str) -> Saved | None:
    """Write what was not added to a file, as JSON Lines; None if there was nothing to write.

    A second Ctrl-C while the rest of the input is waited for ends this, with what had come by then in the file.
    """
    # What failed, what may be there or not, and what was not sent.
    known = [*(outcome.task for outcome in [*report.failed, *report.unknown]), *report.unsent]
    if tasks.given > report.pulled:
        known.append(tasks.last)  # interrupted while it was handed over
    known = [task for task in known if not isinstance(task, BadRow)]
    where, file, number = None, None, 0
    try:
        for task in chain(known, _rest(report, tasks)):
            if file is None:
                file, where = _open(path, job)
            file.write(json.dumps(task if isinstance(task, dict) else task.to_dict(), ensure_ascii=False) + "\n")
            number += 1
    except KeyboardInterrupt:
        note("the input had not come to its end; what was still to come is not saved.")
    finally:
        if file is not None:
            file.close()
    return None if where is None else Saved(where, number, max(0, number - len(known)))


def _rest(report: BulkReport, tasks: Tasks) -> Iterator[Any]:
    """Yield the rest of the input."""
    if report.untouched is None or sys.stdin.isatty():
        return
    note("saving the rest of the input; Ctrl-C again stops that ...")
    for task in tasks:
        if isinstance(task, BadRow):
            note(f"{task.place}: {task.reason}")
        elif tasks.rows.lines.cut and isinstance(report.stopped, KeyboardInterrupt):
            note(f"line {tasks.rows.lines.number} has no line end and may be cut off; it is not saved.")
        else:
            yield task


def print_where_it_ended(tasks: Tasks) -> None:
    """After Ctrl-C, say where the input ended: the signal may have ended the program before the pipe too."""
    if tasks.at_end and not sys.stdin.isatty():
        print_error(
            f"the input ended after line {tasks.rows.lines.number:,}. If Ctrl-C also ended the program before the pipe, "
            "what it had not written yet is missing.",
            "Run the whole pipeline again: tasks that exist already are left as they are.",
        )


def _open(path: Path | None, job: str) -> tuple[IO[str], Path]:
    """Open the file that was asked for, or a new one here or, if that cannot be, in the folder for temporary files."""
    if path is not None:
        return path.open("w", encoding="utf-8"), path
    for folder in (Path(), Path(tempfile.gettempdir())):
        for number in range(1, 1000):
            # Not everywhere may the name of a file have the colon of a job schedule's jobs.
            name = f"{job.replace(':', '_')}-rest{f'-{number}' if number > 1 else ''}.jsonl"
            try:
                return (folder / name).open("x", encoding="utf-8"), folder / name
            except FileExistsError:
                continue
            except OSError:
                break
    handle, text = tempfile.mkstemp(prefix="batchtasks-rest-", suffix=".jsonl")
    return open(handle, "w", encoding="utf-8"), Path(text)
