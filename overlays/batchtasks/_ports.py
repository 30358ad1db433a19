"""The two ports to the network: one blocks, one is awaited; flows are written against `Port` and do not see which.

Both turn a `Call` into one HTTP request and its answer into an `Answer`; they know neither retries nor what a status
means. With `auth.py` this is the only module that knows httpx.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, Self
from urllib.parse import quote

import httpx
from attrs import field, frozen

from batchtasks._colours import drive
from batchtasks._lanes import AsyncLanes, Lanes
from batchtasks._observe import Observer
from batchtasks._origin import Origin
from batchtasks._tokens import AwaitingHands, BlockingHands, Hands
from batchtasks.auth import AccountAuth
from batchtasks.errors import ConfigurationError, ConnectionFailed, InvalidInputError, RequestTimedOut
from batchtasks_rest._call import Answer, Call

Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport

# Room for the requests of one client at once outside of bulk work; further ones wait their turn.
CONNECTIONS = 100


class Port(Protocol):
    """What flows need of the world."""

    async def send(self, call: Call[Any]) -> Answer:
        """Make one attempt; raises NoAnswerError when no answer comes."""

    def start(self, call: Call[Any], tag: Any) -> None:
        """Begin one attempt in the background."""

    async def next_finished(self, timeout: float | None) -> tuple[Any, Answer | BaseException] | None:  # noqa: ASYNC109
        """Give tag and outcome of the attempt that finished next, or None when `timeout` seconds have passed."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""

    def clock(self) -> float:
        """Tell the seconds of a clock that only goes forward."""

    def random(self) -> float:
        """Give a number from 0 up to, but not including, 1."""

    def pool(self, size: int) -> AbstractAsyncContextManager[Port]:
        """Give a port for bulk work with room for `size` attempts at once; leaving it abandons what still runs."""


@frozen
class Route:
    """Where requests go and what all of them carry."""

    origin: Origin
    auth: AccountAuth
    timeout: float
    user_agent: str
    observer: Observer = field(factory=Observer)
    transport: Any = field(default=None, repr=False)

    def request(self, call: Call[Any]) -> httpx.Request:
        """Make the HTTP request of a call."""
        url = self.origin.url + call.path
        if call.query:
            pairs = [f"{quote(name, safe='$')}={quote(value, safe=_PLAIN)}" for name, value in call.query.items()]
            url += ("&" if "?" in call.path else "?") + "&".join(pairs)
        own = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": self.user_agent}
        given = {name.lower() for name in call.headers}
        headers = {**{name: value for name, value in own.items() if name.lower() not in given}, **call.headers}
        if call.content is None and call.method == "DELETE":
            # The service's clients send and sign an explicit length; httpx does so for POST and PUT by itself.
            headers["Content-Length"] = "0"
        seconds = self.timeout if call.timeout is None else call.timeout
        limits = {"connect": seconds, "read": seconds, "write": seconds, "pool": None}
        try:
            return httpx.Request(
                call.method, url, headers=headers, content=call.content, extensions={"timeout": limits}
            )
        except (ValueError, TypeError, httpx.InvalidURL) as error:
            raise InvalidInputError(f"{call.method} {call.path} cannot be sent: {_reason(error)}") from None

    def client_options(self, room: int) -> dict[str, Any]:
        """Give the options of an HTTP client with room for so many requests at once."""
        limits = httpx.Limits(max_connections=room, max_keepalive_connections=room)
        options: dict[str, Any] = {"limits": limits, "transport": self.transport, "follow_redirects": False}
        if self.origin.is_loopback:
            # No proxy can reach this machine's own loopback, and plain http there needs no certificates (which take
            # longer to load than all the rest).
            options["trust_env"] = False
            options["verify"] = self.origin.scheme != "http"
        return options


# Besides what `quote` leaves alone anyway: characters that are read the same encoded or not.
_PLAIN = "$,()'-._~"


def _reason(error: BaseException) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "a header has characters outside of ASCII."
    return str(error)


def no_answer(error: httpx.HTTPError, call: Call[Any], origin: Origin) -> Exception:
    """Tell what a failure of the connection means to the caller."""
    where: dict[str, str] = {"method": call.method, "path": call.path}
    text = str(error) or type(error).__name__
    if isinstance(error, httpx.UnsupportedProtocol):
        return ConfigurationError(f"{origin.url} cannot be reached: {text}")
    if isinstance(error, httpx.LocalProtocolError):
        # The text of this error quotes headers, so it is not passed on.
        return InvalidInputError(f"{call.method} {call.path} has a header that HTTP does not allow.")
    unsent = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError))
    if isinstance(error, httpx.TimeoutException):
        doing = "connecting to" if unsent else "waiting for"
        return RequestTimedOut(
            f"{call.method} {call.path} timed out {doing} {origin.url} ({text}).", sent=not unsent, **where
        )
    what = "The connection to" if unsent else "The exchange with"
    verb = "could not be made" if unsent else "broke off"
    return ConnectionFailed(f"{what} {origin.url} {verb} ({text}).", sent=not unsent, **where)


class _Attempt:
    """One attempt: its request, what observers are told of it, and its failures in our own words."""

    def __init__(self, route: Route, call: Call[Any]) -> None:
        self._route = route
        self._call = call
        self.request = route.request(call)

    def __enter__(self) -> Self:
        self._began = self._route.observer.begin(self._call)
        return self

    def read(self, response: httpx.Response) -> Answer:
        answer = Answer(response.status_code, response.headers, response.content)
        self._route.observer.end(self._call, self._began, answer)
        return answer

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, httpx.HTTPError):
            failure = no_answer(error, self._call, self._route.origin)
            self._route.observer.end(self._call, self._began, failure)
            raise failure from error


class _BasePort:
    """What both ports share."""

    def __init__(self, route: Route, hands: Hands, room: int) -> None:
        self.route = route
        self._hands = hands
        self._room = room
        self._closed = False

    async def send(self, call: Call[Any]) -> Answer:
        auth = self.route.auth
        fresh = await auth.make_ready(self._hands)
        answer = await self._exchange(call)
        # A token may be withdrawn before its time; with a 401 nothing was done, so a second try is harmless.
        if answer.status == 401 and not fresh and auth.forget_token():
            await auth.make_ready(self._hands)
            answer = await self._exchange(call)
        return answer

    async def _exchange(self, call: Call[Any]) -> Answer:
        raise NotImplementedError

    def _check_open(self) -> None:
        if self._closed:
            raise ConfigurationError("This client has been closed.")

    def clock(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        return random.random()  # noqa: S311 - jitter, no secret


class BlockingPort(_BasePort):
    """The port whose coroutines block and never suspend."""

    def __init__(self, route: Route, room: int = CONNECTIONS, lender: BlockingPort | None = None) -> None:
        super().__init__(route, lender._hands if lender else BlockingHands(), room)
        self._lender = lender
        self._client: httpx.Client | None = None
        self._making = threading.Lock()
        self._lanes: Lanes | None = None

    def _http(self) -> httpx.Client:
        self._check_open()
        if self._lender and (self._room <= self._lender._room or self.route.transport):
            return self._lender._http()
        with self._making:
            if self._client is None:
                # Made late, because loading certificates takes longer than importing this package.
                self._client = httpx.Client(**self.route.client_options(self._room))
            return self._client

    async def _exchange(self, call: Call[Any]) -> Answer:
        with _Attempt(self.route, call) as attempt:
            return attempt.read(self._http().send(attempt.request, auth=self.route.auth))

    def start(self, call: Call[Any], tag: Any) -> None:
        self._check_open()
        self._lanes = self._lanes or Lanes(self._room, lambda call: drive(self.send(call)))
        self._lanes.start(call, tag)

    async def next_finished(self, timeout: float | None) -> tuple[Any, Answer | BaseException] | None:  # noqa: ASYNC109
        return self._lanes.next_finished(timeout) if self._lanes else None

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)  # noqa: ASYNC251 - blocking is this port's purpose

    @asynccontextmanager
    async def pool(self, size: int) -> AsyncIterator[Port]:
        port = BlockingPort(self.route, size, self)
        try:
            yield port
        finally:
            port.close()

    def close(self) -> None:
        """Close the connections; attempts in the background are abandoned."""
        self._closed = True
        if self._lanes:
            self._lanes.abandon()
        with self._making:
            client, self._client = self._client, None
        if client:
            client.close()


class AwaitingPort(_BasePort):
    """The port whose coroutines suspend until the event loop has an answer."""

    def __init__(self, route: Route, room: int = CONNECTIONS, lender: AwaitingPort | None = None) -> None:
        super().__init__(route, lender._hands if lender else AwaitingHands(), room)
        self._lender = lender
        self._client: httpx.AsyncClient | None = None
        self._loop: Any = None
        self._lanes: AsyncLanes | None = None

    def _http(self) -> httpx.AsyncClient:
        import asyncio

        self._check_open()
        if self._lender and (self._room <= self._lender._room or self.route.transport):
            return self._lender._http()
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            # Connections belong to the loop that made them: after a second asyncio.run() they are useless.
            self._client, self._loop = httpx.AsyncClient(**self.route.client_options(self._room)), loop
        return self._client

    async def _exchange(self, call: Call[Any]) -> Answer:
        with _Attempt(self.route, call) as attempt:
            return attempt.read(await self._http().send(attempt.request, auth=self.route.auth))

    def start(self, call: Call[Any], tag: Any) -> None:
        self._check_open()
        self._lanes = self._lanes or AsyncLanes(self.send)
        self._lanes.start(call, tag)

    async def next_finished(self, timeout: float | None) -> tuple[Any, Answer | BaseException] | None:  # noqa: ASYNC109
        return await self._lanes.next_finished(timeout) if self._lanes else None

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)

    @asynccontextmanager
    async def pool(self, size: int) -> AsyncIterator[Port]:
        port = AwaitingPort(self.route, size, self)
        try:
            yield port
        finally:
            await port.close()

    async def close(self) -> None:
        """Cancel what runs in the background and close the connections."""
        self._closed = True
        if self._lanes:
            await self._lanes.abandon()
        client, self._client = self._client, None
        if client:
            await client.aclose()
