"""`add`: one task from options, or many from a file or standard input."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, cast

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import CliError, DryRun, note, print_error, shell_line, status_of_interruption
from batchtasks_cli.input import rest_file
from batchtasks_cli.input.add_options import InputOptions, TaskOptions, maker_of
from batchtasks_cli.input.check import count_rows
from batchtasks_cli.input.readers import BadRow, Rows, format_of, rows_of
from batchtasks_cli.input.source import Bytes, Interrupts, Lines
from batchtasks_cli.input.tasks import Tasks
from batchtasks_cli.input.templates import UnfitRowError
from batchtasks_cli.options import ConcurrencyOption, DryFlag, JobArg, JsonFlag, argument, span_of
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import BulkTicker, Ticker
from batchtasks_cli.output.report import document_of, write_report

if TYPE_CHECKING:
    from batchtasks import BulkReport
    from batchtasks.models import TaskAddParameter

# The service takes so many at once.
_TO_A_REQUEST = 100

WordsArg = Annotated[
    list[str] | None,
    argument("[PROGRAM ARGUMENTS...]", "The command line, word by word; options after PROGRAM belong to it."),
]


def add(
    session: Session,
    options: TaskOptions,
    source: InputOptions,
    job: JobArg,
    words: WordsArg = None,
    concurrency: ConcurrencyOption = 16,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Add one task, or a task for every row of a file.

    batchtasks add JOB --id t1 grep -e word file.txt

    batchtasks add JOB --from tasks.jsonl

    batchtasks add JOB --from points.csv --id 'run-{n}' --command 'python3 fit.py {x} {y}'

    seq 1000 | batchtasks add JOB --from - --format lines --id 't-{line}' sleep '{line}'

    With --from, tasks whose ids exist already are left as they are: the same command can be run again.
    """
    session.only_show(dry_run, as_json=as_json)
    if source.file is None:
        return _add_one(session, options, source, job, words, as_json)
    session.be_patient()
    with Interrupts() as interrupts:
        return _Adding(session, options, source, job, words, interrupts).run(concurrency, as_json)


def _add_one(
    session: Session, options: TaskOptions, source: InputOptions, job: str, words: list[str] | None, as_json: bool
) -> int:
    from batchtasks import BulkReport

    if source.given():
        raise CliError(f"{', '.join(source.given())} is for --from only.", "Add --from FILE, or leave it out.")
    task, began = options.task(words), time.monotonic()
    session.client.task.add(job, task)
    if as_json:
        write_json(document_of(BulkReport(job_id=job, added=1, requests=1, seconds=time.monotonic() - began), 0))
    else:
        sys.stdout.write(f"Task {task.id} was added.\n")
    return 0


class _Adding:
    """Adding the tasks of one input."""

    def __init__(
        self,
        session: Session,
        options: TaskOptions,
        source: InputOptions,
        job: str,
        words: list[str] | None,
        interrupts: Interrupts,
    ) -> None:
        self._session = session
        self._source = source
        self._job = job
        self._interrupts = interrupts
        self._options = options
        self._words = words
        self._deadline = span_of(source.deadline, "--deadline")
        self._existing = source.existing
        self._form = format_of(source.path, source.form)
        self._inputs: list[Bytes] = []

    @property
    def _is_file(self) -> bool:
        """Whether the input can be read again."""
        return self._source.path is not None and self._source.path.is_file()

    def _open(self) -> Rows:
        source = Bytes(self._source.path, self._interrupts)
        self._inputs.append(source)
        return rows_of(Lines(source), self._form)

    def run(self, concurrency: int, as_json: bool) -> int:
        """Check a file, then send."""
        try:
            total, tasks = self._prepare()
            if self._session.is_dry:
                return self._show(tasks)
            return self._send(tasks, total, concurrency, as_json)
        finally:
            for source in self._inputs:
                source.close()

    def _prepare(self) -> tuple[int | None, Tasks]:
        """Open the input and, if it can be read again, check all of it."""
        if self._source.path is None and sys.stdin.isatty():
            note("reading rows from the terminal; Ctrl-D ends them.")
        rows, total = self._open(), None
        maker = maker_of(self._options, self._words, self._source.ignore, rows.columns)
        if self._is_file and not self._source.no_check:
            with Ticker() as tick:
                total = count_rows(self._open, maker, tick, lambda row: self._probe(maker.make(row)))
            if total == 0:
                note(f"{rows.name} holds no rows.")
            rows = self._open()
        return total, Tasks(rows, maker, self._interrupts)

    def _probe(self, task: Any) -> None:
        """Let the client check a task as closely as if it were sent."""
        from batchtasks import InvalidInputError

        try:
            self._session.prepared(lambda client: client.task.raw.add(self._job, task))
        except InvalidInputError as error:
            raise UnfitRowError(str(error)) from None

    def _send(self, tasks: Tasks, total: int | None, concurrency: int, as_json: bool) -> int:
        operations = self._session.client.task
        self._session.quiet()
        try:
            report = operations.add_collection(
                self._job,
                tasks,
                concurrency=concurrency,
                progress=BulkTicker("Adding tasks", total),
                deadline=self._deadline,
                existing=cast(Any, self._existing),
                raise_on_failure=False,
            )
        except (KeyboardInterrupt, Exception) as error:
            # Ctrl-C, input that cannot be read on, a missing job: the report says what was added.
            found: BulkReport | None = getattr(error, "report", None)
            if found is None:
                raise
            status = self._finish(found, tasks, total, as_json)
            return status_of_interruption(error) if isinstance(error, KeyboardInterrupt) else status
        return self._finish(report, tasks, total, as_json)

    def _finish(self, report: BulkReport, tasks: Tasks, total: int | None, as_json: bool) -> int:
        ended, saved = report.stopped is not None, None
        interrupted = isinstance(report.stopped, KeyboardInterrupt)
        if interrupted:
            print("\nbatchtasks: interrupted.", file=sys.stderr)
        if self._source.rest is not None or (ended and not self._is_file):
            saved = rest_file.save(report, tasks, self._source.rest, self._job)
        unread = max(0, total - report.pulled) if total is not None else saved.rest if saved is not None else 0
        again, then = self._again() if ended and self._is_file and saved is None else "", ""
        if again and isinstance(report.stopped, Exception):
            again, then = "", f"Then {again[0].lower()}{again[1:]}."
        status = write_report(report, as_json, unread, then, **({} if saved is None else {"rest": str(saved.path)}))
        if saved is not None:
            saved.print_how_to_continue(self._job, self._session.words())
        elif again:
            # No option of the command can hold a key.
            print_error("not all of the input was added.", f"{again}: {shell_line(['batchtasks', *sys.argv[1:]])}")
        if interrupted and not self._is_file:
            rest_file.print_where_it_ended(tasks)
        return status

    def _again(self) -> str:
        plain = " without --fail-existing" if self._source.fail_existing else ""
        return f"Run the same command again{plain}; what was added counts as existed"

    def _show(self, tasks: Tasks) -> int:
        """Show the requests: tasks by the hundred, halved where they would be too large."""
        for chunk in _chunks(tasks):
            self._show_chunk([self._model(task) for task in chunk])
        return 0

    def _model(self, task: Any) -> TaskAddParameter:
        """Check a task as strictly as if it were sent."""
        from batchtasks.models import TaskAddParameter

        call = self._session.prepared(lambda client: client.task.raw.add(self._job, task))
        return TaskAddParameter.from_dict(json.loads(call.content or b"{}"))

    def _show_chunk(self, models: list[TaskAddParameter]) -> None:
        from batchtasks import BodyTooLargeError
        from batchtasks.models import TaskAddCollectionParameter

        try:
            with suppress(DryRun):
                self._session.client.task.raw.add_collection(self._job, TaskAddCollectionParameter(value=models))
        except BodyTooLargeError:
            middle = len(models) // 2
            if middle == 0:
                raise
            self._show_chunk(models[:middle])
            self._show_chunk(models[middle:])


def _chunks(tasks: Tasks) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for task in tasks:
        if isinstance(task, BadRow):
            raise CliError(f"{task.place}: {task.reason}.", "Nothing is sent in a dry run; correct it.")
        chunk.append(task)
        if len(chunk) == _TO_A_REQUEST:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
