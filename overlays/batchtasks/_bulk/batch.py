"""What the engine moves: a task as bytes, the tasks of one request, what became of them, and the ids seen so far."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from attrs import Factory, define, field

from batchtasks._bulk.classify import Failure
from batchtasks._bulk.report import Status, TaskOutcome, id_of
from batchtasks._core.executor import MAX_BODY, Executor
from batchtasks._validation.models import structure
from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks_rest._call import Answer, AnyCall
from batchtasks_rest.models import TaskAddParameter


class EncodedTask:
    """One task, encoded once, and what is known of the attempts at it.

    Attributes:
        task_id, data, task: The id, the bytes to send, and what was passed in.
        maybe_done: Whether an attempt may have been carried out: "exists" then means that this call put it there.
        unclear: Whether an attempt ended without any word of the service about the task.
        attempts: How many failed.
        began, moved_before: The time of the first, and the engine's count of answers then: has anything moved since?
    """

    # Of the class, because most tasks are sent once.
    maybe_done = unclear = False
    error: BatchTasksError | None = None
    attempts = moved_before = 0
    began = 0.0

    def __init__(self, task_id: str, data: bytes, task: object) -> None:
        self.task_id = task_id
        self.data = data
        self.task = task

    def record(self, failure: Failure, now: float, moved: int) -> None:
        if self.attempts == 0:
            self.began, self.moved_before = now, moved
        self.attempts += 1
        # What the service said stays if later attempts do not even reach it.
        if failure.maybe_done or not self.maybe_done:
            self.error = failure.error
        self.maybe_done = self.maybe_done or failure.maybe_done
        self.unclear = self.unclear or (failure.unclear and failure.maybe_done)

    def ended(self, error: BatchTasksError | None = None, *, unclear: bool = False) -> TaskOutcome:
        """Return the outcome of a task that is not sent again: unknown if an attempt may have been carried out, or failed."""
        status: Status = "unknown" if unclear or self.unclear else "failed"
        maybe_done = unclear or self.maybe_done
        return TaskOutcome(self.task_id, status, error or self.error, task=self.task, maybe_done=maybe_done)

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
        executor, options: What builds its requests, and what each of them is given beside job and tasks.
        verb: What is done with a task, for the report.
        success, before: The status of a task with which it was done, and which was so before.
        max_tasks, max_bytes: What a request carries at most.
        only_reads: Whether requests change nothing, so that it does not matter whether one was carried out.
        has_unique_ids: Whether no id may stand twice in the input.
        encode: Returns what the caller passed in, ready to be sent; raises for what cannot be sent.
    """

    verb = "added"
    success: Status = "added"
    before: Status = "existed"
    max_tasks = 1
    max_bytes = MAX_BODY
    only_reads = False
    has_unique_ids = False
    encode: Callable[[object], EncodedTask]

    def __init__(self, executor: Executor, job_id: str, **options: Any) -> None:
        self.executor, self.job_id, self.options = executor, job_id, options

    def explain(self, task: object, error: Exception) -> BatchTasksError:
        """Return the error to report for a task at which `encode` failed in an unexpected way."""
        try:
            if isinstance(task, TaskAddParameter):
                structure(TaskAddParameter, task, "task")
        except InvalidInputError as found:
            return found
        name = "The task" if (task_id := id_of(task)) is None else f"Task {task_id!r}"
        explained = InvalidInputError(f"{name} cannot be sent: {type(error).__name__}: {error}")
        explained.__cause__ = error
        return explained

    def call(self, items: list[EncodedTask]) -> AnyCall:
        """Return the request for some tasks."""
        raise NotImplementedError

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        """Return what the answer says of the tasks, or None for an answer that is a refusal of the whole request."""
        raise NotImplementedError


_HEAD, _TAIL = b'{"value":[', b"]}"


def body_of(items: list[EncodedTask]) -> bytes:
    """Return the body of one request; nothing is encoded again."""
    return b"%b%b%b" % (_HEAD, b",".join([item.data for item in items]), _TAIL)


def size_of(items: list[EncodedTask]) -> int:
    """Return the size in bytes of the body with these tasks: each with a comma, of which there is one too many."""
    return sum([len(item.data) for item in items], len(_HEAD) + len(_TAIL) - 1 + len(items))


@define(eq=False)
class RequestBatch:
    """The tasks of one request, before and while it is sent.

    Attributes:
        due: When it may be sent again.
        joins_from: From when on its tasks may join another request; None: it goes as it is.
        halved: Whether it is half of a request that failed time and again.
        resent: How many of the tasks have been sent before.
        call: The request, once it has been sent: from then on the service may have it.
        size: That of its body, in bytes.
    """

    operation: BulkOperation
    items: list[EncodedTask]
    due: float = 0.0
    joins_from: float | None = None
    halved: bool = False
    resent: int = 0
    call: AnyCall | None = None
    started: float = 0.0
    size: int = field(init=False, default=Factory(lambda batch: size_of(batch.items), takes_self=True))

    def split(self, max_bytes: int) -> list[RequestBatch]:
        """Return the tasks as two or more requests: of at most so many bytes where that is possible, or in halves."""
        requests, middle = cut(self.operation, self.items, max_bytes), len(self.items) // 2
        halves = [RequestBatch(self.operation, part) for part in (self.items[:middle], self.items[middle:])]
        return requests if len(requests) > 1 else halves


def cut(operation: BulkOperation, items: list[EncodedTask], max_bytes: int) -> list[RequestBatch]:
    """Return the requests for some tasks; a task that is too large is alone."""
    parts, size = list[list[EncodedTask]](), 0
    for item in items:
        size += len(item.data) + 1
        if not parts or size > max_bytes or len(parts[-1]) >= operation.max_tasks:
            parts.append([])
            size = size_of([item])
        parts[-1].append(item)
    return [RequestBatch(operation, part) for part in parts]


class SeenIds:
    """The ids of an input, to find those that stand in it twice, whatever the letter case.

    Kept are a 64-bit hash of each id, in the order of the input, and a hash table (open addressing) of their places: 8 bytes a
    task and 6 to 12; a small table takes up to 1 MB. (A `set` of the same hashes takes 60 to 90 bytes a task.) Two ids are taken
    for the same if their hashes are. That this happens to two different ones is improbable: 1 in 300,000 for an input of ten
    million ids, 1 in 3,000 for a hundred million.
    """

    def __init__(self) -> None:
        # The hash at each place in the input; 0 if there is no id.
        self._hashes = array("q")
        # Places in the input plus 1, or 0 where there is none. The length is a power of two.
        self._places = array("I", bytes(4 * 2**14))

    def add(self, ids: list[str], position: int) -> dict[int, int]:
        """Remember ids that stand in the input from `position` on; those of tasks before it may be unknown.

        Returns:
            For each index in `ids` of one that was there before, the first position of that in the input.
        """
        hashes, places, start = self._hashes, self._places, position
        hashes.extend([0] * (position - len(hashes)))
        hashes.extend([_hash(task_id.lower()) for task_id in ids])
        if len(hashes) * 3 >= len(places) * 2:
            # All are inserted again. A small table grows faster: that costs as much as inserting them first.
            size = len(places) * (4 if len(places) < 2**18 else 2)
            places, start = array("I", bytes(4 * size)), 0
        mask, repeated = len(places) - 1, dict[int, int]()
        for place in range(start, len(hashes)):
            hashed = hashes[place]
            slot = hashed & mask
            while found := places[slot]:
                if hashes[found - 1] == hashed:
                    if place >= position:
                        repeated[place - position] = found - 1
                    break
                slot = (slot + 1) & mask
            else:
                places[slot] = place + 1
        self._places = places
        return repeated


def _blake(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


# Python's own hash of text is SipHash; on 64-bit machines it has 64 bits.
_hash: Callable[[str], int] = hash if sys.hash_info.width == 64 else _blake

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def _dumps(document: dict[str, Any]) -> bytes:
    # Member by member: `encode` takes a tenth of the time for text that it takes for anything else.
    return f"{{{','.join([f'{_encode(name)}:{_encode(value)}' for name, value in document.items()])}}}".encode()


# Write a JSON object without blanks in UTF-8.
dumps: Callable[[dict[str, Any]], bytes]
try:
    from orjson import dumps
except ImportError:
    dumps = _dumps
