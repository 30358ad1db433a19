"""Wait for tasks: with a deadline, with few and small requests, and with the reason if tasks will never run."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from datetime import timedelta
from math import inf
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field

from batchtasks._core.executor import Executor
from batchtasks._core.hooks import call_back, validate_callback
from batchtasks._validation.values import to_seconds
from batchtasks._waiting.blocked import Blocked, analyse
from batchtasks._waiting.result import (
    JobEndedError,
    TasksBlockedError,
    WaitProgress,
    WaitResult,
    WaitTimeoutError,
    name_blocked,
    name_ids,
)
from batchtasks._waiting.watch import Watch, watch_for
from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks.progress import as_callback
from batchtasks_rest import models

TaskOrId: TypeAlias = "str | models.CloudTask | models.TaskAddParameter"
OnProgress: TypeAlias = Callable[[WaitProgress], object]
StopWhen: TypeAlias = Callable[[WaitProgress], bool | Awaitable[bool]]

_log = logging.getLogger("batchtasks")

# Without `poll`: a tenth of the time waited so far, within these bounds.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0
# With `poll`: a clock of the system does not take all that a timedelta can hold.
_LONGEST_POLL = 86_400.0
# Polls that may fail in a row, each after all its retries, before a wait that has time left gives up.
_FAILED_POLLS = 10
# Seconds after the deadline that the last poll and the list of pending tasks may take together, if the service answers.
_GRACE = 5.0
# After so many polls without a change the reason is looked for: 5, 10, 20, ...
_QUIET_POLLS = frozenset(5 * 2**power for power in range(32))


def first_failure(progress: WaitProgress) -> bool:
    """For `stop_when`: end the wait as soon as a task has failed."""
    return progress.failed > 0


async def wait(
    executor: Executor,
    job_id: str,
    tasks: Iterable[TaskOrId] | AsyncIterable[TaskOrId] | TaskOrId | None = None,
    *,
    until: Literal["completed", "running"] = "completed",
    timeout: timedelta | float | None = None,  # noqa: ASYNC109 - the deadline is the flow's own, on the backend's clock
    poll: timedelta | float | None = None,
    progress: OnProgress | bool | None = None,
    stop_when: StopWhen | None = None,
    blocked: Literal["wait", "return", "raise"] = "wait",
    warn_after: timedelta | float | None = 600.0,
    list_succeeded: bool = True,
) -> WaitResult:
    """Wait until tasks have completed, or are running.

    Each poll is one small request: the task counts of the job, or the tasks that changed since the last poll. If nothing changes
    for some polls, the client reads the job and its tasks to find out whether tasks are blocked. A blocked task can never run:
    because the job is disabled, because of a task that it depends on, or because it needs more slots than a node has.

    Args:
        job_id: The id of the job.
        tasks: The tasks to wait for, or their ids. Default: all tasks of the job, also those added during the wait. A job
            without tasks is done at once.
        until: "completed", or "running" to wait until each has at least been started.
        timeout: A timedelta or seconds after which WaitTimeoutError is raised. Default: no limit.
        poll: A timedelta or seconds between polls. Default: a tenth of the time waited, from 0.25 to 30 seconds.
        progress: Called with a WaitProgress after every poll; with the AsyncBatchClient it may be an `async def`. True draws
            a progress bar.
        stop_when: Called likewise; the wait ends when it returns True. `first_failure` is such a function.
        blocked: What to do when all tasks that are left are blocked: "wait" continues, because someone may enable the job or add
            the missing task; "return" returns the result; "raise" raises TasksBlockedError. In all cases progress, result and
            errors name blocked tasks.
        warn_after: A timedelta or seconds. If nothing changes for so long, a warning is logged; None means never.
        list_succeeded: For a whole job, whether to list the ids of all tasks once at the end, 1,000 to a request.

    Returns:
        The ids of the tasks by state and result.

    Raises:
        WaitTimeoutError: The timeout expired; it has the result so far and names pending tasks. A service that answers is
            then asked once more, which may take up to 5 seconds; the list of a job that is done, 30.
        TasksBlockedError: See `blocked`.
        JobEndedError: The job ended, so that pending tasks will never run.
        JobNotFoundError: The job does not exist (any more).
        BatchTasksError: Ten polls in a row failed, each after the retries of the client's RetryPolicy.
    """
    if blocked not in ("wait", "return", "raise"):
        raise InvalidInputError(f"blocked must be 'wait', 'return' or 'raise', not {blocked!r}.")
    tell = as_callback(progress, "Waiting")
    validate_callback(tell, "progress", is_async=executor.backend.is_async)
    validate_callback(stop_when, "stop_when", is_async=executor.backend.is_async)
    if isinstance(tasks, AsyncIterable) and executor.backend.is_async:
        tasks = [task async for task in tasks]
    now = executor.backend.clock()
    loop = _Wait(
        executor,
        job_id,
        watch_for(job_id, tasks, until, list_succeeded),
        deadline=inf if timeout is None else now + to_seconds(timeout, "timeout"),
        poll=None if poll is None else to_seconds(poll, "poll", minimum=0.001),
        warn_after=inf if warn_after is None else to_seconds(warn_after, "warn_after"),
        mode=blocked,
        began=now,
    )
    try:
        return await loop.run(tell, stop_when)
    finally:
        if (finish := getattr(tell, "finish", None)) is not None:
            finish()


@define
class _Wait:
    executor: Executor
    job_id: str
    watch: Watch
    deadline: float
    poll: float | None
    warn_after: float
    mode: str
    began: float
    # The last numbers, since when they have not changed, and for how many polls.
    last: WaitProgress | None = None
    last_change: float = 0.0
    quiet: int = 0
    failed_polls: int = 0
    # Seconds that the service asked to wait when the last poll failed.
    retry_after: float = 0.0
    blocked: Blocked = field(factory=Blocked)
    has_warned: bool = False

    async def run(self, tell: OnProgress | None, stop_when: StopWhen | None) -> WaitResult:
        while not self.watch.finished:
            seen = await self._poll()
            if seen is not None and tell is not None:
                await call_back(tell, seen)
            if self.watch.finished:
                break
            if seen is not None and stop_when is not None and await call_back(stop_when, seen):
                return evolve(await self._result(self._hurried(_GRACE)), stopped=True)
            if self.mode != "wait" and self.watch.is_stuck(self.blocked):
                result = await self._result(self._hurried(_GRACE))
                if self.mode == "return":
                    return result
                raise TasksBlockedError(f"Job {self.job_id}: {result}", result=result)
            if self._left() <= 0:
                raise await self._timed_out()
            await self.executor.backend.sleep(self._pause())
        # Nothing is pending: the list may take longer than the wait.
        return await self._result(self._hurried(30.0))

    def _left(self) -> float:
        return self.deadline - self.executor.backend.clock()

    def _hurried(self, grace: float) -> Executor:
        """Return the executor with retries and time limits that end with the wait."""
        if self.deadline == inf:
            return self.executor
        policy, left = self.executor.retry, max(0.0, self._left())
        shorter = left if policy.deadline is None else min(left, policy.deadline)
        return evolve(self.executor, retry=evolve(policy, deadline=shorter), deadline=self.deadline + grace)

    async def _poll(self) -> WaitProgress | None:
        """Poll once; return None if that failed in a way that may pass."""
        is_last, clock = self._left() <= 0, self.executor.backend.clock
        executor = self._hurried(_GRACE if is_last else 0)
        try:
            seen = await self.watch.poll(executor, clock() - self.began, is_last=is_last)
            if seen == self.last:
                self.quiet += 1
            else:
                self.last, self.last_change, self.quiet = seen, clock(), 0
                self.blocked, self.has_warned = Blocked(), False
            if self.quiet in _QUIET_POLLS and not self.watch.finished:
                await self._look_for_reasons(executor, seen)
        except BatchTasksError as error:
            self.failed_polls += 1
            self.retry_after = min(error.retry_after or 0.0, self.executor.retry.retry_after_max)
            # A wrong address, say: there is no point in being patient with what was never there.
            is_hopeless = self.last is None and getattr(error, "max_attempts", None) is not None
            if not error.is_retriable or is_hopeless or self.failed_polls > _FAILED_POLLS:
                raise
            _log.warning("Waiting for tasks of job %s: a poll failed (%s).", self.job_id, error)
            return None
        self.failed_polls, self.retry_after = 0, 0.0
        now, blocked = clock(), self.watch.pending_of(self.blocked)
        seen = evolve(seen, elapsed=now - self.began, unchanged=now - self.last_change, blocked=blocked)
        if seen.unchanged >= self.warn_after and not self.has_warned and not self.watch.finished:
            self.has_warned = True
            _log.warning("Waiting for tasks of job %s: no change for %.0f s. %s", self.job_id, seen.unchanged, seen)
        return seen

    async def _look_for_reasons(self, executor: Executor, seen: WaitProgress) -> None:
        """Find out which tasks are blocked; raise if the job has completed, since its active tasks then never run."""
        self.blocked = await analyse(executor, self.job_id)
        job: Any = self.blocked.job
        if job.state != "completed" or (seen.running or 0) > 0:
            return
        result = await self._result(executor)
        if not result.pending:
            return  # the counts lag behind; the watch will notice
        reason = getattr(job.execution_info, "terminate_reason", None)
        count = max(seen.pending, len(result.pending))
        raise JobEndedError(
            f"Job {self.job_id} has completed ({reason or 'no reason given'}); {count:,} of its tasks that were waited for "
            f"will never run{name_ids(result.pending, count)}.",
            result=result,
        )

    async def _result(self, executor: Executor | None) -> WaitResult:
        return evolve(await self.watch.result(executor), blocked=self.watch.pending_of(self.blocked))

    def _pause(self) -> float:
        backend, seconds = self.executor.backend, self.poll
        if seconds is None:
            seconds = min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, (backend.clock() - self.began) / 10))
            seconds *= 0.9 + 0.2 * backend.random()
        return min(max(seconds, self.retry_after), _LONGEST_POLL, max(0.0, self._left()))

    async def _timed_out(self) -> WaitTimeoutError:
        """Return the error that names what is pending; one quick try, because the time is up."""
        quick = evolve(self._hurried(_GRACE), retry=evolve(self.executor.retry, attempts=1))
        try:
            if self.failed_polls:
                raise BatchTasksError("the last poll got no answer")
            if self.quiet and not self.blocked.tasks:
                self.blocked = await analyse(quick, self.job_id)
            result = await self._result(quick)
        except BatchTasksError as error:
            _log.warning("Waiting for tasks of job %s: what is pending could not be listed (%s).", self.job_id, error)
            result = await self._result(None)
        count = max(result.progress.pending, len(result.pending))
        what = f"{count:,} of {result.progress.total:,} tasks of job {self.job_id} are pending{name_ids(result.pending, count)}"
        if self.last is None and not count:
            what = f"nothing is known of the tasks of job {self.job_id}, because no poll was answered"
        text = f"After {self.executor.backend.clock() - self.began:.0f} s {what}. {name_blocked(result.blocked)}"
        return WaitTimeoutError(text.rstrip(), result=result)
