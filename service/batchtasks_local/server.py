"""Running the service: for the command line (`serve`), and for tests and notebooks (`LocalBatch`)."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any

from batchtasks_local.faults import Fault
from batchtasks_local.running import CannotServe, Running, start
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings
from batchtasks_local.store.opening import StoreError

log = logging.getLogger("batchtasks_local")

__all__ = ["CannotServe", "Fault", "LocalBatch", "Settings", "serve"]


def serve(settings: Settings, announce: Callable[[Settings], object] | None = None) -> int:
    """Run the service until SIGINT or SIGTERM; the exit status for the command line.

    Calls `announce` with the settings, the port among them, once it answers; without it, prints one line with the URL, the
    account and the key. A service that cannot start gives one sentence on standard error and status 1.
    """
    _log_to_stderr(settings)
    try:
        running = start(settings, lambda: _announce(running, announce))
        running.run()
    except (CannotServe, StoreError) as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _announce(running: Running, announce: Callable[[Settings], object] | None) -> None:
    settings = running.settings
    if settings.allow_remote:
        log.warning("This service can be reached from other machines; whoever has the key can run programs here.")
    if announce is not None:
        announce(settings)
        return
    with contextlib.suppress(BrokenPipeError):
        # A key of the caller's own is a secret that the caller knows; the development key is public.
        key = settings.key if settings.key == DEVELOPMENT_KEY else "***"
        print(f"{running.url} account={settings.account} key={key}", flush=True)


class _QuietHandler(logging.StreamHandler[Any]):
    """Writes log lines to standard error, and survives that nobody reads them any more."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the line go."""


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

    Raises CannotServe with one sentence when it cannot start.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._running: Running | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> LocalBatch:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        answers = threading.Event()
        reasons: list[StoreError] = []
        running = self._running = start(self._settings, answers.set)

        def run() -> None:
            try:
                running.run()
            except StoreError as reason:
                reasons.append(reason)

        self._thread = threading.Thread(target=run, name="local-batch", daemon=True)
        self._thread.start()
        while not answers.wait(0.1):
            if not self._thread.is_alive():
                raise CannotServe(str(reasons[0]) if reasons else "The service ended before it answered.")

    def close(self) -> None:
        """End it, with every task that runs; a second call does nothing, unless the first was interrupted."""
        if self._running is None or self._thread is None:
            return
        self._running.end()
        self._thread.join()
        self._running = self._thread = None

    @property
    def _service(self) -> Running:
        if self._running is None:
            raise RuntimeError("The local service is not running; use it in a with block.")
        return self._running

    @property
    def url(self) -> str:
        """Where it answers, such as `http://127.0.0.1:41234`."""
        return self._service.url

    @property
    def account(self) -> str:
        """The account's name."""
        return self._settings.account

    @property
    def key(self) -> str:
        """The account's key, base64 text."""
        return self._settings.key

    @contextlib.contextmanager
    def faults(self, *faults: Fault | str, **members: Any) -> Iterator[Callable[[], int]]:
        """Let things go wrong inside the block: `faults("throttle", probability=0.1, seed=1)`, or Fault objects.

        The keyword arguments are those of Fault, for kinds given by name. Gives a function that counts the hits, and
        keeps the last count once the block is left.
        """
        given: Sequence[Fault] = [one if isinstance(one, Fault) else Fault(kind=one, **members) for one in faults]
        register = self._service.service.faults
        numbers = register.add(given)
        try:
            yield register.counter(numbers)
        finally:
            register.remove(numbers)
