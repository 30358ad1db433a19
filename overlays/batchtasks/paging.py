"""Lists that come in pages: walked item by item or page by page, again if wanted, and resumed from a saved place."""

from __future__ import annotations

import functools
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import evolve, field, frozen

from batchtasks._colours import HasDesk, Method, drive, show_as_method
from batchtasks.errors import BatchTasksError, ForeignOriginError, InvalidInputError, InvalidRequestError
from batchtasks_rest._call import Answer, Call, Response

if TYPE_CHECKING:
    from batchtasks._send import Desk

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class ListResult(Protocol[T_co]):
    """What all answers to lists have."""

    @property
    def value(self) -> Any: ...

    @property
    def odata_next_link(self) -> str | None: ...


@frozen
class Listing(Generic[T]):
    """The call for the first page of a list of T."""

    call: Call[Any]


@frozen
class Page(Generic[T]):
    """One page of a list.

    `continuation` is where the next page begins, or None after the last one: save it, and later go on with
    `by_page(continuation)` of the same list. It holds the query, but no credentials.
    """

    items: list[T]
    continuation: str | None
    request_id: str | None = field(default=None, repr=False)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class _Walk(Generic[T]):
    """One walk over the pages of a list."""

    def __init__(self, desk: Desk, call: Call[Any], continuation: str | None) -> None:
        self._desk = desk
        self._call = evolve(call, read=_undisturbed(call.read))
        self._link = continuation
        self._rebuilt = False
        self.more = True
        if continuation is not None:
            _target(desk, call, continuation)

    async def next(self) -> Page[T]:
        response = await (self._desk.send(self._call) if self._link is None else self._follow(self._link))
        result: ListResult[T] = response.value
        link = result.odata_next_link or None
        if link is not None and link == self._link:
            raise BatchTasksError(f"The list does not go on: the page at {link} names itself as the next one.")
        self._link, self.more = link, link is not None
        return Page(result.value or [], link, response.request_id)

    async def _follow(self, link: str) -> Response[Any]:
        """Follow a link as it is; if the service does not take it so, with its query encoded anew, from then on."""
        path, query = _target(self._desk, self._call, link)
        as_it_is = evolve(self._call, path=f"{path}?{query}", query={})
        encoded_anew = evolve(self._call, path=path, query={**dict(parse_qsl(query)), **_version(self._call)})
        if self._rebuilt:
            return await self._desk.send(encoded_anew)
        try:
            return await self._desk.send(as_it_is)
        except InvalidRequestError as refusal:
            try:
                response = await self._desk.send(encoded_anew)
            except InvalidRequestError:
                raise refusal from None
        self._rebuilt = True
        return response


def _undisturbed(read: Callable[[Answer], T]) -> Callable[[Answer], T]:
    """Read a page with the garbage collector at rest.

    A page of 1,000 tasks is some ten thousand new objects and no garbage among them; the collector would look through
    them a dozen times while they are made, which takes a fifth of the time of the whole walk (measured).
    """

    def read_page(answer: Answer) -> T:
        if not gc.isenabled():
            return read(answer)
        gc.disable()
        try:
            return read(answer)
        finally:
            gc.enable()

    return read_page


def _version(call: Call[Any]) -> dict[str, str]:
    return {name: value for name, value in call.query.items() if name == "api-version"}


def _target(desk: Desk, call: Call[Any], link: str) -> tuple[str, str]:
    """Give path and query of a link, which must lead to the same list of the same account."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError as error:
        raise InvalidInputError(f"The continuation {link!r} cannot be read: {error}.") from None
    origin = desk.origin
    owned = origin is not None and origin.owns(parts.scheme.lower(), parts.hostname or "", port)
    if (parts.scheme or parts.netloc) and not owned:
        own = origin.url if origin else "the account"
        raise ForeignOriginError(f"The next page is said to be at {parts.netloc}, which is not {own}.")
    path = parts.path.removeprefix(origin.prefix) if origin else parts.path
    if unquote(path).rstrip("/").lower() != unquote(call.path).lower():
        raise InvalidInputError(f"The continuation leads to {path}, not to {call.path}: it belongs to another list.")
    return path, parts.query


async def items_of(desk: Desk, call: Call[Any]) -> AsyncIterator[Any]:
    """Walk a list in a flow."""
    walk: _Walk[Any] = _Walk(desk, call, None)
    while walk.more:
        for item in await walk.next():
            yield item


class Pages(Generic[T]):
    """A list, read page by page while it is walked; nothing is sent before. Every walk begins afresh."""

    def __init__(self, desk: Desk, call: Call[Any]) -> None:
        self._desk = desk
        self._call = call

    def __repr__(self) -> str:
        return f"<Pages of {self._call.path}, to be walked with `for`>"

    def __iter__(self) -> Iterator[T]:
        for page in self.by_page():
            yield from page.items

    def by_page(self, continuation: str | None = None) -> Iterator[Page[T]]:
        """Walk page by page, from the beginning or from the `continuation` of a page that was read before."""
        return self._pages(_Walk(self._desk, self._call, continuation))

    def _pages(self, walk: _Walk[T]) -> Iterator[Page[T]]:
        while walk.more:
            yield drive(walk.next())


class AsyncPages(Generic[T]):
    """A list, read page by page while it is walked; nothing is sent before. Every walk begins afresh."""

    def __init__(self, desk: Desk, call: Call[Any]) -> None:
        self._desk = desk
        self._call = call

    def __repr__(self) -> str:
        return f"<AsyncPages of {self._call.path}, to be walked with `async for`>"

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.by_page():
            for item in page.items:
                yield item

    def by_page(self, continuation: str | None = None) -> AsyncIterator[Page[T]]:
        """Walk page by page, from the beginning or from the `continuation` of a page that was read before."""
        return self._pages(_Walk(self._desk, self._call, continuation))

    async def _pages(self, walk: _Walk[T]) -> AsyncIterator[Page[T]]:
        while walk.more:
            yield await walk.next()


def blocking_pages(make: Callable[Concatenate[Desk, P], Listing[T]]) -> Method[P, Pages[T]]:
    """Make a function that says what to list a method that gives Pages."""

    @functools.wraps(make)
    def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> Pages[T]:
        return Pages(self._desk, make(self._desk, *args, **kwargs).call)

    show_as_method(method, make, "Listing[", "Pages[")
    return cast("Method[P, Pages[T]]", method)


def awaiting_pages(make: Callable[Concatenate[Desk, P], Listing[T]]) -> Method[P, AsyncPages[T]]:
    """Make a function that says what to list a method that gives AsyncPages."""

    @functools.wraps(make)
    def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> AsyncPages[T]:
        return AsyncPages(self._desk, make(self._desk, *args, **kwargs).call)

    show_as_method(method, make, "Listing[", "AsyncPages[")
    return cast("Method[P, AsyncPages[T]]", method)
