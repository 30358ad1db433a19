"""Ctrl-C and SIGTERM at a moment that loses nothing: not between taking a row from a pipe and handing it on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

from batchtasks_cli.errors import Terminated


class Shield:
    """In a `with` block: both signals raise KeyboardInterrupt (SIGTERM a kind of its own), but wait while held."""

    def __init__(self) -> None:
        self._depth = 0
        self._pending: type[KeyboardInterrupt] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                # What is ignored, as Ctrl-C is for a job in the background, stays ignored.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        while self._before:
            signal.signal(*self._before.popitem())

    def _handle(self, number: int, frame: FrameType | None) -> None:
        kind = KeyboardInterrupt if number == signal.SIGINT else Terminated
        if self._depth <= 0:
            raise kind
        self._pending = kind

    def take(self) -> None:
        """Begin to hold the signals back; one that came during an earlier hold is raised now."""
        self._raise_pending()
        self._depth += 1

    def release(self) -> None:
        """Hold them back no more; what came meanwhile is raised when they are held again."""
        self._depth -= 1

    @contextmanager
    def lowered(self) -> Iterator[None]:
        """Let them through while a hold waits for something that may never come."""
        depth, self._depth = self._depth, 0
        try:
            self._raise_pending()
            yield
        finally:
            self._depth = depth

    def _raise_pending(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            raise pending
