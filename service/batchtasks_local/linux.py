"""What only Linux offers: processes found in /proc, and orphans that are handed to the service (see proc(5), prctl(2)).

Everything else of the service needs a POSIX system only. Elsewhere, and with BATCHTASKS_PORTABLE=1 in the environment,
which the tests use, the functions here find nothing and do nothing, and `missing` says what that means.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

PORTABLE = "BATCHTASKS_PORTABLE"
_PR_SET_CHILD_SUBREAPER = 36
_MISSING = (
    "This system is not Linux: tasks are ended with their process groups only. A process that leaves its group outlives its "
    "task, and after the service was killed, its tasks run on."
)


def available() -> bool:
    """Return whether this is Linux with /proc, and the tests have not switched it off."""
    return sys.platform == "linux" and not os.environ.get(PORTABLE) and os.path.exists("/proc/self/environ")


def missing() -> str:
    """Return a sentence on what the service cannot do here, or "" if it can do everything."""
    return "" if available() else _MISSING


def pids() -> list[int]:
    """Return the numbers of all processes."""
    if not available():
        return []
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def environment(pid: int) -> list[bytes]:
    """Return the variables, as NAME=value, with which a process was started; none of a process of somebody else."""
    with suppress(OSError), open(f"/proc/{pid}/environ", "rb") as file:
        return file.read().split(b"\0")
    return []


def children(pid: int) -> list[int]:
    """Return the children of a process, if the kernel tells them."""
    found: list[int] = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    return found


def is_zombie(pid: int) -> bool:
    """Return whether a process has ended and nobody has waited for it yet."""
    with suppress(OSError, IndexError), open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] == b"Z"
    return False


def adopt_orphans(*, adopt: bool = True) -> bool:
    """Let this process become the parent of descendants whose parent has ended, or not any more; return whether it works."""
    if not available():
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(adopt), 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def kill_tree(pid: int) -> None:
    """Kill a process and its descendants, the descendants first stopped so that they start no others meanwhile."""
    with suppress(OSError):
        os.kill(pid, signal.SIGSTOP)
    for child in children(pid):
        kill_tree(child)
    with suppress(OSError):
        os.kill(pid, signal.SIGKILL)
