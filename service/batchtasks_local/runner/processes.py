"""Processes in process groups, and the control over those of one run."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from batchtasks_local import linux
from batchtasks_local.domain.records import Usage
from batchtasks_local.runner.failures import RunStoppedError

StopReason = Literal["request", "time", "output", "shutdown"]

_SIGNAL_BASE = 128
"""The exit code of a process that a signal ended is this plus the signal's number, as in shells."""
_KILL_PERIOD = 1.0
_FIRST_POLL, _LAST_POLL = 0.001, 0.02


own_pids: set[int] = set()
"""The programs that were started here and not closed yet."""


class Process:
    """A program in a new session and process group. OSError if it cannot be started.

    On Linux, the end of the program is read without removing it from the kernel's table (`close` does that). Until then its
    number cannot be given to another process, so a signal to the group never reaches a foreign process. Elsewhere its end
    can only be read by removing it. A number is not given away as long as there are processes in its group; if there are
    none, no signal is sent any more.
    """

    def __init__(
        self, arguments: Sequence[str], folder: Path, variables: Mapping[str, str], out: IO[bytes], err: IO[bytes]
    ) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._peeks = linux.available()
        self._removed: tuple[int, Usage] | None = None
        self._group_is_empty = False
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
        own_pids.add(self.pid)

    def wait(self) -> int:
        """Wait until the program has ended, and return its exit code."""
        if self._peeks:
            found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
            assert found is not None
            return _exit_code(found)
        pause = _FIRST_POLL
        while (code := self.poll()) is None:
            time.sleep(pause)
            pause = min(pause * 1.5, _LAST_POLL)
        return code

    def poll(self) -> int | None:
        """Return the exit code, or None while the program runs."""
        if self._peeks:
            found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
            return None if found is None else _exit_code(found)
        with self._lock:
            return self._remove(os.WNOHANG)

    def _remove(self, options: int) -> int | None:
        """Remove the program from the kernel's table if it has ended; return its exit code, or None while it runs."""
        if self._removed is None:
            pid, status, used = os.wait4(self.pid, options)
            if not pid:
                return None
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self._removed = status, Usage(used.ru_utime, used.ru_stime, used.ru_inblock, used.ru_oublock)
            self._group_is_empty = not self._send(0)
        code = os.waitstatus_to_exitcode(self._removed[0])
        return code if code >= 0 else _SIGNAL_BASE - code

    def _send(self, number: int) -> bool:
        """Send a signal to the whole group; return False if nobody is there."""
        try:
            os.killpg(self.pid, number)
        except OSError:
            return False
        return True

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group; nothing happens after `close`."""
        with self._lock:
            if not self._closed and not self._group_is_empty:
                self._send(number)

    def close(self) -> Usage:
        """Kill what is left of the group, wait for the program, and remove it from the kernel's table.

        Returns:
            What the program and the children that it waited for have used; zeros at a second call.
        """
        with self._lock:
            if self._closed:
                return Usage()
            if not self._group_is_empty:
                self._send(signal.SIGKILL)
            self._remove(0)
            self._closed = True
            own_pids.discard(self.pid)
            assert self._removed is not None
            return self._removed[1]


def _exit_code(found: os.waitid_result) -> int:
    return found.si_status if found.si_code == os.CLD_EXITED else _SIGNAL_BASE + found.si_status


class RunControl:
    """The processes of one run, and whether it has to end.

    The worker that carries out the run adds and closes processes; the scheduler stops the run and enforces its deadline.

    Attributes:
        deadline: When the run's time is over, on the monotonic clock; None without a limit.
        stopped: Why the run has to end, or None.
        usage: What the processes that are closed have used.
        output: The directory of the task, and the bytes in it before its command started; None until then.
    """

    def __init__(self, grace: float) -> None:
        """Make the control of a run; `grace` is the time between SIGTERM and SIGKILL, in seconds."""
        self.deadline: float | None = None
        self.stopped: StopReason | None = None
        self.usage = Usage()
        self.output: tuple[Path, int] | None = None
        self._grace = grace
        self._kill_at: float | None = None
        self._lock = threading.Lock()
        self._stop_event = threading.Event()
        self._processes: list[Process] = []
        self._interrupts: list[Callable[[], object]] = []

    def add(self, process: Process) -> Process:
        """Add a process that has just started; if the run has been stopped meanwhile, it is ended like the others."""
        with self._lock:
            self._processes.append(process)
            late = self.stopped is not None
        if late:
            process.signal(signal.SIGTERM)
        return process

    def close_all(self) -> None:
        """Close every process: what is left of its group is killed."""
        with self._lock:
            processes, self._processes = self._processes, []
        for process in processes:
            self.usage += process.close()

    def stop(self, reason: StopReason, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask the processes to end; `enforce_deadline` kills those that have not done so after the grace time."""
        with self._lock:
            if self.stopped is not None:
                return
            self.stopped = reason
            self._kill_at = time.monotonic() + self._grace
            interrupts = list(self._interrupts)
        self._stop_event.set()
        for end in interrupts:
            end()
        self.signal(number)

    def kill(self, reason: StopReason) -> None:
        """End the processes at once."""
        self.stop(reason, signal.SIGKILL)

    def skip_grace(self) -> None:
        """Give a run that was stopped no more time."""
        if self._kill_at is not None:
            self._kill_at = 0.0

    def enforce_deadline(self, now: float) -> float | None:
        """Stop the run if its time is over, kill it if its grace time is over; return when to call this again."""
        if self.stopped is None and self.deadline is not None and now >= self.deadline:
            self.stop("time")
        if self._kill_at is None:
            return self.deadline
        if now >= self._kill_at:
            self.signal(signal.SIGKILL)
            self._kill_at = now + _KILL_PERIOD
        return self._kill_at

    @contextmanager
    def interrupting(self, end: Callable[[], object]) -> Iterator[None]:
        """Call a function, from another thread, if the run has to end within the block: it ends what the block waits for."""
        with self._lock:
            self._interrupts.append(end)
            late = self.stopped is not None
        if late:
            end()
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(end)

    def pause(self, seconds: float) -> None:
        """Wait in the worker; raise RunStoppedError as soon as the run has to end."""
        if self._stop_event.wait(seconds) if seconds else self._stop_event.is_set():
            raise RunStoppedError

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the groups of all processes."""
        with self._lock:
            processes = list(self._processes)
        for process in processes:
            process.signal(number)
