"""The variables that a task's process sees."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from batchtasks_local.records import JobRecord, TaskRecord
from batchtasks_local.runner.watch import VARIABLE

# What a program needs to find others and to write text; nothing else of the service's own environment is passed on,
# least of all an account key.
_INHERITED = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER")
_DISK_RESERVE = 1_000_000_000
_ADDRESS = "127.0.0.1"
_MASTER_PORT = 6000


@frozen
class Node:
    """What the environment tells of the account and the node; `mark` tells the processes of one service from others'."""

    account: str
    account_url: str
    root: Path
    cores: int
    mark: str


def inherited() -> dict[str, str]:
    """The part of this process's environment that tasks get."""
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def environment(node: Node, task: TaskRecord, job: JobRecord, directory: Path) -> dict[str, str]:
    """Inherited variables, the job's, the task's, then the AZ_BATCH_ ones, each over those before it."""
    variables = inherited()
    for settings in (job.spec.get("commonEnvironmentSettings"), task.spec.get("environmentSettings")):
        variables.update({item["name"]: item.get("value") or "" for item in settings or ()})
    root = str(node.root)
    record = task.node or {}
    variables.update(
        AZ_BATCH_ACCOUNT_NAME=node.account,
        AZ_BATCH_ACCOUNT_URL=node.account_url,
        AZ_BATCH_JOB_ID=task.job_id,
        AZ_BATCH_TASK_ID=task.id,
        AZ_BATCH_POOL_ID=record.get("poolId", ""),
        AZ_BATCH_NODE_ID=record.get("nodeId", ""),
        AZ_BATCH_NODE_IS_DEDICATED="true",
        AZ_BATCH_NODE_ROOT_DIR=root,
        AZ_BATCH_NODE_SHARED_DIR=f"{root}/shared",
        AZ_BATCH_NODE_STARTUP_DIR=f"{root}/startup",
        AZ_BATCH_NODE_MOUNTS_DIR=f"{root}/fsmounts",
        AZ_BATCH_TASK_DIR=str(directory),
        AZ_BATCH_TASK_WORKING_DIR=f"{directory}/wd",
        AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES=str(_DISK_RESERVE),
        AZ_BATCH_CERTIFICATES_DIR=f"{directory}/certs",
    )
    variables[VARIABLE] = node.mark
    return variables


def instance_variables(node: Node, count: int, number: int, directory: Path) -> dict[str, str]:
    """What the instances of a multi-instance task see besides; all of them are on this machine."""
    hosts: Sequence[Any] = [_ADDRESS] * count
    return {
        "AZ_BATCH_HOST_LIST": ",".join(hosts),
        "AZ_BATCH_NODE_LIST": ";".join(hosts),
        "AZ_BATCH_MASTER_NODE": f"{_ADDRESS}:{_MASTER_PORT}",
        "AZ_BATCH_IS_CURRENT_NODE_MASTER": "true" if number == 0 else "false",
        "AZ_BATCH_TASK_SHARED_DIR": str(directory),
        "CCP_NODES": " ".join([str(count), *(f"{host} {node.cores}" for host in hosts)]),
    }
