"""The loop that drives a bulk call over a backend, blocking or awaiting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import timedelta
from math import inf
from typing import Any

from attrs import evolve

from batchtasks._bulk.batch import BulkOperation, RequestBatch
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.recovery import handle_outcome
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome, attach
from batchtasks._core.executor import Executor
from batchtasks._core.hooks import call_back, open_span, validate_callback
from batchtasks._core.retry import RetryPolicy
from batchtasks._validation.values import to_seconds, validate_int
from batchtasks.errors import BatchTasksError, BulkDeadlineError, InvalidInputError
from batchtasks.progress import as_callback
from batchtasks_rest._call import Answer

MAX_CONCURRENCY = 1000
# After Ctrl-C the answers of requests in flight are waited for so many seconds, so that fewer tasks end as unknown.
GRACE = 2.0
# Nothing is waited for longer than this at one time: clocks of the system do not take all that a timedelta can hold.
_MAX_WAIT = 3600.0
# Progress is reported at most this often, in seconds.
_PROGRESS_INTERVAL = 0.1


def take_input(tasks: Any, method: str, *, is_async: bool) -> Remaining:
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
    return left


class BulkRun:
    """One bulk call under way; the arguments are those of `add_collection`."""

    def __init__(
        self,
        executor: Executor,
        operation: BulkOperation,
        tasks: Any,
        method: str,
        concurrency: int = 16,
        on_result: Callable[[TaskOutcome], object] | None = None,
        progress: Callable[[BulkProgress], object] | bool | None = None,
        deadline: timedelta | float | None = None,
        retry: RetryPolicy | None = None,
        raise_on_failure: bool = True,
    ) -> None:
        backend = self._backend = executor.backend
        validate_int(concurrency, "concurrency", 1, MAX_CONCURRENCY)
        validate_callback(on_result, "on_result", is_async=backend.is_async)
        if retry is not None and not isinstance(retry, RetryPolicy):
            raise InvalidInputError(f"retry must be a RetryPolicy, not {type(retry).__name__}.")
        seconds = inf if deadline is None else to_seconds(deadline, "deadline", minimum=0.001)
        self._progress = as_callback(progress, "Tasks")
        validate_callback(self._progress, "progress", is_async=backend.is_async)
        self._left = take_input(tasks, method, is_async=backend.is_async)
        self._executor, self._tasks, self._method = executor, tasks, method
        self._on_result, self._raise_on_failure = on_result, raise_on_failure
        self._began = backend.clock()
        self._deadline = self._began + seconds
        # Without a background each request is made in place, without a thread or a task for it: one at a time, with no deadline.
        self._pool = None if concurrency == 1 and seconds == inf else backend.pool(concurrency)
        events = on_result is not None
        self.engine = Engine(operation, retry or executor.retry, concurrency, self._left, keep_events=events)
        self._span: Any = None
        self._next_progress = float("-inf")

    async def run(self) -> BulkReport:
        """Run to the end and return the report, or raise as `add_collection` says."""
        __tracebackhide__ = True
        executor, name = self._executor, f"Task_{self._method.title().replace('_', '')}"
        attributes = {"batchtasks.job_id": self.engine.operation.job_id}
        # The thousands of requests have no spans: their threads do not know the span of the caller.
        with open_span(executor.tracing, executor.origin, name, attributes) as self._span:
            report = await self._run()
            if self._raise_on_failure:
                report.raise_if_incomplete()
        return report

    async def _run(self) -> BulkReport:
        """Run to the end; an exception from outside carries the report as its attribute `report`."""
        try:
            try:
                await self._loop()
            except BaseException as error:
                self.engine.stop(error)
                await self._take_late_outcomes(error)
                raise
            finally:
                if self._pool is not None:
                    await self._pool.aclose()
                if (finish := getattr(self._progress, "finish", None)) is not None:
                    finish()
        except BaseException as error:
            report, rest = self._final_report(), self._left.rest
            attach(error, report)
            # It may be a generator that an exception inside it has ended.
            if getattr(rest, "gi_frame", getattr(rest, "ag_frame", self)) is None and not self.engine.exhausted:
                error.add_note("The generator of the tasks has ended; what it had yet to give is not in `resume`.")
                report.untouched = None
            if getattr(error, "report", report) is not report:
                report.raise_if_incomplete()
            raise
        return self._final_report()

    async def _loop(self) -> None:
        engine = self.engine
        # Not earlier: what is taken from a report's `resume` must be in the report of this call, whatever happens.
        left, self._left = self._left, evolve(self._left)
        left.known, left.rest, left.seen_ids = deque(), None, None
        is_closed = getattr(self._left.rest, "ag_frame", self) is None
        engine.take_known()
        while not engine.is_over:
            if self._backend.clock() >= self._deadline:
                engine.stop(BulkDeadlineError(f"The deadline of {self._deadline - self._began:g} seconds has passed."))
                break
            await self._start_requests()
            await self._take_outcome()
            await self._notify()
        if engine.events is not None:
            engine.events += engine.unsettled()
        await self._notify(is_last=True)
        if is_closed and engine.exhausted:
            advice = "the rest of the input is lost; pass a report's `resume` on before the event loop ends"
            raise BatchTasksError(f"The async generator of the tasks is closed: {advice}.")

    def _final_report(self) -> BulkReport:
        report = self.engine.final_report(self._backend.clock() - self._began, self._left.rest)
        if self._span is not None:
            for name, number in {**report.counts, "requests": report.requests, "retried": report.retried}.items():
                self._span.set_attribute(f"batchtasks.{name}", number)
        return report

    async def _start_requests(self) -> None:
        engine, backend = self.engine, self._backend
        while engine.next_start(now := backend.clock()) <= now:
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
            if self._pool is not None:
                self._pool.start(call, batch)
                continue
            try:
                outcome: Answer | BaseException = await backend.send(call)
            except Exception as error:
                outcome = error
            self._handle(batch, outcome)
            return

    async def _fill(self) -> None:
        engine = self.engine
        if not self._left.is_async:
            engine.take(self._left.rest or ())
            return
        while not engine.is_full:
            try:
                engine.current = await anext(self._left.rest)
            except StopAsyncIteration:
                engine.exhausted = True
                return
            engine.take((engine.current,), is_whole_input=False)

    async def _take_outcome(self) -> None:
        engine, backend = self.engine, self._backend
        now = backend.clock()
        seconds = min(max(0.0, min(engine.next_start(now), self._deadline) - now), _MAX_WAIT)
        if engine.open and self._pool is not None:
            finished = await self._pool.next_finished(seconds)
            if finished is not None:
                self._handle(*finished)
        elif seconds and not engine.is_over:
            await backend.sleep(seconds)

    def _handle(self, batch: RequestBatch, outcome: Answer | BaseException) -> None:
        handle_outcome(self.engine, batch, outcome, self._backend.clock(), self._backend.random())

    async def _notify(self, *, is_last: bool = False) -> None:
        engine = self.engine
        if engine.events and self._on_result is not None:
            events, engine.events = engine.events, []
            for outcome in events:
                await call_back(self._on_result, outcome)
        if self._progress is not None:
            now = self._backend.clock()
            if is_last or now >= self._next_progress:
                self._next_progress = now + _PROGRESS_INTERVAL
                total = len(self._tasks) if hasattr(self._tasks, "__len__") else None
                await call_back(self._progress, engine.progress(now - self._began, total))

    async def _take_late_outcomes(self, error: BaseException) -> None:
        """Settle what is in flight, briefly; after a cancellation only what is there already."""
        engine = self.engine
        engine.recover()
        if self._pool is None or isinstance(error, GeneratorExit):
            return
        until = self._backend.clock() + (GRACE if isinstance(error, (Exception, KeyboardInterrupt)) else 0.0)
        try:
            while any(batch.call is not None for batch in engine.open):
                finished = await self._pool.next_finished(max(0.0, until - self._backend.clock()))
                if finished is None:
                    return
                self._handle(*finished)
        except BaseException as second:
            # A second interruption: what was asked for comes first.
            engine.recover()
            error.add_note(f"While the requests in flight were waited for: {type(second).__name__}.")
