"""What the bulk engine moves about: a task as bytes with its history, and a chunk that becomes one request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from json import encoder
from typing import Any

from batchtasks.errors import BatchTasksError
from batchtasks_rest._call import Call


class AttemptHistory:
    """What has happened to a task so far; a task that has met no trouble has none."""

    __slots__ = ("attempts", "began", "error", "ours", "since", "unclear")

    def __init__(self, began: float, since: int) -> None:
        self.attempts = 0
        self.error: BatchTasksError | None = None
        # An earlier attempt may have added it: "exists" then means that it is ours.
        self.ours = False
        # An earlier attempt ended without any word of the service about it.
        self.unclear = False
        self.began = began
        # The engine's count of settled tasks at the first trouble: has anything moved since?
        self.since = since


class EncodedTask:
    """One task, serialised once."""

    __slots__ = ("data", "history", "task", "task_id")

    def __init__(self, task_id: str, data: bytes, task: Any) -> None:
        self.task_id = task_id
        self.data = data
        self.task = task
        self.history: AttemptHistory | None = None

    def note(
        self, error: BatchTasksError | None, *, ours: bool, unclear: bool, now: float, settled: int
    ) -> AttemptHistory:
        """Write down a failed attempt."""
        history = self.history
        if history is None:
            history = self.history = AttemptHistory(now, settled)
        history.attempts += 1
        # What the service said stays, when later attempts do not even reach it.
        if error is not None and (ours or not history.ours):
            history.error = error
        history.ours = history.ours or ours
        history.unclear = history.unclear or unclear
        return history


class RequestBatch:
    """The tasks of one request."""

    __slots__ = ("call", "halved", "items", "sent", "started")

    def __init__(self, items: list[EncodedTask], *, halved: bool = False) -> None:
        self.items = items
        # Half of a request that broke time and again.
        self.halved = halved
        # From here on the service may have it.
        self.sent = False
        # What was sent, so that errors name the request that they come from.
        self.call: Call[Any] | None = None
        self.started = 0.0


ENVELOPE = (b'{"value":[', b"]}")
ENVELOPE_SIZE = len(ENVELOPE[0]) + len(ENVELOPE[1])
# What a body without tasks counts: each task adds itself and a comma, and one comma fewer than tasks is needed.
EMPTY_SIZE = ENVELOPE_SIZE - 1
MOST_TASKS = 100
MOST_BYTES = 1_048_576


def body_of(items: list[EncodedTask]) -> bytes:
    """Join the tasks' bytes to the body of one request, nothing being encoded again."""
    return b"%b%b%b" % (ENVELOPE[0], b",".join([item.data for item in items]), ENVELOPE[1])


def size_of(items: list[EncodedTask]) -> int:
    """Tell the size in bytes of the body with these tasks."""
    return sum([len(item.data) for item in items], EMPTY_SIZE + len(items))


class QueuedBatch:
    """Tasks that are due at the same time. `loose` ones may be joined with others, the rest go as they are."""

    __slots__ = ("due", "earliest", "halved", "items", "loose", "size")

    def __init__(self, items: list[EncodedTask], due: float, earliest: float, *, loose: bool, halved: bool) -> None:
        self.items = items
        self.size = size_of(items)
        self.due = due
        # A loose batch may go along with others from half its wait on.
        self.earliest = earliest
        self.loose = loose
        self.halved = halved


class RetryQueue:
    """All batches that wait; there are few, so they are simply looked through.

    Every move adds in the new place before it takes out of the old, so that an interruption between the two loses
    nothing (whoever counts leaves out what occurs twice).
    """

    def __init__(self, most_tasks: int, most_bytes: int) -> None:
        self._queued: list[QueuedBatch] = []
        self._most_tasks = most_tasks
        self.most_bytes = most_bytes

    def __len__(self) -> int:
        return len(self._queued)

    def items(self) -> Iterator[EncodedTask]:
        """Everything that waits."""
        for queued in self._queued:
            yield from queued.items

    def add(self, items: list[EncodedTask], due: float, *, halved: bool = False) -> None:
        """Let tasks wait as one request."""
        self._queued.append(QueuedBatch(items, due, due, loose=False, halved=halved))

    def add_loose(self, item: EncodedTask, now: float, delay: float) -> None:
        """Let one task wait; it joins others that are due not much earlier than it would be."""
        earliest = now + delay / 2
        for queued in self._queued:
            if queued.loose and queued.due >= earliest and self.fit(queued, 1, size_of([item])):
                queued.items.append(item)
                queued.size += len(item.data) + 1
                queued.earliest = max(queued.earliest, earliest)
                return
        self._queued.append(QueuedBatch([item], now + delay, earliest, loose=True, halved=False))

    def due(self) -> float | None:
        """When the first of them is due, or None."""
        return min((queued.due for queued in self._queued), default=None)

    def next_whole(self, now: float) -> QueuedBatch | None:
        """Give a batch that is due and goes as it is, without taking it out."""
        ripe = [queued for queued in self._queued if not queued.loose and queued.due <= now]
        return min(ripe, key=lambda queued: queued.due, default=None)

    def next_loose(self, now: float, beside: int, size: int, *, alone: bool) -> QueuedBatch | None:
        """Give a loose batch that may go now, beside so many tasks of this size, without taking it out.

        `alone`: there is nothing to go along with, so it goes only when it is due.
        """
        for queued in self._queued:
            ripe = queued.due if alone else queued.earliest
            if queued.loose and ripe <= now and self.fit(queued, beside, size):
                return queued
        return None

    def take_out(self, queued: QueuedBatch) -> None:
        """Take a batch out, after its tasks have their new place."""
        self._queued.remove(queued)

    def fit(self, queued: QueuedBatch, tasks: int, size: int) -> bool:
        """Whether so many tasks more, making a body of `size` alone, still make one request."""
        return len(queued.items) + tasks <= self._most_tasks and queued.size + size - ENVELOPE_SIZE < self.most_bytes


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain_dumps(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


def _made_once() -> Callable[[Any], bytes]:
    """What `_plain_dumps` does, in half the time: JSONEncoder makes the machinery below anew for every value."""
    write = encoder.c_make_encoder(  # type: ignore[attr-defined]
        None, _ENCODER.default, encoder.encode_basestring, None, ":", ",", False, False, False
    )

    def dumps(value: Any) -> bytes:
        return "".join(write(value, 0)).encode()

    return dumps


def _plain_loads(content: bytes) -> Any:
    return json.loads(content)


dumps: Callable[[Any], bytes]
try:
    import orjson
except ImportError:
    # CPython has this, other Pythons may not.
    dumps = _made_once() if getattr(encoder, "c_make_encoder", None) else _plain_dumps
    loads = _plain_loads
else:
    # Without blanks, in UTF-8; the function itself, because it is called for every task.
    dumps = orjson.dumps

    def loads(content: bytes) -> Any:
        """Read JSON; what orjson is too strict for (a byte order mark, UTF-16) is left to the standard library."""
        try:
            return orjson.loads(content)
        except ValueError:
            return json.loads(content)
