# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the group Task: `TaskCalls` says what to send, the operations classes send it."""

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
        CloudTask,
        CloudTaskListResult,
        CloudTaskListSubtasksResult,
        TaskAddCollectionParameter,
        TaskAddCollectionResult,
        TaskAddParameter,
        TaskConstraints,
    )


__all__ = [
    "AsyncTaskOperations",
    "AsyncRawTaskOperations",
    "RawTaskOperations",
    "TaskCalls",
    "TaskOperations",
]


class TaskCalls:
    """What each operation of the group Task sends under one API version, and how its answer is read."""

    def __init__(self, api_version: str = DEFAULT_API_VERSION) -> None:
        self._api_version = api_version

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Add one task to a job.

        The task becomes active at once and runs when its dependencies are met and a node has room. A task
        that has not finished 180 days after it was added is ended by the service. Add many tasks with
        task.add_collection.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task: The task to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import TaskAddParameter
        from . import task_add

        kwargs = task_add._get_kwargs(
            job_id,
            body=as_model(TaskAddParameter, task),
            **common(self._api_version, server_timeout, client_request_id),
        )
        return build(
            "Task_Add",
            kwargs,
            (201,),
            read_nothing,
            headers,
            timeout,
        )

    def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request.

        Each task is judged by itself: the answer is 200 even when tasks were refused, and its items, in any
        order, are matched to the tasks by taskId. After a timeout or a lost answer send the same tasks with
        the same ids again: those that were added come back as TaskExists. The body may hold 1,048,576 bytes
        at most.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            value: The tasks to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import TaskAddCollectionParameter, TaskAddCollectionResult
        from . import task_add_collection

        kwargs = task_add_collection._get_kwargs(
            job_id,
            body=as_model(TaskAddCollectionParameter, value),
            **common(self._api_version, server_timeout, client_request_id),
        )
        return build(
            "Task_AddCollection",
            kwargs,
            (200,),
            read_json(TaskAddCollectionResult.from_dict),
            headers,
            timeout,
        )

    def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import task_delete

        kwargs = task_delete._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Task_Delete",
            kwargs,
            (200,),
            read_nothing,
            headers,
            timeout,
        )

    def get(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[CloudTask]:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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

        from ...models import CloudTask
        from . import task_get

        kwargs = task_get._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
            **some(
                select=comma_list(select),
                expand=comma_list(expand),
            ),
        )
        return build(
            "Task_Get",
            kwargs,
            (200,),
            read_json(CloudTask.from_dict),
            headers,
            timeout,
        )

    def list(
        self,
        job_id: str,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[CloudTaskListResult]:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a task has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all tasks of the job.
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

        from ...models import CloudTaskListResult
        from . import task_list

        kwargs = task_list._get_kwargs(
            job_id,
            **common(self._api_version, server_timeout, client_request_id),
            **some(
                filter_=filter,
                select=comma_list(select),
                expand=comma_list(expand),
                maxresults=max_results,
            ),
        )
        return build(
            "Task_List",
            kwargs,
            (200,),
            read_json(CloudTaskListResult.from_dict),
            headers,
            timeout,
        )

    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import CloudTaskListSubtasksResult
        from . import task_list_subtasks

        kwargs = task_list_subtasks._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id),
            **some(
                select=comma_list(select),
            ),
        )
        return build(
            "Task_ListSubtasks",
            kwargs,
            (200,),
            read_json(CloudTaskListSubtasksResult.from_dict),
            headers,
            timeout,
        )

    def reactivate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import task_reactivate

        kwargs = task_reactivate._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Task_Reactivate",
            kwargs,
            (204,),
            read_nothing,
            headers,
            timeout,
        )

    def terminate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import task_terminate

        kwargs = task_terminate._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Task_Terminate",
            kwargs,
            (204,),
            read_nothing,
            headers,
            timeout,
        )

    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[None]:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: Limits on the time and the retries of a task.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import TaskConstraints, TaskUpdateParameter
        from . import task_update

        kwargs = task_update._get_kwargs(
            job_id,
            task_id,
            body=TaskUpdateParameter(
                constraints=None if constraints is None else as_model(TaskConstraints, constraints),
            ),
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "Task_Update",
            kwargs,
            (200,),
            read_nothing,
            headers,
            timeout,
        )


class TaskOperations:
    """The operations of the group Task."""

    def __init__(self, sender: Sender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = TaskCalls(api_version)

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Add one task to a job.

        The task becomes active at once and runs when its dependencies are met and a node has room. A task
        that has not finished 180 days after it was added is ended by the service. Add many tasks with
        task.add_collection.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task: The task to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.add(
                job_id,
                task,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> TaskAddCollectionResult:
        """Add up to 100 tasks to a job in one request.

        Each task is judged by itself: the answer is 200 even when tasks were refused, and its items, in any
        order, are matched to the tasks by taskId. After a timeout or a lost answer send the same tasks with
        the same ids again: those that were added come back as TaskExists. The body may hold 1,048,576 bytes
        at most.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            value: The tasks to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.add_collection(
                job_id,
                value,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTask:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        job_id: str,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTaskListResult:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a task has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all tasks of the job.
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
                job_id,
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

    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTaskListSubtasksResult:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.list_subtasks(
                job_id,
                task_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def reactivate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.reactivate(
                job_id,
                task_id,
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
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: Limits on the time and the retries of a task.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.update(
                job_id,
                task_id,
                constraints,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncTaskOperations:
    """The operations of the group Task; to be awaited."""

    def __init__(self, sender: AsyncSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = TaskCalls(api_version)

    async def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Add one task to a job.

        The task becomes active at once and runs when its dependencies are met and a node has room. A task
        that has not finished 180 days after it was added is ended by the service. Add many tasks with
        task.add_collection.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task: The task to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.add(
                job_id,
                task,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> TaskAddCollectionResult:
        """Add up to 100 tasks to a job in one request.

        Each task is judged by itself: the answer is 200 even when tasks were refused, and its items, in any
        order, are matched to the tasks by taskId. After a timeout or a lost answer send the same tasks with
        the same ids again: those that were added come back as TaskExists. The body may hold 1,048,576 bytes
        at most.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            value: The tasks to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.add_collection(
                job_id,
                value,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTask:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list(
        self,
        job_id: str,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTaskListResult:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a task has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all tasks of the job.
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
                job_id,
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

    async def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> CloudTaskListSubtasksResult:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.list_subtasks(
                job_id,
                task_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def reactivate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.reactivate(
                job_id,
                task_id,
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
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: Limits on the time and the retries of a task.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.update(
                job_id,
                task_id,
                constraints,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawTaskOperations:
    """The operations of the group Task, each giving a `Response`: value, status and headers."""

    def __init__(self, sender: RawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = TaskCalls(api_version)

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Add one task to a job.

        The task becomes active at once and runs when its dependencies are met and a node has room. A task
        that has not finished 180 days after it was added is ended by the service. Add many tasks with
        task.add_collection.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task: The task to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.add(
                job_id,
                task,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request.

        Each task is judged by itself: the answer is 200 even when tasks were refused, and its items, in any
        order, are matched to the tasks by taskId. After a timeout or a lost answer send the same tasks with
        the same ids again: those that were added come back as TaskExists. The body may hold 1,048,576 bytes
        at most.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            value: The tasks to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.add_collection(
                job_id,
                value,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTask]:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        job_id: str,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTaskListResult]:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a task has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all tasks of the job.
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
                job_id,
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

    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.list_subtasks(
                job_id,
                task_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def reactivate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.reactivate(
                job_id,
                task_id,
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
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: Limits on the time and the retries of a task.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
            self._calls.update(
                job_id,
                task_id,
                constraints,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawTaskOperations:
    """The operations of the group Task, each giving a `Response`: value, status and headers; to be awaited."""

    def __init__(self, sender: AsyncRawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = TaskCalls(api_version)

    async def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Add one task to a job.

        The task becomes active at once and runs when its dependencies are met and a node has room. A task
        that has not finished 180 days after it was added is ended by the service. Add many tasks with
        task.add_collection.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task: The task to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.add(
                job_id,
                task,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request.

        Each task is judged by itself: the answer is 200 even when tasks were refused, and its items, in any
        order, are matched to the tasks by taskId. After a timeout or a lost answer send the same tasks with
        the same ids again: those that were added come back as TaskExists. The body may hold 1,048,576 bytes
        at most.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            value: The tasks to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.add_collection(
                job_id,
                value,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTask]:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list(
        self,
        job_id: str,
        *,
        filter: str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTaskListResult]:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: An OData condition that a task has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted:
                all tasks of the job.
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
                job_id,
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

    async def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.list_subtasks(
                job_id,
                task_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def reactivate(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.reactivate(
                job_id,
                task_id,
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
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
                task_id,
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
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[None]:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: Limits on the time and the retries of a task.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
            self._calls.update(
                job_id,
                task_id,
                constraints,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
