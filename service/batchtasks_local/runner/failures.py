"""What can go wrong with a run, apart from its exit code, as failureInfo with the service's codes and texts."""

from __future__ import annotations

import errno
from typing import Any

from batchtasks_local.domain.exits import failure_info

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


class RunFailedError(Exception):
    """A run cannot continue; `info` is its failureInfo."""

    def __init__(self, info: dict[str, Any]) -> None:
        super().__init__(info)
        self.info = info


class RunStoppedError(Exception):
    """A run has to end: it was stopped on request, or its time is over."""


def launch_failed(reason: str) -> RunFailedError:
    """Return the error for a command that could not be started, although its program may exist."""
    return RunFailedError(failure_info("CommandLaunchFailed", "The command could not be launched", Message=reason))


def blob_failed(code: str, name: str, reason: str) -> RunFailedError:
    """Return the error for a resource file: BlobNotFound, BlobAccessDenied, or a failed download."""
    texts = {
        "BlobNotFound": "One of the resource files specified for the task was not found",
        "BlobAccessDenied": "Access to one of the resource files specified for the task was denied",
        "BlobDownloadTimedOut": "The download of one of the resource files specified for the task took too long",
    }
    message = texts.get(code, "One of the resource files specified for the task could not be downloaded")
    category = "UserError" if code in ("BlobNotFound", "BlobAccessDenied") else "ServerError"
    return RunFailedError(failure_info(code, message, category, FilePath=name, Message=reason))  # type: ignore[arg-type]


def disk_failed(code: str, message: str, error: OSError, name: str = "") -> RunFailedError:
    """Return the error for a write that failed; a full disk has its own code."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunFailedError(failure_info("DiskFull", "There is not enough disk space on the node", "ServerError"))
    details = {"FilePath": name} if name else {}
    return RunFailedError(failure_info(code, message, "ServerError", **details, Message=str(error.strerror or error)))


def upload_failed(code: str, pattern: str, reason: str) -> dict[str, Any]:
    """Return the failureInfo of a task whose output files could not be sent."""
    return failure_info(code, "The upload of the task's output files failed", FilePattern=pattern, Message=reason)


def unknown(error: BaseException) -> dict[str, Any]:
    """Return the failureInfo for an unexpected error."""
    return failure_info(
        "Unknown",
        "The task could not be run because of an unexpected error in the local service",
        "ServerError",
        Message=f"{type(error).__name__}: {error}",
    )
