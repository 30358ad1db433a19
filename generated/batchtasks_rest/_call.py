# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""What one operation sends and how its answer is read, as plain values: nothing here knows HTTP clients or colours.

`TaskCalls` and its kin build a `Call`; whoever holds a connection turns it into an `Answer`; `Call.read` turns that into
a value. The classes named `...Operations` do the three steps through a sender that is handed to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@frozen
class Answer:
    """One HTTP answer: its status, its headers (looked up without regard to case) and its body."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)


@frozen
class Call(Generic[T_co]):
    """One request of one operation and the way to read its answer.

    `path` is percent-encoded and begins with a slash; `query` and `headers` hold what the operation itself sends, without
    the date, the account's signature or the host. `body` is the JSON body as plain Python values; `content` holds bytes
    that are to be sent as they are instead. `success` lists the statuses that `read` understands.
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


@frozen
class Response(Generic[T_co]):
    """The value of an answer together with its status and headers."""

    value: T_co
    status: int
    headers: Mapping[str, str]

    @property
    def etag(self) -> str | None:
        """The entity tag of the resource after the operation, as the service wrote it, or None."""
        return self.headers.get("ETag")

    @property
    def request_id(self) -> str | None:
        """The identifier that the service gave to the request, or None."""
        return self.headers.get("request-id")

    @property
    def client_request_id(self) -> str | None:
        """The caller's own identifier, when it was sent and asked back, or None."""
        return self.headers.get("client-request-id")


class Sender(Protocol):
    """Sends a call and gives its value; blocks."""

    def send(self, call: Call[T], /) -> T: ...


class AsyncSender(Protocol):
    """Sends a call and gives its value; to be awaited."""

    async def send(self, call: Call[T], /) -> T: ...


class RawSender(Protocol):
    """Sends a call and gives value, status and headers; blocks."""

    def send(self, call: Call[T], /) -> Response[T]: ...


class AsyncRawSender(Protocol):
    """Sends a call and gives value, status and headers; to be awaited."""

    async def send(self, call: Call[T], /) -> Response[T]: ...


class Condition(Protocol):
    """The conditional headers of one request, each as text ready to be sent, or None."""

    @property
    def if_match(self) -> str | None: ...

    @property
    def if_none_match(self) -> str | None: ...

    @property
    def if_modified_since(self) -> str | None: ...

    @property
    def if_unmodified_since(self) -> str | None: ...
