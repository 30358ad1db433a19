"""The one loop that drives a bulk call over a port, blocking or awaiting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from batchtasks._bulk.batch import AttemptHistory, RequestBatch
from batchtasks._bulk.engine import Engine, id_of
from batchtasks._bulk.operations import BulkOperation
from batchtasks._bulk.recovery import handle_outcome, report_of
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome
from batchtasks._core.hooks import call_back, validate_callback
from batchtasks._core.retry import RetryPolicy
from batchtasks._core.tracing import bulk_span
from batchtasks.errors import BulkDeadlineError, InvalidInputError

if TYPE_CHECKING:
    from batchtasks._core.backend import BulkBackend
    from batchtasks._core.executor import Executor
    from batchtasks_rest._call import Answer


class Source:
    """Where the tasks come from."""

    def __init__(self, tasks: Any, what: str, *, can_await: bool) -> None:
        # Sent by an earlier call, and not given to the engine yet.
        self.again: deque[TaskOutcome] = deque()
        if isinstance(tasks, Remaining):
            _check_colour(tasks.is_async, what, can_await)
            again, self.rest = tasks.take()
            self.again.extend(again)
        else:
            self.rest = _iterator(tasks, what, can_await)
        self._given = tasks
        self.total = len(tasks) if hasattr(tasks, "__len__") else None
        self._is_async = hasattr(self.rest, "__anext__")

    @property
    def is_broken(self) -> bool:
        """Whether the input is a generator that an exception inside it has ended: what it had yet to give is gone."""
        frame = getattr(self._given, "gi_frame", getattr(self._given, "ag_frame", self))
        return frame is None

    async def fill(self, engine: Engine) -> None:
        """Pull tasks until a request is full or the input has come to its end."""
        if not self._is_async:
            engine.pull(self.rest)
            return
        while not engine.is_full:
            try:
                engine.current = await anext(self.rest)
            except StopAsyncIteration:
                engine.exhausted = True
                return
            engine.pull((engine.current,), all_of_it=False)

    def put_back(self, engine: Engine, now: float) -> None:
        """Give the engine the tasks that an earlier call had sent already; they go first."""
        while self.again:
            outcome = self.again[0]
            engine.pulled += 1
            try:
                item = engine.operation.make(outcome.task)
            except Exception:
                engine.write(outcome)
                engine.ledger.settle(outcome)
            else:
                history = item.history = AttemptHistory(now, engine.moved)
                history.ours, history.unclear, history.error = True, outcome.status == "unknown", outcome.error
                engine.retry_queue.add_loose(item, now, 0.0)
            # Last, so that an interruption loses nothing.
            self.again.popleft()


def _iterator(tasks: Any, what: str, can_await: bool) -> Any:
    if hasattr(tasks, "__aiter__"):
        _check_colour(True, what, can_await)
        return aiter(tasks)
    if isinstance(tasks, (str, bytes, Mapping)) or not hasattr(tasks, "__iter__"):
        hint = " Pass its `.value`." if hasattr(tasks, "value") else " For a single one pass a list of one."
        raise InvalidInputError(f"{what} takes an iterable, not {type(tasks).__name__}.{hint}")
    return iter(tasks)


def _check_colour(is_async: bool, what: str, can_await: bool) -> None:
    if is_async and not can_await:
        raise InvalidInputError(
            f"{what} of the blocking BatchClient cannot take an async iterable; use AsyncBatchClient, or pass a list."
        )


# After Ctrl-C the answers of requests in flight are waited for so long, so that fewer tasks end as unknown.
GRACE = 2.0
# Nothing is waited for longer than this at one time: clocks of the system do not take all that a timedelta can hold.
LONGEST_WAIT = 3600.0
# Progress is told at most this often.
PROGRESS_EVERY = 0.1


@define
class BulkRun:
    """One bulk call under way."""

    engine: Engine
    source: Source
    backend: BulkBackend
    # One request at a time is made in place, without a thread or a task for it.
    in_place: bool = False
    deadline: float | None = None
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | None = None
    _next_progress: float = float("-inf")

    async def to_end(self) -> BulkReport:
        """Bring the call to its end; an exception from outside carries the report as its attribute `report`."""
        try:
            self.source.put_back(self.engine, self.backend.clock())
            await self._loop()
            return await self._finish()
        except BaseException as error:
            self.engine.stop(error)
            await self._salvage(error)
            attach(error, report_of(self.engine, self.backend.clock(), self.source.again, self.source.rest))
            if self.source.is_broken and not self.engine.exhausted:
                error.add_note(
                    "It struck inside the generator of the tasks; what that had yet to give is not in `resume`."
                )
            raise

    async def _loop(self) -> None:
        engine = self.engine
        while not engine.is_over:
            if self._is_late():
                return
            await self._start_all()
            await self._take_one()
            if self.on_result is not None or self.progress is not None:
                await self._tell()

    def _is_late(self) -> bool:
        if self.deadline is None or self.backend.clock() < self.deadline:
            return False
        seconds = self.deadline - self.engine.began
        self.engine.stop(BulkDeadlineError(f"The deadline of {seconds:g} seconds has passed."))
        return True

    async def _start_all(self) -> None:
        engine, backend = self.engine, self.backend
        while engine.may_start(now := backend.clock()):
            batch = await self._next_chunk(now)
            if batch is None:
                return
            call = engine.operation.call(batch.items)
            engine.start(batch, call, now)
            if self.in_place:
                self._absorb(batch, await _outcome(backend, call))
                return
            backend.start(call, batch)

    async def _next_chunk(self, now: float) -> RequestBatch | None:
        engine = self.engine
        batch = engine.take_waiting(now)
        if batch is not None:
            return batch
        engine.gather(now)
        if engine.wants_tasks:
            await self.source.fill(engine)
        return engine.cut()

    async def _take_one(self) -> None:
        engine, backend = self.engine, self.backend
        now = backend.clock()
        due = engine.next_event(now)
        if self.deadline is not None:
            due = self.deadline if due is None else min(due, self.deadline)
        seconds = None if due is None else min(max(0.0, due - now), LONGEST_WAIT)
        if engine.open:
            finished = await backend.next_finished(seconds)
            if finished is not None:
                self._absorb(*finished)
        elif seconds and not engine.is_over:
            await backend.sleep(seconds)

    def _absorb(self, batch: RequestBatch, outcome: Answer | BaseException) -> None:
        handle_outcome(self.engine, batch, outcome, self.backend.clock(), self.backend.random())

    async def _tell(self, *, last: bool = False) -> None:
        """Tell the caller what is new."""
        engine = self.engine
        if engine.news and self.on_result is not None:
            news, engine.news = engine.news, []
            for outcome in news:
                await call_back(self.on_result, outcome)
        if self.progress is None:
            return
        now = self.backend.clock()
        if last or now >= self._next_progress:
            self._next_progress = now + PROGRESS_EVERY
            await call_back(self.progress, engine.progress(now))

    async def _finish(self) -> BulkReport:
        engine = self.engine
        report = report_of(engine, self.backend.clock(), self.source.again, self.source.rest)
        if engine.news is not None:
            engine.news += report.failed[len(engine.ledger.failed) :] + report.unknown[len(engine.ledger.unknown) :]
            engine.news += [TaskOutcome(id_of(task), "unsent", task=task) for task in report.unsent]
        await self._tell(last=True)
        return report

    async def _salvage(self, error: BaseException) -> None:
        """Take in what is in flight, briefly: after a cancellation only what is there already."""
        engine = self.engine
        engine.recover()
        if self.in_place or isinstance(error, GeneratorExit):
            return
        until = self.backend.clock() + (GRACE if isinstance(error, (Exception, KeyboardInterrupt)) else 0.0)
        try:
            while any(batch.sent for batch in engine.open):
                finished = await self.backend.next_finished(max(0.0, until - self.backend.clock()))
                if finished is None:
                    return
                self._absorb(*finished)
        except BaseException as second:
            # A second interruption: what was asked for comes first.
            error.add_note(f"While the requests in flight were waited for: {type(second).__name__}.")


async def _outcome(backend: BulkBackend, call: Any) -> Answer | BaseException:
    try:
        return await backend.send(call)
    except Exception as error:
        return error


def attach(error: BaseException, report: BulkReport) -> None:
    """Let an exception carry the report, and say so."""
    error.report = report  # type: ignore[attr-defined]
    error.add_note(f"Bulk call interrupted: {report} The attribute `report` has the lists; `report.resume` goes on.")


_MOST_LANES = 1000


@frozen
class BulkOptions:
    """What the caller wishes of a bulk call."""

    concurrency: int = 16
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | None = None
    deadline: timedelta | float | None = None
    retry: RetryPolicy | None = None
    raise_on_failure: bool = True

    def __attrs_post_init__(self) -> None:
        lanes = self.concurrency
        if type(lanes) is not int or not 1 <= lanes <= _MOST_LANES:
            raise InvalidInputError(f"concurrency must be a whole number from 1 to {_MOST_LANES}, not {lanes!r}.")
        if self.retry is not None and not isinstance(self.retry, RetryPolicy):
            raise InvalidInputError(f"retry must be a RetryPolicy, not {type(self.retry).__name__}.")
        seconds = self.seconds
        if seconds is not None and not 0 < seconds < float("inf"):
            raise InvalidInputError(f"deadline must be a timedelta or seconds above 0, not {self.deadline!r}.")

    @property
    def seconds(self) -> float | None:
        """The deadline in seconds from the start of the call."""
        deadline = self.deadline
        if isinstance(deadline, timedelta):
            return deadline.total_seconds()
        if deadline is not None and (isinstance(deadline, bool) or not isinstance(deadline, (int, float))):
            raise InvalidInputError(f"deadline must be a timedelta or seconds above 0, not {deadline!r}.")
        return deadline

    @property
    def tells(self) -> bool:
        """Whether single outcomes are asked for."""
        return self.on_result is not None


async def carry_out(
    executor: Executor, operation: BulkOperation, tasks: object, what: str, how: BulkOptions
) -> BulkReport:
    """Make the calls of a plan for all tasks and report."""
    validate_callback(how.on_result, "on_result", is_async=executor.backend.is_async)
    validate_callback(how.progress, "progress", is_async=executor.backend.is_async)
    source = Source(tasks, what, can_await=executor.backend.is_async)
    span = (
        bulk_span(executor.origin, what, operation.job_id) if executor.is_traced else nullcontext(lambda counts: None)
    )
    with span as record:
        report = await _to_report(executor, operation, source, how, record)
        if how.raise_on_failure:
            report.raise_if_incomplete()
    return report


async def _to_report(
    executor: Executor,
    operation: BulkOperation,
    source: Source,
    how: BulkOptions,
    record: Callable[[Mapping[str, int]], None],
) -> BulkReport:
    report: BulkReport | None = None
    try:
        # A single lane without a deadline needs no background.
        if how.concurrency == 1 and how.seconds is None:
            report = await _run(executor, operation, source, how, executor.backend.pool(1), in_place=True)
        else:
            pool = executor.backend.pool(how.concurrency)
            try:
                report = await _run(executor, operation, source, how, pool)
            finally:
                await pool.aclose()
        _finish(how.progress)
    except BaseException as error:
        if report is None:
            _finish(how.progress)
        else:
            # Interrupted while tidying up: the work itself had come to its end.
            attach(error, report)
        report = getattr(error, "report", None)
        raise
    finally:
        if report is not None:
            record(_counts(report))
    return report


def _counts(report: BulkReport) -> dict[str, int]:
    lists = {"failed": report.failed, "unknown": report.unknown, "unsent": report.unsent}
    return {
        report.verb: report.added,
        "existed": report.existed,
        "requests": report.requests,
        "retried": report.retried,
        **{name: len(tasks) for name, tasks in lists.items()},
    }


def _finish(progress: object) -> None:
    finish = getattr(progress, "finish", None)
    if finish is not None:
        finish()


async def _run(
    executor: Executor,
    operation: BulkOperation,
    source: Source,
    how: BulkOptions,
    backend: BulkBackend,
    *,
    in_place: bool = False,
) -> BulkReport:
    began = backend.clock()
    engine = Engine(operation, how.retry or executor.retry, how.concurrency, began, tell=how.tells)
    engine.total = source.total
    seconds = how.seconds
    deadline = None if seconds is None else began + seconds
    return await BulkRun(engine, source, backend, in_place, deadline, how.on_result, how.progress).to_end()


def check_choice(name: str, value: object) -> None:
    """Refuse anything but the two words."""
    if value not in ("accept", "fail"):
        raise InvalidInputError(f"{name} must be 'accept' or 'fail', not {value!r}.")
