"""One flow, two colours: a flow is an `async def` over a desk, and becomes a method that blocks or one to be awaited.

A flow's first parameter is the `Desk` (see `_send.py`) of the operations object; the others are the method's own. The
port of a blocking client blocks inside its coroutines, so a flow over it never suspends and `drive` has its value after
one step; this works inside a running event loop too, because no loop is involved.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from batchtasks._send import Desk

P = ParamSpec("P")
P_co = ParamSpec("P_co")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Method(Protocol[P_co, T_co]):
    """What type checkers see of a method made from a flow (it is a plain function when the program runs)."""

    def __get__(self, instance: object, owner: type | None = None, /) -> Callable[P_co, T_co]: ...


class HasDesk(Protocol):
    """An operations object: flows work at its desk."""

    @property
    def _desk(self) -> Desk: ...


def instead(method: T) -> Callable[[object], T]:
    """Put a method in the place of an inherited one of another type.

    As a decorator, because a plain assignment in a class is taken by pyright for one of the inherited type.
    """

    def replace(stub: Any) -> T:
        method.__name__, method.__qualname__ = stub.__name__, stub.__qualname__  # type: ignore[attr-defined]
        return method

    return replace


def show_as_method(method: Callable[..., Any], flow: Callable[..., Any], returned: str = "", returns: str = "") -> None:
    """Let help(), editors and notebooks see `self` in the place of the desk, and what the method itself gives."""
    signature = inspect.signature(flow)
    first, *others = signature.parameters.values()
    own = first.replace(name="self", annotation=inspect.Parameter.empty)
    gives = str(signature.return_annotation).replace(returned, returns, 1)
    method.__signature__ = signature.replace(parameters=[own, *others], return_annotation=gives)  # type: ignore[attr-defined]


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never suspends, as all do over a blocking port, and give its value."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast(T, stop.value)
    coroutine.close()
    raise RuntimeError("A flow over a blocking port tried to suspend.")


def blocking(flow: Callable[Concatenate[Desk, P], Coroutine[Any, Any, T]]) -> Method[P, T]:
    """Make a flow a method that blocks until the value is there."""

    @functools.wraps(flow)
    def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return drive(flow(self._desk, *args, **kwargs))

    show_as_method(method, flow)
    return cast("Method[P, T]", method)


def awaiting(flow: Callable[Concatenate[Desk, P], Coroutine[Any, Any, T]]) -> Method[P, Coroutine[Any, Any, T]]:
    """Make a flow a method that is to be awaited."""

    @functools.wraps(flow)
    async def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await flow(self._desk, *args, **kwargs)

    show_as_method(method, flow)
    return cast("Method[P, Coroutine[Any, Any, T]]", method)


def drive_all(values: AsyncIterator[T]) -> Iterator[T]:
    """Walk an async iterator that never suspends."""
    while True:
        try:
            value = drive(cast("Coroutine[Any, Any, T]", values.__anext__()))
        except StopAsyncIteration:
            return
        yield value


def blocking_iterator(flow: Callable[Concatenate[Desk, P], AsyncIterator[T]]) -> Method[P, Iterator[T]]:
    """Make a flow that gives values one by one a method to be used with `for`."""

    @functools.wraps(flow)
    def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        return drive_all(flow(self._desk, *args, **kwargs))

    show_as_method(method, flow, "AsyncIterator[", "Iterator[")
    return cast("Method[P, Iterator[T]]", method)


def awaiting_iterator(flow: Callable[Concatenate[Desk, P], AsyncIterator[T]]) -> Method[P, AsyncIterator[T]]:
    """Make a flow that gives values one by one a method to be used with `async for`."""

    @functools.wraps(flow)
    def method(self: HasDesk, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
        return flow(self._desk, *args, **kwargs)

    show_as_method(method, flow)
    return cast("Method[P, AsyncIterator[T]]", method)
