"""The bulk methods of `client.task`, written once for both clients."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from batchtasks._bulk.operations import ActOnTasks, AddTasks, Already, Existing
from batchtasks._bulk.report import BulkProgress, BulkReport, Remaining, TaskOutcome
from batchtasks._bulk.runner import BulkRun
from batchtasks._core.executor import Executor
from batchtasks._core.retry import RetryPolicy
from batchtasks_rest._call import Json
from batchtasks_rest.models import CloudTask, TaskAddParameter

NewTask: TypeAlias = TaskAddParameter | Json
TaskOrId: TypeAlias = str | CloudTask | TaskAddParameter
OnResult: TypeAlias = Callable[[TaskOutcome], object]
OnProgress: TypeAlias = Callable[[BulkProgress], object] | bool


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
    existing: Existing = "accept",
    raise_on_failure: bool = True,
    server_timeout: int | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
    headers: Mapping[str, str] | None = None,
) -> BulkReport:
    """Add any number of tasks to a job, and account for every one of them.

    Tasks are sent in the order of the input, at most 100 tasks and 1,048,576 bytes to a request. A task that the service
    refuses, or that cannot be sent, fails alone; the others are sent. An id that occurs twice in the input, without regard to
    letter case, is a failure of the second task. The call stops early if the error would hit every
    task: a wrong key, a missing job, a service that does not answer.

    After Ctrl-C, a cancellation or an error in a callback or in the input nothing more is sent, and the exception has the
    report as its attribute `report`. (With asyncio.run that is the CancelledError: KeyboardInterrupt has it as its
    `__context__`, TimeoutError of asyncio.timeout as its `__cause__`.)

    Args:
        job_id: The id of the job.
        tasks: TaskAddParameter objects, results of `task(...)`, or dicts: any iterable, with the AsyncBatchClient also an async
            iterable; or `report.resume` of an earlier call. Tasks are taken from it as they are sent. A request is sent when
            it is full, so a slow input delays the tasks that it has given already, and the deadline.
        concurrency: Requests at once at most, 1 to 1,000. Fewer are made while the service throttles. Default: 16.
        on_result: Called with a TaskOutcome for each task when its outcome is known, in any order. With the AsyncBatchClient
            it may be an `async def`. If it raises, the call ends.
        progress: True draws a progress bar. A function is called with a BulkProgress, at most ten times a second and at the
            end. If it has a method `finish`, that is called when the call is over.
        deadline: Seconds or a timedelta that the whole call may take. Default: no limit.
        retry: How often and how long a request or a task is tried. Default: the RetryPolicy of the client.
        existing: What an id is that existed before the call: "accept" counts it as `existed`; "fail" as failed; "verify" as
            `existed` if all that was to be added is the same in the task that exists, else as failed. After an attempt without
            a clear answer, which may have added the task itself, "exists" counts as added; "fail" and "verify" compare first.
        raise_on_failure: Whether to raise an exception unless every task was added or existed. Default: True.
        server_timeout: Seconds that the service may take for a request, 1 to 30. Default: as for the client.
        timeout: Seconds that one attempt at a request may take. Default: as for the client.
        headers: Further headers of each request.

    Returns:
        The report: how many tasks were added or existed, and which failed, are in doubt or were not sent. All errors but
        InvalidInputError have it as their attribute `report`; `report.resume` is what another call can bring in.

    Raises:
        BulkAddError: A task failed, or its outcome is unknown. `report` says which and why.
        JobNotFoundError, JobCompletedError, JobBeingTerminatedError, JobBeingDeletedError, JobDisabledError: The job is missing
            or takes no tasks.
        AuthenticationError, PermissionDeniedError, TokenError: The service, or the credential, refused access.
        ConnectionFailedError, RequestTimedOutError, ThrottledError, ServerError: The service stayed out of reach or busy in
            spite of all attempts.
        BulkDeadlineError: The deadline expired. Tasks in flight are unknown.
        InvalidInputError: An argument cannot be used; nothing was sent.
    """
    __tracebackhide__ = True
    operation = AddTasks(executor, job_id, existing, server_timeout=server_timeout, timeout=timeout, headers=headers)
    options = (concurrency, on_result, progress, deadline, retry, raise_on_failure)
    return await BulkRun(executor, operation, tasks, "add_collection", *options).run()


class ActOnMany:
    """One of the methods `delete_many`, `terminate_many` and `reactivate_many`, whose text is that of `__call__`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.__name__ = self.__qualname__ = f"{name}_many"
        self.__doc__ = self.__call__.__doc__

    async def __call__(
        self,
        executor: Executor,
        job_id: str,
        tasks: Iterable[TaskOrId] | AsyncIterable[TaskOrId] | Remaining,
        *,
        concurrency: int = 16,
        on_result: OnResult | None = None,
        progress: OnProgress | None = None,
        deadline: timedelta | float | None = None,
        retry: RetryPolicy | None = None,
        already: Already = "accept",
        raise_on_failure: bool = True,
        server_timeout: int | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - of one request
        headers: Mapping[str, str] | None = None,
    ) -> BulkReport:
        """Delete, terminate or reactivate many tasks, several at once, and account for every one of them.

        `delete_many` deletes tasks with their files, `terminate_many` ends tasks, `reactivate_many` lets failed tasks run
        again. Errors of single tasks do not keep the call from going on with the others. A task that completed with exit code 0
        cannot run again: it fails with TaskSucceededError.

        Args:
            job_id: The id of the job.
            tasks: Ids, or objects with an `id`, such as the tasks of a list: any iterable, with the AsyncBatchClient also an
                async iterable; or `report.resume` of an earlier call. They are taken from it as the requests are sent.
            concurrency: Requests at once at most, 1 to 1,000. Fewer are made while the service throttles. Default: 16.
            on_result: Called with a TaskOutcome for each task when its outcome is known, in any order. With the
                AsyncBatchClient it may be an `async def`. If it raises, the call ends.
            progress: True draws a progress bar. A function is called with a BulkProgress, at most ten times a second and at
                the end. If it has a method `finish`, that is called when the call is over.
            deadline: Seconds or a timedelta that the whole call may take. Default: no limit.
            retry: How often and how long a request is tried. Default: the RetryPolicy of the client.
            already: What a task is that does not exist (`delete_many`), has completed (`terminate_many`) or has not completed
                (`reactivate_many`): "accept" counts it as `already`, "fail" as failed. Default: "accept".
            raise_on_failure: Whether to raise an exception unless every task is done or was so before. Default: True.
            server_timeout: Seconds that the service may take for a request, 1 to 30. Default: as for the client.
            timeout: Seconds that one attempt at a request may take. Default: as for the client.
            headers: Further headers of each request.

        Returns:
            The report: `done` counts the tasks on which it was carried out, `already` those that were so before.

        Raises:
            BulkError: A task failed, or its outcome is unknown. `report` says which and why.
            BulkDeadlineError: The deadline expired.
            InvalidInputError: An argument cannot be used; nothing was sent.
            BatchTasksError: What holds for all tasks, such as JobNotFoundError or AuthenticationError, stopped the call; it has
                the BulkReport as its attribute `report`. After an interruption the exception has it too: see `add_collection`.
        """
        __tracebackhide__ = True
        requests: dict[str, Any] = {"server_timeout": server_timeout, "timeout": timeout, "headers": headers}
        operation = ActOnTasks(executor, job_id, self._name, already, **requests)
        options = (concurrency, on_result, progress, deadline, retry, raise_on_failure)
        return await BulkRun(executor, operation, tasks, self.__name__, *options).run()


delete_many = ActOnMany("delete")
terminate_many = ActOnMany("terminate")
reactivate_many = ActOnMany("reactivate")
