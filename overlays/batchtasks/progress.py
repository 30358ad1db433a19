"""Progress bars for bulk calls and waits: in a terminal drawn by rich, which the extra `cli` brings, and in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from attrs import frozen

if TYPE_CHECKING:
    from rich.console import Console

    from batchtasks._bulk.report import BulkProgress
    from batchtasks._waiting.result import WaitProgress

Shown: TypeAlias = "BulkProgress | WaitProgress"


@frozen(eq=False, repr=False)
class ProgressBar:
    """A progress bar for one call: pass it as `progress`. The methods of the client call `finish` at their end."""

    _draw: Callable[[Shown, int | None], object]
    _total: int | None = None
    _finish: Callable[[], object] = lambda: None

    def __call__(self, progress: Shown) -> None:
        """Draw a BulkProgress or a WaitProgress."""
        self._draw(progress, progress.total if self._total is None else self._total)

    def finish(self) -> None:
        """Stop drawing and leave the bar as it is."""
        self._finish()


def rich_progress(
    description: str = "Adding tasks", *, total: int | None = None, console: Console | None = None
) -> ProgressBar:
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
    bar = parts.Progress(
        parts.TextColumn("{task.description}"),
        parts.BarColumn(),
        parts.MofNCompleteColumn(),
        parts.TextColumn("{task.fields[state]}"),
        parts.TimeRemainingColumn(),
        console=console or consoles.Console(stderr=True),
    )
    task = bar.add_task(description, total=total, state="")

    def draw(progress: Shown, total: int | None) -> None:
        bar.start()
        bar.update(task, completed=progress.done, total=total, state=_state(progress))

    return ProgressBar(draw, total, bar.stop)


def notebook_progress(description: str = "Adding tasks", *, total: int | None = None) -> ProgressBar:
    """Return a progress bar for a notebook. It needs no widgets, which rich's own bar does there.

    Args:
        description: What stands before the bar.
        total: The number of tasks, for inputs whose length is not known. Default: that of the call.

    Raises:
        ImportError: IPython is not installed.
    """
    display, handle = import_module("IPython.display").display, None

    def draw(progress: Shown, total: int | None) -> None:
        nonlocal handle
        value = f'value="{progress.done}" max="{total}"' if total else ""
        html = f"{description} <progress {value}></progress> {progress}"
        content = {"text/html": html, "text/plain": f"{description}: {progress}"}
        if handle is None:
            handle = display(content, raw=True, display_id=True)
        else:
            handle.update(content, raw=True)

    return ProgressBar(draw, total)


def _lines(description: str) -> ProgressBar:
    """Return what writes lines on standard error, at most one a second: for machines without rich."""
    text, due = "", 0.0

    def draw(progress: Shown, total: int | None) -> None:
        nonlocal text
        text = f"{description}: {progress}\n"
        if time.monotonic() >= due:
            write()

    def write() -> None:
        nonlocal text, due
        sys.stderr.write(text)
        text, due = "", time.monotonic() + 1

    return ProgressBar(draw, finish=write)


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
        return _lines(description)


def _state(progress: Any) -> str:
    names = ("existed", "failed", "retried", "running", "missing")
    parts = [f"{progress.per_second:,.0f}/s"] if hasattr(progress, "per_second") else []
    parts += [f"{number:,} {name}" for name in names if (number := getattr(progress, name, None))]
    parts += [f"{len(found):,} blocked"] if (found := getattr(progress, "blocked", ())) else []
    return ", ".join(parts)
