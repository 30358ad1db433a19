"""Starting and stopping a service: as a program (`serve`), or inside one, such as a test or a notebook (`LocalBatch`)."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import functools
import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import uvicorn
from attrs import evolve

from batchtasks_local.data_folder import DataFolderError, close_in_forks
from batchtasks_local.domain import clock
from batchtasks_local.domain.records import Delays
from batchtasks_local.http.app import BatchApp
from batchtasks_local.http.connection import Connection, connection_limit
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.http.faults import Fault, Faults
from batchtasks_local.operations.context import Context
from batchtasks_local.operations.handlers import carry_out
from batchtasks_local.page import data
from batchtasks_local.page.app import page_app
from batchtasks_local.runner.files.task_files import TaskFiles
from batchtasks_local.runner.runner import Runner
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings, SettingsError
from batchtasks_local.store.overview import Overview
from batchtasks_local.store.store import Store

log = logging.getLogger("batchtasks_local")

# Longer than clients keep an idle connection, so that the server does not close one that is just being used.
_KEEP_ALIVE = 120
_GRACE = 5
_POLL_PERIOD = 0.002
_SIGNAL_PERIOD = 0.2
"""Seconds after which a waiting main thread looks for signals again."""
_WAITING_CONNECTIONS = 2048
"""Connections that the kernel keeps until they are accepted."""
_ACCEPTED_AT_ONCE = 16
"""Connections that are accepted before those beyond the limit are closed."""
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotServeError(Exception):
    """The service cannot start; the message is one sentence that says why."""


def serve(settings: Settings, announce: Callable[[Settings], object] | None = None) -> int:
    """Run the service until SIGINT, SIGTERM or SIGHUP; return the exit status for the command line.

    Once the service answers, it calls `announce` with its settings, the port among them. Without `announce`, it prints one
    line with the URL, the account and the key. If it cannot start, it prints one sentence to standard error and returns 1.
    """
    _log_to_stderr(settings)
    try:
        service = _open(settings)
        service.runner.adopt_orphans()
        with _signals(service.stop):
            service.start()
            _announce(service.settings, announce)
            service.join()
    except CannotServeError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _announce(settings: Settings, announce: Callable[[Settings], object] | None) -> None:
    if settings.allow_remote:
        log.warning("This service can be reached from other machines; whoever has the key can run programs here.")
    if announce is not None:
        announce(settings)
        return
    with contextlib.suppress(BrokenPipeError):
        # The development key is public; any other key is a secret.
        key = settings.key if settings.key == DEVELOPMENT_KEY else "***"
        print(f"{settings.url} account={settings.account} key={key}", flush=True)


@contextlib.contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` for each signal that asks the process to end, instead of ending it.

    If the signal for a closed terminal is ignored, as with `nohup`, it stays so.
    """
    wanted = [one for one in _STOP_SIGNALS if one != signal.SIGHUP or signal.getsignal(one) != signal.SIG_IGN]
    before = {one: signal.signal(one, lambda number, frame: stop()) for one in wanted}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _QuietHandler(logging.StreamHandler[Any]):
    """Writes log lines to standard error, and ignores it if nobody reads them any more."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line."""


def _log_to_stderr(settings: Settings) -> None:
    handler = _QuietHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in ("batchtasks_local", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(logging.INFO if settings.log and name == "batchtasks_local" else logging.WARNING)


class LocalBatch:
    """A running service inside this process, for tests and notebooks.

        with LocalBatch(Settings(slots=4)) as batch:
            client = ...(batch.url, batch.account, batch.key)

    Raises CannotServeError if it cannot start.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._running: Service | None = None

    def __enter__(self) -> LocalBatch:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the service, and wait until it answers."""
        self._running = _open(self._settings)
        self._running.start()

    def close(self) -> None:
        """Stop the service and every task that runs; a second call does nothing, unless the first was interrupted."""
        if self._running is None:
            return
        self._running.stop()
        self._running.join()
        self._running = None

    @property
    def service(self) -> Service:
        """The parts of the running service; RuntimeError if it does not run."""
        if self._running is None:
            raise RuntimeError("The local service is not running; use it in a with block.")
        return self._running

    @property
    def url(self) -> str:
        """The URL of the service, such as `http://127.0.0.1:41234`."""
        return self.service.settings.url

    @property
    def account(self) -> str:
        """The name of the account."""
        return self._settings.account

    @property
    def key(self) -> str:
        """The key of the account, as base64 text."""
        return self._settings.key

    @contextlib.contextmanager
    def faults(self, *faults: Fault | str, **members: Any) -> Iterator[Callable[[], int]]:
        """Inject faults inside the block: `faults("throttle", probability=0.1, seed=1)`, or Fault objects.

        The keyword arguments are the members of Fault, for faults that are given by their kind. Yields a function that
        returns how often the faults were injected, also after the block.
        """
        given = [one if isinstance(one, Fault) else Fault.from_members({"kind": one, **members}) for one in faults]
        in_force = self.service.faults
        ids = in_force.add(given)
        try:
            yield in_force.counter(ids)
        finally:
            in_force.remove(ids)


class Service:
    """All parts of one service, from the socket to the runner: opened in order, closed in reverse order."""

    def __init__(self, settings: Settings) -> None:
        with contextlib.ExitStack() as stack:
            self._socket = _listen(settings)
            close_in_forks(self._socket)
            stack.callback(self._socket.close)
            self.settings = evolve(settings, port=self._socket.getsockname()[1])
            self.store = Store(settings.data, _delays(settings), runs_tasks=settings.run)
            stack.callback(self.store.close)
            self.runner = Runner(self.store, self.settings)
            stack.callback(self.runner.stop, _GRACE)
            self.faults = Faults()
            app = self._app()
            stack.callback(app.close)
            self._server = _Server(_config(app, self.settings))
            self._close = stack.pop_all().close
        self._thread = threading.Thread(target=self._run, name="local-batch", daemon=True)

    def _app(self) -> BatchApp:
        contracts = Contracts()
        context = Context(self.settings, self.store, self.runner, self.faults, TaskFiles(self.runner.task_dir))
        page = page_app(self.settings, contracts.versions[-1])
        page_data = functools.partial(data.answer, Overview(self.store.database))
        carrying = functools.partial(carry_out, context)
        return BatchApp(self.settings, contracts, self.faults, carrying, page, page_data)

    def start(self) -> None:
        """Start the runner and the server, and wait until the server answers or `stop` is called."""
        try:
            self.runner.start()
        except BaseException as error:
            self._close()
            if isinstance(error, DataFolderError):
                raise CannotServeError(str(error)) from error
            raise
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                if self._server.should_exit:
                    return
                raise CannotServeError("The service ended before it answered.")
            time.sleep(_POLL_PERIOD)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._close()

    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._socket])
        # What has not ended within the grace time is closed; the loop handles that in its next turns.
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(_POLL_PERIOD)

    def stop(self) -> None:
        """Begin to stop. A second call stops without waiting for clients, nor for tasks to end by themselves."""
        if self._server.should_exit:
            self._server.force_exit = True
            self.runner.skip_grace()
        self._server.should_exit = True

    def join(self) -> None:
        """Wait until everything is closed."""
        # A signal that arrives while the main thread starts to wait, or in another thread, does not wake it: its handler
        # would run only at the next signal.
        while self._thread.is_alive():
            self._thread.join(_SIGNAL_PERIOD)


class _Server(uvicorn.Server):
    """uvicorn's server, with two numbers for what its option `backlog` has one for."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and let the kernel keep more connections than are accepted at once."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(_WAITING_CONNECTIONS)


def _open(settings: Settings) -> Service:
    try:
        settings.check()
        return Service(settings)
    except (SettingsError, DataFolderError, FileNotFoundError) as error:
        raise CannotServeError(str(error)) from error


def _delays(settings: Settings) -> Delays:
    return Delays(
        empty=round(settings.empty_job_grace * clock.SECOND),
        terminating=round(settings.terminating_for * clock.SECOND),
    )


def _config(app: BatchApp, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=functools.partial(  # type: ignore[arg-type]  # any factory
            Connection, patience=settings.client_patience, max_connections=connection_limit(settings)
        ),
        backlog=_ACCEPTED_AT_ONCE,
        h11_max_incomplete_event_size=settings.max_header,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # otherwise X-Forwarded-For says which address a request comes from
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
    )


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise CannotServeError(f"The host {settings.host} cannot be listened on: {error.strerror}.") from None
    found = socket.socket(family, kind, number)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(_WAITING_CONNECTIONS)
    except OSError as error:
        found.close()
        raise CannotServeError(_listen_reason(settings, error)) from None
    return found


def _listen_reason(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} on {settings.host} is in use; name another with --port, or 0 for a free one."
    return f"Port {settings.port} on {settings.host} cannot be listened on: {error.strerror}."
