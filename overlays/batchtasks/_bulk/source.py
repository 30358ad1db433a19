"""The input of a bulk call: any iterable, an async iterable, or what an earlier call left over. Pulled lazily."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from batchtasks._bulk.engine import Engine
from batchtasks._bulk.item import Past
from batchtasks._bulk.outcome import TaskOutcome
from batchtasks._bulk.remaining import Remaining
from batchtasks.errors import InvalidInputError


class Source:
    """Where the tasks come from."""

    def __init__(self, tasks: Any, what: str, *, can_await: bool) -> None:
        # Sent by an earlier call, and not given to the engine yet.
        self.again: deque[TaskOutcome] = deque()
        if isinstance(tasks, Remaining):
            _check_colour(tasks.is_async, what, can_await)
            again, self.rest = tasks.take()
            self.again.extend(again)
        else:
            self.rest = _iterator(tasks, what, can_await)
        self._given = tasks
        self.total = len(tasks) if hasattr(tasks, "__len__") else None
        self._is_async = hasattr(self.rest, "__anext__")

    @property
    def is_broken(self) -> bool:
        """Whether the input is a generator that an exception inside it has ended: what it had yet to give is gone."""
        frame = getattr(self._given, "gi_frame", getattr(self._given, "ag_frame", self))
        return frame is None

    async def fill(self, engine: Engine) -> None:
        """Pull tasks until a request is full or the input has come to its end."""
        if not self._is_async:
            engine.pull(self.rest)
            return
        while not engine.is_full:
            try:
                engine.current = await anext(self.rest)
            except StopAsyncIteration:
                engine.exhausted = True
                return
            engine.pull((engine.current,), all_of_it=False)

    def put_back(self, engine: Engine, now: float) -> None:
        """Give the engine the tasks that an earlier call had sent already; they go first."""
        while self.again:
            outcome = self.again[0]
            engine.pulled += 1
            try:
                item = engine.plan.make(outcome.task)
            except Exception:
                engine.write(outcome)
                engine.books.settle(outcome)
            else:
                past = item.past = Past(now, engine.moved)
                past.ours, past.unclear, past.error = True, outcome.status == "unknown", outcome.error
                engine.waiting.add_loose(item, now, 0.0)
            # Last, so that an interruption loses nothing.
            self.again.popleft()


def _iterator(tasks: Any, what: str, can_await: bool) -> Any:
    if hasattr(tasks, "__aiter__"):
        _check_colour(True, what, can_await)
        return aiter(tasks)
    if isinstance(tasks, (str, bytes, Mapping)) or not hasattr(tasks, "__iter__"):
        hint = " Pass its `.value`." if hasattr(tasks, "value") else " For a single one pass a list of one."
        raise InvalidInputError(f"{what} takes an iterable, not {type(tasks).__name__}.{hint}")
    return iter(tasks)


def _check_colour(is_async: bool, what: str, can_await: bool) -> None:
    if is_async and not can_await:
        raise InvalidInputError(
            f"{what} of the blocking BatchClient cannot take an async iterable; use AsyncBatchClient, or pass a list."
        )
