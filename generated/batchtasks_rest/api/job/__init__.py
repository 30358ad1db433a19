# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the group Job: `JobCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..._call import AsyncRawSender, AsyncSender, Call, Condition, RawSender, Response, Sender
from ..._facts import DEFAULT_API_VERSION
from .. import (
    as_model,
    build,
    comma_list,
    common,
    read_json,
    read_nothing,
    some,
)

if TYPE_CHECKING:
    from ...models import (
        CloudJob,
        CloudJobListResult,
        DisableJobOption,
        JobAddParameter,
        JobPatchParameter,
        TaskCountsResult,
    )


__all__ = [
    "AsyncJobOperations",
    "AsyncRawJobOperations",
    "RawJobOperations",
    "JobCalls",
    "JobOperations",
]


class JobCalls:
    """What each operation of the group Job sends under one API version, and how its answer is read."""

    def __init__(self, api_version: str = DEFAULT_API_VERSION) -> None:
        self._api_version = api_version

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import JobAddParameter
        from . import job_add

        kwargs = job_add._get_kwargs(
            body=as_model(JobAddParameter, job),
            **common(self._api_version, server_timeout, client_request_id),
        )
        return build(
            "Job_Add",
            kwargs,
            (201,),
            read_nothing,
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[None]:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import job_delete

        kwargs = job_delete._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
            **some(
                force=force,
            ),
        )
        return build(
            "Job_Delete",
            kwargs,
            (202,),
            read_nothing,
            headers,
            timeout,
        )

    def disable(
        self,
        job_id: str,
        disable_tasks: DisableJobOption,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: requeue: end running tasks and run them again when the job is enabled. terminate:
                end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import JobDisableParameter
        from . import job_disable

        kwargs = job_disable._get_kwargs(
            job_id,
            body=JobDisableParameter(
                disable_tasks=disable_tasks,
            ),
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Job_Disable",
            kwargs,
            (202,),
            read_nothing,
            headers,
            timeout,
        )

    def enable(
        self,
        job_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import job_enable

        kwargs = job_enable._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Job_Enable",
            kwargs,
            (202,),
            read_nothing,
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[CloudJob]:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import CloudJob
        from . import job_get

        kwargs = job_get._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
            **some(
                select=comma_list(select),
                expand=comma_list(expand),
            ),
        )
        return build(
            "Job_Get",
            kwargs,
            (200,),
            read_json(CloudJob.from_dict),
            headers,
            timeout,
        )

    def get_task_counts(
        self,
        job_id: str,
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[TaskCountsResult]:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import TaskCountsResult
        from . import job_get_task_counts

        kwargs = job_get_task_counts._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id),
        )
        return build(
            "Job_GetTaskCounts",
            kwargs,
            (200,),
            read_json(TaskCountsResult.from_dict),
            headers,
            timeout,
        )

    def list(
        self,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[CloudJobListResult]:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: An OData condition that a job has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all jobs of the account.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import CloudJobListResult
        from . import job_list

        kwargs = job_list._get_kwargs(
            **common(self._api_version, server_timeout, client_request_id),
            **some(
                filter_=filter,
                select=comma_list(select),
                expand=comma_list(expand),
                maxresults=max_results,
            ),
        )
        return build(
            "Job_List",
            kwargs,
            (200,),
            read_json(CloudJobListResult.from_dict),
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[None]:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import JobPatchParameter
        from . import job_patch

        kwargs = job_patch._get_kwargs(
            job_id,
            body=as_model(JobPatchParameter, job_patch_parameter),
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Job_Patch",
            kwargs,
            (200,),
            read_nothing,
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[None]:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import JobTerminateParameter
        from . import job_terminate

        kwargs = job_terminate._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
            **some(
                force=force,
                body=JobTerminateParameter(
                    terminate_reason=terminate_reason,
                )
                if terminate_reason is not None
                else None,
            ),
        )
        return build(
            "Job_Terminate",
            kwargs,
            (202,),
            read_nothing,
            headers,
            timeout,
        )


class JobOperations:
    """The operations of the group Job."""

    def __init__(self, sender: Sender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = JobCalls(api_version)

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        disable_tasks: DisableJobOption,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: requeue: end running tasks and run them again when the job is enabled. terminate:
                end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> CloudJob:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> TaskCountsResult:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudJobListResult:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: An OData condition that a job has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all jobs of the account.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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

    def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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


class AsyncJobOperations:
    """The operations of the group Job; to be awaited."""

    def __init__(self, sender: AsyncSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = JobCalls(api_version)

    async def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        disable_tasks: DisableJobOption,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: requeue: end running tasks and run them again when the job is enabled. terminate:
                end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> CloudJob:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> TaskCountsResult:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudJobListResult:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: An OData condition that a job has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all jobs of the account.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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

    async def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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


class RawJobOperations:
    """The operations of the group Job, each giving a `Response`: value, status and headers."""

    def __init__(self, sender: RawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = JobCalls(api_version)

    def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        disable_tasks: DisableJobOption,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: requeue: end running tasks and run them again when the job is enabled. terminate:
                end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[CloudJob]:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[TaskCountsResult]:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudJobListResult]:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: An OData condition that a job has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all jobs of the account.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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

    def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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


class AsyncRawJobOperations:
    """The operations of the group Job, each giving a `Response`: value, status and headers; to be awaited."""

    def __init__(self, sender: AsyncRawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = JobCalls(api_version)

    async def add(
        self,
        job: JobAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Add a job.

        Tasks are added to the job afterwards, and run on the nodes of its pool. An id that is taken is
        refused with JobExists, a full account with ActiveJobAndScheduleQuotaReached; both are 409.

        Args:
            job: The job to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Delete a job with all its tasks and their files.

        The job goes to deleting at once and vanishes some time later, together with the directories of its
        tasks on the nodes, whatever their retention time. Until then changes to it are refused with
        JobBeingDeleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        disable_tasks: DisableJobOption,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Stop starting tasks of a job.

        The job is disabling until its running tasks are dealt with as disableTasks says, then disabled;
        job.enable is the way back. Refused with 409 unless the job is active, disabling or disabled.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            disable_tasks: requeue: end running tasks and run them again when the job is enabled. terminate:
                end them for good. wait: let them finish.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Start tasks of a disabled job again.

        The job goes over enabling to active. Tasks that were added more than 180 days ago do not run any
        more.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[CloudJob]:
        """Read one job.

        The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
        by state are read with job.get_task_counts.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[TaskCountsResult]:
        """Count the tasks of a job by state.

        One small answer for any number of tasks, and so the cheapest way to watch a job. The numbers may
        lag behind: right after an add the new tasks can be missing, and a task can have completed before it
        is counted so.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudJobListResult]:
        """List the jobs of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: An OData condition that a job has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all jobs of the account.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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

    async def patch(
        self,
        job_id: str,
        job_patch_parameter: JobPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Change some properties of a job.

        What the body leaves out stays as it is, but an object such as constraints is replaced whole: a
        member of it that is left out goes back to its default. This is how onAllTasksComplete is set once
        all tasks are added.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            job_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """End a job.

        Running tasks are ended, active ones stay active and never run, and no more tasks can be added. The
        job is terminating until its release tasks are done, then completed.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            terminate_reason: A text to show as the job's terminateReason.
            force: Whether to go ahead even when nodes have not fully dealt with the end of the job.
                Default: false.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
