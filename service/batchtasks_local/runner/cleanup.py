"""What is deleted: jobs with their files, task directories whose retention time is over, temporary data folders."""

from __future__ import annotations

import logging
import os
import select
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from attrs import define, field

from batchtasks_local.data_folder import LOCK, DataFolderError, DiskReserve, FolderLock
from batchtasks_local.domain.records import TaskRecord
from batchtasks_local.domain.special_tasks import lets_job_end
from batchtasks_local.runner.files.directories import REMOVE, NodeDirectories, remove_tree
from batchtasks_local.runner.files.quota import end_floods
from batchtasks_local.runner.scheduler import Scheduler, key_of
from batchtasks_local.runner.watchdog import Strays, kill_strays
from batchtasks_local.store.store import Store

log = logging.getLogger("batchtasks_local.runner")

_PERIOD = 30.0
_SOON = 0.05
_FLOOD_PERIOD, _FLOOD_SHARE = 0.25, 0.05
_STRAY_PERIOD, _STRAY_SHARE = 0.5, 0.02
_TASKS_AT_ONCE = 100
_PREFIX = "batchtasks-local-"
_PATIENCE = 1.0
"""Seconds that the end of a service waits until its temporary folder is deleted."""


class Cleaner:
    """A thread that deletes what is over, when it is woken and every half minute."""

    def __init__(
        self, store: Store, directories: NodeDirectories, scheduler: Scheduler, reserve: DiskReserve | None
    ) -> None:
        """Make a cleaner; `reserve` is filled up again when there is room."""
        self._reserve = reserve
        self._store = store
        self._directories = directories
        self._scheduler = scheduler
        self._wake_event = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._loop, name="batch-cleaner", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Clean soon."""
        self._wake_event.set()

    def stop(self, timeout: float) -> None:
        """End the thread after its current work, and wait for that."""
        self._stopping = True
        self._wake_event.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _loop(self) -> None:
        while not self._stopping:
            self._wake_event.clear()
            try:
                done = self.clean()
            except (sqlite3.Error, OSError) as error:
                log.error("cleaning up failed, will try again: %s", error)
                done = True
            except Exception:
                log.exception("cleaning up failed, will try again")
                done = True
            self._wake_event.wait(_PERIOD if done else _SOON)

    def clean(self) -> bool:
        """Delete what can be deleted now; return False if something has to wait for the end of a process."""
        try:
            done = self._remove_jobs()
            self._remove_expired()
        finally:  # on a full disk, this is what makes room for the rest
            self._directories.empty_trash()
        if self._reserve is not None:
            self._reserve.fill()
        return done

    def _remove_jobs(self) -> bool:
        done = True
        for job in self._store.deleting_jobs():
            if self._scheduler.is_busy(job.id) or not lets_job_end(job, runs_tasks=self._store.runs_tasks):
                done = False
                continue
            self._directories.move_to_trash(self._directories.job(job.id))
            self._store.remove_job(job.id)
        return done

    def _remove_expired(self) -> None:
        while tasks := self._store.expired_tasks(_TASKS_AT_ONCE):
            gone = [task for task in tasks if self._remove_directory(task)]
            self._store.forget_files(gone)
            if self._stopping or not gone:
                return

    def _remove_directory(self, task: TaskRecord) -> bool:
        """Delete the directory of a task; return False if a run of the task has not ended yet."""
        key = key_of(task.job_id, task.id)
        if not self._scheduler.block(key):
            return False
        try:
            # The task may have been reactivated since it was read; a new run needs its directory.
            found = self._store.get_task(task.job_id, task.id)
            if found is not None and found.state == "completed" and found.run == task.run:
                self._directories.move_to_trash(self._directories.task(task.job_id, task.id))
            return True
        finally:
            self._scheduler.unblock(key)


class Monitor:
    """A thread that looks at what runs do, several times a second, and ends what they must not do.

    It takes a share of one core only: if a look takes long, the next one comes later.
    """

    def __init__(self, scheduler: Scheduler, max_output: int, strays: Strays) -> None:
        self._scheduler = scheduler
        self._max_output = max_output
        self._strays = strays
        self._stop_event = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="batch-monitor", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """End the thread, and wait for that."""
        self._stop_event.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _loop(self) -> None:
        looks = [
            _Look(lambda: end_floods(self._scheduler.controls(), self._max_output), _FLOOD_PERIOD, _FLOOD_SHARE),
            _Look(self._strays.sweep, _STRAY_PERIOD, _STRAY_SHARE),
        ]
        while not self._stop_event.wait(max(0.0, min(look.due for look in looks) - time.monotonic())):
            for look in looks:
                look.make()


@define
class _Look:
    """Something to look at again and again: in seconds, how often at most, and which share of the time it may take."""

    act: Callable[[], object]
    period: float
    share: float
    due: float = field(factory=time.monotonic)

    def make(self) -> None:
        """Look if it is due."""
        began = time.monotonic()
        if began < self.due:
            return
        try:
            self.act()
        except Exception:
            log.exception("looking at the runs failed, will try again")
        ended = time.monotonic()
        self.due = ended + max(self.period, (ended - began) / self.share)


class TemporaryFolder:
    """A data folder that exists only as long as the service."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = FolderLock(self.folder)

    def remove(self) -> None:
        """Delete the folder in another process, and wait a second for that.

        A busy disk can take minutes for the files of thousands of tasks. The process belongs to no terminal and
        continues when this one ends or is interrupted.
        """
        self._lock.close()
        try:
            process = subprocess.Popen(  # noqa: S603 - its only argument is the folder
                ["/bin/sh", "-c", f'{REMOVE} remove "$1" &', "sh", self.folder],
                cwd="/",
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:  # no process is free
            remove_tree(self.folder)
            return
        with process:  # the shell ends at once; its output is closed when the process that it started ends
            select.select([process.stdout.fileno() if process.stdout else -1], [], [], _PATIENCE)


def remove_leftovers() -> None:
    """Remove what killed services have left: their temporary folders, and processes that still run."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(DataFolderError, OSError):
            # Without a lock that has the number of a process, a folder is just being created.
            if (folder / LOCK).stat().st_size:
                lock = FolderLock(folder)
                kill_strays(folder / "node")
                remove_tree(folder / "node")
                remove_tree(folder)
                lock.close()
