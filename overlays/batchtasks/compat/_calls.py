"""One call of azure-batch 14's calling convention: options, headers and settings in; a value or a raw response out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from http.client import responses
from importlib import import_module
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from attrs import evolve

from batchtasks import conditions
from batchtasks._core.backend import Backend, Outcome
from batchtasks._core.executor import Executor, SyncSender
from batchtasks._core.sync_async import run_sync
from batchtasks._validation.arguments import suggestion
from batchtasks._validation.values import read_http_date
from batchtasks.compat.exceptions import translated
from batchtasks.errors import InvalidInputError
from batchtasks_rest._azure14 import Model, plain, read_model
from batchtasks_rest._call import Answer, AnyCall, Pages
from batchtasks_rest._wire import read_int, read_list, read_object

T = TypeVar("T")


class HttpResponse(Answer):
    """The answer of the service, with the names that programs read of a response of requests."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    @property
    def reason(self) -> str:
        """The usual phrase of the status code."""
        return responses.get(self.status_code, "")

    def json(self) -> Any:
        """Return what the JSON text in the body says."""
        return json.loads(self.content)


class ClientRawResponse:
    """What `raw=True` returns: the value as `output`, the answer as `response`, and those of its headers that are known."""

    def __init__(self, output: Any, response: HttpResponse | None) -> None:
        self.output, self.response = output, response
        given = {} if response is None else response.headers
        self.headers: dict[str, Any] = {name: read(given[name]) for name, read in _HEADERS.items() if name in given}


_HEADERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("client-request-id", "request-id", "ETag", "DataServiceId", "Content-Type"), str),
    **dict.fromkeys(("ocp-batch-file-url", "ocp-batch-file-mode"), str),
    **dict.fromkeys(("Last-Modified", "ocp-creation-time"), read_http_date),
    "Content-Length": read_int,
    "ocp-batch-file-isdirectory": lambda text: text.lower() == "true",
}


class _Watched:
    """A backend that shows every answer to `see` before it returns it."""

    def __init__(self, backend: Any, see: Callable[[Answer], object]) -> None:
        self._backend, self._see = backend, see

    async def send(self, call: AnyCall) -> Answer:
        answer: Answer = await self._backend.send(call)
        self._see(answer)
        return answer

    def pool(self, size: int) -> _Watched:
        return _Watched(self._backend.pool(size), self._see)

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        outcome: Outcome | None = await self._backend.next_finished(timeout)
        if outcome is not None and isinstance(outcome[1], Answer):
            self._see(outcome[1])
        return outcome

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


class Invocation:
    """One call of a method.

    Attributes:
        executor: What sends, with the settings of the moment.
        arguments: The method's own arguments by name, models as JSON.
        options: The keyword arguments of the client's own method that options, headers and settings make.
        raw: Whether a ClientRawResponse is wanted.
        extra: Arguments after `raw`: `threads` or `callback`.
        response: The last answer, or None.
        see: Called with each answer.
    """

    def __init__(self, executor: Executor, operation: str, options: type[Model], given: dict[str, Any]) -> None:
        config = given.pop("operation_config")
        if strangers := sorted(config.keys() - {"timeout"}):
            raise TypeError(f"{', '.join(strangers)}: not taken by {operation}; connections are set up by the client.")
        self.executor = evolve(executor, backend=cast(Backend, _Watched(executor.backend, self._seen)))
        group, name = operation.split(".")
        calls = getattr(import_module(f"batchtasks_rest.api.{group}"), f"{group.title().replace('_', '')}Calls")
        self._method = getattr(executor.calls(calls), name)
        self.response: HttpResponse | None = None
        self.see: Callable[[Answer], object] = lambda answer: None
        self.raw, headers = given.pop("raw"), given.pop("custom_headers")
        self.extra = {one: given.pop(one) for one in ("threads", "callback") if one in given}
        own = given.pop(f"{group}_{name}_options")
        self.options = translated(lambda: _keywords(own, headers, options, operation))
        self.options["timeout"] = config.get("timeout")
        if "recursive" in given:
            self.options["recursive"] = given.pop("recursive")
        self.arguments = {one: value if one == "value" else plain(value) for one, value in given.items()}

    def _seen(self, answer: Answer) -> None:
        self.response = HttpResponse(answer.status_code, answer.headers, answer.content)
        self.see(answer)

    def run(self, work: Callable[[], T]) -> T:
        """Return what a piece of work with the executor returns; raise the errors of azure-batch 14."""
        return translated(work, lambda: self.response)

    def send(self, kind: type[Model] | None = None) -> Any:
        """Send the call; return its value, read as a model if there is one."""
        call = self._method(*self.arguments.values(), **self.options)
        if kind is not None:
            call = evolve(call, read=lambda answer: kind.from_dict(read_object(answer.content)))
        return run_sync(self.executor.send(call)).value

    def pages(self, item: type[Model]) -> Pages[Any]:
        """Return the pages of a list of models."""

        def read(answer: Answer) -> Any:
            document = read_object(answer.content)
            items = read_list(partial(read_model, item), document.get("value"))
            return SimpleNamespace(value=items, odata_next_link=document.get("odata.nextLink"))

        call = self._method(*self.arguments.values(), **self.options)
        return SyncSender(self.executor).pages(evolve(call, read=read))

    def answered(self, value: Any) -> Any:
        """Return a value as it was asked for: itself, or in a raw response."""
        return ClientRawResponse(value, self.response) if self.raw else value


def _keywords(options: Any, headers: Mapping[str, str] | None, kind: type[Model], operation: str) -> dict[str, Any]:
    """Return the keyword arguments that an options object, or a dict, and headers mean."""
    members = {} if options is None else options if isinstance(options, Mapping) else getattr(options, "__dict__", None)
    if members is None or isinstance(options, type):
        raise InvalidInputError(f"Options are an options object or a dict, not {type(options).__name__}.")
    given = {name: value for name, value in members.items() if value not in (None, {})}
    for stranger in given.keys() - kind._fields.keys():
        if (stranger, given.pop(stranger)) != ("max_results", 1000):  # the default of options of another method
            near = suggestion(stranger, kind._fields)
            raise InvalidInputError(f"{operation} takes no {stranger!r} in its options.{near}")
    sent, seconds = dict(headers or {}), given.pop("timeout", None)
    # Every attempt is dated when it is sent, and the request id always comes back.
    for name in ("ocp_date", "return_client_request_id"):
        given.pop(name, None)
    if (request_id := given.pop("client_request_id", None)) is not None:
        sent["client-request-id"] = str(request_id)
    for name in [name for name in given if name.startswith("if_")]:
        condition = getattr(conditions, name)(plain(given.pop(name)))  # times without a zone count as UTC there
        given["condition"] = given.get("condition", conditions.Condition()) & condition
    return {**given, "server_timeout": seconds, "headers": sent}
