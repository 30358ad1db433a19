"""One running service: the socket, the store, the runner and the server, opened in order and closed in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from attrs import evolve

from batchtasks_local.auth import Authenticator
from batchtasks_local.contract import Contracts
from batchtasks_local.faults import Faults
from batchtasks_local.files_on_disk import TaskFiles
from batchtasks_local.forks import keep_from_forks
from batchtasks_local.origin import NoForeignSites
from batchtasks_local.protocol import limited
from batchtasks_local.runner import Runner
from batchtasks_local.service import Service
from batchtasks_local.settings import Settings, SettingsError
from batchtasks_local.site import Site
from batchtasks_local.store.opening import StoreError
from batchtasks_local.store.sqlite import SqliteStore

# Longer than any client keeps an idle connection, so that it is never the server that closes one just being used.
_KEEP_ALIVE = 120
_GRACE = 5
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotServe(Exception):
    """The service cannot start; the text is one sentence that says why."""


class Running:
    """Everything that one service holds, from the socket to the runner."""

    def __init__(self, settings: Settings, ready: Callable[[], None]) -> None:
        self._undo = contextlib.ExitStack()
        with contextlib.ExitStack() as undo:
            self._socket = _listen(settings)
            keep_from_forks(self._socket)
            undo.callback(self._socket.close)
            self.settings = evolve(settings, port=self._socket.getsockname()[1])
            self.service = self._service(undo)
            self.server = self._server(undo, ready)
            self._undo = undo.pop_all()

    def _service(self, undo: contextlib.ExitStack) -> Service:
        settings = self.settings
        store = SqliteStore(settings.data)
        undo.callback(store.close)
        self.runner = runner = Runner(store, settings)
        undo.callback(runner.stop, _GRACE)
        files = TaskFiles(runner.task_dir)
        return Service(settings, store, runner, Contracts(), Authenticator(settings), Faults(), files)

    def _server(self, undo: contextlib.ExitStack, ready: Callable[[], None]) -> _Server:
        site = Site(self.service)
        undo.callback(site.close)
        config = uvicorn.Config(
            NoForeignSites(site, self.settings),
            http=limited(self.settings),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_GRACE,
        )
        return _Server(config, ready)

    @property
    def url(self) -> str:
        """Where the service answers."""
        return self.settings.url

    def run(self) -> None:
        """Serve until asked to end, then let go of everything."""
        with _signals(self.end), self._undo:
            self.runner.start()
            self.server.run(sockets=[self._socket])

    def end(self) -> None:
        """Begin to end; called again, without waiting for clients, nor for tasks to end by themselves."""
        if self.server.should_exit:
            self.server.force_exit = True
            self.runner.hurry()
        self.server.end()


@contextlib.contextmanager
def _signals(act: Callable[[], None]) -> Iterator[None]:
    """Until the block is left, a signal that asks to end does this instead, and nothing is cut short.

    Where the signal for a closed terminal is ignored, as `nohup` has it, it stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = [one for one in _ENDS if one != signal.SIGHUP or signal.getsignal(one) != signal.SIG_IGN]
    before = {one: signal.signal(one, lambda number, frame: act()) for one in wanted}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it answers, and ends at once rather than in tenths of a second."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked = asyncio.Event()

    def end(self) -> None:
        """Ask it to end; from any thread, and from the handler of a signal."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._asked.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._ready()

    async def main_loop(self) -> None:
        """Let uvicorn look after its things ten times a second, until this is to end."""
        counter = 0
        while not await self.on_tick(counter):
            counter = (counter + 1) % 864_000
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._asked.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests under way end, for a while, and close everything."""
        await self._close_doors()
        for one in sockets or []:
            one.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        patience = asyncio.get_running_loop().time() + _GRACE
        while (state.connections or state.tasks) and not self.force_exit:
            if asyncio.get_running_loop().time() > patience:
                for task in state.tasks:
                    task.cancel()
                break
            await asyncio.sleep(0.005)
        for connection in list(state.connections):
            connection.transport.abort()
        # What is closed hears of it in the next turns of the loop; else it would complain when it is collected.
        await asyncio.sleep(0.005)

    async def _close_doors(self) -> None:
        """Accept no more, but do not close under a connection that is just being accepted: asyncio chokes on that."""
        loop = asyncio.get_running_loop()
        for one in (one for server in self.servers for one in server.sockets):
            with contextlib.suppress(RuntimeError):  # uvloop has no such trouble, nor such a reader
                loop.remove_reader(one)
        await asyncio.sleep(0.001)
        for server in self.servers:
            server.close()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `Running.run`, which has more to end than this."""
        yield


def start(settings: Settings, ready: Callable[[], None]) -> Running:
    """Open a service that calls `ready` once it answers; CannotServe says why it cannot be opened."""
    try:
        settings.check()
        return Running(settings, ready)
    except (SettingsError, StoreError, FileNotFoundError) as reason:
        raise CannotServe(str(reason)) from reason


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise CannotServe(f"The host {settings.host} cannot be listened on: {error.strerror}.") from None
    found = socket.socket(family, kind, number)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(2048)
    except OSError as error:
        found.close()
        raise CannotServe(_why_not(settings, error)) from None
    return found


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} on {settings.host} is in use; name another with --port, or 0 for a free one."
    return f"Port {settings.port} on {settings.host} cannot be listened on: {error.strerror}."
