"""The loop that drives a bulk call over a backend, blocking or awaiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from batchtasks._bulk.batch import BulkOperation, RequestBatch
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.recovery import handle_outcome
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome, attach, id_of
from batchtasks._core.hooks import bulk_span, call_back, validate_callback
from batchtasks._core.retry import RetryPolicy
from batchtasks._validation.values import to_seconds, validate_int
from batchtasks.errors import BulkDeadlineError, InvalidInputError
from batchtasks.progress import as_callback

if TYPE_CHECKING:
    from batchtasks._core.backend import Backend, Pool
    from batchtasks._core.executor import Executor
    from batchtasks_rest._call import Answer

MAX_CONCURRENCY = 1000
# After Ctrl-C the answers of requests in flight are waited for so many seconds, so that fewer tasks end as unknown.
GRACE = 2.0
# Nothing is waited for longer than this at one time: clocks of the system do not take all that a timedelta can hold.
_MAX_WAIT = 3600.0
# Progress is reported at most this often, in seconds.
_PROGRESS_INTERVAL = 0.1


@frozen
class BulkOptions:
    """What the caller wishes of a bulk call; see `add_collection`."""

    concurrency: int = 16
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | bool | None = None
    deadline: timedelta | float | None = None
    retry: RetryPolicy | None = None
    raise_on_failure: bool = True

    def validate(self, is_async: bool) -> float | None:
        """Raise InvalidInputError for what cannot be met; return the seconds that the call may take."""
        validate_int(self.concurrency, "concurrency", 1, MAX_CONCURRENCY)
        validate_callback(self.on_result, "on_result", is_async=is_async)
        if self.retry is not None and not isinstance(self.retry, RetryPolicy):
            raise InvalidInputError(f"retry must be a RetryPolicy, not {type(self.retry).__name__}.")
        return None if self.deadline is None else to_seconds(self.deadline, "deadline", minimum=0.001)


def remaining(tasks: Any, method: str, *, is_async: bool) -> Remaining:
    """Return the input of a bulk call; raise InvalidInputError for what is none."""
    if not isinstance(tasks, Remaining):
        if isinstance(tasks, (str, bytes, Mapping)) or not hasattr(tasks, "__iter__") | hasattr(tasks, "__aiter__"):
            hint = " Pass its `.value`." if hasattr(tasks, "value") else " For a single one pass a list of one."
            raise InvalidInputError(f"{method} takes an iterable, not {type(tasks).__name__}.{hint}")
        tasks = Remaining(rest=aiter(tasks) if hasattr(tasks, "__aiter__") else iter(tasks))
    left: Remaining = tasks
    if left.is_async and not is_async:
        raise InvalidInputError(
            f"{method} of the blocking BatchClient cannot take an async iterable; use AsyncBatchClient, or pass a list."
        )
    return left.take()


@define
class BulkRun:
    """One bulk call under way.

    Attributes:
        engine, backend: Its parts.
        pool: What makes requests in the background. None: each is made in place, without a thread or a task for it; then there
            is one at a time.
        tasks, left: The input as it was passed in, and what is left of it.
        deadline: The time by the backend's clock at which the call ends.
    """

    engine: Engine
    backend: Backend
    pool: Pool | None
    tasks: Any
    left: Remaining
    deadline: float | None = None
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | None = None
    report: BulkReport | None = field(default=None, init=False)
    _next_progress: float = field(default=float("-inf"), init=False)

    async def run(self) -> BulkReport:
        """Run to the end; an exception from outside carries the report as its attribute `report`."""
        try:
            try:
                await self._loop()
            except BaseException as error:
                self.engine.stop(error)
                await self._take_late_outcomes(error)
                raise
            finally:
                if self.pool is not None:
                    await self.pool.aclose()
                if (finish := getattr(self.progress, "finish", None)) is not None:
                    finish()
        except BaseException as error:
            attach(error, self._report())
            # It may be a generator that an exception inside it has ended.
            is_broken = getattr(self.tasks, "gi_frame", getattr(self.tasks, "ag_frame", self)) is None
            if is_broken and not self.engine.exhausted:
                error.add_note(
                    "It was raised in the generator of the tasks; what that had yet to give is not in `resume`."
                )
            raise
        return self._report()

    async def _loop(self) -> None:
        engine = self.engine
        engine.take_known()
        while not engine.is_over and not self._is_late():
            await self._start_requests()
            await self._take_outcome()
            await self._notify()
        if engine.events is not None:
            settled, report = engine.report, self._report()
            engine.events += report.failed[len(settled.failed) :] + report.unknown[len(settled.unknown) :]
            engine.events += [TaskOutcome(id_of(task), "unsent", task=task) for task in report.unsent]
        await self._notify(is_last=True)

    def _report(self) -> BulkReport:
        self.report = self.engine.final_report(self.backend.clock(), self.left.rest)
        return self.report

    def _is_late(self) -> bool:
        if self.deadline is None or self.backend.clock() < self.deadline:
            return False
        seconds = self.deadline - self.engine.began
        self.engine.stop(BulkDeadlineError(f"The deadline of {seconds:g} seconds has passed."))
        return True

    async def _start_requests(self) -> None:
        engine, backend = self.engine, self.backend
        while engine.may_start(now := backend.clock()):
            batch = engine.next_waiting(now)
            if batch is None:
                engine.join_waiting(now)
                if engine.wants_tasks:
                    await self._fill()
                batch = engine.next_filled()
            if batch is None:
                return
            call = batch.operation.call(batch.items)
            engine.start(batch, call, now)
            if self.pool is not None:
                self.pool.start(call, batch)
                continue
            try:
                outcome: Answer | BaseException = await backend.send(call)
            except Exception as error:
                outcome = error
            self._handle(batch, outcome)
            return

    async def _fill(self) -> None:
        """Take tasks until the next request is full or the input is at its end."""
        engine = self.engine
        if not self.left.is_async:
            engine.take(self.left.rest or ())
            return
        while not engine.is_full:
            try:
                engine.current = await anext(self.left.rest)
            except StopAsyncIteration:
                engine.exhausted = True
                return
            engine.take((engine.current,), is_whole_input=False)

    async def _take_outcome(self) -> None:
        engine, backend = self.engine, self.backend
        now = backend.clock()
        due = engine.next_event(now)
        if self.deadline is not None:
            due = self.deadline if due is None else min(due, self.deadline)
        seconds = None if due is None else min(max(0.0, due - now), _MAX_WAIT)
        if engine.open and self.pool is not None:
            finished = await self.pool.next_finished(seconds)
            if finished is not None:
                self._handle(*finished)
        elif seconds and not engine.is_over:
            await backend.sleep(seconds)

    def _handle(self, batch: RequestBatch, outcome: Answer | BaseException) -> None:
        handle_outcome(self.engine, batch, outcome, self.backend.clock(), self.backend.random())

    async def _notify(self, *, is_last: bool = False) -> None:
        """Call the caller's functions if there is something new."""
        engine = self.engine
        if engine.events and self.on_result is not None:
            events, engine.events = engine.events, []
            for outcome in events:
                await call_back(self.on_result, outcome)
        if self.progress is not None:
            now = self.backend.clock()
            if is_last or now >= self._next_progress:
                self._next_progress = now + _PROGRESS_INTERVAL
                total = len(self.tasks) if hasattr(self.tasks, "__len__") else None
                await call_back(self.progress, engine.progress(now, total))

    async def _take_late_outcomes(self, error: BaseException) -> None:
        """Settle what is in flight, briefly; after a cancellation only what is there already."""
        engine = self.engine
        engine.recover()
        if self.pool is None or isinstance(error, GeneratorExit):
            return
        until = self.backend.clock() + (GRACE if isinstance(error, (Exception, KeyboardInterrupt)) else 0.0)
        try:
            while any(batch.call is not None for batch in engine.open):
                finished = await self.pool.next_finished(max(0.0, until - self.backend.clock()))
                if finished is None:
                    return
                self._handle(*finished)
        except BaseException as second:
            # A second interruption: what was asked for comes first.
            engine.recover()
            error.add_note(f"While the requests in flight were waited for: {type(second).__name__}.")


async def run_bulk(
    executor: Executor, operation: BulkOperation, tasks: object, method: str, options: BulkOptions
) -> BulkReport:
    """Carry out a bulk operation on all tasks and return the report, or raise as `add_collection` says."""
    backend, concurrency, seconds = executor.backend, options.concurrency, options.validate(executor.backend.is_async)
    progress = as_callback(options.progress, "Tasks")
    validate_callback(progress, "progress", is_async=backend.is_async)
    left = remaining(tasks, method, is_async=backend.is_async)
    began = backend.clock()
    # One request at a time without a deadline needs no background.
    pool = None if concurrency == 1 and seconds is None else backend.pool(concurrency)
    keep_events = options.on_result is not None
    engine = Engine(operation, options.retry or executor.retry, concurrency, began, left, keep_events=keep_events)
    deadline = None if seconds is None else began + seconds
    run = BulkRun(engine, backend, pool, tasks, left, deadline, options.on_result, progress)
    with bulk_span(executor, method, operation.job_id) as span:
        try:
            report = await run.run()
        finally:
            if span is not None and (found := run.report) is not None:
                for name, number in {**found.counts, "requests": found.requests, "retried": found.retried}.items():
                    span.set_attribute(f"batchtasks.{name}", number)
        if options.raise_on_failure:
            report.raise_if_incomplete()
    return report
