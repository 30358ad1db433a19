"""How the scheduler holds a run that a worker carries out, and ends it."""

from __future__ import annotations

import signal
import threading
import time
from typing import Literal

from batchtasks_local.records import Usage
from batchtasks_local.runner.failures import Ended
from batchtasks_local.runner.processes import Process

Reason = Literal["request", "time", "stop"]


class Leash:
    """One run's processes, and whether it is to end. `deadline` is when its time is over, on the monotonic clock, if ever.

    `usage` is what the processes have used that were let go.
    """

    def __init__(self, grace: float) -> None:
        self.deadline: float | None = None
        self.reason: Reason | None = None
        self.usage = Usage()
        self._grace = grace
        self._kill_at: float | None = None
        self._lock = threading.Lock()
        self._told = threading.Event()
        self._processes: list[Process] = []

    def hold(self, process: Process) -> Process:
        """Take a process that has just started on the leash; one that comes too late is asked to end like the others."""
        with self._lock:
            self._processes.append(process)
            late = self.reason is not None
        if late:
            process.signal(signal.SIGTERM)
        return process

    def release(self) -> None:
        """Let every process go that was held: what is left of its group is killed."""
        with self._lock:
            held, self._processes = self._processes, []
        for process in held:
            self.usage += process.close()

    def end(self, reason: Reason) -> None:
        """Ask the processes to end; `pull` kills those that have not done so after the time of grace."""
        with self._lock:
            if self.reason is not None:
                return
            self.reason = reason
            self._kill_at = time.monotonic() + self._grace
        self._told.set()
        self._signal(signal.SIGTERM)

    def hasten(self) -> None:
        """Give no more time to what was asked to end."""
        if self._kill_at is not None:
            self._kill_at = 0.0

    def pull(self, now: float) -> float | None:
        """Do what is due by now: end a run whose time is over, kill one that did not end. When to pull next."""
        if self.reason is None and self.deadline is not None and now >= self.deadline:
            self.end("time")
        if self._kill_at is None:
            return self.deadline
        if now >= self._kill_at:
            self._signal(signal.SIGKILL)
            self._kill_at = now + 1
        return self._kill_at

    def pause(self, seconds: float) -> None:
        """Wait in a worker; raises Ended as soon as the run is to end."""
        if self._told.wait(seconds) if seconds else self._told.is_set():
            raise Ended

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            held = list(self._processes)
        for process in held:
            process.signal(number)
