"""Keeping one access token fresh, whoever asks and however many ask at once."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from batchtasks.errors import ConfigurationError, TokenError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_log = logging.getLogger("batchtasks")

# A token is replaced this long before it ends, so that none ends on the way; if that fails, it is used to its end.
EARLY = 300.0
_PAUSE_AFTER_FAILURE = 30.0


class TokenProvider(Protocol):
    """Any credential of azure-identity, or an object like it; `get_token` may be a coroutine function."""

    def get_token(self, *scopes: str) -> Any:
        """Give an object with `token` and `expires_on` (seconds since 1970)."""


class Hands(Protocol):
    """How one colour takes turns and fetches a token."""

    @property
    def busy(self) -> bool:
        """Whether someone is fetching."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Let one in at a time."""

    async def fetch(self, provider: TokenProvider, scope: str) -> Any:
        """Ask the credential."""


class TokenKeeper:
    """Holds the token of one credential for one scope."""

    def __init__(self, provider: TokenProvider, scope: str, clock: Callable[[], float] = time.time) -> None:
        self.provider = provider
        self._scope = scope
        self._clock = clock
        self._token = ""
        self._expires = 0.0
        self._renew_at = 0.0

    def __repr__(self) -> str:
        return f"TokenKeeper({type(self.provider).__name__})"

    @property
    def header(self) -> str:
        """The value of the Authorization header."""
        return f"Bearer {self._token}"

    def forget(self) -> None:
        """Throw the token away, because the service did not take it."""
        self._token, self._expires, self._renew_at = "", 0.0, 0.0

    async def refresh(self, hands: Hands) -> bool:
        """Make sure that there is a token; True when a new one was fetched."""
        if self._clock() < self._renew_at or (self._is_usable() and hands.busy):
            return False
        async with hands.turn():
            if self._clock() < self._renew_at:
                return False
            try:
                self._take(await hands.fetch(self.provider, self._scope))
            except Exception as error:
                if not self._is_usable():
                    raise _token_error(error, self.provider) from error
                self._renew_at = self._clock() + _PAUSE_AFTER_FAILURE
                _log.warning("The access token could not be renewed early (%s); the old one is used.", type(error))
                return False
        return True

    def _is_usable(self) -> bool:
        return bool(self._token) and self._clock() < self._expires

    def _take(self, answer: Any) -> None:
        token = getattr(answer, "token", None)
        if not isinstance(token, str) or not token.strip() or not token.strip().isascii() or len(token.split()) != 1:
            raise TokenError("The credential gave no token that can be sent in a header.")
        self._token = token.strip()
        self._expires = float(getattr(answer, "expires_on", 0) or 0)
        early = self._expires - min(EARLY, max(0.0, self._expires - self._clock()) / 2)
        self._renew_at = min(float(getattr(answer, "refresh_on", None) or early), early)


def _token_error(error: Exception, provider: TokenProvider) -> Exception:
    if isinstance(error, (TokenError, ConfigurationError)):
        return error
    return TokenError(f"{type(provider).__name__} gave no token: {error}")


class BlockingHands:
    """Takes turns with a lock between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        return self._lock.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        with self._lock:
            yield

    async def fetch(self, provider: TokenProvider, scope: str) -> Any:
        token = provider.get_token(scope)
        if inspect.isawaitable(token):
            if inspect.iscoroutine(token):
                token.close()
            raise ConfigurationError(
                f"{type(provider).__name__} is an asynchronous credential: use it with AsyncBatchClient, "
                "or take its counterpart from azure.identity for BatchClient."
            )
        return token


class AwaitingHands:
    """Takes turns between the tasks of an event loop."""

    def __init__(self) -> None:
        self._lock: Any = None
        self._loop: Any = None

    @property
    def busy(self) -> bool:
        return self._lock is not None and self._lock.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._lock = loop, asyncio.Lock()
        async with self._lock:
            yield

    async def fetch(self, provider: TokenProvider, scope: str) -> Any:
        import asyncio

        if inspect.iscoroutinefunction(provider.get_token):
            return await provider.get_token(scope)
        token = await asyncio.to_thread(provider.get_token, scope)
        return await token if inspect.isawaitable(token) else token
