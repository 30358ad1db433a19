"""Progress on standard error: nothing in the first second, then a line by rich on a terminal, else plain lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from batchtasks_cli.output.text import one_line

if TYPE_CHECKING:
    from batchtasks import BulkProgress

_FIRST, _ON_TERMINAL, _ELSEWHERE = 1.0, 0.1, 5.0


class Ticker(AbstractContextManager["Ticker"]):
    """A line about work under way; call it as often as there is news."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _FIRST
        self._status: Any = None

    def __call__(self, text: object) -> None:
        """Show this text if it is time for it."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_ON_TERMINAL if sys.stderr.isatty() else _ELSEWHERE)
        if not sys.stderr.isatty():
            print(one_line(str(text)), file=sys.stderr, flush=True)
            return
        from rich.console import Console
        from rich.text import Text

        if self._status is None:
            self._status = Console(stderr=True).status("")
            self._status.start()
        self._status.update(Text(one_line(str(text)), no_wrap=True, overflow="ellipsis"))

    def __exit__(self, *error: object) -> None:
        if self._status is not None:
            self._status.stop()


def bulk_progress(doing: str, total: int | None) -> Callable[[BulkProgress], object]:
    """Return what shows the progress of a bulk call: rich's bar on a terminal, else plain lines."""
    from attrs import evolve

    from batchtasks.progress import rich_progress

    tick = Ticker()
    if sys.stderr.isatty():
        return rich_progress(doing, total=total)
    return lambda progress: tick(progress if total is None else evolve(progress, total=total))
