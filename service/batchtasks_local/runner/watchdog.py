"""No process is left behind: how those of a service are found, and a watchdog that ends them if the service is killed.

All of this needs Linux (see `linux`). Elsewhere nothing is found, and there is no watchdog.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from batchtasks_local import linux
from batchtasks_local.data_folder import close_in_forks
from batchtasks_local.runner.files.directories import REMOVE

VARIABLE = "BATCHTASKS_SERVICE"
"""A variable in the environment of every process that a service starts: the mark of the service, and which run it is."""
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
        if linux.available():
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

    @property
    def pids(self) -> set[int]:
        """The number of the shell, if it runs."""
        return {self._process.pid} if self._process is not None else set()

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
        found = [pid for pid in linux.pids() if pid != os.getpid() and mark in linux.environment(pid)]
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        killed += len(found)
        quiet = 0 if found else quiet + 1
        if quiet == _QUIET_PASSES:
            break
        time.sleep(_PAUSE)
    return killed


RunId = tuple[int, int]


def run_mark(mark: str, run: RunId) -> str:
    """Return the value of `VARIABLE` for the processes of one run of a service."""
    return f"{mark}.{run[0]}.{run[1]}"


class Strays:
    """Ends what runs leave behind outside of their process groups.

    A process is known by the mark in its environment. Where the service is the parent of orphans (`linux.adopt_orphans`),
    one that has emptied its environment is found as well. It may belong to any of the runs that were active when it was
    first seen, so it is killed when the last of these has ended.
    """

    def __init__(self, mark: str, active: Callable[[], set[RunId]], own: Callable[[], set[int]]) -> None:
        """Make the ender of strays.

        Args:
            mark: The mark of the service.
            active: Returns the runs that have not ended, those that are just being started among them.
            own: Returns the processes that the service itself has started.
        """
        self._begin = f"{VARIABLE}={mark}.".encode()
        self._active = active
        self._own = own
        self._adopts = False
        self._suspects: dict[int, set[RunId]] = {}
        self._zombies: set[int] = set()

    def adopt_orphans(self) -> None:
        """Look also at the processes that were handed to this one because their parent has ended."""
        self._adopts = True

    def sweep(self) -> None:
        """End the strays that there are now."""
        # First the processes and then the runs: a process whose run is not active any more is then surely left over.
        marked = {pid: run for pid in linux.pids() if pid != os.getpid() and (run := self._run_of(pid)) is not None}
        orphans = self._orphans() - marked.keys()
        active = self._active()
        for pid, run in marked.items():
            if run not in active and self._run_of(pid) == run:
                linux.kill_tree(pid)
        self._suspects = {pid: self._suspects.get(pid, active) & active for pid in orphans}
        for pid in [pid for pid, runs in self._suspects.items() if not runs]:
            linux.kill_tree(pid)

    def _run_of(self, pid: int) -> RunId | None:
        for variable in linux.environment(pid):
            if variable.startswith(self._begin):
                sequence, _, run = variable.removeprefix(self._begin).partition(b".")
                return (int(sequence), int(run)) if sequence.isdigit() and run.isdigit() else None
        return None

    def _orphans(self) -> set[int]:
        """Return the processes that were handed to this one; those that have ended are removed from the kernel's table."""
        if not self._adopts:
            return set()
        found = set(linux.children(os.getpid())) - self._own()
        zombies = {pid for pid in found if linux.is_zombie(pid)}
        for pid in zombies & self._zombies:  # what this process waits for itself is no zombie for so long
            with suppress(OSError):
                os.waitpid(pid, os.WNOHANG)
        self._zombies = zombies
        return found - zombies
