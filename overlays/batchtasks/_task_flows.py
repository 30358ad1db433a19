"""The task operations that the generated ones do not have, or not so; each written once for both colours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from batchtasks._adopt import adopt
from batchtasks._callbacks import call_back, check_callback
from batchtasks.conditions import Tagged, etag_of, if_match, if_modified_since, if_none_match
from batchtasks.errors import ConditionError, ConditionNotMet, InvalidInputError, NotModified
from batchtasks.filters import Filter, filter_text
from batchtasks.paging import Listing

if TYPE_CHECKING:
    from batchtasks._send import Desk
    from batchtasks_rest.models import CloudTask, SubtaskInformation, TaskConstraints

Wanted: TypeAlias = "TaskConstraints | Mapping[str, Any] | None"


def list_tasks(
    desk: Desk,
    job_id: str,
    *,
    filter: Filter | str | None = None,
    select: Sequence[str] | str | None = None,
    expand: Sequence[str] | str | None = None,
    max_results: int | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Listing[CloudTask]:
    """List the tasks of a job; walk the result for CloudTasks, or its `by_page()` for pages.

    Nothing is sent before the walk begins; each walk begins afresh and reads a page when it comes to it. No order is
    promised. Of a multi-instance task the primary is listed.

    Args:
        job_id: The id of the job.
        filter: Made with F, such as `F.state == "completed"`, or text as the service takes it. Omitted: all tasks.
        select: Top-level members to read, by the service's names, such as ["id", "state"]; all others will be None.
            Name id too if it is needed. Omitted: all of them.
        expand: "stats" for resource usage.
        max_results: The most items on one page, 1 to 1000. Default: 1000.
        server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the requests; it comes back with the answers.
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    return Listing(
        desk.task.list(
            job_id,
            filter=filter_text(filter, "Task_List"),
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
    desk: Desk,
    job_id: str,
    task_id: str,
    *,
    select: Sequence[str] | str | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Listing[SubtaskInformation]:
    """List the subtasks of a multi-instance task; walk the result for SubtaskInformation, or its `by_page()`.

    Subtasks are numbered from 1; number 0 is the primary, which is the task itself. Of other tasks the list is empty.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        select: Top-level members to read, by the service's names. Omitted: all of them.
        server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the requests; it comes back with the answers.
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    return Listing(
        desk.task.list_subtasks(
            job_id,
            task_id,
            select=select,
            server_timeout=server_timeout,
            client_request_id=client_request_id,
            headers=headers,
            timeout=timeout,
        )
    )


async def get_if_changed(
    desk: Desk,
    job_id: str,
    task_id: str,
    known: Tagged | datetime,
    *,
    select: Sequence[str] | str | None = None,
    expand: Sequence[str] | str | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> CloudTask | None:
    """Read a task if somebody has changed it since it was `known`; None if not.

    The service does not count it as a change when a task starts, ends or is retried: neither ETag nor last-modified time
    move then. This is for noticing edits; to follow a task's state use `wait` or `list`.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        known: The task as it was read, its ETag, a response of `.raw`, or an aware datetime.
        select: Top-level members to read. Omitted: all of them.
        expand: "stats" for resource usage.
        server_timeout: Seconds that the service may take, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the request; it comes back with the answer.
        headers: Further headers for the request.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    call = desk.task.get(
        job_id,
        task_id,
        select=select,
        expand=expand,
        condition=if_modified_since(known) if isinstance(known, datetime) else if_none_match(known),
        server_timeout=server_timeout,
        client_request_id=client_request_id,
        headers=headers,
        timeout=timeout,
    )
    try:
        return (await desk.send(call)).value
    except NotModified:
        return None


async def update_with(
    desk: Desk,
    job_id: str,
    task_id: str,
    change: Callable[[CloudTask], Wanted | Awaitable[Wanted]],
    *,
    attempts: int = 5,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> TaskConstraints | None:
    """Read a task, let `change` make its new constraints, and write them unless somebody else changed the task meanwhile.

    If somebody did (412), the three steps are done again, so `change` may be called more than once. Constraints are
    replaced whole: begin with those of the task that `change` is given. Gives what was written, or None if `change` gave
    None and nothing was written.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        change: Gets the CloudTask as it is now and gives TaskConstraints (or a dict), or None to leave it as it is. With
            the AsyncBatchClient it may be an `async def`.
        attempts: How often at most; then the last ConditionNotMet is raised.
        server_timeout: Seconds that the service may take for a request, 1 to 30 (default 30).
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    if isinstance(attempts, bool) or not isinstance(attempts, int) or attempts < 1:
        raise InvalidInputError(f"attempts must be a whole number of 1 or more, not {attempts!r}.")
    check_callback("change", change, desk.port)
    options: dict[str, Any] = {"server_timeout": server_timeout, "headers": headers, "timeout": timeout}
    for attempt in range(1, attempts + 1):
        response = await desk.send(desk.task.get(job_id, task_id, **options))
        wanted = await _wanted(change, response.value)
        if wanted is None:
            return None
        condition = if_match(etag_of(response) or _tag_in(response.value))
        try:
            await desk.send(desk.task.update(job_id, task_id, wanted, condition=condition, **options))
            return wanted
        except ConditionNotMet as refusal:
            if refusal.maybe_done and await _is_written(desk, job_id, task_id, wanted, options):
                return wanted
            if attempt == attempts:
                raise
        await desk.port.sleep(min(1.0, 0.05 * 2**attempt) * desk.port.random())
    raise AssertionError("not reached")


def _tag_in(task: CloudTask) -> str:
    tag = etag_of(task)
    if tag is None:
        raise ConditionError("The service gave no ETag for the task, so the change cannot be guarded.")
    return tag


async def _wanted(change: Callable[[CloudTask], Any], task: CloudTask) -> TaskConstraints | None:
    from batchtasks_rest.models import TaskConstraints

    wanted = await call_back(change, task)
    return None if wanted is None else adopt(TaskConstraints, wanted, "constraints")


async def _is_written(
    desk: Desk, job_id: str, task_id: str, wanted: TaskConstraints, options: Mapping[str, Any]
) -> bool:
    """After a refusal that our own earlier, unanswered write may have caused: see whether it stands there."""
    task = (await desk.send(desk.task.get(job_id, task_id, **options))).value
    there = {} if task.constraints is None else task.constraints.to_dict()
    return all(there.get(name) == value for name, value in wanted.to_dict().items())
