"""Functions that the caller passes in: looked at before anything is sent, and awaited where that can be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, TypeVar

from batchtasks.errors import InvalidInputError

if TYPE_CHECKING:
    from batchtasks._ports import Port

T = TypeVar("T")
V = TypeVar("V")


def can_await(port: Port) -> bool:
    """Whether flows over this port may suspend."""
    from batchtasks._ports import BlockingPort

    return not isinstance(port, BlockingPort)


def check_callback(name: str, function: object, port: Port) -> None:
    """Refuse what cannot be called over this port; None is for no function at all."""
    if function is None:
        return
    if not callable(function):
        raise InvalidInputError(f"{name} must be a function, not {type(function).__name__}.")
    is_async = iscoroutinefunction(function) or iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004
    if is_async and not can_await(port):
        raise InvalidInputError(f"{name} of the blocking BatchClient cannot be an async function.")


async def call_back(function: Callable[[V], T | Awaitable[T]], value: V) -> T:
    """Call what the caller passed in, which may be an `async def` with the awaiting client."""
    result = function(value)
    return await result if isawaitable(result) else result
