"""What the generated operations send through: the desk, in the four forms that they ask for."""

from __future__ import annotations

from typing import TypeVar

from attrs import frozen

from batchtasks._colours import drive
from batchtasks._send import Desk
from batchtasks_rest._call import Call, Response

T = TypeVar("T")


@frozen
class BlockingSender:
    """Blocks and gives the value."""

    desk: Desk

    def send(self, call: Call[T], /) -> T:
        return drive(self.desk.send(call)).value


@frozen
class AwaitingSender:
    """Awaits and gives the value."""

    desk: Desk

    async def send(self, call: Call[T], /) -> T:
        return (await self.desk.send(call)).value


@frozen
class BlockingRawSender:
    """Blocks and gives value, status and headers."""

    desk: Desk

    def send(self, call: Call[T], /) -> Response[T]:
        return drive(self.desk.send(call))


@frozen
class AwaitingRawSender:
    """Awaits and gives value, status and headers."""

    desk: Desk

    async def send(self, call: Call[T], /) -> Response[T]:
        return await self.desk.send(call)
