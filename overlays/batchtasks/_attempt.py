"""One attempt at a call: what all requests of a client carry, the signature, and what observers are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

from attrs import field, frozen

from batchtasks._observe import Observer
from batchtasks._origin import Origin
from batchtasks._outgoing import Outgoing, outgoing
from batchtasks._times import to_seconds
from batchtasks.auth import AccountAuth
from batchtasks.errors import NoAnswerError
from batchtasks_rest._call import Answer, Call

# Of a socket: 2^31 milliseconds.
LONGEST_TIMEOUT = 2_147_483.0


@frozen
class Route:
    """Where requests go and what all of them carry."""

    origin: Origin
    auth: AccountAuth
    timeout: float
    user_agent: str
    observer: Observer = field(factory=Observer)
    transport: Any = field(default=None, repr=False)

    def request(self, call: Call[Any]) -> Outgoing:
        """Make the request of a call, not signed yet."""
        seconds = self.timeout if call.timeout is None else to_seconds(call.timeout, "timeout", least=0.001)
        return outgoing(call, self.origin, self.user_agent, min(seconds, LONGEST_TIMEOUT))


class Attempt:
    """One attempt: its requests (seldom more than one), and what observers are told."""

    answer: Answer

    def __init__(self, route: Route, call: Call[Any]) -> None:
        self._route = route
        self._call = call
        self._request = route.request(call)

    def __enter__(self) -> Self:
        self._began = self._route.observer.begin(self._call)
        return self

    def __iter__(self) -> Iterator[Outgoing]:
        """Give the request, signed; and again if the answer calls for another signature."""
        flow = self._route.auth.sign(self._request)
        with suppress(StopIteration):
            next(flow)
            while True:
                yield self._request
                flow.send(self.answer)

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is None:
            self._route.observer.end(self._call, self._began, self.answer)
        elif isinstance(error, NoAnswerError):
            self._route.observer.end(self._call, self._began, error)
