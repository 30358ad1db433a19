"""The state of one bulk call: what is to be sent next and where every task is. No network, no clock, no colour.

A task that was pulled is at any moment in one of: `filling` (the next request), an open chunk (being made, or in
flight), `waiting` (to be sent again), or settled in the books. Moves add in the new place before they take out of the
old, so that an interruption at any point loses nothing; `accounts.py` leaves out what it meets twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batchtasks._bulk.books import Books
from batchtasks._bulk.item import EMPTY_SIZE, ENVELOPE_SIZE, Chunk, Item, size_of
from batchtasks._bulk.outcome import BulkProgress, TaskOutcome
from batchtasks._bulk.pace import Pace
from batchtasks._bulk.plan import Plan
from batchtasks._bulk.waiting import Waiting
from batchtasks._retry import RetryPolicy
from batchtasks.errors import BatchTasksError, BodyTooLargeError, InvalidInputError
from batchtasks_rest._call import Call

# In place of a task where there is none (None may be somebody's task).
NOTHING: Any = object()


class Engine:
    """One bulk call."""

    def __init__(self, plan: Plan, retry: RetryPolicy, concurrency: int, began: float, *, tell: bool = False) -> None:
        self.plan = plan
        self.retry = retry
        self.began = began
        self.books = Books()
        self.pace = Pace(concurrency)
        self.most_bytes = plan.most_bytes
        self.waiting = Waiting(plan.most_tasks, plan.most_bytes)
        # Beyond this, what waits is sent before more is pulled: memory stays bounded.
        self._most_waiting = max(8, 2 * concurrency)
        self.open: dict[Chunk, None] = {}
        self.filling: list[Item] = []
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
        if self.stuck >= max(2, self.pace.lanes) and len(self.waiting) + len(self.open) >= self.pace.most:
            return False
        return len(self.waiting) < self._most_waiting

    @property
    def is_full(self) -> bool:
        """Whether the next request is full."""
        return len(self.filling) >= self.plan.most_tasks or self._size > self.most_bytes

    def pull(self, source: Iterable[Any], *, all_of_it: bool = True) -> None:
        """Take tasks from the input until a request is full or the input has come to its end.

        `all_of_it`: the end of `source` is the end of the input.
        """
        make, filling, size, most = self.plan.make, self.filling, self._size, self.plan.most_tasks
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
        self.books.settle(task)

    # Sending

    def may_start(self, now: float) -> bool:
        """Whether a request may start now."""
        return self.stopped is None and len(self.open) < self.pace.lanes and now >= self.pace.gate

    def take_waiting(self, now: float) -> Chunk | None:
        """Give the request that is due to be sent again, if there is one."""
        batch = self.waiting.next_whole(now)
        if batch is None:
            return None
        chunk = Chunk(batch.items, halved=batch.halved)
        self.open[chunk] = None
        self.waiting.take_out(batch)
        return chunk

    def gather(self, now: float) -> None:
        """Let single tasks that are due go along with the next request."""
        while not self.is_full:
            alone = not self.filling and not self.wants_tasks
            batch = self.waiting.next_loose(now, len(self.filling), self._size, alone=alone)
            if batch is None:
                return
            self.filling = batch.items + self.filling
            self._size = size_of(self.filling)
            self.waiting.take_out(batch)

    def cut(self) -> Chunk | None:
        """Give the next request of what has been filled in; what makes it too large stays for the one after."""
        if not self.filling:
            return None
        chunk = Chunk([])
        self.open[chunk] = None
        filled = self.filling
        keep = len(filled) - 1 if self._size > self.most_bytes and len(filled) > 1 else len(filled)
        chunk.items = filled[:keep]
        self.filling = filled[keep:]
        self._size = size_of(self.filling)
        return chunk

    def start(self, chunk: Chunk, call: Call[Any], now: float) -> None:
        """A request starts; from here on its outcome is unknown until it is settled."""
        chunk.call = call
        chunk.sent = True
        chunk.started = now
        again = sum([item.past is not None for item in chunk.items])
        self.requests += 1
        self.retried += again
        self.sent += len(chunk.items) - again
        self.pace.started(now)

    # Ending

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        if self.open:
            return False
        return self.stopped is not None or (self.exhausted and not self.filling and not len(self.waiting))

    def next_event(self, now: float) -> float | None:
        """When a request could start without any other having ended; None when none could."""
        if self.stopped is not None or len(self.open) >= self.pace.lanes:
            return None
        due = now if self.filling or self.wants_tasks else self.waiting.due()
        return None if due is None else max(due, self.pace.gate)

    def stop(self, why: BaseException) -> None:
        """Send nothing more; the first reason stays."""
        if self.stopped is None:
            self.stopped = why

    def close(self, chunk: Chunk, added: list[Item] | None = None, existed: list[Item] | None = None) -> None:
        """Settle a request: what was written about it counts from here on."""
        added, existed = added or [], existed or []
        self.books.settle(chunk, len(added), len(existed))
        self.open.pop(chunk, None)
        if self.news is not None:
            self.news += [TaskOutcome(item.task_id, self.plan.success) for item in added]
            self.news += [TaskOutcome(item.task_id, self.plan.before) for item in existed]

    def recover(self) -> None:
        """Bring a step that an interruption cut short to one side or the other, so that more can be settled."""
        settled = self.books.totals.last
        self.books.forget_unsettled()
        if self.current is settled or (self.filling and self.filling[-1].task is self.current):
            self.current = NOTHING
        for chunk in list(self.open):
            if chunk is settled:
                del self.open[chunk]

    def write(self, outcome: TaskOutcome) -> None:
        """Write down where a task ended; counts with the next `close`."""
        self.books.write(outcome)
        if self.news is not None:
            self.news.append(outcome)

    def progress(self, now: float) -> BulkProgress:
        """Tell how far the call has come."""
        totals = self.books.totals
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
