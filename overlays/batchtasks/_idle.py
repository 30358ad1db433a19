"""Connections between two requests, for both colours."""

from __future__ import annotations

import select
from contextlib import suppress
from time import monotonic
from typing import Generic, Protocol, TypeVar

from batchtasks.errors import ConfigurationError

# Seconds after which an idle connection is not used again: servers and the boxes between close them without a word.
LONGEST_IDLE = 5.0


class Connection(Protocol):
    """What is kept."""

    def is_alive(self) -> bool:
        """Whether another request may be sent."""

    def close(self) -> None:
        """Drop it."""


ConnectionT = TypeVar("ConnectionT", bound=Connection)


class Idle(Generic[ConnectionT]):
    """The connections of one client that nobody uses at the moment; threads may take and keep at once, without a lock.

    The one used last is used next, so that those which are too many grow old.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[float, ConnectionT]] = []
        # Whether none is to be taken or kept any more.
        self.closed = False

    def take(self) -> ConnectionT | None:
        """Give a connection that can be used; None if there is none."""
        if self.closed:
            raise ConfigurationError("This client has been closed.")
        while found := self._pop():
            since, connection = found
            if monotonic() - since < LONGEST_IDLE and connection.is_alive():
                return connection
            connection.close()
        return None

    def keep(self, connection: ConnectionT) -> None:
        """Take a connection back after its request."""
        self._kept.append((monotonic(), connection))
        if self.closed:
            self.drop()
        with suppress(IndexError):
            while monotonic() - self._kept[0][0] >= LONGEST_IDLE:
                # Not always the one that was looked at, if threads meet here; one too many is closed then.
                self._kept.pop(0)[1].close()

    def drop(self) -> list[ConnectionT]:
        """Close all connections and give them."""
        dropped = []
        while found := self._pop():
            found[1].close()
            dropped.append(found[1])
        return dropped

    def _pop(self) -> tuple[float, ConnectionT] | None:
        try:
            return self._kept.pop()
        except IndexError:
            return None


class _HasFileno(Protocol):
    def fileno(self) -> int: ...


def is_readable(socket: _HasFileno) -> bool:
    """Whether there is something to read; between two requests that is the server's farewell."""
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([socket], [], [], 0)[0])
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
