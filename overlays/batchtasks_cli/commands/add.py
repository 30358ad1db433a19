"""`add`: one task from options, or many from a file or standard input; what is not added can be saved."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, CliError, DryRun, note, print_error, shell_line, status_of_interruption
from batchtasks_cli.input.add_options import InputOptions, TaskOptions, maker_of, used
from batchtasks_cli.input.options import ConcurrencyOption, JobArg, JsonFlag, Texts, argument
from batchtasks_cli.input.readers import BadRow, Interrupts, Lines, Rows, format_of, rows_of
from batchtasks_cli.input.tasks import Maker, Tasks, count_rows
from batchtasks_cli.output import text
from batchtasks_cli.output.progress import Ticker, bulk_progress
from batchtasks_cli.output.report import do_one, write_report

if TYPE_CHECKING:
    from batchtasks import BulkReport

# The service takes so many at once.
_TO_A_REQUEST = 100

WordsArg = Annotated[
    Texts, argument("[PROGRAM ARGUMENTS...]", "The command line, word by word; options after PROGRAM belong to it.")
]


def add(
    session: Session,
    options: TaskOptions,
    source: InputOptions,
    job: JobArg,
    words: WordsArg = None,
    concurrency: ConcurrencyOption = 16,
    as_json: JsonFlag = False,
) -> int:
    """Add one task, or a task for every row of a file.

    batchtasks add JOB --id t1 grep -e word file.txt

    batchtasks add JOB --from tasks.jsonl

    batchtasks add JOB --from points.csv --id 'run-{n}' --command 'python3 fit.py {x} {y}'

    seq 1000 | batchtasks add JOB --from - --format lines --id 't-{line}' sleep '{line}'

    With --from, tasks whose ids exist already are left as they are: the same command can be run again.
    """
    session.open(many=source.file is not None, as_json=as_json)
    if source.file is not None:
        with Interrupts() as interrupts:
            return _Adding(session, options, source, job, words, interrupts).run(concurrency, as_json)
    if given := used(source):
        raise CliError(f"{', '.join(given)} is for --from only.", "Add --from FILE, or leave it out.")
    return do_one(session.client.task.add, job, options.one_task(words), "added", as_json)


@dataclass
class _Adding:
    """Adding the tasks of one input."""

    session: Session
    options: TaskOptions
    source: InputOptions
    job: str
    words: list[str] | None
    interrupts: Interrupts

    def __post_init__(self) -> None:
        # Whether the input can be read again.
        self._is_file = self.source.path is not None and self.source.path.is_file()

    def _maker(self, rows: Rows) -> Maker:
        return maker_of(self.options, self.words, self.source.ignore, rows.columns)

    def run(self, concurrency: int, as_json: bool) -> int:
        """Check a file, then send."""
        path, total = self.source.path, None
        form = format_of(path, self.source.form)
        if path is None and sys.stdin.isatty():
            note("reading rows from the terminal; Ctrl-D ends them.")
        if self._is_file and not self.source.no_check:
            with Lines(path) as lines, Ticker() as tick:
                rows = rows_of(lines, form)
                total = count_rows(rows, self._maker(rows), tick)
            if total == 0:
                note(f"{path} holds no rows.")
        with Lines(path) as lines:
            rows = rows_of(lines, form)
            tasks = Tasks(rows, self._maker(rows), self.interrupts)
            return self._show(tasks) if self.session.dry_run else self._send(tasks, total, concurrency, as_json)

    def _send(self, tasks: Tasks, total: int | None, concurrency: int, as_json: bool) -> int:
        from batchtasks import BatchTasksError

        try:
            report = self.session.client.task.add_collection(
                self.job,
                tasks,
                concurrency=concurrency,
                progress=bulk_progress("Adding tasks", total),
                deadline=self.source.deadline,
                existing=self.source.existing,
                raise_on_failure=False,
            )
        except (KeyboardInterrupt, CliError, BatchTasksError) as error:
            # Ctrl-C, input that cannot be read on, a missing job: the report says what was added.
            found: BulkReport | None = getattr(error, "report", None)
            if found is None:
                raise
            status = self._finish(found, tasks, total, as_json)
            return status_of_interruption(error) if isinstance(error, KeyboardInterrupt) else status
        return self._finish(report, tasks, total, as_json)

    def _finish(self, report: BulkReport, tasks: Tasks, total: int | None, as_json: bool) -> int:
        interrupted, saved, unread = isinstance(report.stopped, KeyboardInterrupt), None, 0
        if interrupted:
            print("\nbatchtasks: interrupted.", file=sys.stderr)
        if self.source.rest is not None or (report.stopped is not None and not self._is_file):
            saved, number, unread = save(report, tasks, self.source.rest, self.job)
        unread = unread if total is None else max(0, total - report.pulled)
        plain = " without --fail-existing" if self.source.fail_existing else ""
        again = f"run the same command again{plain}; what was added counts as existed"
        repeats = report.stopped is not None and self._is_file and saved is None
        then = f"Then {again}." if repeats and not interrupted else ""
        more = {} if saved is None else {"rest": str(saved)}
        status = write_report(report, as_json, unread=unread, then=then, more=more)
        if saved is not None:
            line = shell_line(["batchtasks", "add", self.job, "--from", str(saved), *self.session.words()])
            what = f"{text.count(number, 'task')} that were not added, or may not have been: {saved}"
            print_error(what, f"To continue: {line}")
        elif repeats and interrupted:
            # No option of the command can hold a key.
            line = shell_line(["batchtasks", *sys.argv[1:]])
            print_error("not all of the input was added.", f"{again.capitalize()}: {line}")
        if interrupted and not self._is_file:
            print_where_it_ended(tasks)
        return status

    def _show(self, tasks: Tasks) -> int:
        """Show the requests: tasks by the hundred, halved where they would be too large."""
        while chunk := list(islice(tasks, _TO_A_REQUEST)):
            for row in chunk:
                if isinstance(row, BadRow):
                    raise CliError(f"{row.place}: {row.reason}.", "Nothing is sent in a dry run; correct it.")
            self._show_chunk(chunk)
        return DONE

    def _show_chunk(self, tasks: list[Any]) -> None:
        from batchtasks import BodyTooLargeError

        try:
            with suppress(DryRun):
                self.session.client.task.raw.add_collection(self.job, {"value": tasks})
        except BodyTooLargeError:
            if len(tasks) == 1:
                raise
            middle = len(tasks) // 2
            self._show_chunk(tasks[:middle])
            self._show_chunk(tasks[middle:])


def save(report: BulkReport, tasks: Tasks, path: Path | None, job: str) -> tuple[Path | None, int, int]:
    """Write what was not added to a file, as JSON Lines, if there is anything.

    A second Ctrl-C stops waiting for more input; the file then has what has come by that time.

    Returns:
        The file, the number of tasks in it, and how many of them came from the input only now.
    """
    # What failed, what may be there or not, and what was not sent.
    known = [*(outcome.task for outcome in [*report.failed, *report.unknown]), *report.unsent]
    if tasks.given > report.pulled:
        known.append(tasks.last)  # interrupted while it was handed over
    known = [task for task in known if not isinstance(task, BadRow)]
    where, number = None, 0
    with ExitStack() as stack:
        try:
            for number, task in enumerate(chain(known, _rest(report, tasks)), 1):  # noqa: B007 - returned
                if where is None:
                    file, where = _open(path, job)
                    stack.enter_context(file)
                file.write(json.dumps(task if isinstance(task, dict) else task.to_dict(), ensure_ascii=False) + "\n")
        except KeyboardInterrupt:
            note("the input has not ended; what was still to come is not saved.")
    return where, number, max(0, number - len(known))


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
    """Say where the input ended: Ctrl-C may also have ended the program before the pipe."""
    if tasks.rows.lines.ended and not sys.stdin.isatty():
        print_error(
            f"the input ended after line {tasks.rows.lines.number:,}. If Ctrl-C also ended the program before the pipe, "
            "what it had not written yet is missing.",
            "Run the whole pipeline again: tasks that exist already are left as they are.",
        )


def _open(path: Path | None, job: str) -> tuple[IO[str], Path]:
    """Open the file that was asked for, or a new one here or, if that cannot be, in the folder for temporary files."""
    if path is not None:
        return path.open("w", encoding="utf-8"), path
    # Not everywhere may the name of a file have the colon of a job schedule's jobs.
    stem = f"{job.replace(':', '_')}-rest"
    names = (Path(f"{stem}-{number}.jsonl" if number > 1 else f"{stem}.jsonl") for number in count(1))
    with suppress(OSError):
        where = next(each for each in names if not each.exists())
        return where.open("x", encoding="utf-8"), where
    handle, name = tempfile.mkstemp(prefix=f"{stem}-", suffix=".jsonl")
    return open(handle, "w", encoding="utf-8"), Path(name)
