"""Tasks that an `add` did not bring in: kept in a file when their source is gone, and how to go on."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from batchtasks_cli.errors import complain
from batchtasks_cli.making import Tasks
from batchtasks_cli.rows import BadRow
from batchtasks_cli.text import count

if TYPE_CHECKING:
    from batchtasks import BulkReport


class Kept(NamedTuple):
    """A file with tasks that are not in; `rest` of them came from the input only now."""

    path: Path
    number: int
    rest: int

    def tell(self, job: str, connection: list[str]) -> None:
        """Say how to add them."""
        line = shlex.join(["batchtasks", "add", job, "--from", str(self.path), *connection])
        complain(
            f"{count(self.number, 'task')} that did not get in, or may not have: {self.path}", f"Go on with: {line}"
        )


def save(report: BulkReport, path: Path | None, job: str) -> Kept | None:
    """Write what is not in to a file, as JSON Lines; None if there was nothing to write.

    A second Ctrl-C while the rest of the input is waited for ends this, with what had come by then in the file.
    """
    where: Path | None = None
    file: IO[str] | None = None
    number = 0
    known = _known(report)
    try:
        for document in chain(known, _rest(report)):
            if file is None:
                file, where = _open(path, job)
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
            number += 1
    except KeyboardInterrupt:
        print("batchtasks: the input had not come to its end.", file=sys.stderr)
    finally:
        if file is not None:
            file.close()
    return None if where is None else Kept(where, number, max(0, number - len(known)))


def _known(report: BulkReport) -> list[dict[str, Any]]:
    """Give what failed, what may be there or not, and what was not sent."""
    tasks = [*(outcome.task for outcome in [*report.failed, *report.unknown]), *report.unsent]
    return [_document(task) for task in tasks if not isinstance(task, BadRow)]


def _rest(report: BulkReport) -> Iterator[dict[str, Any]]:
    """Give the rest of the input."""
    rest = report.untouched
    if not isinstance(rest, Tasks) or sys.stdin.isatty():
        return
    print("batchtasks: keeping the rest of the input; Ctrl-C once more stops that ...", file=sys.stderr)
    for task in rest:
        if isinstance(task, BadRow):
            print(f"  {task.place}: {task.trouble}", file=sys.stderr)
        else:
            yield _document(task)


def _document(task: Any) -> dict[str, Any]:
    document: dict[str, Any] = task if isinstance(task, dict) else task.to_dict()
    return document


def _open(path: Path | None, job: str) -> tuple[IO[str], Path]:
    """Open the file that was asked for, or a new one here or, if that cannot be, in the folder for temporary files."""
    if path is not None:
        return path.open("w", encoding="utf-8"), path
    for folder in (Path(), Path(tempfile.gettempdir())):
        for number in range(1, 1000):
            name = f"{job}-rest.jsonl" if number == 1 else f"{job}-rest-{number}.jsonl"
            try:
                return (folder / name).open("x", encoding="utf-8"), folder / name
            except FileExistsError:
                continue
            except OSError:
                break
    handle, text = tempfile.mkstemp(prefix=f"{job}-rest-", suffix=".jsonl")
    return open(handle, "w", encoding="utf-8"), Path(text)


def command_again() -> str:
    """The command line as it was given; no option of it can hold a key."""
    return shlex.join(["batchtasks", *sys.argv[1:]])
