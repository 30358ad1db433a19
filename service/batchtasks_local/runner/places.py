"""Where things lie on the one node that this machine plays."""

from __future__ import annotations

import os
import re
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from batchtasks_local.runner.removal import remove_tree

NODE_ID = "localnode"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_FOLDERS = ("applications", "fsmounts", "shared", "startup", "volatile", "workitems")


class Places:
    """The directories below the node's root, which is made here. Ids in the letter case of their records."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._trash = self.root / "trash"
        for name in (*_FOLDERS, "trash"):
            (self.root / name).mkdir(parents=True, exist_ok=True)

    def job_dir(self, job_id: str) -> Path:
        """All that the tasks of a job have."""
        return self.root / "workitems" / _safe(job_id)

    def task_dir(self, job_id: str, task_id: str) -> Path:
        """A task's own directory; `wd`, stdout.txt and stderr.txt are in it."""
        return self.job_dir(job_id) / "job-1" / _safe(task_id)

    def throw_away(self, path: Path) -> None:
        """Take a directory out of its place at once; `empty_trash` deletes it. One that is not there is no error."""
        gone = self._trash / uuid.uuid4().hex
        with suppress(FileNotFoundError):
            try:
                path.rename(gone)
            except PermissionError:  # a task has closed it, and only a directory that can be changed can be moved
                path.chmod(0o700)
                path.rename(gone)

    def empty_trash(self) -> None:
        """Delete what was thrown away. What cannot be deleted, such as a directory without rights, is made so first."""
        for path in self._trash.iterdir():
            remove_tree(path)


def _safe(name: str) -> str:
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is not an id")
    return name


def node_info(job_spec: dict[str, Any], job_id: str, task_id: str, instance: int = 0) -> dict[str, Any]:
    """The nodeInfo of a task, or of one subtask of it, without the URLs."""
    pool = (job_spec.get("poolInfo") or {}).get("poolId") or "autopool"
    node = NODE_ID if instance == 0 else f"{NODE_ID}-{instance}"
    directory = f"workitems/{job_id}/job-1/{task_id}" + (f"/{instance}" if instance else "")
    return {"affinityId": f"TVM:{node}", "poolId": pool, "nodeId": node, "taskRootDirectory": directory}
