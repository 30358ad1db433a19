"""`client.task`: the generated task operations, and what is built on them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from batchtasks._bulk import methods
from batchtasks._core.executor import Executor
from batchtasks._core.hooks import call_back, validate_callback
from batchtasks._core.sync_async import async_method, sync_method
from batchtasks._validation.models import structure
from batchtasks._validation.values import validate_int
from batchtasks._waiting.blocked import find_blocked
from batchtasks._waiting.wait import wait
from batchtasks.conditions import Tagged, etag_of, if_match, if_modified_since, if_none_match
from batchtasks.errors import ConditionError, ConditionNotMetError, NotModifiedError
from batchtasks_rest import models
from batchtasks_rest._call import Json
from batchtasks_rest.api import task as generated

Wanted: TypeAlias = "models.TaskConstraints | Json | None"
# What the service writes for constraints that are left out.
_DEFAULTS = {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "retentionTime": "P7D", "maxTaskRetryCount": 0}


async def get_if_changed(
    executor: Executor,
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
) -> models.CloudTask | None:
    """Read a task only if somebody has changed it since `known`.

    The service does not count it as a change when a task starts, ends or is retried: neither ETag nor last-modified time
    move then. This is for noticing edits; use `wait` or `list` to follow a task's state.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        known: The task as it was read, its ETag, a response of `.raw`, or an aware datetime.
        select: Top-level members to read. Default: all.
        expand: "stats" for resource usage.
        server_timeout: Seconds that the service may take, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the request; it comes back with the answer.
        headers: Further headers of the request.
        timeout: Seconds that the client waits for the answer. Default: as for the client.

    Returns:
        The task, or None if nobody has changed it.

    Raises:
        ConditionError: `known` has no ETag.
        TaskNotFoundError, JobNotFoundError: The task or the job does not exist.
    """
    condition = if_modified_since(known) if isinstance(known, datetime) else if_none_match(known)
    options: dict[str, Any] = {"client_request_id": client_request_id, "headers": headers, "timeout": timeout}
    options |= {"select": select, "expand": expand, "condition": condition, "server_timeout": server_timeout}
    try:
        return (await executor.send(executor.task.get(job_id, task_id, **options))).value
    except NotModifiedError:
        return None


async def update_with(
    executor: Executor,
    job_id: str,
    task_id: str,
    change: Callable[[models.CloudTask], Wanted | Awaitable[Wanted]],
    *,
    attempts: int = 5,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> models.TaskConstraints | None:
    """Change the constraints of a task, safely if others change it too.

    The task is read, `change` returns its new constraints, and they are written unless somebody else has changed the task
    in between. In that case (412) the three steps are repeated, so `change` may be called more than once. Constraints are
    replaced as a whole: start from those of the task that `change` gets.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        change: A function of the current CloudTask that returns TaskConstraints (or a dict), or None to change nothing. With
            the AsyncBatchClient it may be an `async def`.
        attempts: How often at most; then the last ConditionNotMetError is raised. Default: 5.
        server_timeout: Seconds that the service may take for a request, 1 to 30 (default 30).
        headers: Further headers of the requests.
        timeout: Seconds that the client waits for an answer. Default: as for the client.

    Returns:
        The constraints that were written, or None if `change` returned None.

    Raises:
        ConditionNotMetError: Others changed the task during every attempt.
        TaskNotFoundError, JobNotFoundError: The task or the job does not exist.
    """
    validate_int(attempts, "attempts", 1)
    validate_callback(change, "change", is_async=executor.backend.is_async)
    options: dict[str, Any] = {"server_timeout": server_timeout, "headers": headers, "timeout": timeout}
    for attempt in range(1, attempts + 1):
        response = await executor.send(executor.task.get(job_id, task_id, **options))
        changed = await call_back(change, response.value)
        if changed is None:
            return None
        wanted = structure(models.TaskConstraints, changed, "constraints")
        tag = etag_of(response) or etag_of(response.value)
        if tag is None:
            raise ConditionError("The service sent no ETag for the task, so a change by others could not be noticed.")
        try:
            await executor.send(executor.task.update(job_id, task_id, wanted, condition=if_match(tag), **options))
            return wanted
        except ConditionNotMetError as refusal:
            if refusal.maybe_done and await _is_written(executor, job_id, task_id, wanted, options):
                return wanted
            if attempt == attempts:
                raise
        await executor.backend.sleep(min(1.0, 0.05 * 2**attempt) * executor.backend.random())
    raise AssertionError("not reached")


async def _is_written(
    executor: Executor, job_id: str, task_id: str, wanted: models.TaskConstraints, options: Json
) -> bool:
    """After a refusal that our own earlier write without an answer may have caused: return whether it is there."""
    task = (await executor.send(executor.task.get(job_id, task_id, **options))).value
    there = _DEFAULTS if task.constraints is None else {**_DEFAULTS, **task.constraints.to_dict()}
    return all(there[name] == value for name, value in {**_DEFAULTS, **wanted.to_dict()}.items())


class TaskOperations(generated.TaskOperations):
    """Operations on tasks; each call blocks until it is done."""

    add_collection = sync_method(methods.add_collection)
    delete_many = sync_method(methods.delete_many)
    terminate_many = sync_method(methods.terminate_many)
    reactivate_many = sync_method(methods.reactivate_many)
    get_if_changed = sync_method(get_if_changed)
    update_with = sync_method(update_with)
    wait = sync_method(wait)
    find_blocked = sync_method(find_blocked)


class AsyncTaskOperations(generated.AsyncTaskOperations):
    """Operations on tasks; each call is to be awaited, lists are read with `async for`."""

    add_collection = async_method(methods.add_collection)
    delete_many = async_method(methods.delete_many)
    terminate_many = async_method(methods.terminate_many)
    reactivate_many = async_method(methods.reactivate_many)
    get_if_changed = async_method(get_if_changed)
    update_with = async_method(update_with)
    wait = async_method(wait)
    find_blocked = async_method(find_blocked)
