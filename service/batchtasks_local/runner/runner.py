"""The runner as the HTTP side sees it."""

from __future__ import annotations

import atexit
import logging
import os
import sqlite3
import threading
from pathlib import Path

from batchtasks_local.runner.environment import Node
from batchtasks_local.runner.execution import Site
from batchtasks_local.runner.janitor import Janitor
from batchtasks_local.runner.places import Places
from batchtasks_local.runner.processes import kill_strays
from batchtasks_local.runner.removal import Temporary, clear_leftovers
from batchtasks_local.runner.scheduler import Scheduler
from batchtasks_local.runner.sources import Sources
from batchtasks_local.runner.watch import Watch
from batchtasks_local.settings import Settings
from batchtasks_local.store.interface import RunnerStore
from batchtasks_local.store.opening import DataFolderUnusable

log = logging.getLogger("batchtasks_local.runner")

GRACE = 2.0
"""Seconds between SIGTERM and SIGKILL for a process group that is ended."""


class Runner:
    """Runs the tasks of a store as processes of this machine.

    Every method returns at once but `start` and `stop`, and may be called from any thread. Ids are given as the
    records have them. With `run=False` in the settings nothing is started, but jobs still end and are deleted.
    """

    def __init__(self, store: RunnerStore, settings: Settings) -> None:
        self._store = store
        self._temporary = Temporary() if settings.data is None else None
        folder = settings.data or (self._temporary and self._temporary.folder) or Path()
        try:
            self._places = Places(folder / "node")
        except OSError as error:
            raise DataFolderUnusable(f"The data folder {folder} cannot be written: {error.strerror}.") from error
        self._watch = Watch()
        node = Node(settings.account, settings.url, self._places.root, settings.slots, self._watch.mark)
        sources = Sources(settings.http_hosts, settings.file_roots)
        site = Site(self._places, node, sources, settings.container_engine)
        self._scheduler = Scheduler(store, site, settings.slots if settings.run else 0, GRACE, self._tidy)
        self._janitor = Janitor(store, self._places, self._scheduler)
        self._stopping = threading.Lock()
        self._stopped = False
        self._took_over = False
        self._home = os.getpid()

    def start(self) -> None:
        """Put back what an earlier service left running, and begin.

        Processes that it left are killed first, so that no task runs twice at the same time. DataFolderUnusable when the
        store cannot be written.
        """
        self._watch.start(self._temporary.folder if self._temporary is not None else None)
        strays = kill_strays(self._places.root)
        try:
            requeued = self._store.requeue_running()
        except sqlite3.Error as error:
            raise DataFolderUnusable(
                f"The database in {self._places.root.parent} cannot be written: {error}."
            ) from error
        self._took_over = True
        if strays or requeued:
            log.warning(
                "an earlier service ended without notice: %d processes killed, %d tasks requeued", strays, requeued
            )
        if self._temporary is not None:
            threading.Thread(target=clear_leftovers, name="batch-leftovers", daemon=True).start()
        atexit.register(self._leave)
        self._scheduler.start()
        self._janitor.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End every process and put their tasks back to active; the store is to be closed after this, not before.

        A second call waits for the first.
        """
        with self._stopping:
            if not self._stopped:
                self._stop(timeout)
                self._stopped = True
        atexit.unregister(self._leave)

    def _stop(self, timeout: float) -> None:
        in_time = self._scheduler.stop(timeout)
        self._janitor.stop(timeout)
        kill_strays(self._places.root)
        if not in_time:
            self._scheduler.stop(timeout)
        if self._took_over:
            self._put_back()
        if self._temporary is not None:
            self._temporary.remove()
        self._watch.stop()

    def _put_back(self) -> None:
        try:
            self._store.requeue_running()
        except sqlite3.Error as error:
            log.error("the store cannot be written, so the next service will put the tasks back that ran: %s", error)

    def hurry(self) -> None:
        """Give processes no time to end by themselves, once `stop` is called. Signal handlers may call it."""
        self._scheduler.hurry()

    def _leave(self) -> None:
        """The program ends, and nobody has called `stop`, or whoever waited for it was interrupted.

        A process that was forked from it ends without touching what is still its parent's.
        """
        if os.getpid() == self._home:
            self.hurry()
            self.stop()

    def wake(self) -> None:
        """Something has changed: tasks were added or reactivated, a job was enabled, disabled, ended or patched."""
        self._scheduler.wake()

    def end_task(self, job_id: str, task_id: str) -> None:
        """End the processes of a task that the store no longer has as running."""
        self._scheduler.wake()

    def end_job(self, job_id: str) -> None:
        """End the processes of a job that the store has as ended, and take it away if it is being deleted."""
        self._scheduler.wake()
        self._janitor.wake()

    def remove_task_files(self, job_id: str, task_id: str) -> None:
        """Take away the directory of a task that was deleted from the store."""
        self._scheduler.remove_files(job_id, task_id)

    def _tidy(self) -> None:
        self._janitor.wake()

    def task_dir(self, job_id: str, task_id: str) -> Path:
        """The directory of a task, which is there once it has started; ValueError for what cannot be an id."""
        return self._places.task_dir(job_id, task_id)
