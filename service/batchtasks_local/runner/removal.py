"""Directories that go, with all that tasks have made of them; and the folder of a service that keeps nothing."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from batchtasks_local.runner.processes import kill_strays
from batchtasks_local.store.opening import LOCK, DataFolderInUse, DataFolderUnusable, FolderLock

_PREFIX = "batchtasks-local-"
_OWNER = 0o700
_PATIENCE = 1.0
"""Seconds that the end of a service may wait for its folder to be gone."""
# The lock goes last: whatever cuts this short, the next service finds the rest by it (`clear_leftovers`).
REMOVE = """
remove() {
    rm -rf -- "$1/node" && rm -rf -- "$1" || { chmod -R u+rwX -- "$1"; rm -rf -- "$1"; }
}
"""
"""A function of the shell that does it."""


def remove_tree(root: Path) -> None:
    """Delete a directory. What its owner must not enter or change, because a task has closed it, is opened first."""
    try:
        _remove_tree(root)
    except RecursionError:  # deeper than Python can go
        command = ["/bin/sh", "-c", f'{REMOVE} remove "$1"', "sh", str(root)]
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - its only argument is the folder


def _remove_tree(root: Path) -> None:

    def insist(function: Any, path: str, error: Any) -> None:
        with suppress(OSError):
            if path != str(root):
                os.chmod(os.path.dirname(path), _OWNER)
            if os.path.isdir(path) and not os.path.islink(path):
                _open(path)
                shutil.rmtree(path, ignore_errors=True)
            else:
                os.unlink(path)

    shutil.rmtree(str(root), onerror=insist)


def _open(path: str) -> None:
    """Give the owner all rights to a directory and those in it, each before it is looked into."""
    os.chmod(path, _OWNER)
    for folder, names, _ in os.walk(path):
        for name in names:
            if not os.path.islink(inside := os.path.join(folder, name)):
                os.chmod(inside, _OWNER)


class Temporary:
    """A folder for as long as the service runs."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = FolderLock(self.folder)

    def remove(self) -> None:
        """Delete it, in a process of its own, which is waited for only so long.

        A disk that is busy can take minutes for the files of thousands of tasks. That process belongs to no terminal and
        goes on when this one ends or is interrupted.
        """
        self._lock.close()
        try:
            process = subprocess.Popen(  # noqa: S603 - its only argument is the folder
                ["/bin/sh", "-c", f'{REMOVE} remove "$1" &', "sh", self.folder],
                cwd="/",
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:  # no process to be had
            remove_tree(self.folder)
            return
        with process:  # the shell itself ends at once; its output is closed by what it has started
            select.select([process.stdout.fileno() if process.stdout else -1], [], [], _PATIENCE)


def clear_leftovers() -> None:
    """Take away what services that were killed have left: their folders, and processes that still run."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(DataFolderInUse, DataFolderUnusable, OSError):
            # One without a lock is just being made.
            if (left / LOCK).exists():
                lock = FolderLock(left)
                kill_strays(left / "node")
                remove_tree(left / "node")
                remove_tree(left)
                lock.close()
