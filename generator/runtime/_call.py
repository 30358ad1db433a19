"""What one operation sends and how its answer is read, as plain values without an HTTP client.

The methods of `TaskCalls` and the other `...Calls` classes return a `Call`. An HTTP client turns it into an `Answer`, and
`Call.read` turns the answer into a value. The `...Operations` classes do this through a sender that they are given.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from ._wire import QUOTE, shown_members

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@frozen
class Answer:
    """One HTTP answer: status code, headers (found without regard to letter case) and body."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)


@frozen
class Call(Generic[T_co]):
    """One request of one operation, and how to read its answer.

    `path` is percent-encoded and begins with a slash. `query` and `headers` hold what the operation itself sends, without
    date, signature and host. `body` is the JSON body as plain Python values; `content` has bytes to send as they are.
    `success` lists the status codes that `read` understands. `timeout` is in seconds.
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    success: tuple[int, ...]
    read: Callable[[Answer], T_co] = field(repr=False)
    body: Any = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    timeout: float | None = None


AnyCall: TypeAlias = "Call[Any]"
Json: TypeAlias = Mapping[str, Any]


@frozen
class Response(Generic[T_co]):
    """The value of an answer together with its status code and headers."""

    value: T_co
    status_code: int
    headers: Mapping[str, str]

    @property
    def etag(self) -> str | None:
        """The entity tag of the resource after the operation, as the service wrote it, or None."""
        return self.headers.get("ETag")

    @property
    def request_id(self) -> str | None:
        """The service's id of the request, or None."""
        return self.headers.get("request-id")

    @property
    def client_request_id(self) -> str | None:
        """The caller's own id of the request, if it was sent and returned, or None."""
        return self.headers.get("client-request-id")


@frozen
class Page(Generic[T]):
    """One page of a list.

    `continuation` says where the next page begins; it is None after the last page. Save it to go on later with
    `by_page(continuation)` of the same list. It holds the query, but no credentials.
    """

    items: list[T]
    continuation: str | None
    request_id: str | None = field(default=None, repr=False)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _repr_html_(self) -> str:
        return table_of(self.items)


def table_of(items: Sequence[Any], *, more: bool = False) -> str:
    """Return an HTML table of the first 20 items, for notebooks; `more` says that further pages follow."""
    from html import escape

    rows = [shown_members(item) for item in items[:20]]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["".join(f"<th>{escape(name)}</th>" for name in names)]
    lines += ["".join(f"<td>{escape(row.get(name, '').strip(QUOTE))}</td>" for name in names) for row in rows]
    count = f"{len(rows)} of {len(items)}{' on the first page' if more else ''}"
    return f"<table><caption>{count}</caption>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


class Pages(Generic[T]):
    """A list that is read page by page during iteration; nothing is sent before. Every iteration starts from the beginning."""

    def __init__(self, path: str, read_pages: Callable[[str | None], Iterator[Page[T]]]) -> None:
        self._path = path
        self._read_pages = read_pages

    def __repr__(self) -> str:
        return f"<Pages of {self._path}: iterate with `for`>"

    def _repr_html_(self) -> str:
        """Return a table of the first page, for notebooks; this reads it."""
        page = next(iter(self.by_page()), None)
        return table_of([] if page is None else page.items, more=page is not None and page.continuation is not None)

    def __iter__(self) -> Iterator[T]:
        # Keeps no page while it reads the next, whose tasks then take the same memory: that saves a fifth of the time.
        return chain.from_iterable(self.by_page())

    def by_page(self, continuation: str | None = None) -> Iterator[Page[T]]:
        """Return the pages one by one, from the beginning or from the `continuation` of an earlier page."""
        return self._read_pages(continuation)


class AsyncPages(Generic[T]):
    """A list that is read page by page during iteration; nothing is sent before. Every iteration starts from the beginning."""

    def __init__(self, path: str, read_pages: Callable[[str | None], AsyncIterator[Page[T]]]) -> None:
        self._path = path
        self._read_pages = read_pages

    def __repr__(self) -> str:
        return f"<AsyncPages of {self._path}: iterate with `async for`>"

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.by_page():
            items = iter(page)
            del page  # as above
            for item in items:
                yield item

    def by_page(self, continuation: str | None = None) -> AsyncIterator[Page[T]]:
        """Return the pages one by one, from the beginning or from the `continuation` of an earlier page."""
        return self._read_pages(continuation)


class ListResult(Protocol[T]):
    """The answer of an operation that lists T: one page."""

    @property
    def value(self) -> list[T] | None: ...

    @property
    def odata_next_link(self) -> str | None: ...


class Sender(Protocol):
    """Sends calls and blocks until the answer is there."""

    def send(self, call: Call[T], /) -> T: ...

    def send_raw(self, call: Call[T], /) -> Response[T]: ...

    def pages(self, call: Call[ListResult[T]], /) -> Pages[T]: ...


class AsyncSender(Protocol):
    """Sends calls; to be awaited."""

    async def send(self, call: Call[T], /) -> T: ...

    async def send_raw(self, call: Call[T], /) -> Response[T]: ...

    def pages(self, call: Call[ListResult[T]], /) -> AsyncPages[T]: ...


class Filter(Protocol):
    """A condition of `$filter`; `str()` returns the text that is sent."""

    @property
    def operation(self) -> str: ...


class Condition(Protocol):
    """The conditional headers of one request, each as the text to send, or None."""

    @property
    def if_match(self) -> str | None: ...

    @property
    def if_none_match(self) -> str | None: ...

    @property
    def if_modified_since(self) -> str | None: ...

    @property
    def if_unmodified_since(self) -> str | None: ...
