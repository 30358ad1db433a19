"""What can go wrong with a run besides its exit code, as failureInfo with the service's codes and texts."""

from __future__ import annotations

import errno
from typing import Any

from batchtasks_local.lifecycle import failure_info

PROGRAM_NOT_FOUND = failure_info(
    "CommandProgramNotFound",
    "The specified command program is not found",
    Message="The system cannot find the file specified",
)
OUT_OF_TIME = failure_info(
    "TaskEnded",
    "The task was ended because its time was over",
    Message="The task ran for longer than its maxWallClockTime",
)
NO_CONTAINERS = failure_info(
    "ContainerNotSupported",
    "The task has container settings and the node runs no containers",
    Message="This local Batch service was started without a container engine",
)
NO_PACKAGES = failure_info(
    "ApplicationPackagesNotSupported",
    "The task refers to application packages and the node has none",
    Message="This local Batch service keeps no application packages",
)


class RunFailed(Exception):
    """A run cannot go on; `info` is its failureInfo."""

    def __init__(self, info: dict[str, Any]) -> None:
        super().__init__(info)
        self.info = info


class Ended(Exception):
    """A run is to end, by request or because its time is over; whoever ended it knows why."""


def launch_failed(reason: str) -> RunFailed:
    """The command could not be started, though its program may be there."""
    return RunFailed(failure_info("CommandLaunchFailed", "The command could not be launched", Message=reason))


def blob_failed(code: str, name: str, reason: str) -> RunFailed:
    """A resource file could not be had: BlobNotFound, BlobAccessDenied, or a download that went wrong."""
    texts = {
        "BlobNotFound": "One of the resource files specified for the task was not found",
        "BlobAccessDenied": "Access to one of the resource files specified for the task was denied",
        "BlobDownloadTimedOut": "The download of one of the resource files specified for the task took too long",
    }
    message = texts.get(code, "One of the resource files specified for the task could not be downloaded")
    category = "UserError" if code in ("BlobNotFound", "BlobAccessDenied") else "ServerError"
    return RunFailed(failure_info(code, message, category, FilePath=name, Message=reason))  # type: ignore[arg-type]


def disk_failed(code: str, message: str, error: OSError, name: str = "") -> RunFailed:
    """The node's disk refused; a full one has a code of its own."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunFailed(failure_info("DiskFull", "There is not enough disk space on the node", "ServerError"))
    details = {"FilePath": name} if name else {}
    return RunFailed(failure_info(code, message, "ServerError", **details, Message=str(error.strerror or error)))


def upload_failed(code: str, pattern: str, reason: str) -> dict[str, Any]:
    """The failureInfo of a task whose output files could not be kept."""
    return failure_info(code, "The upload of the task's output files failed", FilePattern=pattern, Message=reason)


def unknown(error: BaseException) -> dict[str, Any]:
    """The failureInfo for what nobody foresaw."""
    return failure_info(
        "Unknown",
        "The task could not be run because of an unexpected error in the local service",
        "ServerError",
        Message=f"{type(error).__name__}: {error}",
    )
