"""No process is left behind: how those of a service are found, and a watchdog that ends them if the service is killed.

Only Linux shows the environment of processes (/proc). Elsewhere nothing is found, and there is no watchdog.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from contextlib import suppress
from pathlib import Path

from batchtasks_local.data_folder import close_in_forks
from batchtasks_local.runner.files.directories import REMOVE

VARIABLE = "BATCHTASKS_SERVICE"
"""A variable in the environment of every process that a service starts; its value is different for each service."""
_MAX_PASSES = 200
_QUIET_PASSES = 2
_PAUSE = 0.01

# Its input is a pipe from the service. A line means that the service has ended normally; the end of the pipe without a
# line, that it was killed. Processes are then killed until two passes in a row find none, as in `kill_strays`.
_SCRIPT = f"""{REMOVE}
read -r farewell && exit
quiet=0 passes=0
while [ $quiet -lt {_QUIET_PASSES} ] && [ $passes -lt {_MAX_PASSES} ]; do
    quiet=$((quiet + 1)) passes=$((passes + 1))
    for file in $(grep -lsF -e "$1" /proc/[0-9]*/environ); do
        file=${{file#/proc/}}
        kill -9 "${{file%/environ}}" && quiet=0
    done
    sleep {_PAUSE}
done
[ -z "$2" ] || remove "$2"
"""


class Watchdog:
    """A shell that ends the processes of this service if the service is killed, and deletes its temporary folder.

    It costs a task nothing: the shell sleeps until the service is over, and finds the processes by their environment.

    Attributes:
        mark: The value of `VARIABLE` in the environment of this service's processes.
    """

    def __init__(self) -> None:
        self.mark = uuid.uuid4().hex
        self._pipe: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, folder: Path | None) -> None:
        """Start the shell; `folder` is deleted with the service. Without /proc, or a free process, nothing happens."""
        if os.path.exists("/proc/self/environ"):
            with suppress(OSError):
                self._start(folder)

    def _start(self, folder: Path | None) -> None:
        end, self._pipe = os.pipe()
        close_in_forks(self)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - its arguments are a word and the folder
                ["/bin/sh", "-c", _SCRIPT, "sh", f"{VARIABLE}={self.mark}", folder or ""],
                cwd="/",
                env={"PATH": os.defpath},
                stdin=end,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            os.close(end)

    def stop(self) -> None:
        """End the shell: the service ends normally and has left nothing."""
        if self._pipe is not None:
            with suppress(OSError):
                os.write(self._pipe, b"\n")
        self.close()
        if self._process is not None:
            self._process.wait()

    def close(self) -> None:
        """Close the pipe. If `stop` was not called, the shell takes it as the death of the service."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


def kill_strays(root: Path) -> int:
    """Kill every process that belongs to a node root, by its environment; return how many there were.

    This finds the processes of an earlier service that was killed, and processes that have left their group. A process
    that has changed its environment is not found.
    """
    mark = f"AZ_BATCH_NODE_ROOT_DIR={root}".encode()
    killed = quiet = 0
    # A process may start another one while the list is read, and takes a moment to be gone. One that is just executing
    # another program shows no environment for an instant. So this ends only when two passes in a row have found none.
    for _ in range(_MAX_PASSES):
        found = [pid for pid in _pids() if pid != os.getpid() and _has_mark(pid, mark)]
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        killed += len(found)
        quiet = 0 if found else quiet + 1
        if quiet == _QUIET_PASSES:
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
