"""What can go wrong with a run, apart from its exit code, as failureInfo with the service's codes and texts."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from batchtasks_local.domain.exits import failure_info

log = logging.getLogger("batchtasks_local.runner")

T = TypeVar("T")
_TOO_MANY = (errno.EMFILE, errno.ENFILE)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0

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


def too_many_files(error: BaseException | None) -> bool:
    """Return whether an error says that this process or the system has too many files open."""
    return isinstance(error, OSError) and error.errno in _TOO_MANY


def when_files_are_free(act: Callable[[], T], pause: Callable[[float], None]) -> T:
    """Call a function that opens files; as long as too many files are open, wait and call it again.

    Args:
        act: The function; it can be called again after an OSError.
        pause: Waits so many seconds, and raises if the run has to end.
    """
    seconds = _FIRST_PAUSE
    while True:
        try:
            return act()
        except OSError as error:
            if not too_many_files(error):
                raise
            if seconds == _FIRST_PAUSE:
                log.warning("a task waits: %s (ulimit -n)", error.strerror)
        pause(seconds)
        seconds = min(seconds * 2, _LONGEST_PAUSE)


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


def too_much_output(limit: int) -> dict[str, Any]:
    """Return the failureInfo of a task that has written more than it may, in bytes."""
    return failure_info(
        "OutputQuotaExceeded",
        "The task was ended because it wrote too much",
        Message=f"The task wrote more than {limit} bytes into its directory; "
        "start the service with a larger --max-output, or max_output in its settings",
    )


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
