"""The state of one bulk call: what is to be sent next and where every task is. No network, no clock, no colour.

A task that was pulled is at any moment in one of: `filling` (the next request), an open chunk (being made, or in
flight), `waiting` (to be sent again), or settled in the books. Moves add in the new place before they take out of the
old, so that an interruption at any point loses nothing; `accounts.py` leaves out what it meets twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from batchtasks._bulk.batch import EMPTY_SIZE, ENVELOPE_SIZE, EncodedTask, RequestBatch, RetryQueue, size_of
from batchtasks._bulk.limiter import ConcurrencyLimiter
from batchtasks._bulk.operations import BulkOperation
from batchtasks._bulk.report import BulkProgress, TaskOutcome
from batchtasks._core.retry import RetryPolicy
from batchtasks.errors import BatchTasksError, BodyTooLargeError, InvalidInputError
from batchtasks_rest._call import Call


class Totals(NamedTuple):
    """What has been settled; `failed` and `unknown` tell how many entries of the lists are valid."""

    added: int = 0
    existed: int = 0
    failed: int = 0
    unknown: int = 0
    # What the latest entry accounts for: a chunk, or a task that was refused before it got into one.
    last: object = None


class Ledger:
    """Where tasks have ended so far."""

    def __init__(self) -> None:
        self.totals = Totals()
        self._failed: list[TaskOutcome] = []
        self._unknown: list[TaskOutcome] = []

    @property
    def failed(self) -> list[TaskOutcome]:
        """The tasks that failed."""
        return self._failed[: self.totals.failed]

    @property
    def unknown(self) -> list[TaskOutcome]:
        """The tasks whose outcome could not be learned."""
        return self._unknown[: self.totals.unknown]

    def write(self, outcome: TaskOutcome) -> None:
        """Write down a task that failed or whose outcome is unknown; valid with the next `settle`."""
        (self._unknown if outcome.status == "unknown" else self._failed).append(outcome)

    def settle(self, what: object, added: int = 0, existed: int = 0) -> None:
        """Make everything valid that was written about `what`."""
        old = self.totals
        self.totals = Totals(old.added + added, old.existed + existed, len(self._failed), len(self._unknown), what)

    def forget_unsettled(self) -> None:
        """Drop what was written and not settled, after an interruption."""
        del self._failed[self.totals.failed :]
        del self._unknown[self.totals.unknown :]


# In place of a task where there is none (None may be somebody's task).
NOTHING: Any = object()


class Engine:
    """One bulk call."""

    def __init__(
        self, operation: BulkOperation, retry: RetryPolicy, concurrency: int, began: float, *, tell: bool = False
    ) -> None:
        self.operation = operation
        self.retry = retry
        self.began = began
        self.ledger = Ledger()
        self.limiter = ConcurrencyLimiter(concurrency)
        self.most_bytes = operation.most_bytes
        self.retry_queue = RetryQueue(operation.most_tasks, operation.most_bytes)
        # Beyond this, what waits is sent before more is pulled: memory stays bounded.
        self._most_waiting = max(8, 2 * concurrency)
        self.open: dict[RequestBatch, None] = {}
        self.filling: list[EncodedTask] = []
        # Of the body that `filling` makes.
        self._size = EMPTY_SIZE
        self.current: Any = NOTHING
        self.pulled = self.sent = self.retried = self.requests = 0
        # The size of the input, if it has one.
        self.total: int | None = None
        self.exhausted = False
        self.stopped: BaseException | None = None
        # Answers that settled something, and answers without any since the latest of those.
        self.moved = self.stuck = 0
        # Tasks refused alone, one after the other, with none accepted in between.
        self.refused = 0
        # Outcomes not yet told to the caller; None when nobody asks.
        self.news: list[TaskOutcome] | None = [] if tell else None

    # Pulling

    @property
    def wants_tasks(self) -> bool:
        """Whether more tasks should be pulled from the input now."""
        if self.exhausted or self.is_full:
            return False
        # A service that has refused a whole round of requests is not offered new ones beside them.
        if self.stuck >= max(2, self.limiter.lanes) and len(self.retry_queue) + len(self.open) >= self.limiter.most:
            return False
        return len(self.retry_queue) < self._most_waiting

    @property
    def is_full(self) -> bool:
        """Whether the next request is full."""
        return len(self.filling) >= self.operation.most_tasks or self._size > self.most_bytes

    def pull(self, source: Iterable[Any], *, all_of_it: bool = True) -> None:
        """Take tasks from the input until a request is full or the input has come to its end.

        `all_of_it`: the end of `source` is the end of the input.
        """
        make, filling, size, most = self.operation.make, self.filling, self._size, self.operation.most_tasks
        largest = self.most_bytes - ENVELOPE_SIZE
        # How many were pulled that are not in `filling`.
        others = self.pulled - len(filling)
        # The attribute is the loop's own target, so that no task is ever only in a place that nobody else sees.
        for self.current in source:
            try:
                item = make(self.current)
                length = len(item.data)
                if length > largest:
                    self._refuse_size(item.task_id, length)
            except Exception as error:
                self._refuse(self.current, others + len(filling), error)
                others += 1
                continue
            filling.append(item)
            size += length + 1
            if len(filling) >= most or size > self.most_bytes:
                break
        else:
            self.exhausted = all_of_it
        self.pulled = others + len(filling)
        self._size = size
        self.current = NOTHING

    def _refuse_size(self, task_id: str, size: int) -> None:
        raise BodyTooLargeError(
            f"Task {task_id!r} alone makes a request of {size + ENVELOPE_SIZE:,} bytes; the service takes"
            f" {self.most_bytes:,}. Shorten it, for example by moving long lists into a resource file."
        )

    def _refuse(self, task: Any, position: int, error: Exception) -> None:
        if not isinstance(error, BatchTasksError):
            wrapped = InvalidInputError(f"The task cannot be sent: {type(error).__name__}: {error}")
            wrapped.__cause__ = error
            error = wrapped
        self.write(TaskOutcome(id_of(task), "failed", error, position, task))
        self.ledger.settle(task)

    # Sending

    def may_start(self, now: float) -> bool:
        """Whether a request may start now."""
        return self.stopped is None and len(self.open) < self.limiter.lanes and now >= self.limiter.gate

    def take_waiting(self, now: float) -> RequestBatch | None:
        """Give the request that is due to be sent again, if there is one."""
        queued = self.retry_queue.next_whole(now)
        if queued is None:
            return None
        batch = RequestBatch(queued.items, halved=queued.halved)
        self.open[batch] = None
        self.retry_queue.take_out(queued)
        return batch

    def gather(self, now: float) -> None:
        """Let single tasks that are due go along with the next request."""
        while not self.is_full:
            alone = not self.filling and not self.wants_tasks
            queued = self.retry_queue.next_loose(now, len(self.filling), self._size, alone=alone)
            if queued is None:
                return
            self.filling = queued.items + self.filling
            self._size = size_of(self.filling)
            self.retry_queue.take_out(queued)

    def cut(self) -> RequestBatch | None:
        """Give the next request of what has been filled in; what makes it too large stays for the one after."""
        if not self.filling:
            return None
        batch = RequestBatch([])
        self.open[batch] = None
        filled = self.filling
        keep = len(filled) - 1 if self._size > self.most_bytes and len(filled) > 1 else len(filled)
        batch.items = filled[:keep]
        self.filling = filled[keep:]
        self._size = size_of(self.filling)
        return batch

    def start(self, batch: RequestBatch, call: Call[Any], now: float) -> None:
        """A request starts; from here on its outcome is unknown until it is settled."""
        batch.call = call
        batch.sent = True
        batch.started = now
        again = sum([item.history is not None for item in batch.items])
        self.requests += 1
        self.retried += again
        self.sent += len(batch.items) - again
        self.limiter.started(now)

    # Ending

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        if self.open:
            return False
        return self.stopped is not None or (self.exhausted and not self.filling and not len(self.retry_queue))

    def next_event(self, now: float) -> float | None:
        """When a request could start without any other having ended; None when none could."""
        if self.stopped is not None or len(self.open) >= self.limiter.lanes:
            return None
        due = now if self.filling or self.wants_tasks else self.retry_queue.due()
        return None if due is None else max(due, self.limiter.gate)

    def stop(self, why: BaseException) -> None:
        """Send nothing more; the first reason stays."""
        if self.stopped is None:
            self.stopped = why

    def close(
        self, batch: RequestBatch, added: list[EncodedTask] | None = None, existed: list[EncodedTask] | None = None
    ) -> None:
        """Settle a request: what was written about it counts from here on."""
        added, existed = added or [], existed or []
        self.ledger.settle(batch, len(added), len(existed))
        self.open.pop(batch, None)
        if self.news is not None:
            self.news += [TaskOutcome(item.task_id, self.operation.success) for item in added]
            self.news += [TaskOutcome(item.task_id, self.operation.before) for item in existed]

    def recover(self) -> None:
        """Bring a step that an interruption cut short to one side or the other, so that more can be settled."""
        settled = self.ledger.totals.last
        self.ledger.forget_unsettled()
        if self.current is settled or (self.filling and self.filling[-1].task is self.current):
            self.current = NOTHING
        for batch in list(self.open):
            if batch is settled:
                del self.open[batch]

    def write(self, outcome: TaskOutcome) -> None:
        """Write down where a task ended; counts with the next `close`."""
        self.ledger.write(outcome)
        if self.news is not None:
            self.news.append(outcome)

    def progress(self, now: float) -> BulkProgress:
        """Tell how far the call has come."""
        totals = self.ledger.totals
        ended = totals.added + totals.existed + totals.failed
        rate = ended / max(now - self.began, 1e-6)
        return BulkProgress(self.sent, totals.added, totals.existed, totals.failed, self.retried, rate, self.total)


def id_of(task: Any) -> str | None:
    """Tell the id of whatever was passed in, if it has one that can be read."""
    found = task if isinstance(task, str) else getattr(task, "id", None)
    if found is None and hasattr(task, "get"):
        try:
            found = task.get("id")
        except Exception:
            return None
    return found if isinstance(found, str) else None
