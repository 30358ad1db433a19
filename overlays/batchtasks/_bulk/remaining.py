"""What is left of an interrupted bulk call."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from typing import Any

from batchtasks._bulk.outcome import TaskOutcome


class Remaining:
    """Tasks still to be brought in; iterate over it, or pass it to the same bulk method. It can be walked once.

    If the input was an async iterable, walk it with `async for`.
    """

    def __init__(self, again: Iterable[TaskOutcome], unsent: Iterable[Any], rest: Any = None) -> None:
        # Sent before, so perhaps there already.
        self.again = deque(again)
        self._unsent = deque(unsent)
        self._rest = rest

    @property
    def is_async(self) -> bool:
        """Whether the untouched rest of the input is an async iterator."""
        return hasattr(self._rest, "__anext__")

    def __bool__(self) -> bool:
        """False when certainly nothing is left; an untouched rest may turn out to be empty."""
        return bool(self.again or self._unsent or self._rest is not None)

    def take(self) -> tuple[list[TaskOutcome], Any]:
        """Give what was sent before, and an iterator over the others; nothing is left here afterwards."""
        again, unsent, rest = list(self.again), list(self._unsent), self._rest
        self.again, self._unsent, self._rest = deque(), deque(), None
        if rest is None:
            return again, iter(unsent)
        if hasattr(rest, "__anext__"):
            # No async generator: a cancellation would end it, and what it had not given yet would be lost.
            return again, Remaining((), unsent, rest)
        # From C, so that an interruption cannot fall between taking a task and handing it over.
        return again, chain(unsent, rest)

    def __iter__(self) -> Iterator[Any]:
        if self.is_async:
            raise TypeError("The rest of the input is an async iterable: walk it with `async for`.")
        return self

    def __next__(self) -> Any:
        if self._known():
            return self._pop()
        if self._rest is None:
            raise StopIteration
        return next(self._rest)

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        if self._known():
            return self._pop()
        if self.is_async:
            return await anext(self._rest)
        try:
            return next(self)
        except StopIteration:
            raise StopAsyncIteration from None

    def _known(self) -> bool:
        return bool(self.again or self._unsent)

    def _pop(self) -> Any:
        return self.again.popleft().task if self.again else self._unsent.popleft()
