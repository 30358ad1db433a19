# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The job operations: `JobCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Condition, Filter, Pages, Response, Sender
from .. import Calls, comma_list, quoted, read_json, read_nothing

if TYPE_CHECKING:
    from ...models import (
        CloudJob,
        CloudJobListPreparationAndReleaseTaskStatusResult,
        CloudJobListResult,
        DisableJobOption,
        JobAddParameter,
        JobPatchParameter,
        JobPreparationAndReleaseTaskExecutionInformation,
        JobUpdateParameter,
        TaskCountsResult,
    )


__all__ = [
    "AsyncJobOperations",
    "AsyncRawJobOperations",
    "RawJobOperations",
    "JobCalls",
    "JobOperations",
]


class JobCalls(Calls):
    """What each job operation sends, and how its answer is read."""

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Add a job."""
        __tracebackhide__ = True
        arguments = {
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Add", arguments)
        return self._build(
            "Job_Add",
            "POST",
            "/jobs",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.JobAddParameter, job, "job"),
            success=(201,),
            read=read_nothing,
        )

    def delete(
        self,
        job_id: str,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Delete a job with all its tasks and their files."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "force": force,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Delete", arguments)
        return self._build(
            "Job_Delete",
            "DELETE",
            f"/jobs/{quoted(job_id)}",
            arguments,
            query={"force": force},
            success=(202,),
            read=read_nothing,
        )

    def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption | str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Stop starting tasks of a job."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Disable", arguments)
        return self._build(
            "Job_Disable",
            "POST",
            f"/jobs/{quoted(job_id)}/disable",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=models.JobDisableParameter(
                disable_tasks=disable_tasks,
            ),
            success=(202,),
            read=read_nothing,
        )

    def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Start tasks of a disabled job again."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Enable", arguments)
        return self._build(
            "Job_Enable",
            "POST",
            f"/jobs/{quoted(job_id)}/enable",
            arguments,
            success=(202,),
            read=read_nothing,
        )

    def get(
        self,
        job_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudJob]:
        """Read one job."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "select": select,
            "expand": expand,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Get", arguments)
        return self._build(
            "Job_Get",
            "GET",
            f"/jobs/{quoted(job_id)}",
            arguments,
            query={"$select": comma_list(select), "$expand": comma_list(expand)},
            success=(200,),
            read=read_json(models.CloudJob.from_dict),
        )

    def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[TaskCountsResult]:
        """Count the tasks of a job by state."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_GetTaskCounts", arguments)
        return self._build(
            "Job_GetTaskCounts",
            "GET",
            f"/jobs/{quoted(job_id)}/taskcounts",
            arguments,
            success=(200,),
            read=read_json(models.TaskCountsResult.from_dict),
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudJobListResult]:
        """List the jobs of the account, one page at a time."""
        __tracebackhide__ = True
        arguments = {
            "filter": filter,
            "select": select,
            "expand": expand,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_List", arguments)
        return self._build(
            "Job_List",
            "GET",
            "/jobs",
            arguments,
            query={
                "$filter": filter,
                "$select": comma_list(select),
                "$expand": comma_list(expand),
                "maxresults": max_results,
            },
            success=(200,),
            read=read_json(models.CloudJobListResult.from_dict),
        )

    def list_preparation_and_release_task_status(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudJobListPreparationAndReleaseTaskStatusResult]:
        """List how the preparation and release tasks of a job have run on each node."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "filter": filter,
            "select": select,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_ListPreparationAndReleaseTaskStatus", arguments)
        return self._build(
            "Job_ListPreparationAndReleaseTaskStatus",
            "GET",
            f"/jobs/{quoted(job_id)}/jobpreparationandreleasetaskstatus",
            arguments,
            query={"$filter": filter, "$select": comma_list(select), "maxresults": max_results},
            success=(200,),
            read=read_json(models.CloudJobListPreparationAndReleaseTaskStatusResult.from_dict),
        )

    def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Change some properties of a job."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Patch", arguments)
        return self._build(
            "Job_Patch",
            "PATCH",
            f"/jobs/{quoted(job_id)}",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.JobPatchParameter, job_patch_parameter, "job_patch_parameter"),
            success=(200,),
            read=read_nothing,
        )

    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """End a job."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "force": force,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Terminate", arguments)
        return self._build(
            "Job_Terminate",
            "POST",
            f"/jobs/{quoted(job_id)}/terminate",
            arguments,
            query={"force": force},
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=models.JobTerminateParameter(
                terminate_reason=terminate_reason,
            )
            if terminate_reason is not None
            else None,
            success=(202,),
            read=read_nothing,
        )

    def update(
        self,
        job_id: str,
        job_update_parameter: JobUpdateParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Replace the properties of a job that can change."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Job_Update", arguments)
        return self._build(
            "Job_Update",
            "PUT",
            f"/jobs/{quoted(job_id)}",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.JobUpdateParameter, job_update_parameter, "job_update_parameter"),
            success=(200,),
            read=read_nothing,
        )


class JobOperations:
    """Job operations; each call blocks until it is done."""

    def __init__(self, calls: JobCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawJobOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawJobOperations(self._calls, self._sender)

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with InvalidApplicationPackageReferences,
                JobExists, JobScheduleWithSameIdExists, ActiveJobAndScheduleQuotaReached, PoolQuotaReached,
                RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.add(
                job,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        job_id: str,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound,
                JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.delete(
                job_id,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption | str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: What to do with running tasks. requeue: end running tasks and run them again when
                the job is enabled. terminate: end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, JobDisabled, JobNotActive. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.disable(
                job_id,
                disable_tasks,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound,
                ActiveJobAndScheduleQuotaReached, JobCompleted, JobBeingTerminated, JobBeingDeleted,
                JobNotActive. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.enable(
                job_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get(
        self,
        job_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> CloudJob:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The job.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.get(
                job_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> TaskCountsResult:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The counts.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.get_task_counts(
                job_id,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[CloudJob]:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: Built with JobF, such as `JobF.state == "active"`, or OData text. Default: all jobs.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of CloudJob values that is read page by page during iteration; `by_page()` gives
            the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_preparation_and_release_task_status(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[JobPreparationAndReleaseTaskExecutionInformation]:
        """List how the preparation and release tasks of a job have run on each node.

        There is one item for each node that has run one of them. A job with neither is refused with
        JobPreparationTaskOrReleaseTaskNotSpecified. Nodes that have left the pool since are listed too.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a node has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all nodes.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of JobPreparationAndReleaseTaskExecutionInformation values that is read page by
            page during iteration; `by_page()` gives the pages. Nothing is sent before the iteration starts,
            and each iteration starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound,
                JobPreparationTaskOrReleaseTaskNotSpecified. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_preparation_and_release_task_status(
                job_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, JobDisabled, RequestBodyTooLarge. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.patch(
                job_id,
                job_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.terminate(
                job_id,
                terminate_reason,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def update(
        self,
        job_id: str,
        job_update_parameter: JobUpdateParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Replace the properties of a job that can change.

        What the body leaves out goes back to its default. A job with terminatejob cannot go back to
        noaction, so the body has to name it again. The pool can be another one only while the job is
        disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_update_parameter: The new properties.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.update(
                job_id,
                job_update_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncJobOperations:
    """Job operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: JobCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawJobOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawJobOperations(self._calls, self._sender)

    async def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with InvalidApplicationPackageReferences,
                JobExists, JobScheduleWithSameIdExists, ActiveJobAndScheduleQuotaReached, PoolQuotaReached,
                RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.add(
                job,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        job_id: str,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound,
                JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.delete(
                job_id,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption | str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: What to do with running tasks. requeue: end running tasks and run them again when
                the job is enabled. terminate: end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, JobDisabled, JobNotActive. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.disable(
                job_id,
                disable_tasks,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound,
                ActiveJobAndScheduleQuotaReached, JobCompleted, JobBeingTerminated, JobBeingDeleted,
                JobNotActive. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.enable(
                job_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get(
        self,
        job_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> CloudJob:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The job.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.get(
                job_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> TaskCountsResult:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The counts.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.get_task_counts(
                job_id,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[CloudJob]:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: Built with JobF, such as `JobF.state == "active"`, or OData text. Default: all jobs.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of CloudJob values that is read page by page during iteration; `by_page()` gives
            the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_preparation_and_release_task_status(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[JobPreparationAndReleaseTaskExecutionInformation]:
        """List how the preparation and release tasks of a job have run on each node.

        There is one item for each node that has run one of them. A job with neither is refused with
        JobPreparationTaskOrReleaseTaskNotSpecified. Nodes that have left the pool since are listed too.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a node has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all nodes.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of JobPreparationAndReleaseTaskExecutionInformation values that is read page by
            page during iteration; `by_page()` gives the pages. Nothing is sent before the iteration starts,
            and each iteration starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound,
                JobPreparationTaskOrReleaseTaskNotSpecified. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_preparation_and_release_task_status(
                job_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, JobDisabled, RequestBodyTooLarge. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.patch(
                job_id,
                job_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.terminate(
                job_id,
                terminate_reason,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def update(
        self,
        job_id: str,
        job_update_parameter: JobUpdateParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Replace the properties of a job that can change.

        What the body leaves out goes back to its default. A job with terminatejob cannot go back to
        noaction, so the body has to name it again. The pool can be another one only while the job is
        disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_update_parameter: The new properties.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, JobCompleted,
                JobBeingTerminated, JobBeingDeleted, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.update(
                job_id,
                job_update_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawJobOperations:
    """Job operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: JobCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a job.

        The arguments are those of `JobOperations.add`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.add(
                job,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        job_id: str,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a job with all its tasks and their files.

        The arguments are those of `JobOperations.delete`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.delete(
                job_id,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption | str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Stop starting tasks of a job.

        The arguments are those of `JobOperations.disable`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.disable(
                job_id,
                disable_tasks,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Start tasks of a disabled job again.

        The arguments are those of `JobOperations.enable`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.enable(
                job_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get(
        self,
        job_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJob]:
        """Read one job.

        The arguments are those of `JobOperations.get`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get(
                job_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[TaskCountsResult]:
        """Count the tasks of a job by state.

        The arguments are those of `JobOperations.get_task_counts`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get_task_counts(
                job_id,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJobListResult]:
        """List the jobs of the account, one page at a time.

        The arguments are those of `JobOperations.list`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_preparation_and_release_task_status(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJobListPreparationAndReleaseTaskStatusResult]:
        """List how the preparation and release tasks of a job have run on each node.

        The arguments are those of `JobOperations.list_preparation_and_release_task_status`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list_preparation_and_release_task_status(
                job_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change some properties of a job.

        The arguments are those of `JobOperations.patch`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.patch(
                job_id,
                job_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """End a job.

        The arguments are those of `JobOperations.terminate`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.terminate(
                job_id,
                terminate_reason,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def update(
        self,
        job_id: str,
        job_update_parameter: JobUpdateParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Replace the properties of a job that can change.

        The arguments are those of `JobOperations.update`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.update(
                job_id,
                job_update_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawJobOperations:
    """Job operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: JobCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a job.

        The arguments are those of `AsyncJobOperations.add`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.add(
                job,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        job_id: str,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a job with all its tasks and their files.

        The arguments are those of `AsyncJobOperations.delete`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.delete(
                job_id,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption | str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Stop starting tasks of a job.

        The arguments are those of `AsyncJobOperations.disable`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.disable(
                job_id,
                disable_tasks,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Start tasks of a disabled job again.

        The arguments are those of `AsyncJobOperations.enable`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.enable(
                job_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get(
        self,
        job_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJob]:
        """Read one job.

        The arguments are those of `AsyncJobOperations.get`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get(
                job_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[TaskCountsResult]:
        """Count the tasks of a job by state.

        The arguments are those of `AsyncJobOperations.get_task_counts`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get_task_counts(
                job_id,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJobListResult]:
        """List the jobs of the account, one page at a time.

        The arguments are those of `AsyncJobOperations.list`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list_preparation_and_release_task_status(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudJobListPreparationAndReleaseTaskStatusResult]:
        """List how the preparation and release tasks of a job have run on each node.

        The arguments are those of `AsyncJobOperations.list_preparation_and_release_task_status`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list_preparation_and_release_task_status(
                job_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change some properties of a job.

        The arguments are those of `AsyncJobOperations.patch`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.patch(
                job_id,
                job_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        *,
        force: bool | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """End a job.

        The arguments are those of `AsyncJobOperations.terminate`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.terminate(
                job_id,
                terminate_reason,
                force=force,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def update(
        self,
        job_id: str,
        job_update_parameter: JobUpdateParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Replace the properties of a job that can change.

        The arguments are those of `AsyncJobOperations.update`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.update(
                job_id,
                job_update_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
