"""What the engine moves: a task as bytes, the tasks of one request, the requests that wait, and the ids seen so far."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from attrs import define, field

from batchtasks._bulk.classify import Failure
from batchtasks._bulk.report import Status, TaskOutcome
from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks_rest._call import Answer, Call


class AttemptHistory:
    """The failed attempts at one task; a task without any has no history."""

    __slots__ = ("attempts", "began", "error", "maybe_done", "moved_before", "unclear")

    def __init__(
        self, *, maybe_done: bool = False, unclear: bool = False, error: BatchTasksError | None = None
    ) -> None:
        self.attempts = 0
        # The time of the first one, and the engine's count of answers then: has anything moved since?
        self.began = 0.0
        self.moved_before = 0
        # An attempt may have been carried out: "exists" then means that this call put it there.
        self.maybe_done = maybe_done
        # An attempt ended without any word of the service about the task.
        self.unclear = unclear
        self.error = error


class EncodedTask:
    """One task, encoded once."""

    __slots__ = ("data", "history", "task", "task_id")

    def __init__(self, task_id: str, data: bytes, task: Any) -> None:
        self.task_id = task_id
        self.data = data
        self.task = task
        self.history: AttemptHistory | None = None

    def record(self, failure: Failure, now: float, moved: int) -> AttemptHistory:
        """Record a failed attempt and return the history."""
        history = self.history
        if history is None:
            history = self.history = AttemptHistory()
        if history.attempts == 0:
            history.began, history.moved_before = now, moved
        history.attempts += 1
        # What the service said stays if later attempts do not even reach it.
        if failure.maybe_done or not history.maybe_done:
            history.error = failure.error
        history.maybe_done = history.maybe_done or failure.maybe_done
        history.unclear = history.unclear or (failure.unclear and failure.maybe_done)
        return history

    def ended(self, error: BatchTasksError | None = None, *, unclear: bool = False) -> TaskOutcome:
        """Return the outcome of a task that is not sent again: unknown if an attempt may have been carried out, or failed."""
        history = self.history or AttemptHistory()
        lost = unclear or history.unclear
        return TaskOutcome(
            self.task_id,
            "unknown" if lost else "failed",
            error or history.error,
            task=self.task,
            maybe_done=lost or history.maybe_done,
        )

    def failed(self, error: BatchTasksError) -> TaskOutcome:
        """Return the outcome of a task that the service refused, so that it is certainly not there."""
        return TaskOutcome(self.task_id, "failed", error, task=self.task)


@define
class Results:
    """What becomes of the tasks of one request.

    Attributes:
        added, existed: Tasks that are where they should be.
        outcomes: Tasks that failed, or whose outcome is unknown.
        again: Tasks to be sent again, and why.
        requests: Requests to be sent later.
        stop: What ends the whole call.
    """

    added: list[EncodedTask] = field(factory=list)
    existed: list[EncodedTask] = field(factory=list)
    outcomes: list[TaskOutcome] = field(factory=list)
    again: list[tuple[EncodedTask, Failure]] = field(factory=list)
    requests: list[RequestBatch] = field(factory=list)
    stop: BaseException | None = None


class BulkOperation:
    """What the engine has to know of an operation; everything else about bulk work is the same for all.

    Attributes:
        job_id: The job.
        verb: What is done with a task, for the report.
        success, before: The status of a task with which it was done, and which was so before.
        max_tasks, max_bytes: What a request carries at most.
        only_reads: Whether requests change nothing, so that it does not matter whether one was carried out.
        seen_ids: The ids so far, if none may stand twice in the input.
    """

    verb = "added"
    success: Status = "added"
    before: Status = "existed"
    max_tasks = 1
    max_bytes = 1_048_576
    only_reads = False
    seen_ids: SeenIds | None = None

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id

    def encode(self, task: Any) -> EncodedTask:
        """Return what the caller passed in, ready to be sent; raise for what cannot be sent."""
        raise NotImplementedError

    def explain(self, task: Any, error: Exception) -> BatchTasksError:
        """Return the error to report for a task at which `encode` failed in an unexpected way."""
        explained = InvalidInputError(f"The task cannot be sent: {type(error).__name__}: {error}")
        explained.__cause__ = error
        return explained

    def call(self, items: list[EncodedTask]) -> Call[Any]:
        """Return the request for some tasks."""
        raise NotImplementedError

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        """Return what the answer says of the tasks, or None for an answer that is a refusal of the whole request."""
        raise NotImplementedError


_HEAD, _TAIL = b'{"value":[', b"]}"
ENVELOPE_SIZE = len(_HEAD) + len(_TAIL)


def body_of(items: list[EncodedTask]) -> bytes:
    """Return the body of one request; nothing is encoded again."""
    return b"%b%b%b" % (_HEAD, b",".join([item.data for item in items]), _TAIL)


def size_of(items: list[EncodedTask]) -> int:
    """Return the size in bytes of the body with these tasks: each with a comma, of which there is one too many."""
    return sum([len(item.data) for item in items], ENVELOPE_SIZE - 1 + len(items))


class RequestBatch:
    """The tasks of one request, before and while it is sent.

    Attributes:
        due: When it may be sent again.
        joins_from: From when on its tasks may join another request; None: it goes as it is.
        halved: Whether it is half of a request that failed time and again.
        resent: How many of the tasks have been sent before.
        call: The request, once it has been sent: from then on the service may have it.
    """

    __slots__ = ("call", "due", "halved", "items", "joins_from", "operation", "resent", "size", "started")

    def __init__(
        self,
        operation: BulkOperation,
        items: list[EncodedTask],
        *,
        due: float = 0.0,
        joins_from: float | None = None,
        halved: bool = False,
    ) -> None:
        self.operation = operation
        self.items = items
        self.size = size_of(items)
        self.due = due
        self.joins_from = joins_from
        self.halved = halved
        self.resent = 0
        self.call: Call[Any] | None = None
        self.started = 0.0

    def split(self, max_bytes: int | None = None) -> list[list[EncodedTask]]:
        """Return the tasks in two or more parts: of at most so many bytes where that is possible, or in halves."""
        parts: list[list[EncodedTask]] = [[]]
        size = ENVELOPE_SIZE
        for item in self.items:
            size += len(item.data) + 1
            if parts[-1] and max_bytes is not None and size > max_bytes:
                parts.append([])
                size = ENVELOPE_SIZE + len(item.data)
            parts[-1].append(item)
        middle = len(self.items) // 2
        return parts if len(parts) > 1 else [self.items[:middle], self.items[middle:]]


class RetryQueue:
    """The requests that wait to be sent again; there are few, so they are looked through one by one."""

    def __init__(self) -> None:
        self._batches: dict[RequestBatch, None] = {}

    def __iter__(self) -> Iterator[RequestBatch]:
        return iter(list(self._batches))

    def __len__(self) -> int:
        return len(self._batches)

    def add(self, batch: RequestBatch) -> None:
        """Add a request; adding it twice is the same as once."""
        self._batches[batch] = None
        batch.resent = len(batch.items)

    def remove(self, batch: RequestBatch) -> None:
        """Remove a request, after its tasks have their new place."""
        self._batches.pop(batch, None)

    @property
    def tasks(self) -> int:
        """How many tasks wait."""
        return sum([len(batch.items) for batch in self._batches]) if self._batches else 0

    def due(self) -> float | None:
        """Return when the first of them is due, or None."""
        return min([batch.due for batch in self._batches], default=None)

    def next_whole(self, now: float) -> RequestBatch | None:
        """Return a request that is due and goes as it is, without removing it."""
        ripe = [batch for batch in self._batches if batch.joins_from is None and batch.due <= now]
        return min(ripe, key=lambda batch: batch.due, default=None)

    def next_joining(self, now: float, to: RequestBatch, max_bytes: int, *, alone: bool) -> RequestBatch | None:
        """Return one whose tasks may join the request `to` and fit in, without removing it.

        `alone`: there is nothing to join, so that it goes when it is due itself.
        """
        for batch in self._batches:
            if batch.joins_from is None or (batch.due if alone else batch.joins_from) > now:
                continue
            fits = len(batch.items) + len(to.items) <= batch.operation.max_tasks
            if fits and (not to.items or batch.size + to.size - ENVELOPE_SIZE < max_bytes):
                return batch
        return None


class SeenIds:
    """The ids of an input, to find those that stand in it twice, whatever the letter case.

    Kept are a 64-bit hash of each id, in the order of the input, and a hash table (open addressing) of their places: 8 bytes a
    task and 6 to 12, beside 1 MB at most for a small table. (A `set` of the same hashes takes 60 to 90 bytes.) Two ids are taken
    for the same if their hashes are: the probability that this is wrong for any of ten million ids is below 1 in 300,000. No
    more than these are remembered; later ids are compared with them, but not with each other.
    """

    LIMIT = 10_000_000
    __slots__ = ("_hashes", "_places")

    def __init__(self) -> None:
        self._hashes = array("q")
        # Places in the input plus 1, or 0 where there is none. The length is a power of two.
        self._places = array("I", bytes(4 * 2**14))

    def add(self, ids: list[str], position: int) -> dict[int, int]:
        """Remember ids that stand in the input from `position` on.

        Returns:
            For each index in `ids` of one that was there before, the first position of that in the input.
        """
        self.fill_up(position)
        new, repeated, first = [_hash(task_id.lower()) for task_id in ids], dict[int, int](), len(self._hashes)
        is_full = first >= self.LIMIT
        if not is_full:
            self._make_room(first + len(new))
            self._hashes.extend(new)
        hashes, places, mask = self._hashes, self._places, len(self._places) - 1
        for place, hashed in enumerate(new, first + 1):
            slot = hashed & mask
            while found := places[slot]:
                if hashes[found - 1] == hashed:
                    repeated[place - first - 1] = found - 1
                    break
                slot = (slot + 1) & mask
            else:
                if not is_full:
                    places[slot] = place
        return repeated

    def fill_up(self, position: int) -> None:
        """Count the tasks up to here whose ids are not remembered."""
        self._hashes.extend([0] * (min(position, self.LIMIT) - len(self._hashes)))

    def _make_room(self, number: int) -> None:
        size = len(self._places)
        if number * 3 < size * 2:
            return
        # A small table grows faster: to insert everything again costs as much as inserting it first.
        size *= 4 if size < 2**18 else 2
        hashes, places, mask = self._hashes, array("I", bytes(4 * size)), size - 1
        for place in filter(None, self._places):
            slot = hashes[place - 1] & mask
            while places[slot]:
                slot = (slot + 1) & mask
            places[slot] = place
        self._places = places


def _blake(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


# Python's own hash of text is SipHash; on 64-bit machines it has 64 bits.
_hash: Callable[[str], int] = hash if sys.hash_info.width == 64 else _blake


def _by_json() -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode

    def dumps(document: dict[str, Any]) -> bytes:
        # Member by member: `encode` takes a tenth of the time for text that it takes for anything else.
        members = [f"{encode(name)}:{encode(value)}" for name, value in document.items()]
        return f"{{{','.join(members)}}}".encode()

    return dumps, json.loads


def _by_orjson() -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    import orjson

    def loads(content: bytes) -> Any:
        try:
            return orjson.loads(content)
        except ValueError:
            # orjson does not take a byte order mark or UTF-16.
            return json.loads(content)

    return orjson.dumps, loads


# Write a JSON object without blanks in UTF-8, and read any JSON.
try:
    dumps, loads = _by_orjson()
except ImportError:
    dumps, loads = _by_json()
