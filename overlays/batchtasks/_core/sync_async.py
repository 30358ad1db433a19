"""One source for the blocking and the asynchronous method.

    client.task.wait(...)                     user code
        |                                     sync_method(wait) or async_method(wait), below
    async def wait(executor, ...)             a flow: one coroutine function for both clients
        |                                     await executor.send(call), await executor.backend.sleep(1), ...
    Executor                                  checks, retries, reads answers
        |
    SyncBackend  |  AsyncBackend              blocks in place  |  suspends until the event loop has the answer

The coroutines of SyncBackend block inside and never suspend. So a flow over it runs to its end in a single step, without an
event loop, and also inside of a running one. A flow's first parameter is the Executor; the others are those of the method.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, cast

from batchtasks.errors import ConfigurationError

if TYPE_CHECKING:
    import asyncio

E = TypeVar("E")
P = ParamSpec("P")
P_co = ParamSpec("P_co")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Flow: TypeAlias = Coroutine[Any, Any, T]


class Method(Protocol[P_co, T_co]):
    """What type checkers see of a method that was made from a flow; at run time it is a plain function."""

    def __get__(self, instance: object, owner: type | None = None, /) -> Callable[P_co, T_co]: ...


def run_sync(coroutine: Flow[T]) -> T:
    """Return the result of a coroutine over a SyncBackend, which never suspends."""
    __tracebackhide__ = True
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast(T, stop.value)
    coroutine.close()
    raise RuntimeError("A coroutine over a SyncBackend tried to suspend.")


def iterate_sync(values: AsyncIterator[T]) -> Iterator[T]:
    """Iterate over an async iterator over a SyncBackend, which never suspends."""
    with suppress(StopAsyncIteration):
        while True:
            # Not a variable, which would keep a page in memory while the next is read.
            yield run_sync(cast("Flow[T]", values.__anext__()))


def sync_method(flow: Callable[Concatenate[E, P], Flow[T]]) -> Method[P, T]:
    """Return a method that blocks until the flow's result is there."""
    return cast("Method[P, T]", _method(flow, run_sync))


def async_method(flow: Callable[Concatenate[E, P], Flow[T]]) -> Method[P, Flow[T]]:
    """Return a method that is to be awaited."""

    @functools.wraps(flow)
    async def method(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        __tracebackhide__ = True
        return await flow(self._sender.executor, *args, **kwargs)

    return cast("Method[P, Flow[T]]", _shown(method, flow))


def sync_iterator(flow: Callable[Concatenate[E, P], AsyncIterator[T]]) -> Method[P, Iterator[T]]:
    """Return a method whose result is iterated with `for`."""
    return cast("Method[P, Iterator[T]]", _method(flow, iterate_sync, "AsyncIterator[", "Iterator["))


def async_iterator(flow: Callable[Concatenate[E, P], AsyncIterator[T]]) -> Method[P, AsyncIterator[T]]:
    """Return a method whose result is iterated with `async for`."""
    return cast("Method[P, AsyncIterator[T]]", _method(flow, aiter))


def _method(flow: Callable[..., Any], finish: Callable[[Any], Any], old: str = "", new: str = "") -> object:
    @functools.wraps(flow)
    def method(self: Any, /, *args: Any, **kwargs: Any) -> object:
        __tracebackhide__ = True
        return finish(flow(self._sender.executor, *args, **kwargs))

    return _shown(method, flow, old, new)


def _shown(method: Callable[..., Any], flow: Callable[..., Any], old: str = "", new: str = "") -> object:
    """Let help(), editors and notebooks show `self` in place of the executor, and what the method itself returns."""
    signature = inspect.signature(flow)
    first, *others = signature.parameters.values()
    own = first.replace(name="self", annotation=inspect.Parameter.empty)
    returns = str(signature.return_annotation).replace(old, new, 1)
    method.__signature__ = signature.replace(parameters=[own, *others], return_annotation=returns)  # type: ignore[attr-defined]
    return method


def running_loop() -> asyncio.AbstractEventLoop:
    """Return the running event loop; raise ConfigurationError if there is none."""
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "AsyncBatchClient needs a running event loop of asyncio. With anyio choose the backend asyncio; under trio use "
            "BatchClient in a thread."
        ) from None


class PerLoop(Generic[T]):
    """Makes an object for each event loop, as it works in one only; the blocking client has one for all threads."""

    def __init__(self, make: Callable[[], T], *, is_async: bool) -> None:
        self.make = make
        self._is_async = is_async
        self._lock = threading.Lock()
        self._found: dict[asyncio.AbstractEventLoop | None, T] = {}

    def get(self) -> T:
        """Return the object of the running event loop; make it if there is none, and forget those of loops that have ended."""
        loop = running_loop() if self._is_async else None
        with self._lock:
            if loop not in self._found:
                self._found = {one: found for one, found in self._found.items() if one and not one.is_closed()}
                self._found[loop] = self.make()
            return self._found[loop]

    def pop(self) -> T | None:
        """Forget the object of the running event loop and return it, or None if there is none."""
        loop = running_loop() if self._is_async else None
        with self._lock:
            return self._found.pop(loop, None)
