"""`add`: one task from flags, or many from a file or standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli import leftovers
from batchtasks_cli.bulk import tell
from batchtasks_cli.checking import Check
from batchtasks_cli.commands.add_flags import InputFlags, TaskFlags, maker_of, task_of
from batchtasks_cli.errors import Complaint, DryRun, complain, status_of_interruption
from batchtasks_cli.making import Tasks
from batchtasks_cli.options import ConcurrencyOption, DryFlag, JobArg, JsonFlag, span_of
from batchtasks_cli.output import write_document
from batchtasks_cli.progress import BulkTicker, Ticker
from batchtasks_cli.rows import BadRow, Rows, format_of, rows_of
from batchtasks_cli.session import Session
from batchtasks_cli.shield import Shield
from batchtasks_cli.source import Bytes
from batchtasks_cli.template import Unfit

if TYPE_CHECKING:
    from batchtasks import BulkReport
    from batchtasks.models import TaskAddParameter

# The service takes so many at once.
_TO_A_REQUEST = 100

WordsArg = Annotated[
    list[str] | None,
    typer.Argument(metavar="[-- PROGRAM ARGUMENTS...]", help="The command line, word by word.", show_default=False),
]


def add(
    session: Session,
    flags: TaskFlags,
    source: InputFlags,
    job: JobArg,
    words: WordsArg = None,
    concurrency: ConcurrencyOption = 16,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Add one task, or a task for every row of a file.

    \b
    batchtasks add JOB --id t1 -- /bin/sh -c 'echo hi'
    batchtasks add JOB --from tasks.jsonl
    batchtasks add JOB --from points.csv --id 'run-{n}' --command 'python3 fit.py {x} {y}'
    seq 1000 | batchtasks add JOB --from - --format lines --id 't-{line}' --command 'sleep {line}'

    With --from, tasks whose ids are there already are left as they are, so that running the same command again is harmless.
    """
    session.only_show(dry_run, as_json=as_json)
    if source.file is None:
        return _add_one(session, flags, source, job, words, as_json)
    session.be_patient()
    with Shield() as shield:
        return _Adding(session, flags, source, job, words, shield).run(concurrency, as_json)


def _add_one(
    session: Session, flags: TaskFlags, source: InputFlags, job: str, words: list[str] | None, as_json: bool
) -> int:
    if source.given():
        raise Complaint(f"{', '.join(source.given())} goes with --from only.", "Add --from FILE, or leave it out.")
    task = task_of(flags, words)
    session.client.task.add(job, task)
    if as_json:
        write_document({"jobId": job, "added": 1, "id": task.id})
    else:
        sys.stdout.write(f"Task {task.id} was added.\n")
    return 0


class _Adding:
    """Adding the tasks of one input."""

    def __init__(
        self, session: Session, flags: TaskFlags, source: InputFlags, job: str, words: list[str] | None, shield: Shield
    ) -> None:
        self._session = session
        self._source = source
        self._job = job
        self._shield = shield
        self._flags = flags
        self._words = words
        self._deadline = span_of(source.deadline, "--deadline")
        self._form = format_of(source.path, source.form)
        self._inputs: list[Bytes] = []

    @property
    def _is_file(self) -> bool:
        """Whether the input can be read again."""
        return self._source.path is not None and self._source.path.is_file()

    def _open(self) -> Rows:
        source = Bytes(self._source.path, self._shield)
        self._inputs.append(source)
        return rows_of(source, self._form)

    def run(self, concurrency: int, as_json: bool) -> int:
        """Look through a file, then send."""
        try:
            total, tasks = self._prepare()
            if self._session.is_dry:
                return self._show(tasks)
            return self._send(tasks, total, concurrency, as_json)
        finally:
            for source in self._inputs:
                source.close()

    def _prepare(self) -> tuple[int | None, Tasks]:
        """Open the input and, if it can be read again, look through it."""
        if self._source.path is None and sys.stdin.isatty():
            print("batchtasks: reading rows from the terminal; Ctrl-D ends them.", file=sys.stderr)
        rows, total = self._open(), None
        maker = maker_of(self._flags, self._words, self._form, rows.columns)
        if self._is_file and not self._source.no_check:
            with Ticker() as tick:
                total = Check(self._open, maker, tick, lambda row: self._probe(maker.make(row))).run()
            if total == 0:
                print(f"batchtasks: {rows.name} holds no rows.", file=sys.stderr)
            rows = self._open()
        return total, Tasks(rows, maker, self._shield)

    def _probe(self, task: Any) -> None:
        """Let the client look at a task as closely as if it were sent."""
        from batchtasks import InvalidInputError

        try:
            self._session.prepared(lambda client: client.task.raw.add(self._job, task))
        except InvalidInputError as error:
            raise Unfit(str(error)) from None

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
                existing="fail" if self._source.fail_existing else "accept",
                raise_on_failure=False,
            )
        except (KeyboardInterrupt, Complaint) as error:
            # Ctrl-C, or input that cannot be read on: the report says what is in.
            found: BulkReport | None = getattr(error, "report", None)
            if found is None:
                raise
            status = self._finish(found, total, as_json)
            return status_of_interruption(error) if isinstance(error, KeyboardInterrupt) else status
        return self._finish(report, total, as_json)

    def _finish(self, report: BulkReport, total: int | None, as_json: bool) -> int:
        ended, kept = report.stopped is not None, None
        if isinstance(report.stopped, KeyboardInterrupt):
            print("\nbatchtasks: interrupted.", file=sys.stderr)
        if self._source.rest is not None or (ended and not self._is_file):
            kept = leftovers.save(report, self._source.rest, self._job)
        unread = max(0, total - report.pulled) if total is not None else kept.rest if kept is not None else 0
        again, then = self._again() if ended and self._is_file and kept is None else "", ""
        if again and isinstance(report.stopped, Exception):
            again, then = "", f"Then {again[0].lower()}{again[1:]}."
        status = tell(report, as_json, unread, then, **({} if kept is None else {"rest": str(kept.path)}))
        if kept is not None:
            kept.tell(self._job, self._session.words())
        elif again:
            complain("not all of the input is in.", f"{again}: {leftovers.command_again()}")
        return status

    def _again(self) -> str:
        plain = " without --fail-existing" if self._source.fail_existing else ""
        return f"Run the same command again{plain}; what is in counts as existed"

    def _show(self, tasks: Tasks) -> int:
        """Show the requests: tasks by the hundred, halved where they would be too large."""
        for chunk in _chunks(tasks):
            self._show_chunk([self._model(task) for task in chunk])
        return 0

    def _model(self, task: Any) -> TaskAddParameter:
        """Take a task as strictly as if it were sent."""
        from batchtasks.models import TaskAddParameter

        if isinstance(task, TaskAddParameter):
            return task
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
            raise Complaint(f"{task.place}: {task.trouble}.", "Nothing is sent in a dry run; correct it.")
        chunk.append(task)
        if len(chunk) == _TO_A_REQUEST:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
