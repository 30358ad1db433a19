"""Sign requests with the account's key or with an access token; only for the account's own origin."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import suppress
from email.utils import formatdate
from typing import TYPE_CHECKING, TypeAlias, cast

import httpx

from batchtasks._core.sync_async import PerLoop, run_sync
from batchtasks._http.origin import Origin
from batchtasks._http.shared_key import signature, string_to_sign
from batchtasks.auth import Credential, NamedKey, SharedKeyCredential, TaskTokenCredential, TokenProvider, scope_for
from batchtasks.errors import ConfigurationError, ForeignOriginError, TokenError

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger("batchtasks")

# Seconds before its end at which a token is renewed, and after which a failed early renewal is tried again.
_RENEW_EARLY, _PAUSE = 300.0, 30.0

Auth: TypeAlias = "SharedKeyAuth | TokenAuth"


def auth_for(origin: Origin, credential: Credential, scope: str | None, *, is_async: bool = False) -> Auth:
    """Return what signs requests for a credential; `scope` is that of access tokens, by default that of the account's cloud."""
    if isinstance(credential, SharedKeyCredential) or hasattr(credential, "named_key"):
        return SharedKeyAuth(origin, cast("SharedKeyCredential | NamedKey", credential))
    if not callable(getattr(credential, "get_token", None)):
        raise ConfigurationError(
            f"{type(credential).__name__} is no credential: pass SharedKeyCredential(account, key), "
            "an AzureNamedKeyCredential, or an object with get_token() such as azure.identity.DefaultAzureCredential()."
        )
    if origin.scheme != "https" and not origin.is_loopback:
        raise ConfigurationError(f"A token would be sent to {origin.url} without encryption: use https.")
    return TokenAuth(origin, credential, scope or scope_for(origin.host), is_async=is_async)


def _check_origin(origin: Origin, url: httpx.URL) -> None:
    if url.scheme != origin.scheme or url.netloc.decode("ascii") != origin.netloc:
        raise ForeignOriginError(f"{url.scheme}://{url.host} is not {origin.url}: credentials are not sent there.")


class SharedKeyAuth(httpx.Auth):
    """Signs with an account's key; after a 403 once more with the query names in the other letter case.

    See `string_to_sign` about the letter case. The key may change while the client is in use.
    """

    def __init__(self, origin: Origin, credential: SharedKeyCredential | NamedKey) -> None:
        self._origin = origin
        self._credential = credential
        self._lower_names = False

    def __repr__(self) -> str:
        return f"SharedKeyAuth({self._origin.url!r})"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield self._signed(request)
        if response.status_code == 403 and any(name != name.lower() for name in request.url.params):
            self._lower_names = not self._lower_names
            response = yield self._signed(request)
            if response.status_code == 403:  # the letter case was not the reason
                self._lower_names = not self._lower_names

    def _signed(self, request: httpx.Request) -> httpx.Request:
        _check_origin(self._origin, request.url)
        credential = self._credential
        if not isinstance(credential, SharedKeyCredential):
            credential = SharedKeyCredential(*credential.named_key)
        request.headers["ocp-date"] = formatdate(usegmt=True)
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        text = string_to_sign(
            credential.account_name, request.method, path, query, dict(request.headers), lower_names=self._lower_names
        )
        request.headers["Authorization"] = f"SharedKey {credential.account_name}:{signature(credential._key, text)}"
        return request


class TokenAuth(httpx.Auth):
    """Sends an access token that is fetched once, renewed early, and fetched again after a 401.

    However many requests need a token at once, the credential is asked once. A token that is still valid is used while a
    new one is fetched.
    """

    def __init__(self, origin: Origin, provider: TokenProvider, scope: str, *, is_async: bool = False) -> None:
        self._origin = origin
        self._provider = provider
        self._scope = scope
        self._is_async = is_async
        self._token, self._expires, self._renew_at, self._fetched = "", 0.0, 0.0, 0
        self.after_fork()

    def __repr__(self) -> str:
        return f"TokenAuth({type(self._provider).__name__})"

    def after_fork(self) -> None:
        """In a child process: replace the lock, which a thread of the parent may hold."""
        make: Callable[[], asyncio.Lock | threading.Lock] = threading.Lock
        if self._is_async:
            import asyncio

            make = asyncio.Lock
        self._lock = PerLoop(make, is_async=self._is_async)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        flow = self.async_auth_flow(request)
        request = run_sync(anext(flow))
        with suppress(StopAsyncIteration):
            while True:
                request = run_sync(flow.asend((yield request)))

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Do as the method of httpx.Auth does; without `is_async` it never suspends: the lock and the credential block."""
        is_new, number = await self._fetch_if_due(), self._fetched
        response = yield self._signed(request)
        # A token may be withdrawn early. A 401 means that nothing was done, so a second attempt is harmless. (The token of a
        # running task cannot be replaced.)
        if response.status_code == 401 and not is_new and not isinstance(self._provider, TaskTokenCredential):
            if number == self._fetched:  # else another request has had it replaced
                self._expires = self._renew_at = 0.0
            await self._fetch_if_due()
            yield self._signed(request)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        _check_origin(self._origin, request.url)
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    async def _fetch_if_due(self) -> bool:
        """Fetch a token if there is none, or if it is time; return whether one was fetched."""
        lock = self._lock.get()
        if time.time() < self._renew_at or (time.time() < self._expires and lock.locked()):
            return False
        acquired = lock.acquire()
        if not isinstance(acquired, bool):
            await acquired
        try:
            return time.time() >= self._renew_at and self._take(await self._fetch())
        except Exception as error:
            if time.time() < self._expires:
                self._renew_at = time.time() + _PAUSE
                _log.warning("The access token could not be renewed early (%s); the old one is used.", type(error))
                return False
            if isinstance(error, (TokenError, ConfigurationError)):
                raise
            raise TokenError(f"{type(self._provider).__name__} returned no token: {error}") from error
        finally:
            lock.release()

    async def _fetch(self) -> object:
        get_token = self._provider.get_token
        if self._is_async and not inspect.iscoroutinefunction(get_token):
            import asyncio

            answer = await asyncio.to_thread(get_token, self._scope)
        else:
            answer = get_token(self._scope)
        if inspect.isawaitable(answer) and not self._is_async:
            if inspect.iscoroutine(answer):
                answer.close()
            raise ConfigurationError(
                f"{type(self._provider).__name__} is an asynchronous credential: use it with AsyncBatchClient, "
                "or the one of the same name in azure.identity with BatchClient."
            )
        return await answer if inspect.isawaitable(answer) else answer

    def _take(self, answer: object) -> bool:
        token = getattr(answer, "token", None)
        if not isinstance(token, str) or not token.strip().isascii() or len(token.split()) != 1:
            raise TokenError("The credential returned no token that can be sent in a header.")
        self._token, self._expires = token.strip(), float(getattr(answer, "expires_on", 0) or 0)
        self._fetched += 1
        early = self._expires - min(_RENEW_EARLY, max(0.0, self._expires - time.time()) / 2)
        self._renew_at = min(float(getattr(answer, "refresh_on", None) or early), early)
        return True
