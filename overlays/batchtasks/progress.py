"""Progress bars for bulk calls, drawn by rich, which the extra `cli` brings."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from batchtasks._bulk.report import BulkProgress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


class RichProgress:
    """A progress bar for one bulk call; made by `rich_progress`."""

    def __init__(self, bar: Progress, description: str, total: int | None) -> None:
        self._bar = bar
        self._total = total
        self._task = bar.add_task(description, total=total, state="")

    def __call__(self, progress: BulkProgress) -> None:
        """Draw this progress."""
        total = progress.total if self._total is None else self._total
        ended = progress.added + progress.existed + progress.failed
        self._bar.start()
        self._bar.update(self._task, completed=ended, total=total, state=_state(progress))

    def finish(self) -> None:
        """Stop drawing and leave the bar as it is; the bulk methods call this at their end."""
        self._bar.stop()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.finish()


def rich_progress(
    description: str = "Adding tasks", *, total: int | None = None, console: Console | None = None
) -> RichProgress:
    """Make a progress bar to pass to a bulk method.

        client.task.add_collection("job1", tasks, progress=rich_progress())

    Args:
        description: What stands before the bar.
        total: The number of tasks, for inputs whose length is not known. Default: the length of the input if it has one.
        console: Where to draw. Default: standard error, so that output can be piped.

    Raises ImportError if rich is not installed.
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


def _state(progress: BulkProgress) -> str:
    counts = {"existed": progress.existed, "failed": progress.failed, "sent again": progress.retried}
    named = [f"{number:,} {what}" for what, number in counts.items() if number]
    return ", ".join([f"{progress.per_second:,.0f}/s", *named])
