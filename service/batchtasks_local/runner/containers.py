"""Container tasks, where a container engine is configured: its command line in place of the task's own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from batchtasks_local.records import TaskRecord

_PATIENCE = 10


def _name(task: TaskRecord) -> str:
    return f"batchtasks-{task.seq}-{task.run}"


def kill(engine: str | None, task: TaskRecord) -> None:
    """Kill a container whose run was ended: the engine's command may have died without it."""
    if engine and task.spec.get("containerSettings"):
        command = [*shlex.split(engine), "kill", _name(task)]
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - the operator's


def wrap(
    engine: str, task: TaskRecord, arguments: Sequence[str], folder: Path, variables: Mapping[str, str]
) -> list[str]:
    """The engine's arguments that run a command in the task's image, with the node root in the same place inside.

    The engine's command (docker, podman) may have arguments of its own. The container's user is this one, so that the
    task's files can be read and deleted; values of variables are passed by name, never on the command line.
    """
    root = variables["AZ_BATCH_NODE_ROOT_DIR"]
    settings = task.spec["containerSettings"]
    user = f"{os.getuid()}:{os.getgid()}"
    command = [*shlex.split(engine), "run", "--rm", "--init", "--name", _name(task), "--user", user]
    command += _mounts(settings, root, variables)
    if str(settings.get("workingDirectory") or "taskWorkingDirectory").lower() == "taskworkingdirectory":
        command += ["--workdir", str(folder)]
    for name in variables:
        if name not in ("PATH", "HOME"):
            command += ["--env", name]
    command += shlex.split(settings.get("containerRunOptions") or "")
    return [*command, settings["imageName"], *arguments]


def _mounts(settings: Mapping[str, Any], root: str, variables: Mapping[str, str]) -> list[str]:
    listed = settings.get("containerHostBatchBindMounts")
    if listed is None:
        return ["--volume", f"{root}:{root}"]
    task = variables["AZ_BATCH_TASK_DIR"]
    places = {
        "shared": f"{root}/shared",
        "startup": f"{root}/startup",
        "vfsmounts": f"{root}/fsmounts",
        "task": task,
        "jobprep": f"{root}/workitems",
        "applications": f"{root}/applications",
    }
    mounts: list[str] = []
    for item in listed:
        place = places.get(str(item.get("source")).lower())
        if place is not None:
            mounts += ["--volume", f"{place}:{place}{':ro' if item.get('isReadOnly') else ''}"]
    return mounts
