"""How much a task may write into its directory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from batchtasks_local.runner.processes import RunControl

_BLOCK = 512


def disk_usage(directory: Path) -> int:
    """Return the bytes that a directory and all that is in it take on the disk; links are not followed."""
    used = 0
    todo = [str(directory)]
    while todo:
        with suppress(OSError), os.scandir(todo.pop()) as found:
            for item in found:
                with suppress(OSError):
                    used += item.stat(follow_symlinks=False).st_blocks * _BLOCK
                    if item.is_dir(follow_symlinks=False):
                        todo.append(item.path)
    return used


def end_floods(controls: Iterable[RunControl], limit: int) -> None:
    """Kill the runs that have written more into their directories than they may, in bytes."""
    for control in controls:
        if control.output is None or control.stopped is not None:
            continue
        directory, before = control.output
        if disk_usage(directory) - before > limit:
            control.kill("output")
