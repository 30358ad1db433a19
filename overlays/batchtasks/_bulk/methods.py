"""The bulk methods of `client.task`, written once for both colours."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from batchtasks._bulk.operations import (
    DELETE,
    REACTIVATE,
    TERMINATE,
    Accept,
    Options,
    TaskAction,
    plan_adding,
    plan_verb,
)
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome
from batchtasks._bulk.runner import BulkOptions, carry_out, check_choice
from batchtasks._core.executor import Executor
from batchtasks._core.retry import RetryPolicy
from batchtasks_rest.models import CloudTask, TaskAddParameter

NewTask: TypeAlias = TaskAddParameter | Mapping[str, Any]
OnResult: TypeAlias = Callable[[TaskOutcome], object]
OnProgress: TypeAlias = Callable[[BulkProgress], object]
TaskOrId: TypeAlias = str | CloudTask | TaskAddParameter


async def add_collection(
    executor: Executor,
    job_id: str,
    tasks: Iterable[NewTask] | AsyncIterable[NewTask] | Remaining,
    *,
    concurrency: int = 16,
    on_result: OnResult | None = None,
    progress: OnProgress | None = None,
    deadline: timedelta | float | None = None,
    retry: RetryPolicy | None = None,
    existing: Accept = "accept",
    raise_on_failure: bool = True,
    server_timeout: int | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
    headers: Mapping[str, str] | None = None,
) -> BulkReport:
    """Add any number of tasks to a job; nothing is lost and everything is accounted for.

    Args:
        job_id: The job. A job that is missing, has completed or is being ended stops the call.
        tasks: Any iterable of TaskAddParameter, `task(...)` or dicts; with the AsyncBatchClient also an async iterable; or
            `report.resume` of an earlier call. Pulled lazily and sent in its order, at most 100 tasks and 1,048,576 bytes
            to a request. A request is sent when it is full, so a slow input delays what it has given already, answers
            that are waiting to be read, and the deadline.
        concurrency: Requests at once at most, 1 to 1000. Halved while the service throttles, and grown back.
        on_result: Called with a TaskOutcome for every task as it is settled, in any order. If it raises, the call ends.
        progress: Called with a BulkProgress after answers, at most ten times a second, and at the end. If it has a method
            `finish`, that is called when the call is over.
        deadline: Seconds, or a timedelta, for the whole call. Then nothing more is sent, requests in flight are left
            (their tasks are `unknown`), and `report.stopped` is a BulkDeadline. Default: none.
        retry: How often and how long a request or a task is tried again; see RetryPolicy. Default: the client's.
        existing: "accept" counts an id that is taken as `existed`, "fail" as a failure. A task that exists after an
            attempt of unknown outcome counts as added.
        raise_on_failure: Raise BulkAddError, with the report, unless every task was added or existed; or return it.
        server_timeout: Seconds that the service may take for a request, 1 to 30.
        timeout: Seconds that the client waits for an answer. Default: as the client was made.
        headers: Further headers of each request.

    A task that the service refuses, or that cannot be sent, fails alone and the others go on. Refusals that would meet
    all others too (a wrong key, a missing or completed job) stop the call, and so does a service that stays out of reach
    until the attempts of a request are used up while no other goes through. After Ctrl-C or a cancellation nothing more
    is sent, and the exception has the report as its attribute `report`. Pass `report.resume` to go on where it ended.
    (Under asyncio that is the CancelledError; KeyboardInterrupt of `asyncio.run` has it as its `__context__`, TimeoutError
    of `asyncio.timeout` as its `__cause__`.)

    Raises:
        BulkAddError: Not every task was added; unless `raise_on_failure` is False.
        InvalidInputError: An argument cannot be used; nothing was sent.
    """
    check_choice("existing", existing)
    options = Options(server_timeout=server_timeout, timeout=timeout, headers=headers)
    how = BulkOptions(concurrency, on_result, progress, deadline, retry, raise_on_failure)
    return await carry_out(executor, plan_adding(executor, job_id, existing, options), tasks, "add_collection", how)


async def delete_many(
    executor: Executor,
    job_id: str,
    tasks: Iterable[TaskOrId] | AsyncIterable[TaskOrId] | Remaining,
    *,
    concurrency: int = 16,
    on_result: OnResult | None = None,
    progress: OnProgress | None = None,
    deadline: timedelta | float | None = None,
    retry: RetryPolicy | None = None,
    already: Accept = "accept",
    raise_on_failure: bool = True,
    server_timeout: int | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
    headers: Mapping[str, str] | None = None,
) -> BulkReport:
    """Delete many tasks, several at once; `report.done` counts them, `report.already` those that were not there.

    Args:
        job_id: The job.
        tasks: Ids, or anything with an `id`, such as what `list` gives; pulled lazily.
        already: "accept" counts a task that is not there as `already`, "fail" as a failure.

    Everything else is as for `add_collection`; what is not done raises BulkError.
    """
    options = Options(server_timeout=server_timeout, timeout=timeout, headers=headers)
    how = BulkOptions(concurrency, on_result, progress, deadline, retry, raise_on_failure)
    return await _each(executor, DELETE, job_id, tasks, already, options, how)


async def terminate_many(
    executor: Executor,
    job_id: str,
    tasks: Iterable[TaskOrId] | AsyncIterable[TaskOrId] | Remaining,
    *,
    concurrency: int = 16,
    on_result: OnResult | None = None,
    progress: OnProgress | None = None,
    deadline: timedelta | float | None = None,
    retry: RetryPolicy | None = None,
    already: Accept = "accept",
    raise_on_failure: bool = True,
    server_timeout: int | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
    headers: Mapping[str, str] | None = None,
) -> BulkReport:
    """Terminate many tasks, several at once; `report.done` counts them, `report.already` those that had completed.

    Args:
        job_id: The job.
        tasks: Ids, or anything with an `id`, such as what `list` gives; pulled lazily.
        already: "accept" counts a task that has completed as `already`, "fail" as a failure.

    Everything else is as for `add_collection`; what is not done raises BulkError.
    """
    options = Options(server_timeout=server_timeout, timeout=timeout, headers=headers)
    how = BulkOptions(concurrency, on_result, progress, deadline, retry, raise_on_failure)
    return await _each(executor, TERMINATE, job_id, tasks, already, options, how)


async def reactivate_many(
    executor: Executor,
    job_id: str,
    tasks: Iterable[TaskOrId] | AsyncIterable[TaskOrId] | Remaining,
    *,
    concurrency: int = 16,
    on_result: OnResult | None = None,
    progress: OnProgress | None = None,
    deadline: timedelta | float | None = None,
    retry: RetryPolicy | None = None,
    already: Accept = "accept",
    raise_on_failure: bool = True,
    server_timeout: int | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
    headers: Mapping[str, str] | None = None,
) -> BulkReport:
    """Let many failed tasks run again; `report.done` counts them, `report.already` those that had not completed.

    A task that completed with exit code 0 cannot run again: it fails with TaskSucceeded.

    Args:
        job_id: The job.
        tasks: Ids, or anything with an `id`, such as what `list` gives; pulled lazily.
        already: "accept" counts a task that is yet to run, or runs, as `already`, "fail" as a failure.

    Everything else is as for `add_collection`; what is not done raises BulkError.
    """
    options = Options(server_timeout=server_timeout, timeout=timeout, headers=headers)
    how = BulkOptions(concurrency, on_result, progress, deadline, retry, raise_on_failure)
    return await _each(executor, REACTIVATE, job_id, tasks, already, options, how)


async def _each(
    executor: Executor,
    verb: TaskAction,
    job_id: str,
    tasks: object,
    already: Accept,
    options: Options,
    how: BulkOptions,
) -> BulkReport:
    check_choice("already", already)
    return await carry_out(
        executor, plan_verb(verb, executor, job_id, already, options), tasks, f"{verb.name}_many", how
    )
