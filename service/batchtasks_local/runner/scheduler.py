"""Starts tasks when slots are free, writes how they ended, and ends the runs that have to end."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue

from attrs import evolve, frozen

from batchtasks_local.domain import clock
from batchtasks_local.domain.records import JobRecord, Outcome, TaskRecord
from batchtasks_local.domain.task_moves import MAX_INSTANCES, instance_count, slots_taken
from batchtasks_local.runner.command import Node
from batchtasks_local.runner.failures import unknown
from batchtasks_local.runner.files.directories import node_info
from batchtasks_local.runner.processes import RunControl
from batchtasks_local.runner.run import Run
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun, Store

log = logging.getLogger("batchtasks_local.runner")

_RETRY_PERIOD = 1.0
_LONGEST_WAIT = 3600.0  # a time limit may be longer than a thread can wait
_STEP = 0.05
_CLOCK_PERIOD = 5.0
"""Seconds until a jump of the machine's clock is noticed."""
_SETTLE_TIME = 0.01
"""Seconds until a process that is suspended has ended its current write."""
_HURRY = 1.0
"""Seconds that stopping may still take once `skip_grace` was called."""
Key = tuple[str, str]
Work = Callable[[], None]


def key_of(job_id: str, task_id: str) -> Key:
    """Return the ids of a task in a form that can be compared: letter case does not matter."""
    return job_id.lower(), task_id.lower()


class WorkerThreads:
    """Threads that carry out work, as many as are needed at once; idle ones are used again.

    Work must not raise. The threads are daemons: unlike those of an executor, they never keep a program from ending.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0
        self.count = 0

    def submit(self, work: Work) -> None:
        """Give work to an idle thread, or to a new one; RuntimeError if the system has no thread left."""
        with self._lock:
            if self._idle:
                self._idle -= 1
            else:
                threading.Thread(target=self._loop, name=f"{self._name}-{self.count + 1}", daemon=True).start()
                self.count += 1
        self._work.put(work)

    def shutdown(self) -> None:
        """End the threads once they are idle."""
        for _ in range(self.count):
            self._work.put(None)

    def _loop(self) -> None:
        while (work := self._work.get()) is not None:
            work()
            with self._lock:
                self._idle += 1


@frozen
class _ActiveRun:
    """A run that a worker carries out: the slots that it takes, and when it began on the monotonic clock."""

    run: Run
    slots: int
    began: float

    @property
    def id(self) -> tuple[int, int]:
        return self.run.task.seq, self.run.task.run

    @property
    def key(self) -> Key:
        return key_of(self.run.task.job_id, self.run.task.id)

    def set_limit(self, text: str) -> None:
        """Let the run end when a maxWallClockTime has passed since it began."""
        limit = clock.duration_from_text(text)
        self.run.control.deadline = None if limit == clock.UNLIMITED else self.began + limit / clock.SECOND


class Scheduler:
    """One thread that makes a turn whenever something has happened; worker threads carry out the runs.

    A turn takes in the runs that have ended, deletes the directories of deleted tasks, writes the ends and starts the
    next tasks in one transaction, stops the runs whose tasks the store no longer has as running, and enforces deadlines.
    """

    def __init__(
        self, store: Store, node: Node, slots: int, grace: float, on_trash: Callable[[], None] = lambda: None
    ) -> None:
        """Make a scheduler.

        Args:
            store: The store.
            node: The node that the tasks run on.
            slots: The number of task slots; with 0, no task is started.
            grace: Seconds between SIGTERM and SIGKILL for a run that is stopped.
            on_trash: Is called when a directory was moved to the trash.
        """
        self._store = store
        self._node = node
        self._slots = slots
        self._grace = grace
        self._on_trash = on_trash
        self._wake_event = threading.Event()
        self._workers = WorkerThreads("batch-worker")
        self._thread = threading.Thread(target=self._loop, name="batch-scheduler", daemon=True)
        self._runs: dict[tuple[int, int], _ActiveRun] = {}
        # Held while tasks are started: from the moment at which the store has a task as running until its run is in
        # `_runs`. So whoever holds it sees every run.
        self._start_lock = threading.Lock()
        self._blocked: set[Key] = set()
        self._finished: SimpleQueue[tuple[_ActiveRun, Outcome, int]] = SimpleQueue()
        self._unwritten: list[FinishedRun] = []
        self._removals: SimpleQueue[Key] = SimpleQueue()
        self._store_changed = False
        self._job_deadline: int | None = None
        self._stopping = self._given_up = False
        self._hurry_since: float | None = None
        self._warned: set[tuple[str, int, int]] = set()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Make a turn, because the store was changed."""
        self._store_changed = True
        self._wake_event.set()

    def remove_files(self, job_id: str, task_id: str) -> None:
        """Stop the run of a task that was deleted from the store, then delete its directory."""
        self._removals.put((job_id, task_id))
        self.wake()

    def is_busy(self, job_id: str) -> bool:
        """Return whether a run of a job is being started or has not ended yet."""
        with self._start_lock:
            return any(active.key[0] == job_id.lower() for active in list(self._runs.values()))

    def block(self, key: Key) -> bool:
        """Keep a task from starting until `unblock`; return False, and do nothing, if it runs."""
        with self._start_lock:
            if any(active.key == key for active in list(self._runs.values())):
                return False
            self._blocked.add(key)
            return True

    def unblock(self, key: Key) -> None:
        """Let a blocked task start again."""
        self._blocked.discard(key)
        self._wake_event.set()

    def controls(self) -> list[RunControl]:
        """Return the controls of the runs that have not ended."""
        return [active.run.control for active in list(self._runs.values())]

    def active_runs(self) -> set[tuple[int, int]]:
        """Return the runs that are being started or have not ended yet, as `seq` and number of the run."""
        with self._start_lock:
            return set(self._runs)

    @contextmanager
    def suspended_runs(self) -> Iterator[None]:
        """Let the processes of all runs stand still within the block."""
        controls = self.controls()
        for control in controls:
            control.signal(signal.SIGSTOP)
        try:
            time.sleep(_SETTLE_TIME)
            yield
        finally:
            for control in controls:
                control.signal(signal.SIGCONT)

    def stop(self, timeout: float) -> bool:
        """Stop all runs; return True if all have ended within the timeout, in seconds."""
        if not self._thread.is_alive():
            return True
        with self._start_lock:
            self._stopping = True
            for active in self._runs.values():
                active.run.control.stop("shutdown")
        self._wake_event.set()
        latest = time.monotonic() + timeout
        while self._thread.is_alive() and time.monotonic() < min(latest, (self._hurry_since or latest) + _HURRY):
            self._thread.join(_STEP)
        self._workers.shutdown()
        return not self._thread.is_alive()

    def give_up(self) -> None:
        """Let the thread end although not all runs have ended or been written, because the store is about to be closed."""
        self._given_up = True
        self._wake_event.set()

    def skip_grace(self) -> None:
        """Let `stop` kill processes without a grace time. A signal handler may call this: it takes no lock."""
        self._hurry_since = self._hurry_since or time.monotonic()

    def _loop(self) -> None:
        while True:
            self._wake_event.clear()
            due = self._turn_safely()
            if self._given_up or (self._stopping and not self._runs and not self._unwritten):
                return
            self._wake_event.wait(self._wait_time(due))

    def _wait_time(self, due: float | None) -> float | None:
        """Return how long to wait; only a moment while stopping, because `skip_grace` wakes nobody."""
        if due is None:
            return _STEP if self._stopping else None
        return min(max(due - time.monotonic(), 0), _STEP if self._stopping else _LONGEST_WAIT)

    def _turn_safely(self) -> float | None:
        """Make a turn; if it fails, make it again later. What is to be written is kept until it is written."""
        try:
            return self._turn()
        except sqlite3.Error as error:
            log.error("the store cannot be written, will try again: %s", error)
        except Exception:
            log.exception("a turn of the scheduler failed, will try again")
        self._store_changed = True
        self._end_runs()
        return time.monotonic() + _RETRY_PERIOD

    def _end_runs(self) -> None:
        """End the runs that have to end although the store cannot be written: on a full disk, above all."""
        try:
            self._follow_store()
        except sqlite3.Error as error:
            log.error("the store cannot be read, will try again: %s", error)
        self._next_due(None)

    def _turn(self) -> float | None:
        """Do what is due; return when the next turn is due if nobody wakes the thread, on the monotonic clock."""
        changed, self._store_changed = self._store_changed, False
        self._take_finished()
        self._remove_directories()
        changed |= any(end.outcome.failure is not None or end.outcome.exit_code for end in self._unwritten)
        capacity = self._capacity()
        if self._unwritten or capacity is not None:
            self._advance(capacity)
        # After that: with its last task a job may begin to end, which takes a moment.
        job_deadline = self._store.pass_time()
        if changed or job_deadline != self._job_deadline:
            self._job_deadline = job_deadline
            self._follow_store()
        return self._next_due(job_deadline)

    def _take_finished(self) -> None:
        """Take in the runs that have ended. One that ended because the service stops is requeued, so it has no end."""
        while True:
            try:
                active, outcome, ended = self._finished.get_nowait()
            except Empty:
                return
            del self._runs[active.id]
            run = active.run
            if run.control.stopped != "shutdown":
                self._unwritten.append(FinishedRun(*active.id, ended, outcome, run.subtasks, run.control.usage))

    def _remove_directories(self) -> None:
        """Delete the directories of deleted tasks whose runs have ended, unless a new task has the id and has run."""
        busy = {active.key for active in self._runs.values()}
        for _ in range(self._removals.qsize()):
            job_id, task_id = self._removals.get()
            task = self._store.get_task(job_id, task_id)
            if task is not None and task.run:
                continue
            if key_of(job_id, task_id) in busy:
                self._removals.put((job_id, task_id))
                continue
            self._node.directories.move_to_trash(self._node.directories.task(job_id, task_id))
            self._on_trash()

    def _capacity(self) -> Capacity | None:
        free = self._slots - sum(active.slots for active in self._runs.values())
        if self._stopping or free <= 0:
            return None
        busy = {active.key for active in self._runs.values()}
        return Capacity(
            free,
            self._slots,
            may_start=lambda job_id, task_id: (key := key_of(job_id, task_id)) not in busy and key not in self._blocked,
            node_info=lambda job, task_id: node_info(job.pool_id, job.id, task_id),
            never_fits=self._warn,
            before_start=self._forget_output,
        )

    def _warn(self, job_id: str, instances: int, required_slots: int) -> None:
        """Warn once of tasks that can never start."""
        if (job_id, instances, required_slots) not in self._warned:
            self._warned.add((job_id, instances, required_slots))
            is_multi = instances > 1
            what = f"{instances} instances" if is_multi else f"{required_slots} slots"
            limit = MAX_INSTANCES if is_multi else self._slots
            log.warning("job %s has tasks that require %s; there can be %d, so they stay active", job_id, what, limit)

    def _advance(self, capacity: Capacity | None) -> None:
        with self._start_lock:
            started = self._store.advance(self._unwritten, None if self._stopping else capacity)
            self._unwritten.clear()
            # While the service stops, nothing begins: what the store has as running is requeued.
            for task, job in started if not self._stopping else ():
                try:
                    self._launch(task, job)
                except Exception as error:  # whatever happens, a task that the store has as running gets an end
                    log.exception("task %s of job %s could not be started", task.id, task.job_id)
                    end = FinishedRun(task.seq, task.run, clock.now(), Outcome(failure=unknown(error)))
                    self._unwritten.append(end)
                    self._wake_event.set()

    def _forget_output(self, task: TaskRecord) -> None:
        """Empty what the run before has written to, so that no reader takes it for the output of the run that starts."""
        for name in ("stdout.txt", "stderr.txt") if task.run > 1 else ():
            path = self._node.directories.task(task.job_id, task.id) / name
            with suppress(OSError, ValueError):  # the task may have put anything in its place
                os.close(os.open(path, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK))

    def _launch(self, task: TaskRecord, job: JobRecord) -> None:
        if task.seq < 0:  # a special task of the job, which the store has no row for
            task = evolve(task, node=node_info(job.pool_id, job.id, task.id))
        control = RunControl(self._grace)
        run = Run(self._node, task, job, control, lambda all_: self._store.write_subtasks(task.seq, task.run, all_))
        slots = slots_taken(instance_count(task.spec), task.spec["requiredSlots"], self._slots) or self._slots
        active = _ActiveRun(run, slots, time.monotonic())
        active.set_limit(task.spec["constraints"]["maxWallClockTime"])
        self._workers.submit(lambda: self._carry_out(active))
        self._runs[active.id] = active

    def _carry_out(self, active: _ActiveRun) -> None:
        """Carry out a run, in a worker thread."""
        outcome = active.run.carry_out()
        self._finished.put((active, outcome, clock.now()))
        self._wake_event.set()

    def _follow_store(self) -> None:
        """Adopt time limits that were updated; stop the runs whose tasks were terminated, deleted or requeued."""
        running = self._store.still_running(list(self._runs))
        for run_id, active in self._runs.items():
            if run_id in running:
                active.set_limit(running[run_id])
            else:
                active.run.control.stop("request")

    def _next_due(self, job_deadline: int | None) -> float | None:
        now = time.monotonic()
        if self._hurry_since is not None:
            for active in self._runs.values():
                active.run.control.skip_grace()
        times = [active.run.control.enforce_deadline(now) for active in self._runs.values()]
        if job_deadline is not None:
            # The deadline of a job is a time of the machine's clock, which may jump.
            times.append(now + min(max(job_deadline - clock.now(), 0) / clock.SECOND, _CLOCK_PERIOD))
        return min((moment for moment in times if moment is not None), default=None)
