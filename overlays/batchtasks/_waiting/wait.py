"""Waiting for tasks: with a deadline of its own, polling narrowly and ever more slowly, ending early if asked to."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from attrs import evolve

from batchtasks._core.hooks import call_back, validate_callback
from batchtasks._validation.values import to_seconds
from batchtasks._waiting.result import WaitProgress, WaitResult
from batchtasks._waiting.watch import Watch, watch_for
from batchtasks.errors import BatchTasksError, JobEndedError, WaitTimeoutError

if TYPE_CHECKING:
    from batchtasks._core.executor import Executor


_log = logging.getLogger("batchtasks")

# Without `poll`: a tenth of the time waited so far, within these bounds.
_SHORTEST_POLL, _LONGEST_POLL = 0.25, 30.0
# With `poll`: a clock of the system does not take all that a timedelta can hold.
_LONGEST_PAUSE = 86_400.0
# Looks that may fail in a row, each after all its retries, before the wait gives up although it has time left.
_FAILED_LOOKS = 10
# Seconds that a look is given at least, also when the wait is about to end.
_LEAST_PATIENCE = 5.0
# After so many looks without a change the job itself is looked at.
_QUIET_LOOKS = 5


def first_failure(progress: WaitProgress) -> bool:
    """For `stop_when`: end the wait as soon as a task has failed."""
    return progress.failed > 0


async def wait(
    executor: Executor,
    job_id: str,
    ids: Iterable[str] | str | None = None,
    *,
    until: Literal["completed", "running"] = "completed",
    timeout: timedelta | float | None = None,  # noqa: ASYNC109 - the deadline is the flow's own, on the port's clock
    poll: timedelta | float | None = None,
    progress: Callable[[WaitProgress], object] | None = None,
    stop_when: Callable[[WaitProgress], bool | Awaitable[bool]] | None = None,
    list_succeeded: bool = True,
) -> WaitResult:
    """Wait until tasks have completed, or are running.

    Args:
        job_id: The id of the job.
        ids: The tasks to wait for. Omitted: all tasks of the job, also those added while waiting; a job without tasks is
            done at once.
        until: "completed", or "running" to wait until each has at least been started.
        timeout: A timedelta or seconds after which WaitTimeout is raised. Omitted: no limit.
        poll: A timedelta or seconds between looks. Omitted: a tenth of the time waited, from 0.25 to 30 seconds.
        progress: Is called with a WaitProgress after every look; with the AsyncBatchClient it may be an `async def`.
        stop_when: Is called likewise; when it says True the wait ends. `first_failure` is one.
        list_succeeded: For a whole job, whether to list the ids of all tasks once at the end, 1,000 a request.

    Every look is one narrow request, of the job's task counts or of what changed since the last look. Looks that fail are
    retried by the client's policy, and ten failed looks in a row are borne with. Raises WaitTimeout, which has the result
    so far and names what is pending; JobEndedError if the job ends while tasks are left that now will never run; and
    JobNotFound if there is no such job (any more).
    """
    validate_callback(progress, "progress", is_async=executor.backend.is_async)
    validate_callback(stop_when, "stop_when", is_async=executor.backend.is_async)
    watch = watch_for(job_id, ids, until, list_succeeded)
    loop = _Loop(
        executor,
        job_id,
        watch,
        None if timeout is None else executor.backend.clock() + to_seconds(timeout, "timeout"),
        None if poll is None else to_seconds(poll, "poll", minimum=0.001),
    )
    return await loop.run(progress, stop_when)


class _Loop:
    """One wait."""

    def __init__(
        self, executor: Executor, job_id: str, watch: Watch, deadline: float | None, poll: float | None
    ) -> None:
        self._executor = executor
        self._job_id = job_id
        self._watch = watch
        self._deadline = deadline
        self._poll = poll
        self._began = executor.backend.clock()
        self._last: WaitProgress | None = None
        self._failed_looks = 0
        self._quiet = 0

    async def run(
        self,
        tell: Callable[[WaitProgress], object] | None,
        stop_when: Callable[[WaitProgress], bool | Awaitable[bool]] | None,
    ) -> WaitResult:
        while not self._watch.finished:
            seen = await self._look()
            if seen is not None and tell is not None:
                await call_back(tell, seen)
            if self._watch.finished:
                break
            if seen is not None and stop_when is not None and await call_back(stop_when, seen):
                return evolve(await self._watch.sum_up(self._executor), stopped=True)
            if self._deadline is not None and self._executor.backend.clock() >= self._deadline:
                raise await self._timed_out()
            await self._executor.backend.sleep(self._pause())
        return await self._watch.sum_up(self._executor)

    async def _look(self) -> WaitProgress | None:
        """Look once; None if that failed in a way that may pass."""
        try:
            seen = await self._watch.look(self._hurried())
            await self._check_job(seen)
        except BatchTasksError as error:
            self._failed_looks += 1
            if not error.is_retriable or self._failed_looks > self._most_failed_looks(error):
                raise
            _log.warning("Waiting for tasks of job %s: a look failed (%s).", self._job_id, error)
            return None
        self._failed_looks = 0
        self._last = seen
        return evolve(seen, elapsed=self._executor.backend.clock() - self._began)

    def _most_failed_looks(self, error: BatchTasksError) -> int:
        # A wrong address, say: there is no point in being patient with what was never there.
        hopeless = self._last is None and getattr(error, "max_attempts", None) is not None
        return 0 if hopeless else _FAILED_LOOKS

    def _hurried(self) -> Executor:
        """Give the desk with retries and time limits that end with the wait."""
        if self._deadline is None:
            return self._executor
        left = max(0.0, self._deadline - self._executor.backend.clock())
        policy = self._executor.retry
        shorter = left if policy.deadline is None else min(left, policy.deadline)
        return evolve(self._executor, retry=evolve(policy, deadline=shorter), max_timeout=max(_LEAST_PATIENCE, left))

    async def _check_job(self, seen: WaitProgress) -> None:
        """When nothing moves: see whether the job has ended, because its active tasks then stay active for ever."""
        self._quiet = self._quiet + 1 if seen == self._last else 0
        if self._quiet == 0 or self._quiet % _QUIET_LOOKS or self._watch.finished:
            return
        job = (await self._executor.send(self._executor.job.get(self._job_id, select="id,state,executionInfo"))).value
        if job.state != "completed" or (seen.running or 0) > 0:
            return
        result = await self._watch.sum_up(self._executor)
        if not result.pending:  # the counts lag behind; the watch will notice
            return
        reason = job.execution_info.terminate_reason if job.execution_info else None
        raise JobEndedError(
            f"Job {self._job_id} has completed ({reason or 'no reason given'}); {max(seen.pending, len(result.pending)):,} "
            f"of its tasks that were waited for will never run{_named(result.pending, len(result.pending))}.",
            result=result,
        )

    def _pause(self) -> float:
        backend = self._executor.backend
        seconds = self._poll
        if seconds is None:
            seconds = min(_LONGEST_POLL, max(_SHORTEST_POLL, (backend.clock() - self._began) / 10))
            seconds *= 0.9 + 0.2 * backend.random()
        seconds = min(seconds, _LONGEST_PAUSE)
        return seconds if self._deadline is None else min(seconds, max(0.0, self._deadline - backend.clock()))

    async def _timed_out(self) -> WaitTimeoutError:
        """Name what is pending; one quick try, because the time is up."""
        quick = evolve(self._executor, retry=evolve(self._executor.retry, attempts=1), max_timeout=_LEAST_PATIENCE)
        try:
            result = await self._watch.sum_up(quick)
        except BatchTasksError as error:
            _log.warning("Waiting for tasks of job %s: what is pending could not be listed (%s).", self._job_id, error)
            result = WaitResult(progress=self._last or WaitProgress(0, 0, 0, 0))
        count = max(result.progress.pending, len(result.pending))
        seconds = self._executor.backend.clock() - self._began
        return WaitTimeoutError(
            f"After {seconds:.0f} s {count:,} of {result.progress.total:,} tasks of job {self._job_id} are pending"
            f"{_named(result.pending, count)}.",
            result=result,
            pending_count=count,
        )


def _named(ids: tuple[str, ...], count: int, most: int = 10) -> str:
    if not ids:
        return ""
    more = f" and {count - most:,} more" if count > most else ""
    return ": " + ", ".join(ids[:most]) + more
