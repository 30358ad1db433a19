"""The calling convention of azure-batch 14 (REST API 2024-02-01.19.0), for programs on their way to this package.

    from batchtasks import BatchClient, SharedKeyCredential
    from batchtasks.compat.operations import TaskOperations

    task = TaskOperations(BatchClient(url, SharedKeyCredential(name, key)))
    task.add_collection("job1", tasks, threads=8)

Tasks, constraints and options may be this package's models, dicts, or the models of azure-batch 14 itself. Answers are
this package's models, whose members have the same names. What is different, and how to go on from here, stands in
docs/migrating.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from batchtasks._bulk.classify import is_about_task
from batchtasks._bulk.report import TaskOutcome
from batchtasks.client import BatchClient
from batchtasks.compat.types import BatchErrorException as BatchErrorException
from batchtasks.compat.types import ClientRawResponse as ClientRawResponse
from batchtasks.compat.types import ClientRequestError as ClientRequestError
from batchtasks.compat.types import CloudTaskPaged as CloudTaskPaged
from batchtasks.compat.types import CreateTasksErrorException as CreateTasksErrorException
from batchtasks.compat.types import TaskAddCollectionOptions as TaskAddCollectionOptions
from batchtasks.compat.types import TaskAddOptions as TaskAddOptions
from batchtasks.compat.types import TaskDeleteOptions as TaskDeleteOptions
from batchtasks.compat.types import TaskGetOptions as TaskGetOptions
from batchtasks.compat.types import TaskListOptions as TaskListOptions
from batchtasks.compat.types import TaskListSubtasksOptions as TaskListSubtasksOptions
from batchtasks.compat.types import TaskOptions as TaskOptions
from batchtasks.compat.types import TaskReactivateOptions as TaskReactivateOptions
from batchtasks.compat.types import TaskTerminateOptions as TaskTerminateOptions
from batchtasks.compat.types import TaskUpdateOptions as TaskUpdateOptions
from batchtasks.compat.types import (
    as_model,
    conditional_options,
    options_of,
    original,
    plain,
    told,
)
from batchtasks.errors import InvalidInputError, ServiceError
from batchtasks.models import TaskAddCollectionResult, TaskAddResult, TaskAddStatus
from batchtasks_rest._call import Response


class TaskOperations:
    """The nine task operations with the signatures of azure-batch 14."""

    def __init__(self, client: BatchClient) -> None:
        if not isinstance(client, BatchClient):
            raise InvalidInputError(f"compat works with a BatchClient, not with {type(client).__name__}.")
        self._client = client

    def add(
        self,
        job_id: str,
        task: Any,
        task_add_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """Add a task; None, or a ClientRawResponse."""
        options = options_of(task_add_options, custom_headers, operation_config)
        return self._send("add", raw, job_id, plain(task), **options)

    def list(
        self,
        job_id: str,
        task_list_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> CloudTaskPaged:
        """List the tasks of a job; `raw` makes no difference, as ever."""
        options = options_of(task_list_options, custom_headers, operation_config, "filter select expand max_results")
        return CloudTaskPaged(self._client.task.list(job_id, **options))

    def add_collection(
        self,
        job_id: str,
        value: Iterable[Any],
        task_add_collection_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        threads: int = 0,
        **operation_config: Any,
    ) -> TaskAddCollectionResult:
        """Add tasks, any number of them, `threads` requests at once; `raw` makes no difference, as ever.

        Gives a TaskAddResult for each, in no order; a task that existed before is a client error TaskExists among them.
        Results have no eTag and last-modified time. Raises CreateTasksErrorException if a task could not be added.
        """
        if not isinstance(threads, int) or threads < 0:
            raise InvalidInputError(f"threads must be a whole number of 0 or more, not {threads!r}.")
        options = options_of(task_add_collection_options, custom_headers, operation_config)
        if "client_request_id" in options:
            raise InvalidInputError("add_collection sends many requests: none can have the one client_request_id.")
        if options["server_timeout"] is not None:
            # The default there is 120, which counts as 30.
            options["server_timeout"] = min(30, options["server_timeout"])
        results: list[TaskAddResult] = []

        def note(outcome: TaskOutcome) -> None:
            if outcome.status in ("added", "existed"):
                results.append(self._result(job_id, outcome))

        tasks = (plain(task) for task in value)
        report = told(
            lambda: self._client.task.add_collection(
                job_id,
                tasks,
                concurrency=max(1, threads),
                on_result=note,
                raise_on_failure=False,
                **options,
            )
        )
        if report.ok:
            return TaskAddCollectionResult(value=results)
        # Those that the call never came to are still in the generator.
        refused = [outcome for outcome in report.failed if is_about_task(outcome.error)]
        others = [*report.unknown, *(outcome for outcome in report.failed if not is_about_task(outcome.error))]
        pending = [original(task) for task in (*(outcome.task for outcome in others), *report.unsent, *tasks)]
        errors = [report.stopped] if report.stopped else [o.error for o in others if o.error is not None][:1]
        raise CreateTasksErrorException(pending, [self._result(job_id, outcome) for outcome in refused], errors)

    def _result(self, job_id: str, outcome: TaskOutcome) -> TaskAddResult:
        if outcome.status == "added":
            location = f"{self._client.url}/jobs/{job_id}/tasks/{outcome.task_id}"
            return TaskAddResult(status=TaskAddStatus.SUCCESS, task_id=str(outcome.task_id), location=location)
        error = outcome.error or ServiceError("The specified task already exists.", status_code=409, code="TaskExists")
        server = isinstance(error, ServiceError) and error.status_code >= 500
        return TaskAddResult(
            status=TaskAddStatus.SERVERERROR if server else TaskAddStatus.CLIENTERROR,
            task_id=str(outcome.task_id),
            error=as_model(error),
        )

    def delete(
        self,
        job_id: str,
        task_id: str,
        task_delete_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """Delete a task; None, or a ClientRawResponse."""
        return self._send(
            "delete", raw, job_id, task_id, **conditional_options(task_delete_options, custom_headers, operation_config)
        )

    def get(
        self,
        job_id: str,
        task_id: str,
        task_get_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """Read a task; a CloudTask, or a ClientRawResponse."""
        options = conditional_options(task_get_options, custom_headers, operation_config, "select expand")
        return self._send("get", raw, job_id, task_id, **options)

    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: Any = None,
        task_update_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """Replace the constraints of a task; None, or a ClientRawResponse."""
        options = conditional_options(task_update_options, custom_headers, operation_config)
        return self._send("update", raw, job_id, task_id, plain(constraints), **options)

    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        task_list_subtasks_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """List the subtasks of a task; a CloudTaskListSubtasksResult with all of them, or a ClientRawResponse."""
        options = options_of(task_list_subtasks_options, custom_headers, operation_config, "select")
        first = told(lambda: self._client.task.raw.list_subtasks(job_id, task_id, **options))
        link, rest = first.value.odata_next_link, self._client.task.list_subtasks(job_id, task_id, **options)
        pages = told(lambda: [*rest.by_page(link)] if link else [])
        found = [*(first.value.value or []), *(subtask for page in pages for subtask in page)]
        return _as_asked(evolve(first, value=evolve(first.value, value=found, odata_next_link=None)), raw)

    def terminate(
        self,
        job_id: str,
        task_id: str,
        task_terminate_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """End a task; None, or a ClientRawResponse."""
        options = conditional_options(task_terminate_options, custom_headers, operation_config)
        return self._send("terminate", raw, job_id, task_id, **options)

    def reactivate(
        self,
        job_id: str,
        task_id: str,
        task_reactivate_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        """Run a failed task again; None, or a ClientRawResponse."""
        options = conditional_options(task_reactivate_options, custom_headers, operation_config)
        return self._send("reactivate", raw, job_id, task_id, **options)

    def _send(self, name: str, raw: bool, *arguments: Any, **options: Any) -> Any:
        response: Response[Any] = told(lambda: getattr(self._client.task.raw, name)(*arguments, **options))
        return _as_asked(response, raw)


def _as_asked(response: Response[Any], raw: bool) -> Any:
    return ClientRawResponse(response.value, response, dict(response.headers)) if raw else response.value
