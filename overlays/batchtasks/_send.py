"""The desk: where a call is checked, completed, sent, sent again if need be, and its answer read."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import evolve, frozen

from batchtasks import _guard
from batchtasks._origin import Origin
from batchtasks._ports import Port
from batchtasks._retry import RetryPolicy
from batchtasks._tracing import SILENT, Note, Tracing
from batchtasks.errors import (
    BatchTasksError,
    BodyTooLargeError,
    ConditionNotMet,
    InvalidInputError,
    NoAnswerError,
    ServiceError,
    UnreadableAnswerError,
    error_from,
)
from batchtasks_rest._call import Answer, Call, Response
from batchtasks_rest._facts import SERVER_TIMEOUT_NAME

if TYPE_CHECKING:
    from batchtasks._calls import FileCalls, JobCalls, TaskCalls

T = TypeVar("T")

LARGEST_BODY = 1_048_576

_log = logging.getLogger("batchtasks")

# After an attempt of unknown outcome these refusals say that the earlier attempt did what was asked. (If somebody else
# did the same in the meantime, the outcome is the same too, but for an add: then the task that exists is not ours.)
_DONE_BY_EARLIER_ATTEMPT: dict[str, tuple[str, ...]] = {
    "Task_Add": ("TaskExists",),
    "Task_Delete": ("TaskNotFound",),
    "Task_Terminate": ("TaskCompleted",),
    "Task_Reactivate": ("TaskNotCompleted",),
    "Job_Add": ("JobExists",),
    "Job_Delete": ("JobNotFound", "JobBeingDeleted"),
    "Job_Terminate": ("JobCompleted", "JobBeingTerminated"),
    "File_DeleteFromTask": ("FileNotFound",),
}


@frozen
class Desk:
    """What operations and flows work with. (The calls are imported late: a program may need but one group of them.)"""

    port: Port
    api_version: str
    retry: RetryPolicy
    server_timeout: int | None = None
    origin: Origin | None = None
    tracing: Tracing | None = None
    # Seconds that no answer is waited for any longer, whatever the client or the call allow.
    patience: float | None = None
    port_timeout: float = 60.0

    @property
    def task(self) -> TaskCalls:
        """What task operations send."""
        from batchtasks._calls import TaskCalls

        return TaskCalls(self.api_version)

    @property
    def job(self) -> JobCalls:
        """What job operations send."""
        from batchtasks._calls import JobCalls

        return JobCalls(self.api_version)

    @property
    def file(self) -> FileCalls:
        """What file operations send."""
        from batchtasks._calls import FileCalls

        return FileCalls(self.api_version)

    def prepare(self, call: Call[T]) -> Call[T]:
        """Check a call and complete it: server timeout, an id of its own, the body as bytes."""
        _guard.check(call, self.api_version)
        query, headers = _tidy_query(call.query), _without_doubles(call.headers)
        # The link to a further page has its query in it already.
        if self.server_timeout is not None and "?" not in call.path:
            query.setdefault(SERVER_TIMEOUT_NAME[self.api_version], str(self.server_timeout))
        given = {str(name).lower() for name in headers}
        if "client-request-id" not in given:
            headers["client-request-id"] = new_id()
        content = call.content
        if content is None and call.body is not None:
            content = _encode(call)
            if "content-type" not in given:
                headers["Content-Type"] = "application/json; odata=minimalmetadata"
        return evolve(call, query=query, headers=headers, content=content, body=None, timeout=self._timeout(call))

    def _timeout(self, call: Call[Any]) -> float | None:
        if self.patience is None:
            return call.timeout
        return min(self.patience, self.port_timeout if call.timeout is None else call.timeout)

    async def send(self, call: Call[T], *, retry: RetryPolicy | None = None) -> Response[T]:
        """Send a call until it has an answer that settles it, and read that."""
        return await self.send_prepared(self.prepare(call), retry or self.retry)

    async def send_prepared(self, call: Call[T], policy: RetryPolicy) -> Response[T]:
        """Send a call that needs no more checks.

        The status and headers of the result are those of the last answer: if an earlier attempt of unknown outcome had
        been carried out after all, they are those of the refusal that showed it (say 409 TaskExists), and the value is
        None.
        """
        if self.tracing is None or not self.tracing.is_on:
            return await self._persist(call, policy, SILENT)
        with self.tracing.span(call) as note:
            return await self._persist(call, policy, note)

    async def _persist(self, call: Call[T], policy: RetryPolicy, note: Note) -> Response[T]:
        port, began, attempt, unknown = self.port, self.port.clock(), 0, False
        while True:
            attempt += 1
            outcome, answer = await self._attempt(call)
            note.attempt(
                attempt, answer.status if answer else None, answer.headers.get("request-id") if answer else None
            )
            if isinstance(outcome, Response):
                return outcome
            if unknown and answer is not None and _was_done(call, outcome):
                _log.info("%s %s: %s shows that an earlier attempt was carried out.", call.method, call.path, outcome)
                return Response(cast(T, None), answer.status, answer.headers)
            wait = policy.delay(outcome, attempt, port.clock() - began, port.random())
            if wait is None:
                raise _final(outcome, attempt, unknown)
            unknown = unknown or outcome.outcome_unknown
            _log.info("%s %s: %s; next attempt in %.1f s.", call.method, call.path, outcome, wait)
            await port.sleep(wait)

    async def _attempt(self, call: Call[T]) -> tuple[Response[T] | BatchTasksError, Answer | None]:
        answer = None
        try:
            answer = await self.port.send(call)
            return read(answer, call), answer
        except (NoAnswerError, ServiceError) as error:
            return error, answer


def _tidy_query(query: Mapping[str, str]) -> dict[str, str]:
    """Take blanks out of lists of names: "id, state" is meant as "id,state"."""
    lists = ("$select", "$expand")
    return {name: value.replace(" ", "") if name in lists else value for name, value in query.items()}


def _without_doubles(headers: Mapping[str, str]) -> dict[str, str]:
    """Leave one of headers that differ in letter case alone: the last, which is the caller's."""
    return dict({str(name).lower(): (name, value) for name, value in headers.items()}.values())


def read(answer: Answer, call: Call[T]) -> Response[T]:
    """Read the answer to a call, or raise the ServiceError that it is."""
    if answer.status not in call.success:
        raise error_from(answer, call)
    _refuse_foreign_page(answer, call)
    try:
        value = call.read(answer)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise unreadable(answer, call, f"The answer cannot be read as one to {call.operation}: {error}") from error
    return Response(value, answer.status, answer.headers)


def _refuse_foreign_page(answer: Answer, call: Call[Any]) -> None:
    """A page of a proxy or login portal may come with 200; the service itself always names its request id."""
    html = answer.headers.get("Content-Type", "").lower().startswith("text/html")
    if html and answer.content and "request-id" not in answer.headers:
        raise unreadable(answer, call, "The answer is a web page, not one of the Batch service.")


def unreadable(answer: Answer, call: Call[Any], message: str) -> UnreadableAnswerError:
    """Make the error of an answer that says success and makes no sense."""
    return UnreadableAnswerError(
        message,
        status=answer.status,
        request_id=answer.headers.get("request-id"),
        client_request_id=call.headers.get("client-request-id"),
        operation=call.operation,
        method=call.method,
        path=call.path,
    )


def _was_done(call: Call[Any], error: BatchTasksError) -> bool:
    codes = _DONE_BY_EARLIER_ATTEMPT.get(call.operation, ())
    return isinstance(error, ServiceError) and (error.code or "").casefold() in {code.casefold() for code in codes}


def _final(error: BatchTasksError, attempt: int, unknown: bool) -> BatchTasksError:
    if isinstance(error, NoAnswerError):
        error.attempts = attempt
    elif isinstance(error, ConditionNotMet) and unknown:
        error.maybe_done = True
        error.with_hint(
            "An earlier attempt of this call got no clear answer; if it was carried out, it changed the ETag itself."
        )
    elif isinstance(error, ServiceError) and error.is_retriable and attempt > 1:
        error.with_hint(f"Given up after {attempt} attempts.")
    return error


def _encode(call: Call[Any]) -> bytes:
    try:
        content = json.dumps(call.body, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputError(f"The body of {call.operation} cannot be written as JSON: {error}") from None
    if len(content) > LARGEST_BODY:
        raise BodyTooLargeError(
            f"The body of {call.operation} has {len(content):,} bytes; the service takes {LARGEST_BODY:,} at most. "
            "Put long data into resource files or shorten resource_files and environment_settings."
        )
    return content


def new_id() -> str:
    """Make a random GUID, for the service's log and ours."""
    text = os.urandom(16).hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
