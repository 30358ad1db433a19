"""Execute one call: fill in defaults, send it with retries, read the answer."""

from __future__ import annotations

import json
import logging
import uuid
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from attrs import evolve, field, frozen

from batchtasks import errors
from batchtasks._core.backend import Backend
from batchtasks._core.hooks import call_span, record_attempt
from batchtasks._core.retry import RetryPolicy
from batchtasks._core.sync_async import iterate_sync, run_sync
from batchtasks._errors import error_from, unreadable
from batchtasks._http.origin import Origin
from batchtasks._validation.arguments import validate_arguments, validate_request
from batchtasks._validation.models import structure
from batchtasks._validation.values import to_seconds
from batchtasks_rest._call import Answer, AnyCall, AsyncPages, Call, ListResult, Pages, Response
from batchtasks_rest._facts import SERVER_TIMEOUT_NAME, SHOWS_DONE
from batchtasks_rest.api import Calls, Checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from batchtasks_rest.api.job import JobCalls
    from batchtasks_rest.api.task import TaskCalls

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound=Calls)

# Bytes that the service takes in one request.
MAX_BODY = 1_048_576
_LEAST_TIMEOUT = 0.25

_log = logging.getLogger("batchtasks")


def _refusing(check: Callable[P, T]) -> Callable[P, T]:
    """Let the traceback of a refusal end here: the frames below would hide the user's line and say nothing of it."""

    def check_here(*args: P.args, **kwargs: P.kwargs) -> T:
        __tracebackhide__ = True  # of pytest and IPython
        try:
            return check(*args, **kwargs)
        except errors.InvalidInputError as error:
            raise error.with_traceback(None) from error.__cause__

    return check_here


_CHECKS = Checks(_refusing(validate_arguments), _refusing(structure), _refusing(validate_request))


@frozen
class Executor:
    """What operations and flows work with.

    Attributes:
        backend: Sends single attempts.
        api_version: The API version of the client.
        retry: The client's retry policy.
        timeout: Seconds that one attempt may take if the call does not say.
        server_timeout: Seconds that the service may take if the call does not say, or None for the service's default.
        origin: The account's address.
        tracing: Whether to open OpenTelemetry spans; None: if the program has imported OpenTelemetry.
        deadline: The time by the backend's clock at which attempts end, whatever the call says; each has a quarter of a
            second at least. None for no such limit.
    """

    backend: Backend
    api_version: str
    retry: RetryPolicy
    timeout: float = 60.0
    server_timeout: int | None = None
    origin: Origin | None = None
    tracing: bool | None = False
    deadline: float | None = None

    @property
    def task(self) -> TaskCalls:
        """What task operations send. Imported late: a program may need only one group of operations."""
        from batchtasks_rest.api.task import TaskCalls

        return self.calls(TaskCalls)

    @property
    def job(self) -> JobCalls:
        """What job operations send."""
        from batchtasks_rest.api.job import JobCalls

        return self.calls(JobCalls)

    def calls(self, group: type[C]) -> C:
        """Return what the operations of a group send."""
        return group(self.api_version, _CHECKS)

    def prepare(self, call: Call[T]) -> Call[T]:
        """Return a call completed with server timeout, time limit, a request id of its own and the body as bytes."""
        query, headers = dict(call.query), dict(call.headers)
        # The link to a further page already has its query in it.
        if self.server_timeout is not None and "?" not in call.path:
            query.setdefault(SERVER_TIMEOUT_NAME[self.api_version], str(self.server_timeout))
        names = {name.lower() for name in headers}
        if "client-request-id" not in names:
            headers["client-request-id"] = str(uuid.uuid4())
        if "return-client-request-id" not in names:
            headers["return-client-request-id"] = "true"
        content = call.content
        if content is None and call.body is not None:
            content = _encode(call)
            if "content-type" not in names:
                headers["Content-Type"] = "application/json; odata=minimalmetadata"
        timeout = self.timeout if call.timeout is None else to_seconds(call.timeout, "timeout")
        return evolve(call, query=query, headers=headers, content=content, body=None, timeout=timeout)

    async def send(self, call: Call[T]) -> Response[T]:
        """Send a call until its answer is final, and read the answer.

        If an earlier attempt of unknown outcome turns out to have been carried out, the response has the status code and
        headers of the refusal that shows it (for example 409 TaskExists), and its value is None.
        """
        __tracebackhide__ = True
        call = self.prepare(call)
        backend, began, attempt, unknown = self.backend, self.backend.clock(), 0, False
        with call_span(self.tracing, self.origin, call) as span:
            while True:
                attempt += 1
                outcome, answer = await self._attempt(call)
                record_attempt(span, attempt, answer)
                if isinstance(outcome, Response):
                    return outcome
                if unknown and answer is not None and _was_done(call, outcome):
                    text = "%s %s: %s shows that an earlier attempt was carried out."
                    _log.info(text, call.method, call.path, outcome)
                    return Response(cast(T, None), answer.status_code, answer.headers)
                wait = self.retry.delay(outcome, attempt, backend.clock() - began, backend.random())
                if wait is None:
                    raise _final(outcome, attempt, unknown)
                unknown = unknown or outcome.outcome_unknown
                _log.info("%s %s: %s; next attempt in %.1f s.", call.method, call.path, outcome, wait)
                await backend.sleep(wait)

    async def _attempt(self, call: Call[T]) -> tuple[Response[T] | errors.BatchTasksError, Answer | None]:
        __tracebackhide__ = True
        answer = None
        if self.deadline is not None:
            left = max(_LEAST_TIMEOUT, self.deadline - self.backend.clock())
            call = evolve(call, timeout=min(left, self.timeout if call.timeout is None else call.timeout))
        try:
            answer = await self.backend.send(call)
            return read_answer(answer, call), answer
        except (errors.NoAnswerError, errors.ServiceError) as error:
            return error, answer


@frozen
class SyncSender:
    """Sends the calls of generated operations and blocks."""

    executor: Executor = field(repr=lambda executor: getattr(executor.origin, "url", ""))

    def send(self, call: Call[T], /) -> T:
        __tracebackhide__ = True
        return run_sync(self.executor.send(call)).value

    def send_raw(self, call: Call[T], /) -> Response[T]:
        return run_sync(self.executor.send(call))

    def pages(self, call: Call[ListResult[T]], /) -> Pages[T]:
        from batchtasks._operations.paging import Pager

        return Pages(call.path, lambda link: iterate_sync(Pager[T](self.executor, call, link).pages()))


@frozen
class AsyncSender:
    """Sends the calls of generated operations; to be awaited."""

    executor: Executor = field(repr=lambda executor: getattr(executor.origin, "url", ""))

    async def send(self, call: Call[T], /) -> T:
        __tracebackhide__ = True
        return (await self.executor.send(call)).value

    async def send_raw(self, call: Call[T], /) -> Response[T]:
        return await self.executor.send(call)

    def pages(self, call: Call[ListResult[T]], /) -> AsyncPages[T]:
        from batchtasks._operations.paging import Pager

        return AsyncPages(call.path, lambda link: Pager[T](self.executor, call, link).pages())


def read_answer(answer: Answer, call: Call[T]) -> Response[T]:
    """Return the response of a call; raise the ServiceError that the answer means."""
    if answer.status_code not in call.success:
        raise error_from(answer, call)
    # A page of a proxy or login portal may come with 200; the service itself always sends its request id.
    is_html = answer.headers.get("Content-Type", "").lower().startswith("text/html")
    if is_html and answer.content and "request-id" not in answer.headers:
        raise unreadable(answer, call, "The answer is a web page, not one of the Batch service.")
    try:
        value = call.read(answer)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise unreadable(answer, call, f"The answer to {call.operation} cannot be read: {error}") from error
    return Response(value, answer.status_code, answer.headers)


def _was_done(call: AnyCall, error: errors.BatchTasksError) -> bool:
    """Return whether a refusal after an attempt of unknown outcome shows that this attempt was carried out.

    If somebody else did the same in the meantime, the result is the same too, except for an add: then the task that exists is
    not ours.
    """
    codes = {code.casefold() for code in SHOWS_DONE.get(call.operation, ())}
    return isinstance(error, errors.ServiceError) and (error.code or "").casefold() in codes


def _final(error: errors.BatchTasksError, attempts: int, unknown: bool) -> errors.BatchTasksError:
    if isinstance(error, errors.NoAnswerError):
        error.attempts = attempts
    elif isinstance(error, errors.ConditionNotMetError) and unknown:
        error.maybe_done = True
        hint = "An earlier attempt of this call got no clear answer; if it was carried out, it changed the ETag itself."
        error.add_hint(hint)
    elif isinstance(error, errors.ServiceError) and error.is_retriable and attempts > 1:
        error.add_hint(f"Given up after {attempts} attempts.")
    return error


def _encode(call: AnyCall) -> bytes:
    try:
        content = json.dumps(call.body, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise errors.InvalidInputError(f"The body of {call.operation} cannot be written as JSON: {error}") from None
    if len(content) > MAX_BODY:
        raise errors.BodyTooLargeError(
            f"The body of {call.operation} has {len(content):,} bytes; the service takes {MAX_BODY:,} at most. "
            "Put long data into resource files or shorten resource_files and environment_settings."
        )
    return content
