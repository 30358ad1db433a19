"""The one loop that drives a bulk call over a port, blocking or awaiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import define

from batchtasks._bulk.accounts import report_of
from batchtasks._bulk.engine import Engine, id_of
from batchtasks._bulk.item import Chunk
from batchtasks._bulk.outcome import BulkProgress, TaskOutcome
from batchtasks._bulk.report import BulkReport
from batchtasks._bulk.source import Source
from batchtasks._bulk.trouble import absorb
from batchtasks._callbacks import call_back
from batchtasks.errors import BatchTasksError

if TYPE_CHECKING:
    from batchtasks._ports import Port
    from batchtasks_rest._call import Answer

# After Ctrl-C the answers of requests in flight are waited for so long, so that fewer tasks end as unknown.
GRACE = 2.0
# Nothing is waited for longer than this at one time: clocks of the system do not take all that a timedelta can hold.
LONGEST_WAIT = 3600.0
# Progress is told at most this often.
PROGRESS_EVERY = 0.1


class BulkDeadline(BatchTasksError, TimeoutError):
    """The deadline of a bulk call passed before all tasks were settled."""


@define
class Run:
    """One bulk call under way."""

    engine: Engine
    source: Source
    port: Port
    # One request at a time is made in place, without a thread or a task for it.
    in_place: bool = False
    deadline: float | None = None
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | None = None
    _next_progress: float = float("-inf")

    async def to_end(self) -> BulkReport:
        """Bring the call to its end; an exception from outside carries the report as its attribute `report`."""
        try:
            self.source.put_back(self.engine, self.port.clock())
            await self._loop()
            return await self._finish()
        except BaseException as error:
            self.engine.stop(error)
            await self._salvage(error)
            attach(error, report_of(self.engine, self.port.clock(), self.source))
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
        if self.deadline is None or self.port.clock() < self.deadline:
            return False
        seconds = self.deadline - self.engine.began
        self.engine.stop(BulkDeadline(f"The deadline of {seconds:g} seconds has passed."))
        return True

    async def _start_all(self) -> None:
        engine, port = self.engine, self.port
        while engine.may_start(now := port.clock()):
            chunk = await self._next_chunk(now)
            if chunk is None:
                return
            call = engine.plan.call(chunk.items)
            engine.start(chunk, call, now)
            if self.in_place:
                self._absorb(chunk, await _outcome(port, call))
                return
            port.start(call, chunk)

    async def _next_chunk(self, now: float) -> Chunk | None:
        engine = self.engine
        chunk = engine.take_waiting(now)
        if chunk is not None:
            return chunk
        engine.gather(now)
        if engine.wants_tasks:
            await self.source.fill(engine)
        return engine.cut()

    async def _take_one(self) -> None:
        engine, port = self.engine, self.port
        now = port.clock()
        due = engine.next_event(now)
        if self.deadline is not None:
            due = self.deadline if due is None else min(due, self.deadline)
        seconds = None if due is None else min(max(0.0, due - now), LONGEST_WAIT)
        if engine.open:
            finished = await port.next_finished(seconds)
            if finished is not None:
                self._absorb(*finished)
        elif seconds and not engine.is_over:
            await port.sleep(seconds)

    def _absorb(self, chunk: Chunk, outcome: Answer | BaseException) -> None:
        absorb(self.engine, chunk, outcome, self.port.clock(), self.port.random())

    async def _tell(self, *, last: bool = False) -> None:
        """Tell the caller what is new."""
        engine = self.engine
        if engine.news and self.on_result is not None:
            news, engine.news = engine.news, []
            for outcome in news:
                await call_back(self.on_result, outcome)
        if self.progress is None:
            return
        now = self.port.clock()
        if last or now >= self._next_progress:
            self._next_progress = now + PROGRESS_EVERY
            await call_back(self.progress, engine.progress(now))

    async def _finish(self) -> BulkReport:
        engine = self.engine
        report = report_of(engine, self.port.clock(), self.source)
        if engine.news is not None:
            engine.news += report.failed[len(engine.books.failed) :] + report.unknown[len(engine.books.unknown) :]
            engine.news += [TaskOutcome(id_of(task), "unsent", task=task) for task in report.unsent]
        await self._tell(last=True)
        return report

    async def _salvage(self, error: BaseException) -> None:
        """Take in what is in flight, briefly: after a cancellation only what is there already."""
        engine = self.engine
        engine.recover()
        if self.in_place or isinstance(error, GeneratorExit):
            return
        until = self.port.clock() + (GRACE if isinstance(error, (Exception, KeyboardInterrupt)) else 0.0)
        try:
            while any(chunk.sent for chunk in engine.open):
                finished = await self.port.next_finished(max(0.0, until - self.port.clock()))
                if finished is None:
                    return
                self._absorb(*finished)
        except BaseException as second:
            # A second interruption: what was asked for comes first.
            error.add_note(f"While the requests in flight were waited for: {type(second).__name__}.")


async def _outcome(port: Port, call: Any) -> Answer | BaseException:
    try:
        return await port.send(call)
    except Exception as error:
        return error


def attach(error: BaseException, report: BulkReport) -> None:
    """Let an exception carry the report, and say so."""
    error.report = report  # type: ignore[attr-defined]
    error.add_note(f"Bulk call interrupted: {report} The attribute `report` has the lists; `report.resume` goes on.")
