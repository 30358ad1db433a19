"""What the bulk engine moves about: a task as bytes with its history, and a chunk that becomes one request."""

from __future__ import annotations

from typing import Any

from batchtasks.errors import BatchTasksError
from batchtasks_rest._call import Call


class Past:
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


class Item:
    """One task, serialised once."""

    __slots__ = ("data", "past", "task", "task_id")

    def __init__(self, task_id: str, data: bytes, task: Any) -> None:
        self.task_id = task_id
        self.data = data
        self.task = task
        self.past: Past | None = None

    def note(self, error: BatchTasksError | None, *, ours: bool, unclear: bool, now: float, settled: int) -> Past:
        """Write down a failed attempt."""
        past = self.past
        if past is None:
            past = self.past = Past(now, settled)
        past.attempts += 1
        # What the service said stays, when later attempts do not even reach it.
        if error is not None and (ours or not past.ours):
            past.error = error
        past.ours = past.ours or ours
        past.unclear = past.unclear or unclear
        return past


class Chunk:
    """The tasks of one request."""

    __slots__ = ("call", "halved", "items", "sent", "started")

    def __init__(self, items: list[Item], *, halved: bool = False) -> None:
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


def body_of(items: list[Item]) -> bytes:
    """Join the tasks' bytes to the body of one request, nothing being encoded again."""
    return b"%b%b%b" % (ENVELOPE[0], b",".join([item.data for item in items]), ENVELOPE[1])


def size_of(items: list[Item]) -> int:
    """Tell the size in bytes of the body with these tasks."""
    return sum([len(item.data) for item in items], EMPTY_SIZE + len(items))
