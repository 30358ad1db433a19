"""Read lists page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import evolve

from batchtasks._core.executor import Executor
from batchtasks._validation.arguments import is_encodable
from batchtasks.errors import BatchTasksError, ForeignOriginError, InvalidInputError, InvalidRequestError
from batchtasks_rest._call import AnyCall, Page, Response

T = TypeVar("T")

# The service may return some empty pages while it searches; a server that never comes to an end is stopped.
_MAX_EMPTY_PAGES = 1_000


class Pager(Generic[T]):
    """One iteration over the pages of a list."""

    def __init__(self, executor: Executor, call: AnyCall, continuation: str | None = None) -> None:
        self._executor = executor
        self._call = call
        self._link = continuation
        self._encodes = False
        # Those of the last answer.
        self.headers: Mapping[str, str] = {}
        # Hashes of the links that were followed.
        self._seen = {hash(continuation)}
        self._empty_pages = 0
        if continuation is not None:
            _target(executor, call, continuation)

    async def pages(self) -> AsyncIterator[Page[T]]:
        yield await self._next_page()
        while self._link is not None:
            yield await self._next_page()

    async def _next_page(self) -> Page[T]:
        response = await (self._executor.send(self._call) if self._link is None else self._follow(self._link))
        self.headers = response.headers
        items, link = response.value.value or [], response.value.odata_next_link or None
        if not isinstance(items, list) or any(isinstance(item, (str, int, float, list)) for item in items):
            raise BatchTasksError(f"{self._call.operation} was answered with something else than a list of objects.")
        self._empty_pages = 0 if items else self._empty_pages + 1
        if link is not None:
            self._check_link(link)
        self._link = link
        return Page(items, link, response.request_id)

    def _check_link(self, link: object) -> None:
        """Raise for a link that cannot be followed, or that would lead on for ever."""
        if not isinstance(link, str) or not is_encodable(link):
            raise BatchTasksError(f"Paging stopped: the next link is no text that can be sent, but {link!r}.")
        if (digest := hash(link)) in self._seen:
            raise BatchTasksError(f"Paging stopped: the service returned the same next link twice ({link}).")
        if self._empty_pages >= _MAX_EMPTY_PAGES:
            raise BatchTasksError(f"Paging stopped after {self._empty_pages:,} empty pages in a row.")
        self._seen.add(digest)

    async def _follow(self, link: str) -> Response[Any]:
        """Follow a link as it is; if the service refuses it so, with its query encoded again, and from then on always."""
        path, query = _target(self._executor, self._call, link)
        version = {name: value for name, value in self._call.query.items() if name == "api-version"}
        as_it_is = evolve(self._call, path=f"{path}?{query}", query={})
        encoded = evolve(self._call, path=path, query={**dict(parse_qsl(query)), **version})
        if self._encodes:
            return await self._executor.send(encoded)
        try:
            return await self._executor.send(as_it_is)
        except InvalidRequestError as refusal:
            try:
                response = await self._executor.send(encoded)
            except InvalidRequestError:
                raise refusal from None
        self._encodes = True
        return response


def _target(executor: Executor, call: AnyCall, link: str) -> tuple[str, str]:
    """Return path and query of a link; raise unless it leads to the same list of the same account."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError as error:
        raise InvalidInputError(f"The continuation {link!r} cannot be read: {error}.") from None
    origin = executor.origin
    is_own = origin.owns(parts.scheme.lower(), parts.hostname or "", port)
    if (parts.scheme or parts.netloc) and not is_own:
        raise ForeignOriginError(f"The next page is at {parts.netloc}, which is not {origin.url}.")
    path = parts.path.removeprefix(origin.prefix)
    if unquote(path).rstrip("/").lower() != unquote(call.path).lower():
        raise InvalidInputError(f"The continuation leads to {path}, not to {call.path}: it belongs to another list.")
    return path, parts.query
