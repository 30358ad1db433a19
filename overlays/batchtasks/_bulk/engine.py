"""The state of one bulk call: what is sent next, and where every task is. No network, no clock; the same for both clients.

A task of the input is in one of these places: `known` (taken by an earlier call), `current` (being encoded), `taken` (just
encoded), `filling` (the next request), `open` (requests being made or in flight), `queue` (requests that wait to be sent again),
or it is settled: counted as added or existed, or listed as failed or unknown. An interruption at any point loses none: moves add
in the new place before they remove from the old one, and whoever reads leaves out what occurs twice; `settle` first notes what
it will do, so that `recover` can finish it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from math import inf

from attrs import evolve

from batchtasks._bulk.batch import BulkOperation, EncodedTask, RequestBatch, Results, SeenIds, cut, size_of
from batchtasks._bulk.limiter import ConcurrencyLimiter, SizeLimit
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome, id_of
from batchtasks._core.retry import RetryPolicy
from batchtasks.errors import BatchTasksError, BodyTooLargeError, DuplicateIdError
from batchtasks_rest._call import AnyCall

# In place of a task where there is none (None may be somebody's task).
NOTHING: object = object()


class Engine:
    def __init__(
        self, operation: BulkOperation, retry: RetryPolicy, concurrency: int, left: Remaining, *, keep_events: bool
    ) -> None:
        self.operation = operation
        self.retry = retry
        self.limiter = ConcurrencyLimiter(concurrency)
        self.size_limit = SizeLimit(operation.max_bytes)
        # With more requests waiting, these are sent before more is taken from the input: memory stays bounded.
        self._max_waiting = max(8, 2 * concurrency) * operation.max_tasks
        # Tasks that an earlier call took from the input, as they ended there.
        self.known = list(left.known)
        # The ids so far, if none may stand twice in the input.
        self.seen_ids: SeenIds | None = (left.seen_ids or SeenIds()) if operation.has_unique_ids else None
        # The place in the input of the task taken last, and the task while it is being encoded.
        self.position = left.position - 1
        self.current: object = NOTHING
        self.taken: list[EncodedTask] = []
        self.filling = RequestBatch(operation, [])
        self.open: dict[RequestBatch, None] = {}
        self.queue: dict[RequestBatch, None] = {}
        # What is settled.
        self.report = BulkReport(job_id=operation.job_id, verb=operation.verb)
        # Results that are being recorded, and the numbers before.
        self._step: tuple[RequestBatch | None, Results, tuple[int, int, int, int]] | None = None
        self.sent = 0
        self.exhausted = False
        # Answers that settled something, and failures since the latest of those.
        self.moved = self.failures = 0
        # Tasks refused alone, one after the other, with none accepted in between.
        self.refused_alone = 0
        # Outcomes that the caller has not been told yet; None if nobody asks.
        self.events: list[TaskOutcome] | None = [] if keep_events else None

    # Taking tasks from the input

    @property
    def wants_tasks(self) -> bool:
        """Whether more tasks should be taken from the input now."""
        if self.exhausted or self.is_full:
            return False
        # A service that has refused a whole round of requests is not offered new ones beside them.
        is_stuck = self.failures >= max(2, self.limiter.limit)
        if is_stuck and len(self.queue) + len(self.open) >= self.limiter.maximum:
            return False
        return sum([len(batch.items) for batch in self.queue]) < self._max_waiting

    @property
    def is_full(self) -> bool:
        items = self.filling.items  # one fits always: if it is too large it fails alone
        return len(items) >= self.operation.max_tasks or (bool(items) and self.filling.size > self.size_limit.target)

    def take(self, source: Iterable[object], *, is_whole_input: bool = True) -> None:
        """Take tasks until the next request is full or `source` is at its end: the input, or one task of it."""
        numbered = zip(count(self.position + 1), source)
        while not self.is_full:
            if self._fill(numbered, self.operation.encode):
                self.exhausted = is_whole_input
                return

    def _fill(self, source: Iterable[tuple[int, object]], encode: Callable[[object], EncodedTask]) -> bool:
        """Take tasks until the next request may be full; return whether `source` is at its end."""
        taken, size, most = self.taken, self.filling.size, self.operation.max_tasks - len(self.filling.items)
        target, is_at_end = self.size_limit.target, False
        # The attributes are the loop's own targets, so that an interruption does not lose the task just taken.
        for self.position, self.current in islice(source, most):
            try:
                item = encode(self.current)
                size += len(item.data) + 1
                if size > target:
                    self._validate_size(item)
            except Exception as error:
                self.settle(None, Results(outcomes=[self._refused(self.current, error, self.position)]))
                self._place(self.position, None)
                return False
            taken.append(item)
            if size > target:
                break
        else:
            is_at_end = len(taken) < most
        self.current = NOTHING
        self._place(self.position + 1, size)
        return is_at_end

    def _validate_size(self, item: EncodedTask) -> None:
        size, largest = size_of([item]), self.size_limit.known
        if size > largest:
            raise BodyTooLargeError(
                f"Task {item.task_id!r} alone makes a request of {size:,} bytes; the service takes {largest:,}. Shorten it, for"
                " example by moving long lists into a resource file."
            )

    def _place(self, end: int, size: int | None) -> None:
        """Move the tasks just taken, which stand before `end` in the input, to the next request; repeated ids fail."""
        taken, filling, first = self.taken, self.filling, end - len(self.taken)
        repeated = self.seen_ids.add([item.task_id for item in taken], first) if self.seen_ids is not None else {}
        if not repeated:
            filling.items += taken
            filling.size = size_of(filling.items) if size is None else size
            self.taken = []
            return
        filling.items += [item for index, item in enumerate(taken) if index not in repeated]
        filling.size = size_of(filling.items)
        batch = RequestBatch(self.operation, [taken[index] for index in repeated])
        self.open[batch] = None
        self.taken = []
        results = Results()
        for item, (index, place) in zip(batch.items, repeated.items(), strict=True):
            error = DuplicateIdError(item.task_id, place, first + index)
            results.outcomes.append(TaskOutcome(item.task_id, "failed", error, error.position, item.task))
        self.settle(batch, results)

    def _refused(self, task: object, error: Exception, position: int | None = None) -> TaskOutcome:
        explained = error if isinstance(error, BatchTasksError) else self.operation.explain(task, error)
        return TaskOutcome(id_of(task), "failed", explained, position, task)

    def take_known(self) -> None:
        """Take the tasks that an earlier call took from the input; they go first."""
        results, items = Results(), list[EncodedTask]()
        for outcome in self.known:
            try:
                item = self.operation.encode(outcome.task)
            except Exception as error:
                results.outcomes.append(outcome if outcome.maybe_done else self._refused(outcome.task, error))
                continue
            if outcome.maybe_done:
                item.maybe_done, item.unclear, item.error = True, outcome.status == "unknown", outcome.error
            items.append(item)
        results.requests = cut(self.operation, items, self.size_limit.target)
        self.settle(None, results)

    # Sending

    def next_start(self, now: float) -> float:
        """Return when a request could start without any other having ended; infinity if none could."""
        if self.report.stopped is not None or len(self.open) >= self.limiter.limit:
            return inf
        can_fill = self.filling.items or self.wants_tasks
        due = now if can_fill else min([batch.due for batch in self.queue], default=inf)
        return max(due, self.limiter.not_before)

    def next_waiting(self, now: float) -> RequestBatch | None:
        """Return the request that is to be sent again now, if there is one."""
        ripe = [batch for batch in self.queue if batch.joins_from is None and batch.due <= now]
        if not ripe:
            return None
        batch = min(ripe, key=lambda batch: batch.due)
        self.open[batch] = None
        del self.queue[batch]
        return batch

    def join_waiting(self, now: float) -> None:
        """Let tasks that are to be sent again join the next request; with none to join, they wait until they are due."""
        for batch in list(self.queue):
            filling = self.filling
            alone = not filling.items and not self.wants_tasks
            if batch.joins_from is None or (batch.due if alone else batch.joins_from) > now:
                continue
            items, resent = batch.items + filling.items, batch.resent + filling.resent
            fits = not filling.items or size_of(items) <= self.size_limit.target
            if fits and len(items) <= self.operation.max_tasks:
                self.filling = RequestBatch(self.operation, items, resent=resent)
                del self.queue[batch]

    def next_filled(self) -> RequestBatch | None:
        batch, items = self.filling, self.filling.items
        if not items:
            return None
        # The task that makes it too large begins the next one.
        kept = len(items) - 1 if batch.size > self.size_limit.target and len(items) > 1 else len(items)
        if kept < len(items):
            batch = RequestBatch(self.operation, items[:kept], resent=batch.resent)
        self.open[batch] = None
        self.filling = RequestBatch(self.operation, items[kept:])
        return batch

    def start(self, batch: RequestBatch, call: AnyCall, now: float) -> None:
        """Record that a request starts: from here on its outcome is unknown until it is settled."""
        batch.call, batch.started = call, now
        self.report.requests += 1
        if not batch.operation.only_reads:
            self.report.retried += batch.resent
            self.sent += len(batch.items) - batch.resent
        self.limiter.started(now)

    # Ending

    def settle(self, batch: RequestBatch | None, results: Results) -> None:
        """Record what becomes of the tasks of a request, or of the task just taken from the input (None)."""
        report = self.report
        self._step = (batch, results, (report.added, report.existed, len(report.failed), len(report.unknown)))
        self.recover()
        if self.events is not None:
            self.events += results.outcomes
            self.events += [TaskOutcome(item.task_id, self.operation.success) for item in results.added]
            self.events += [TaskOutcome(item.task_id, self.operation.before) for item in results.existed]

    def recover(self) -> None:
        """Finish the settlement that has been noted, or that an interruption cut short; to do it twice is the same as once."""
        if self._step is None:
            return
        report, (batch, results, (added, existed, failed, unknown)) = self.report, self._step
        report.added = added + len(results.added)
        report.existed = existed + len(results.existed)
        report.failed[failed:] = [outcome for outcome in results.outcomes if outcome.status != "unknown"]
        report.unknown[unknown:] = [outcome for outcome in results.outcomes if outcome.status == "unknown"]
        for request in results.requests:
            self.queue[request] = None
            request.resent = 0 if batch is None else len(request.items)
        if results.stop is not None:
            vars(results.stop).pop("report", None)  # of an earlier call that was stopped by the same error
            self.stop(results.stop)
        if batch is None:
            self.current = NOTHING
            self.known = []
        else:
            self.open.pop(batch, None)
        self._step = None

    def record_answer(self, *, settled: bool) -> None:
        self.moved += settled
        self.failures = 0 if settled else self.failures + 1

    def stop(self, why: BaseException) -> None:
        """Send nothing more; the first reason stays."""
        if self.report.stopped is None:
            self.report.stopped = why

    @property
    def is_over(self) -> bool:
        is_done = self.exhausted and not self.filling.items and not self.queue
        return not self.open and (is_done or self.report.stopped is not None)

    # Reporting

    def progress(self, seconds: float, total: int | None) -> BulkProgress:
        report, failed = self.report, len(self.report.failed)
        rate = (report.added + report.existed + failed) / max(seconds, 1e-6)
        return BulkProgress(self.sent, report.added, report.existed, failed, report.retried, rate, total, report.verb)

    def final_report(self, seconds: float, rest: Iterable[object]) -> BulkReport:
        """Return where every task is; `rest` is an iterator over those that were not taken from the input."""
        unsettled = list(self.unsettled())
        report = evolve(
            self.report,
            failed=self.report.failed + [outcome for outcome in unsettled if outcome.status == "failed"],
            unknown=self.report.unknown + [outcome for outcome in unsettled if outcome.status == "unknown"],
            unsent=[outcome.task for outcome in unsettled if outcome.status == "unsent"],
            seconds=seconds,
        )
        if not self.exhausted:
            report.untouched, report._position, report._seen_ids = rest, self.position + 1, self.seen_ids
        return report

    def unsettled(self) -> Iterator[TaskOutcome]:
        """Yield the outcome of every task that has not been settled, once each."""
        reason, seen = self.report.stopped, set[int]()
        if not isinstance(reason, BatchTasksError):
            reason = BatchTasksError(f"The request was under way when the call was stopped by {type(reason).__name__}.")
        for batch in [*self.open, *self.queue, self.filling, RequestBatch(self.operation, self.taken)]:
            only_reads = batch.operation.only_reads
            is_sent = batch.call is not None and batch in self.open and not only_reads
            for item in batch.items:
                if id(item) in seen:
                    continue
                seen.add(id(item))
                if is_sent or only_reads or item.maybe_done:
                    yield item.ended(item.error or reason, unclear=is_sent)
                else:
                    yield TaskOutcome(item.task_id, "unsent", task=item.task)
        yield from self.known
        if self.current is not NOTHING and not (self.taken and self.taken[-1].task is self.current):
            yield TaskOutcome(id_of(self.current), "unsent", task=self.current)
