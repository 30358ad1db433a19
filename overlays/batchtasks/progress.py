"""Progress bars for bulk calls and waits: in a terminal drawn by rich, which the extra `cli` brings, and in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias, cast

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from batchtasks._bulk.report import BulkProgress
    from batchtasks._waiting.result import WaitProgress

Shown: TypeAlias = "BulkProgress | WaitProgress"


class _Bar:
    """A progress bar for one call: pass it as `progress`. The methods of the client call `finish` at their end."""

    def __call__(self, progress: Shown) -> None:
        """Draw a BulkProgress or a WaitProgress."""
        self._draw(progress.done, progress.total, progress)

    def _draw(self, ended: int, total: int | None, progress: Shown) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """Stop drawing and leave the bar as it is."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.finish()


class RichProgress(_Bar):
    """A progress bar in a terminal; made by `rich_progress`."""

    def __init__(self, bar: Progress, description: str, total: int | None) -> None:
        self._bar = bar
        self._total = total
        self._task = bar.add_task(description, total=total, state="")

    def _draw(self, ended: int, total: int | None, progress: Shown) -> None:
        self._bar.start()
        total = total if self._total is None else self._total
        self._bar.update(self._task, completed=ended, total=total, state=_state(progress))

    def finish(self) -> None:
        """Stop drawing and leave the bar as it is."""
        self._bar.stop()


class NotebookProgress(_Bar):
    """A progress bar in the output of a notebook's cell; made by `notebook_progress`."""

    def __init__(self, description: str, total: int | None, display: Callable[..., Any]) -> None:
        self._description = description
        self._total = total
        self._display = display
        self._handle: Any = None

    def _draw(self, ended: int, total: int | None, progress: Shown) -> None:
        total = total if self._total is None else self._total
        value = f'value="{ended}" max="{total}"' if total else ""
        html = f"{self._description} <progress {value}></progress> {progress}"
        content = {"text/html": html, "text/plain": f"{self._description}: {progress}"}
        if self._handle is None:
            self._handle = self._display(content, raw=True, display_id=True)
        else:
            self._handle.update(content, raw=True)


class _Lines(_Bar):
    """Lines on standard error, at most one a second: for machines without rich."""

    def __init__(self, description: str) -> None:
        self._description = description
        self._next = 0.0
        self._waiting: Shown | None = None

    def _draw(self, ended: int, total: int | None, progress: Shown) -> None:
        self._waiting = progress
        if time.monotonic() >= self._next:
            self.finish()

    def finish(self) -> None:
        """Write the last progress."""
        if self._waiting is not None:
            sys.stderr.write(f"{self._description}: {self._waiting}\n")
            self._waiting, self._next = None, time.monotonic() + 1


def rich_progress(
    description: str = "Adding tasks", *, total: int | None = None, console: Console | None = None
) -> RichProgress:
    """Return a progress bar for a terminal.

        client.task.add_collection("job1", tasks, progress=rich_progress())

    Args:
        description: What stands before the bar.
        total: The number of tasks, for inputs whose length is not known. Default: that of the call.
        console: Where to draw. Default: standard error, so that output can be piped.

    Raises:
        ImportError: rich is not installed.
    """
    try:
        from rich import console as consoles
        from rich import progress as parts
    except ImportError as error:
        raise ImportError("rich_progress() needs rich: pip install 'batchtasks[cli]'.") from error
    columns: list[Any] = [
        parts.TextColumn("{task.description}"),
        parts.BarColumn(),
        parts.MofNCompleteColumn(),
        parts.TextColumn("{task.fields[state]}"),
        parts.TimeRemainingColumn(),
    ]
    bar = parts.Progress(*columns, console=console or consoles.Console(stderr=True))
    return RichProgress(bar, description, total)


def notebook_progress(description: str = "Adding tasks", *, total: int | None = None) -> NotebookProgress:
    """Return a progress bar for a notebook. It needs no widgets, which rich's own bar does there.

    Args:
        description: What stands before the bar.
        total: The number of tasks, for inputs whose length is not known. Default: that of the call.

    Raises:
        ImportError: IPython is not installed.
    """
    return NotebookProgress(description, total, import_module("IPython.display").display)


def as_callback(progress: Any, description: str) -> Callable[[Any], object] | None:
    """Return the function for the argument `progress`: True means the bar that suits the place, False and None none."""
    if progress is not True:
        return None if progress is False else cast("Callable[[Any], object] | None", progress)
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if hasattr(shell, "kernel"):
        return notebook_progress(description)
    try:
        return rich_progress(description)
    except ImportError:
        return _Lines(description)


def _state(progress: Shown) -> str:
    """Return what a bar says beside its numbers."""
    names = {
        "existed": "existed",
        "failed": "failed",
        "retried": "sent again",
        "running": "running",
        "missing": "missing",
    }
    counts = [(getattr(progress, name, None), what) for name, what in names.items()]
    named = [f"{number:,} {what}" for number, what in counts if number]
    rate = [f"{progress.per_second:,.0f}/s"] if hasattr(progress, "per_second") else []
    blocked = [f"{len(found):,} blocked"] if (found := getattr(progress, "blocked", ())) else []
    return ", ".join(rate + named + blocked)
