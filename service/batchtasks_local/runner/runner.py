"""The runner as the rest of the service sees it."""

from __future__ import annotations

import atexit
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from batchtasks_local import linux
from batchtasks_local.data_folder import FULL_HINT, DataFolderUnusableError, DiskReserve, is_full, unwritable
from batchtasks_local.runner.cleanup import Cleaner, Monitor, TemporaryFolder, remove_leftovers
from batchtasks_local.runner.command import Node
from batchtasks_local.runner.files.allowed import Allowed
from batchtasks_local.runner.files.directories import NodeDirectories
from batchtasks_local.runner.processes import own_pids
from batchtasks_local.runner.scheduler import Scheduler
from batchtasks_local.runner.watchdog import Strays, Watchdog, kill_strays
from batchtasks_local.settings import Settings
from batchtasks_local.store.store import Store

log = logging.getLogger("batchtasks_local.runner")

GRACE = 2.0
"""Seconds between SIGTERM and SIGKILL for a run that is stopped."""


class Runner:
    """Runs the tasks of a store as processes of this machine.

    Every method but `start` and `stop` returns at once, and may be called from any thread. Ids are in the letter case of
    the records. With `run=False` in the settings no task is started, but jobs still end and are deleted.
    """

    def __init__(self, store: Store, settings: Settings, *, grace: float = GRACE) -> None:
        self._store = store
        self._temporary = TemporaryFolder() if settings.data is None else None
        folder = settings.data or (self._temporary and self._temporary.folder) or Path()
        try:
            self._directories = NodeDirectories(folder / "node")
        except OSError as error:
            raise unwritable(folder, error) from error
        self._watchdog = Watchdog()
        node = Node(
            self._directories,
            settings.account,
            settings.url,
            settings.slots,
            self._watchdog.mark,
            Allowed(settings.http_hosts, settings.file_roots),
            settings.container_engine,
            settings.max_output,
        )
        slots = settings.slots if settings.run else 0
        self._scheduler = Scheduler(store, node, slots, grace, lambda: self._cleaner.wake())
        self._reserve = DiskReserve(settings.data) if settings.data is not None else None
        self._cleaner = Cleaner(store, self._directories, self._scheduler, self._reserve)
        self._strays = Strays(self._watchdog.mark, self._scheduler.active_runs, lambda: own_pids | self._watchdog.pids)
        self._monitor = Monitor(self._scheduler, settings.max_output, self._strays)
        self._stop_lock = threading.Lock()
        self._stopped = False
        self._took_over = False
        self._adopts = False
        self._home_pid = os.getpid()

    def start(self) -> None:
        """Requeue what an earlier service has left running, and begin.

        Processes that it left are killed first, so that no task runs twice at the same time.

        Raises:
            DataFolderUnusableError: The store cannot be written.
        """
        if missing := linux.missing():
            log.warning("%s", missing)
        self._watchdog.start(self._temporary.folder if self._temporary is not None else None)
        strays = kill_strays(self._directories.root)
        try:
            requeued = self._store.requeue_running()
        except sqlite3.Error as error:
            folder = self._directories.root.parent
            hint = FULL_HINT if is_full(error) else ""
            raise DataFolderUnusableError(f"The database in {folder} cannot be written: {error}.{hint}") from error
        self._took_over = True
        if strays or requeued:
            log.warning(
                "an earlier service ended without notice: %d processes killed, %d tasks requeued", strays, requeued
            )
        if self._temporary is not None:
            threading.Thread(target=remove_leftovers, name="batch-leftovers", daemon=True).start()
        atexit.register(self._stop_at_exit)
        self._scheduler.start()
        self._cleaner.start()
        self._monitor.start()

    def adopt_orphans(self) -> None:
        """Find also those processes of tasks that have emptied their environment.

        This process becomes the parent of all orphans among its descendants, so it must be a program for the service
        alone.
        """
        if linux.adopt_orphans():
            self._adopts = True
            self._strays.adopt_orphans()

    def stop(self, timeout: float = 10.0) -> None:
        """End every process and requeue its task. Close the store after this, not before.

        A second call waits for the first.
        """
        with self._stop_lock:
            if not self._stopped:
                self._stop(timeout)
                self._stopped = True
        atexit.unregister(self._stop_at_exit)

    def _stop(self, timeout: float) -> None:
        in_time = self._scheduler.stop(timeout)
        self._monitor.stop(timeout)
        self._cleaner.stop(timeout)
        kill_strays(self._directories.root)
        if not in_time and not self._scheduler.stop(timeout):
            self._scheduler.give_up()
        if self._took_over:
            self._requeue()
        if self._temporary is not None:
            self._temporary.remove()
        self._watchdog.stop()
        if self._adopts:
            linux.adopt_orphans(adopt=False)

    def _requeue(self) -> None:
        try:
            self._store.requeue_running()
        except sqlite3.Error as error:
            log.error("the store cannot be written, so the next service will requeue the tasks that ran: %s", error)

    def skip_grace(self) -> None:
        """Let `stop` kill processes without a grace time. Signal handlers may call this."""
        self._scheduler.skip_grace()

    def _stop_at_exit(self) -> None:
        """Stop when the program ends and nobody has called `stop`, or whoever waited for it was interrupted.

        A process that was forked from the program does nothing here: tasks and files are still its parent's.
        """
        if os.getpid() == self._home_pid:
            self.skip_grace()
            self.stop()

    def wake(self) -> None:
        """Look at the store: start tasks, and end the processes of tasks that are no longer running."""
        self._scheduler.wake()

    def remove_jobs(self) -> None:
        """End the processes of jobs that are being deleted, then remove their files and records."""
        self._scheduler.wake()
        self._cleaner.wake()

    def remove_task_files(self, job_id: str, task_id: str) -> None:
        """End the process of a task that was deleted, then remove its directory."""
        self._scheduler.remove_files(job_id, task_id)

    @contextmanager
    def reserved_space(self) -> Iterator[None]:
        """Give back the space that is kept for ending tasks on a full disk; no task takes it within the block."""
        with self._scheduler.suspended_runs():
            if self._reserve is not None:
                self._reserve.release()
            yield

    def task_dir(self, job_id: str, task_id: str) -> Path:
        """Return the directory of a task, which exists once it has started; ValueError for what cannot be an id."""
        return self._directories.task(job_id, task_id)
