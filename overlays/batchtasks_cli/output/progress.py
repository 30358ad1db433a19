"""Progress on standard error: nothing in the first second, then a line by rich on a terminal, else plain lines."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from batchtasks_cli.errors import note
from batchtasks_cli.output.text import one_line

if TYPE_CHECKING:
    from batchtasks import BulkProgress, Exchange

_FIRST, _ON_TERMINAL, _ELSEWHERE = 1.0, 0.1, 5.0


def on_terminal() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()


class Ticker:
    """A line about work under way; call it as often as there is news."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _FIRST
        self._status: Any = None

    def __call__(self, text: object) -> None:
        """Show this text if it is time for it."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + (_ON_TERMINAL if on_terminal() else _ELSEWHERE)
            self.show(one_line(str(text)))

    def show(self, text: str) -> None:
        """Show this text."""
        if not on_terminal():
            print(text, file=sys.stderr, flush=True)
            return
        from rich.console import Console
        from rich.text import Text

        if self._status is None:
            self._status = Console(stderr=True).status("")
            self._status.start()
        self._status.update(Text(text, no_wrap=True, overflow="ellipsis"))

    def remove(self) -> None:
        """Remove the line."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()


class BulkTicker:
    """Progress of a bulk call: rich's bar on a terminal, else plain lines; made for the argument `progress`."""

    def __init__(self, doing: str, total: int | None) -> None:
        self._doing, self._total = doing, total
        self._start = time.monotonic() + _FIRST
        self._bar: Any = None
        self._plain = Ticker()

    def __call__(self, progress: BulkProgress) -> None:
        if on_terminal() and time.monotonic() >= self._start:
            from batchtasks.progress import rich_progress

            self._bar = self._bar or rich_progress(self._doing, total=self._total)
            self._bar(progress)
        elif not on_terminal():
            from attrs import evolve

            self._plain(progress if self._total is None else evolve(progress, total=self._total))

    def finish(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.finish()


class RequestNotice:
    """Says on a terminal that an answer takes long, and anywhere that a request is tried again."""

    def __init__(self, text: str, *, retries: bool = True) -> None:
        self._text, self._says_retries, self._off = text, retries, False
        self._timer: threading.Timer | None = None
        self._line = Ticker()

    def off(self) -> None:
        """Say nothing any more."""
        self._off = True
        self._stop()

    def begin(self) -> None:
        """Take note that a request is about to be sent."""
        if self._timer is None and not self._off and on_terminal():
            self._timer = threading.Timer(_FIRST, self._line.show, [f"{self._text} ..."])
            self._timer.daemon = True
            self._timer.start()

    def end(self, exchange: Exchange) -> None:
        """Take note that a request has ended."""
        if self._off:
            return
        self._stop()
        error, status = exchange.error, exchange.status_code or 0
        passing = error.is_retriable if error is not None else status in (408, 429) or status >= 500
        if passing and self._says_retries:
            self._says_retries = False
            note(f"{error or f'The service answers {status}.'} Trying again; Ctrl-C stops.")

    def _stop(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
            timer.join()  # it may just be showing the line
        self._line.remove()
