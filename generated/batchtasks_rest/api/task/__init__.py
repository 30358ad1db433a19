# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The task operations: `TaskCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Condition, Filter, Pages, Response, Sender
from .. import Calls, comma_list, quoted, read_json, read_nothing

if TYPE_CHECKING:
    from ...models import (
        CloudTask,
        CloudTaskListResult,
        CloudTaskListSubtasksResult,
        SubtaskInformation,
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


class TaskCalls(Calls):
    """What each task operation sends, and how its answer is read."""

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Add one task to a job."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Add", arguments)
        return self._build(
            "Task_Add",
            "POST",
            f"/jobs/{quoted(job_id)}/tasks",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.TaskAddParameter, task, "task"),
            success=(201,),
            read=read_nothing,
        )

    def add_collection(
        self,
        job_id: str,
        value: TaskAddCollectionParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_AddCollection", arguments)
        return self._build(
            "Task_AddCollection",
            "POST",
            f"/jobs/{quoted(job_id)}/addtaskcollection",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.TaskAddCollectionParameter, value, "value"),
            success=(200,),
            read=read_json(models.TaskAddCollectionResult.from_dict),
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
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Delete a task and its files."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Delete", arguments)
        return self._build(
            "Task_Delete",
            "DELETE",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}",
            arguments,
            success=(200,),
            read=read_nothing,
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
        timeout: timedelta | float | None = None,
    ) -> Call[CloudTask]:
        """Read one task."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "select": select,
            "expand": expand,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Get", arguments)
        return self._build(
            "Task_Get",
            "GET",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}",
            arguments,
            query={"$select": comma_list(select), "$expand": comma_list(expand)},
            success=(200,),
            read=read_json(models.CloudTask.from_dict),
        )

    def list(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudTaskListResult]:
        """List the tasks of a job, one page at a time."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "filter": filter,
            "select": select,
            "expand": expand,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_List", arguments)
        return self._build(
            "Task_List",
            "GET",
            f"/jobs/{quoted(job_id)}/tasks",
            arguments,
            query={
                "$filter": filter,
                "$select": comma_list(select),
                "$expand": comma_list(expand),
                "maxresults": max_results,
            },
            success=(200,),
            read=read_json(models.CloudTaskListResult.from_dict),
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
        timeout: timedelta | float | None = None,
    ) -> Call[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "select": select,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_ListSubtasks", arguments)
        return self._build(
            "Task_ListSubtasks",
            "GET",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/subtasksinfo",
            arguments,
            query={"$select": comma_list(select)},
            success=(200,),
            read=read_json(models.CloudTaskListSubtasksResult.from_dict),
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
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Run a failed task again."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Reactivate", arguments)
        return self._build(
            "Task_Reactivate",
            "POST",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/reactivate",
            arguments,
            success=(204,),
            read=read_nothing,
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
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """End a task."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Terminate", arguments)
        return self._build(
            "Task_Terminate",
            "POST",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/terminate",
            arguments,
            success=(204,),
            read=read_nothing,
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
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Replace the constraints of a task."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Task_Update", arguments)
        return self._build(
            "Task_Update",
            "PUT",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=models.TaskUpdateParameter(
                constraints=None
                if constraints is None
                else self._checks.model(models.TaskConstraints, constraints, "constraints"),
            ),
            success=(200,),
            read=read_nothing,
        )


class TaskOperations:
    """Task operations; each call blocks until it is done."""

    def __init__(self, calls: TaskCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawTaskOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawTaskOperations(self._calls, self._sender)

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
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
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskExists,
                TaskIdSameAsJobPreparationTask, TaskIdSameAsJobReleaseTask, InvalidApplicationPackageReferences,
                JobCompleted, JobBeingTerminated, JobBeingDeleted, RequestBodyTooLarge. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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

    def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> CloudTask:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
            The task.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound.
                The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[CloudTask]:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: Built with F, such as `F.state == "completed"`, or OData text. Default: all tasks.
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
            An iterable of CloudTask values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
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
        timeout: timedelta | float | None = None,
    ) -> Pages[SubtaskInformation]:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of SubtaskInformation values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound. The class depends
                on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskNotCompleted, TaskSucceeded, JobCompleted, JobBeingTerminated, JobBeingDeleted. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskCompleted, JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: The new constraints. Any member that is left out goes back to its default, as all
                do without it.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskCompleted, JobBeingDeleted, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
    """Task operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: TaskCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawTaskOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawTaskOperations(self._calls, self._sender)

    async def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
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
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskExists,
                TaskIdSameAsJobPreparationTask, TaskIdSameAsJobReleaseTask, InvalidApplicationPackageReferences,
                JobCompleted, JobBeingTerminated, JobBeingDeleted, RequestBodyTooLarge. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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

    async def delete(
        self,
        job_id: str,
        task_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a task and its files.

        The task is ended first if it is running, and its directory on the node goes whatever the retention
        time was. Of a multi-instance task the primary goes at once, the subtasks and their files a little
        later.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> CloudTask:
        """Read one task.

        Of a multi-instance task the answer shows the primary. State changes made by the service move
        neither eTag nor lastModified, so a conditional read never notices that a task has finished; compare
        the state instead.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
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
            The task.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound.
                The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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

    def list(
        self,
        job_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[CloudTask]:
        """List the tasks of a job, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
        shows the primary; its subtasks are read with task.list_subtasks.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            filter: Built with F, such as `F.state == "completed"`, or OData text. Default: all tasks.
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
            An iterable of CloudTask values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
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
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[SubtaskInformation]:
        """List the subtasks of a multi-instance task.

        Subtasks are numbered from 1; number 0 is the primary, which is the task itself. For a task that is
        not multi-instance the answer is 200 with an empty list.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            select: Top-level members to read, by the service's names, such as ["id", "state"]; all others
                will be None. Default: all.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of SubtaskInformation values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound. The class depends
                on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """Run a failed task again.

        The task becomes active with its full number of retries, and its exit code and failure are
        forgotten. Refused with TaskNotCompleted before the task has completed, with TaskSucceeded when its
        exit code was 0, and when the job is ending or has ended.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskNotCompleted, TaskSucceeded, JobCompleted, JobBeingTerminated, JobBeingDeleted. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """End a task.

        The task becomes completed with result failure and failure code TaskEnded; a task that had not
        started has neither start time nor exit code then. Of a multi-instance task the primary ends at
        once, the subtasks a little later. A task that is completed already is refused with TaskCompleted.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskCompleted, JobBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
        timeout: timedelta | float | None = None,
    ) -> None:
        """Replace the constraints of a task.

        Constraints are the only part of a task that can change, and they are replaced whole: what the body
        leaves out goes back to its default. Send If-Match with the eTag that was read to be sure that
        nobody changed the task in between.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            constraints: The new constraints. Any member that is left out goes back to its default, as all
                do without it.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                TaskCompleted, JobBeingDeleted, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
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
    """Task operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: TaskCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add one task to a job.

        The arguments are those of `TaskOperations.add`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request.

        The arguments are those of `TaskOperations.add_collection`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a task and its files.

        The arguments are those of `TaskOperations.delete`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTask]:
        """Read one task.

        The arguments are those of `TaskOperations.get`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTaskListResult]:
        """List the tasks of a job, one page at a time.

        The arguments are those of `TaskOperations.list`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task.

        The arguments are those of `TaskOperations.list_subtasks`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Run a failed task again.

        The arguments are those of `TaskOperations.reactivate`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """End a task.

        The arguments are those of `TaskOperations.terminate`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Replace the constraints of a task.

        The arguments are those of `TaskOperations.update`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
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
    """Task operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: TaskCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def add(
        self,
        job_id: str,
        task: TaskAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add one task to a job.

        The arguments are those of `AsyncTaskOperations.add`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[TaskAddCollectionResult]:
        """Add up to 100 tasks to a job in one request.

        The arguments are those of `AsyncTaskOperations.add_collection`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a task and its files.

        The arguments are those of `AsyncTaskOperations.delete`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTask]:
        """Read one task.

        The arguments are those of `AsyncTaskOperations.get`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTaskListResult]:
        """List the tasks of a job, one page at a time.

        The arguments are those of `AsyncTaskOperations.list`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[CloudTaskListSubtasksResult]:
        """List the subtasks of a multi-instance task.

        The arguments are those of `AsyncTaskOperations.list_subtasks`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Run a failed task again.

        The arguments are those of `AsyncTaskOperations.reactivate`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """End a task.

        The arguments are those of `AsyncTaskOperations.terminate`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Replace the constraints of a task.

        The arguments are those of `AsyncTaskOperations.update`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
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
