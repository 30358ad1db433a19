"""The two ports to the network: one blocks, one is awaited; flows are written against `Port` and do not see which.

Both turn a `Call` into one HTTP request and its answer into an `Answer`; they know neither retries nor what a status
means.
"""

from __future__ import annotations

import os
import random
import threading
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from batchtasks._attempt import Attempt, Route
from batchtasks._colours import drive
from batchtasks._connections import Connections
from batchtasks._lanes import AsyncLanes, Lanes
from batchtasks._through_httpx import (
    AwaitThroughHttpx,
    ThroughHttpx,
    is_watched,
    new_async_transport,
    new_transport,
    proxy_for,
)
from batchtasks._tokens import AwaitingHands, BlockingHands, Hands
from batchtasks.errors import ConfigurationError
from batchtasks_rest._call import Answer, Call

if TYPE_CHECKING:
    from batchtasks._async_connections import AsyncConnections

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
        self._given = None if route.transport is None else ThroughHttpx(route.transport)
        self._ways: dict[str, Connections | ThroughHttpx] = {}
        self._making = threading.Lock()
        self._lanes: Lanes | None = None
        _BLOCKING_PORTS.add(self)

    def begin_anew(self) -> None:
        """In a process that was forked: leave connections, threads and locks to the parent, whose they are."""
        self._ways, self._lanes = {}, None
        self._making, self._hands = threading.Lock(), BlockingHands()

    def _way(self) -> Connections | ThroughHttpx:
        self._check_open()
        if self._given:
            return self._given
        if self._lender and self._room <= self._lender._room:
            return self._lender._way()
        kind = "httpx" if is_watched() else "own"
        way = self._ways.get(kind)
        if way is None:
            with self._making:
                way = self._ways.get(kind) or self._ways.setdefault(kind, self._new_way(kind))
        return way

    def _new_way(self, kind: str) -> Connections | ThroughHttpx:
        # Made late, because loading certificates takes longer than importing this package.
        origin = self.route.origin
        proxy = proxy_for(origin)
        if kind == "own" and proxy is None:
            return Connections(self._room, tls=origin.scheme == "https")
        return ThroughHttpx(new_transport(origin, self._room, proxy), proxy)

    async def _exchange(self, call: Call[Any]) -> Answer:
        with Attempt(self.route, call) as attempt:
            way = self._way()
            for request in attempt:
                attempt.answer = way.send(request)
            return attempt.answer

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
        if self._closed:
            return
        self._closed = True
        if self._lanes:
            self._lanes.abandon()
        with self._making:
            while self._ways:
                self._ways.popitem()[1].close()
        if self._given and not self._lender:
            self._given.close()


# Two processes on one connection would read each other's answers. (An event loop does not outlive a fork, so the
# awaiting port begins anew by itself.)
_BLOCKING_PORTS: weakref.WeakSet[BlockingPort] = weakref.WeakSet()


def _begin_all_anew() -> None:
    for port in _BLOCKING_PORTS:
        port.begin_anew()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_begin_all_anew)


class AwaitingPort(_BasePort):
    """The port whose coroutines suspend until the event loop has an answer."""

    def __init__(self, route: Route, room: int = CONNECTIONS, lender: AwaitingPort | None = None) -> None:
        super().__init__(route, lender._hands if lender else AwaitingHands(), room)
        self._lender = lender
        self._given = None if route.transport is None else AwaitThroughHttpx(route.transport)
        self._ways: dict[str, AsyncConnections | AwaitThroughHttpx] = {}
        self._loop: Any = None
        self._lanes: AsyncLanes | None = None

    def _way(self) -> AsyncConnections | AwaitThroughHttpx:
        import asyncio

        self._check_open()
        if self._given:
            return self._given
        if self._lender and self._room <= self._lender._room:
            return self._lender._way()
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # Connections belong to the loop that made them: after a second asyncio.run() they are useless.
            self._ways, self._loop = {}, loop
        kind = "httpx" if is_watched() else "own"
        if kind not in self._ways:
            self._ways[kind] = self._new_way(kind)
        return self._ways[kind]

    def _new_way(self, kind: str) -> AsyncConnections | AwaitThroughHttpx:
        from batchtasks._async_connections import AsyncConnections

        origin = self.route.origin
        proxy = proxy_for(origin)
        if kind == "own" and proxy is None:
            return AsyncConnections(self._room, tls=origin.scheme == "https")
        return AwaitThroughHttpx(new_async_transport(origin, self._room, proxy), proxy)

    async def _exchange(self, call: Call[Any]) -> Answer:
        with Attempt(self.route, call) as attempt:
            way = self._way()
            for request in attempt:
                attempt.answer = await way.send(request)
            return attempt.answer

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
        if self._closed:
            return
        self._closed = True
        if self._lanes:
            await self._lanes.abandon()
        ways, self._ways = self._ways, {}
        for way in ways.values():
            await way.close()
        if self._given and not self._lender:
            await self._given.close()
