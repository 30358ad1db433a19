"""Takes away what is over: deleted jobs with their files, task directories whose retention time has passed."""

from __future__ import annotations

import logging
import sqlite3
import threading

from batchtasks_local.records import TaskRecord
from batchtasks_local.runner.places import Places
from batchtasks_local.runner.scheduler import Scheduler, key_of
from batchtasks_local.store.interface import RunnerStore

log = logging.getLogger("batchtasks_local.runner")

_PERIOD = 30.0
_SOON = 0.05
_AT_ONCE = 100


class Janitor:
    """One thread that cleans up when told to, and every half minute."""

    def __init__(self, store: RunnerStore, places: Places, scheduler: Scheduler) -> None:
        self._store = store
        self._places = places
        self._scheduler = scheduler
        self._bell = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="batch-janitor", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to take away."""
        self._bell.set()

    def stop(self, timeout: float) -> None:
        """End after what is being done."""
        self._stopping = True
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _serve(self) -> None:
        while not self._stopping:
            self._bell.clear()
            try:
                done = self.clean()
            except (sqlite3.Error, OSError) as error:
                log.error("cleaning up failed, will try again: %s", error)
                done = True
            except Exception:
                log.exception("cleaning up failed, will try again")
                done = True
            self._bell.wait(_PERIOD if done else _SOON)

    def clean(self) -> bool:
        """Take away what can be taken away now; False when something has to wait for a process to end."""
        done = self._delete_jobs()
        self._expire()
        self._places.empty_trash()
        return done

    def _delete_jobs(self) -> bool:
        done = True
        for job in self._store.deleting_jobs():
            if self._scheduler.is_busy(job.id):
                done = False
                continue
            self._places.throw_away(self._places.job_dir(job.id))
            self._store.remove_job(job.id)
        return done

    def _expire(self) -> None:
        while tasks := self._store.expired_tasks(_AT_ONCE):
            gone = [task for task in tasks if self._expire_one(task)]
            self._store.forget_files(gone)
            if self._stopping or not gone:
                return

    def _expire_one(self, task: TaskRecord) -> bool:
        """Take away one task's directory; False when a process in it has not ended yet."""
        key = key_of(task.job_id, task.id)
        if not self._scheduler.hold(key):
            return False
        try:
            found = self._store.get_task(task.job_id, task.id)
            if found is not None and found.state == "completed" and found.run == task.run:
                self._places.throw_away(self._places.task_dir(task.job_id, task.id))
            return True
        finally:
            self._scheduler.let_go(key)
