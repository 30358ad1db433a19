"""The loop that starts tasks when slots are free, writes down how they ended, and ends those that must end."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

from attrs import frozen

from batchtasks_local import clock, lifecycle
from batchtasks_local.lifecycle import Outcome
from batchtasks_local.lifecycle.slots import MOST_INSTANCES
from batchtasks_local.records import JobRecord, TaskRecord
from batchtasks_local.runner.crew import Crew
from batchtasks_local.runner.execution import Execution, Site
from batchtasks_local.runner.failures import unknown
from batchtasks_local.runner.leash import Leash
from batchtasks_local.runner.places import node_info
from batchtasks_local.store.interface import Finished, RunnerStore, Slots

log = logging.getLogger("batchtasks_local.runner")

_AFTER_TROUBLE = 1.0
_LONGEST = 3600.0  # a time limit may be longer than a thread can wait
_STEP = 0.05
_HURRY = 1.0
"""Seconds that the end may still take once there is a hurry."""
Key = tuple[str, str]


@frozen
class _Live:
    """A run that a worker carries out."""

    execution: Execution
    cost: int
    began: float

    def limit(self, text: str) -> None:
        """Let the run end when so much time (a maxWallClockTime) has passed since it began."""
        limit = clock.duration_from_text(text)
        self.execution.leash.deadline = None if limit == clock.UNLIMITED else self.began + limit / clock.SECOND

    @property
    def run(self) -> tuple[int, int]:
        return self.execution.task.seq, self.execution.task.run

    @property
    def key(self) -> Key:
        return key_of(self.execution.task.job_id, self.execution.task.id)


def key_of(job_id: str, task_id: str) -> Key:
    """A task's ids as they are compared: without regard to letter case."""
    return job_id.lower(), task_id.lower()


class Scheduler:
    """One thread that turns whenever something has happened; workers carry out the runs.

    `tidy` is called when there is something in the trash.
    """

    def __init__(
        self, store: RunnerStore, site: Site, slots: int, grace: float, tidy: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._site = site
        self._slots = slots
        self._grace = grace
        self._tidy = tidy
        self._bell = threading.Event()
        self._crew = Crew("batch-worker")
        self._thread = threading.Thread(target=self._serve, name="batch-scheduler", daemon=True)
        self._live: dict[tuple[int, int], _Live] = {}
        self._starting = threading.Lock()
        self._held: set[Key] = set()
        self._came_back: SimpleQueue[tuple[_Live, Outcome, int]] = SimpleQueue()
        self._ended: list[Finished] = []
        self._removals: SimpleQueue[Key] = SimpleQueue()
        self._changed = False
        self._job_due: int | None = None
        self._draining = False
        self._hurried: float | None = None
        self._told: set[tuple[str, int]] = set()

    def start(self) -> None:
        """Begin to turn."""
        self._thread.start()

    def wake(self) -> None:
        """Something has changed in the store: turn, and end runs that the store no longer has as running."""
        self._changed = True
        self._bell.set()

    def remove_files(self, job_id: str, task_id: str) -> None:
        """Take away the directory of a task that is deleted."""
        self._removals.put((job_id, task_id))
        self._bell.set()

    def is_busy(self, job_id: str) -> bool:
        """Whether a run of a job has not ended yet, or is just being started."""
        with self._starting:
            return any(live.key[0] == job_id.lower() for live in list(self._live.values()))

    def hold(self, key: Key) -> bool:
        """Keep a task from starting while its directory is taken away; False when it runs."""
        self._held.add(key)
        if any(live.key == key for live in list(self._live.values())):
            self._held.discard(key)
            return False
        return True

    def let_go(self, key: Key) -> None:
        """Let a task start again that was held."""
        self._held.discard(key)
        self._bell.set()

    def stop(self, timeout: float) -> bool:
        """End all runs; True when every worker has come back within the time."""
        if not self._thread.is_alive():
            return True
        self._draining = True
        for live in list(self._live.values()):
            live.execution.leash.end("stop")
        self._bell.set()
        latest = time.monotonic() + timeout
        while self._thread.is_alive() and time.monotonic() < min(latest, (self._hurried or latest) + _HURRY):
            self._thread.join(_STEP)
        self._crew.dismiss()
        return not self._thread.is_alive()

    def hurry(self) -> None:
        """Once it is stopped, kill what has not ended by then. A signal handler may call it: it takes no lock."""
        self._hurried = self._hurried or time.monotonic()

    def _serve(self) -> None:
        while True:
            self._bell.clear()
            due = self._turn_safely()
            if self._draining and not self._live and not self._ended:
                return
            self._bell.wait(self._pause(due))

    def _pause(self, due: float | None) -> float | None:
        """How long to wait; never long while it is being stopped, as `hurry` rings no bell."""
        longest = _STEP if self._draining else _LONGEST
        if due is None:
            return _STEP if self._draining else None
        return min(max(due - time.monotonic(), 0), longest)

    def _turn_safely(self) -> float | None:
        """A turn that goes wrong is made again; what it was to write is kept until it is written."""
        try:
            return self._turn()
        except sqlite3.Error as error:
            log.error("the store cannot be written, will try again: %s", error)
        except Exception:
            log.exception("a turn of the scheduler failed, will try again")
        self._changed = True
        return time.monotonic() + _AFTER_TROUBLE

    def _turn(self) -> float | None:
        """Do all that is due. When to turn again without being woken, on the monotonic clock."""
        changed, self._changed = self._changed, False
        self._collect()
        self._remove()
        job_due = self._store.end_overdue_jobs()
        changed |= any(end.outcome.failure is not None or end.outcome.exit_code for end in self._ended)
        room = self._room()
        if self._ended or room is not None:
            self._advance(room)
        if changed or job_due != self._job_due:
            self._job_due = job_due
            self._follow_store()
        return self._next(job_due)

    def _advance(self, room: Slots | None) -> None:
        with self._starting:
            started = self._store.advance(self._ended, room)
            self._ended.clear()
            for task, job in started:
                self._launch(task, job)

    def _room(self) -> Slots | None:
        free = self._slots - sum(live.cost for live in self._live.values())
        if self._draining or free <= 0:
            return None
        busy = {live.key for live in self._live.values()}
        return Slots(
            free,
            self._slots,
            may_start=lambda job_id, task_id: (key := key_of(job_id, task_id)) not in busy and key not in self._held,
            node=lambda job, task_id: node_info(job.spec, job.id, task_id),
            too_large=self._too_large,
        )

    def _too_large(self, job_id: str, demand: int) -> None:
        if (job_id, demand) not in self._told:
            self._told.add((job_id, demand))
            what, limit = (f"{demand} slots", self._slots) if demand > 0 else (f"{-demand} instances", MOST_INSTANCES)
            log.warning("job %s has tasks that require %s; there can be %d, so they stay active", job_id, what, limit)

    def _launch(self, task: TaskRecord, job: JobRecord) -> None:
        execution = Execution(
            self._site,
            task,
            job,
            Leash(self._grace),
            lambda subtasks: self._store.note_subtasks(task.seq, task.run, subtasks),
        )
        cost = lifecycle.cost(lifecycle.demand(task.spec), self._slots) or self._slots
        live = _Live(execution, cost, time.monotonic())
        live.limit(task.spec["constraints"]["maxWallClockTime"])
        self._live[live.run] = live
        try:
            self._crew.do(lambda: self._carry_out(live))
        except RuntimeError as error:  # no thread to be had
            self._came_back.put((live, Outcome(failure=unknown(error)), clock.now()))
            self._bell.set()

    def _carry_out(self, live: _Live) -> None:
        """In a worker."""
        outcome = live.execution.run()
        self._came_back.put((live, outcome, clock.now()))
        self._bell.set()

    def _collect(self) -> None:
        """Take in the runs that have ended. One that was stopped with the service has no outcome: it starts anew."""
        while True:
            try:
                live, outcome, at = self._came_back.get_nowait()
            except Empty:
                return
            del self._live[live.run]
            if live.execution.leash.reason != "stop":
                execution = live.execution
                subtasks = tuple(execution.subtasks)
                self._ended.append(Finished(*live.run, at, outcome, subtasks, execution.leash.usage))

    def _remove(self) -> None:
        """Take away directories of deleted tasks once their runs have ended; not what a new task of that id has."""
        busy = {live.key for live in self._live.values()}
        for _ in range(self._removals.qsize()):
            job_id, task_id = self._removals.get()
            task = self._store.get_task(job_id, task_id)
            if task is not None and task.run:
                continue
            if key_of(job_id, task_id) in busy:
                self._removals.put((job_id, task_id))
                continue
            self._site.places.throw_away(self._site.places.task_dir(job_id, task_id))
            self._tidy()

    def _follow_store(self) -> None:
        """Take over time limits that were updated; end the runs whose tasks were terminated, deleted or put back."""
        kept = self._store.still_running(list(self._live))
        for run, live in self._live.items():
            if run in kept:
                live.limit(kept[run])
            else:
                live.execution.leash.end("request")

    def _next(self, job_due: int | None) -> float | None:
        now = time.monotonic()
        if self._hurried is not None:
            for live in self._live.values():
                live.execution.leash.hasten()
        times = [live.execution.leash.pull(now) for live in self._live.values()]
        if job_due is not None:
            times.append(now + max(job_due - clock.now(), 0) / clock.SECOND)
        return min((moment for moment in times if moment is not None), default=None)
