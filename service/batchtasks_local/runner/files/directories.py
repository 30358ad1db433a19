"""The directories of the node, and how they are deleted."""

from __future__ import annotations

import os
import re
import uuid
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from batchtasks_local.runner.files.beneath import give_rights, remove

NODE_ID = "localnode"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_FOLDERS = ("applications", "fsmounts", "shared", "startup", "volatile", "workitems")
_OWNER = 0o700
REMOVE = """
remove() {
    rm -rf -- "$1/node" && rm -rf -- "$1" || { chmod -R u+rwX -- "$1"; rm -rf -- "$1"; }
}
"""
"""A shell function that deletes a data folder. The lock goes last: if this is interrupted, the next service finds the
rest of the folder by its lock."""


class NodeDirectories:
    """The directories below the root of the node, which is created here. Ids are in the letter case of their records."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._trash = self.root / "trash"
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(_OWNER)
        for name in (*_FOLDERS, "trash"):
            (self.root / name).mkdir(exist_ok=True)

    def job(self, job_id: str) -> Path:
        """Return the directory of a job; ValueError for what cannot be an id."""
        return self.root / "workitems" / _checked(job_id)

    def task(self, job_id: str, task_id: str) -> Path:
        """Return the directory of a task, with `wd`, stdout.txt and stderr.txt; ValueError for what cannot be an id."""
        return self.job(job_id) / "job-1" / _checked(task_id)

    def move_to_trash(self, path: Path) -> None:
        """Move a directory away at once; `empty_trash` deletes it. It is no error if there is none."""
        target = self._trash / uuid.uuid4().hex
        with suppress(FileNotFoundError):
            try:
                path.rename(target)
            except PermissionError:  # a task has removed its rights, and moving a directory needs them
                give_rights(str(path))
                path.rename(target)

    def empty_trash(self) -> None:
        """Delete what was moved to the trash."""
        for path in self._trash.iterdir():
            remove_tree(path)


def _checked(name: str) -> str:
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is not an id")
    return name


def node_info(pool_id: str | None, job_id: str, task_id: str, instance: int = 0) -> dict[str, Any]:
    """Return the nodeInfo of a task, or of one of its subtasks, without the URLs.

    The directory of a subtask is shown as that of its task (recorded).
    """
    node = NODE_ID if instance == 0 else f"{NODE_ID}-{instance}"
    directory = f"workitems/{job_id}/job-1/{task_id}"
    return {"affinityId": f"TVM:{node}", "poolId": pool_id or "", "nodeId": node, "taskRootDirectory": directory}


def open_to_write(path: Path, mode: str = "wb") -> IO[Any]:
    """Open a file; OSError if a run has put a named pipe in its place, where nobody reads: that would wait for ever."""
    return open(path, mode, opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK, 0o666))


def remove_tree(root: Path) -> None:
    """Delete a directory, also one in which a task has removed its owner's rights. It is no error if there is none."""
    with suppress(OSError):
        folder = os.open(root.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            remove(root.name, folder)
        finally:
            os.close(folder)
