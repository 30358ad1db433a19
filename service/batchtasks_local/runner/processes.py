"""Processes in groups of their own, and the certainty that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from batchtasks_local.records import Usage

_SIGNAL_BASE = 128
"""A process that a signal ended shows this plus the signal's number, as shells have it."""
_PASSES = 200
_QUIET = 2
_PAUSE = 0.01


class Process:
    """A program in a session and process group of its own. OSError when it cannot be started.

    The end of the program is taken note of before the kernel is told to forget it (`close`): until then its number
    cannot be given to another process, so a signal to the group never hits a stranger.
    """

    def __init__(
        self, arguments: Sequence[str], folder: Path, variables: Mapping[str, str], out: IO[bytes], err: IO[bytes]
    ) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._process = subprocess.Popen(  # noqa: S603 - running the caller's command lines is what this is for
            arguments,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def wait(self) -> int:
        """Block until the program has ended; its exit code."""
        code = self._look(os.WEXITED | os.WNOWAIT)
        assert code is not None
        return code

    def poll(self) -> int | None:
        """The exit code, or None while the program runs."""
        return self._look(os.WEXITED | os.WNOWAIT | os.WNOHANG)

    def _look(self, options: int) -> int | None:
        found = os.waitid(os.P_PID, self.pid, options)
        if found is None:
            return None
        return found.si_status if found.si_code == os.CLD_EXITED else _SIGNAL_BASE + found.si_status

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group; nothing happens once it is closed."""
        with self._lock:
            if not self._closed:
                with suppress(OSError):
                    os.killpg(self.pid, number)

    def close(self) -> Usage:
        """Kill what is left of the group and let the kernel forget the program, which has to be over or ends so.

        What the program and the children that it has waited for have used; nothing at a second call.
        """
        with self._lock:
            if self._closed:
                return Usage()
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
            _, status, used = os.wait4(self.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self._closed = True
            return Usage(used.ru_utime, used.ru_stime, used.ru_inblock, used.ru_oublock)


def kill_strays(root: Path) -> int:
    """Kill every process that belongs to a node root, by the variable in its environment; how many there were.

    It finds what an earlier service, killed itself, has left running, and what left its process group. Linux only;
    elsewhere nothing is found. A process that has changed its environment is not known for what it is.
    """
    mark = f"AZ_BATCH_NODE_ROOT_DIR={root}".encode()
    killed = quiet = 0
    # A process may start another while the list is read, and takes a moment to be gone. One that is just becoming
    # another program shows no environment for an instant: so until two passes in a row find none.
    for _ in range(_PASSES):
        found = [pid for pid in _pids() if pid != os.getpid() and _has_mark(pid, mark)]
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        killed += len(found)
        quiet = 0 if found else quiet + 1
        if quiet == _QUIET:
            break
        time.sleep(_PAUSE)
    return killed


def _pids() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return []


def _has_mark(pid: int, mark: bytes) -> bool:
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return mark in file.read().split(b"\0")
    except OSError:
        return False
