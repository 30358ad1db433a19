"""One call of azure-batch 14's calling convention: options, headers and settings in; a value, a raw response or a list out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from http.client import responses
from inspect import signature
from typing import Any, TypeVar, cast

from attrs import evolve, frozen

from batchtasks._core.backend import Backend
from batchtasks._core.executor import Executor
from batchtasks._core.sync_async import run_sync
from batchtasks._operations.paging import Page, sync_pages
from batchtasks._validation.arguments import suggestion
from batchtasks._validation.values import seconds_of_http_date
from batchtasks.compat._model import DEFAULTS, class_of, plain
from batchtasks.compat.exceptions import translated
from batchtasks.conditions import Condition, if_match, if_modified_since, if_none_match, if_unmodified_since
from batchtasks.errors import InvalidInputError
from batchtasks_rest._call import Answer, Call
from batchtasks_rest._wire import read_int, read_object

T = TypeVar("T")


@frozen
class HttpResponse:
    """The answer of the service, with the names that programs read of a response of requests."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

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


def _moment(text: str) -> datetime | None:
    seconds = seconds_of_http_date(text)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


_HEADERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("client-request-id", "request-id", "ETag", "DataServiceId", "Content-Type"), str),
    **dict.fromkeys(("ocp-batch-file-url", "ocp-batch-file-mode"), str),
    **dict.fromkeys(("Last-Modified", "ocp-creation-time"), _moment),
    "Content-Length": read_int,
    "ocp-batch-file-isdirectory": lambda text: text.lower() == "true",
}


class _Remembering:
    """A backend that remembers its last answer."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.answer: Answer | None = None

    async def send(self, call: Call[Any]) -> Answer:
        self.answer = None
        self.answer = await self._backend.send(call)
        return self.answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


@frozen
class Invocation:
    """One call of a method.

    Attributes:
        executor: What sends, with the settings of the moment; it remembers the last answer.
        method: The method of the client that builds the call.
        arguments: The method's own arguments by name, models as JSON.
        options: The keyword arguments that options, headers and settings make.
        raw: Whether a ClientRawResponse is wanted.
        extra: Arguments after `raw`: `threads` or `callback`.
    """

    executor: Executor
    method: Any
    arguments: dict[str, Any]
    options: dict[str, Any]
    raw: bool
    extra: dict[str, Any]

    @property
    def response(self) -> HttpResponse | None:
        """The last answer, or None."""
        answer = cast(_Remembering, self.executor.backend).answer
        return None if answer is None else HttpResponse(answer.status_code, answer.headers, answer.content)

    def run(self, work: Callable[[], T]) -> T:
        """Return what a piece of work with the executor returns; raise the errors of azure-batch 14."""
        return translated(work, lambda: self.response)

    def call(self) -> Call[Any]:
        """Return the client's call; its answer is read as a model of this package."""
        call, kind = self.method(**self.arguments, **self.options), result_of(self.method.__func__)
        return call if kind is None else evolve(call, read=lambda answer: _read(kind, answer))

    def send(self) -> Any:
        """Send the call; return the value."""
        return self.run(lambda: run_sync(self.executor.send(self.call())).value)

    def answered(self, value: Any) -> Any:
        """Return a value as it was asked for: itself, or in a raw response."""
        return ClientRawResponse(value, self.response) if self.raw else value


def _read(kind: str, answer: Answer) -> Any:
    document = read_object(answer.content)
    model = class_of(kind).from_dict(document)
    model.odata_next_link = document.get("odata.nextLink")
    return model


@cache
def _parameters(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(signature(function).parameters)


@cache
def result_of(method: Callable[..., Any] | None) -> str | None:
    """Return the name of the model that the answer of a client's call is read as, or None."""
    found = re.fullmatch(r"Call\[(\w+)\]", str(signature(method).return_annotation)) if method else None
    return found[1] if found and found[1] not in ("None", "bytes", "bool") else None


def invoke(executor: Executor, method: Any, name: str, given: dict[str, Any]) -> Invocation:
    """Return the invocation for all arguments of a method by name.

    Raises:
        TypeError: A setting of `**operation_config` means nothing here.
        ValidationError: The options do not fit.
    """
    config = given.pop("operation_config")
    if strangers := sorted(config.keys() - {"timeout"}):
        raise TypeError(f"{', '.join(strangers)}: not taken by {name}; connections are set up by the client.")
    executor = evolve(executor, backend=cast(Backend, _Remembering(executor.backend)))
    options, headers, raw = given.pop(f"{name}_options"), given.pop("custom_headers"), given.pop("raw")
    extra: dict[str, Any] = {one: given.pop(one) for one in ("threads", "callback") if one in given}
    keywords = translated(lambda: _keywords(options, headers, _parameters(method.__func__), name))
    arguments = {one: value if one == "value" else plain(value) for one, value in given.items()}
    return Invocation(executor, method, arguments, {**keywords, "timeout": config.get("timeout")}, bool(raw), extra)


def _keywords(options: Any, headers: Mapping[str, str] | None, accepted: frozenset[str], what: str) -> dict[str, Any]:
    """Read an options object or a dict into the keyword arguments of the client's own method."""
    members = {} if options is None else options if isinstance(options, Mapping) else getattr(options, "__dict__", None)
    if members is None or isinstance(options, type):
        raise InvalidInputError(f"Options are an options object or a dict, not {type(options).__name__}.")
    given = {name: value for name, value in members.items() if value not in (None, {})}
    given.pop("ocp_date", None)  # every attempt is dated when it is sent
    sent, out = dict(headers or {}), {"server_timeout": given.pop("timeout", None)}
    request_id, is_returned = given.pop("client_request_id", None), given.pop("return_client_request_id", None)
    if request_id is not None and is_returned:
        out["client_request_id"] = request_id
    elif request_id is not None or is_returned:
        name = "return-client-request-id" if is_returned else "client-request-id"
        sent[name] = "true" if is_returned else str(request_id)
    condition = Condition()
    for name in [name for name in given if name in _CONDITIONS]:
        condition &= _CONDITIONS[name](given.pop(name))
    if condition != Condition():
        out["condition"] = condition
    for name, value in given.items():
        if name not in accepted and value != DEFAULTS.get(name):
            raise InvalidInputError(f"{what} takes no {name!r} in its options.{suggestion(name, accepted)}")
    return {**out, **{name: value for name, value in given.items() if name in accepted}, "headers": sent or None}


def _as_utc(when: datetime | str) -> datetime | str:
    """Times without a zone count as UTC there."""
    return when.replace(tzinfo=UTC) if isinstance(when, datetime) and when.tzinfo is None else when


_CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "if_match": if_match,
    "if_none_match": if_none_match,
    "if_modified_since": lambda when: if_modified_since(_as_utc(when)),
    "if_unmodified_since": lambda when: if_unmodified_since(_as_utc(when)),
}


class Paged(Iterator[T]):
    """A list, read page by page; once it has been read to its end it can be read again from the beginning.

    Attributes:
        current_page: The items of the page that was read last.
        next_link: Where the next page is; None after the last one, "" before the first.
    """

    def __init__(self, invocation: Invocation) -> None:
        self._invocation = invocation
        self._pages = invocation.run(lambda: sync_pages(invocation.executor, invocation.call()))
        self.reset()

    def reset(self) -> None:
        """Begin again."""
        self._walk: Iterator[Page[T]] = self._pages.by_page()
        self._items: Iterator[T] = iter(())
        self._is_at_end = False
        self.next_link: str | None = ""
        self.current_page: list[T] = []

    @property
    def raw(self) -> ClientRawResponse:
        """The current page, with the service's answer as `response`."""
        return ClientRawResponse(self.current_page, self._invocation.response)

    def advance_page(self) -> list[T]:
        """Return the next page; raise StopIteration after the last one."""
        page = self._invocation.run(lambda: next(self._walk, None))
        if page is None:
            self._is_at_end = True
            raise StopIteration("End of paging")
        self.next_link, self.current_page, self._items = page.continuation, page.items, iter(page.items)
        return page.items

    def get(self, url: str) -> list[T]:
        """Return the page at a link, and go on from there."""
        self.reset()
        self._walk = self._pages.by_page(url)
        return self.advance_page()

    def __iter__(self) -> Paged[T]:
        if self._is_at_end:
            self.reset()
        return self

    def __next__(self) -> T:
        while True:
            for item in self._items:
                return item
            self.advance_page()

    next = __next__


@cache
def paged_class(item: str) -> type[Paged[Any]]:
    """Return the class of lists of this model."""
    return type(f"{item}Paged", (Paged,), {"__module__": "batchtasks.compat.models", "__doc__": Paged.__doc__})
