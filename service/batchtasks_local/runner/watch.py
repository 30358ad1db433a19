"""A process that outlives the service, for as long as it takes to end what a killed service has left running."""

from __future__ import annotations

import os
import subprocess
import uuid
from contextlib import suppress
from pathlib import Path

from batchtasks_local.forks import keep_from_forks
from batchtasks_local.runner.removal import REMOVE

VARIABLE = "BATCHTASKS_SERVICE"
"""Stands in the environment of every process that a service has started; each service has a value of its own."""

# A pipe from the service is its input. A line means that the service has ended in good order; an end without one, that
# it was killed. The list of processes is read until two passes in a row find none, as in `kill_strays`.
_SCRIPT = f"""{REMOVE}
read -r farewell && exit
quiet=0 passes=0
while [ $quiet -lt 2 ] && [ $passes -lt 200 ]; do
    quiet=$((quiet + 1)) passes=$((passes + 1))
    for file in $(grep -lsF -e "$1" /proc/[0-9]*/environ); do
        file=${{file#/proc/}}
        kill -9 "${{file%/environ}}" && quiet=0
    done
    sleep 0.01
done
[ -z "$2" ] || remove "$2"
"""


class Watch:
    """Ends the processes of this service when it is killed, and takes away the folder that it has made for itself.

    It costs a task nothing: the shell that watches sleeps until the service is over, and finds the processes by their
    environment. Linux only; elsewhere nobody watches.
    """

    def __init__(self) -> None:
        self.mark = uuid.uuid4().hex
        self._pipe: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, folder: Path | None) -> None:
        """Begin to watch; `folder` is what goes with the service."""
        if os.path.exists("/proc/self/environ"):
            with suppress(OSError):  # no process or pipe to be had
                self._start(folder)

    def _start(self, folder: Path | None) -> None:
        end, self._pipe = os.pipe()
        keep_from_forks(self)
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
        """Say that the service ends in good order, and has left nothing."""
        if self._pipe is not None:
            with suppress(OSError):
                os.write(self._pipe, b"\n")
        self.close()
        if self._process is not None:
            self._process.wait()

    def close(self) -> None:
        """Let go of the pipe."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
