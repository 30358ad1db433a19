"""Send a call with a transport of httpx (or httpx2) and return its answer; httpx's exceptions become ours.

A request has two forms: `Call` and the library's own `Request`. The transport is used directly, without the library's
`Client`: redirects, cookies and environment are not wanted here, and it costs a third of the processor time.
"""

from __future__ import annotations

import os
import ssl
import zlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from functools import lru_cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn, Protocol, cast
from urllib.parse import quote

import httpx

from batchtasks._core.sync_async import PerLoop, run_sync
from batchtasks._errors import unreadable
from batchtasks._http.auth import Auth, TokenAuth
from batchtasks._http.deadline import DeadlineNetwork, deadline_of_thread
from batchtasks._http.failures import broken_connection, failure_of
from batchtasks._http.origin import Origin, is_host, proxy_address
from batchtasks.errors import ConfigurationError, InvalidInputError
from batchtasks_rest._call import Answer, AnyCall

# Idle connections are closed after so many seconds. Azure's load balancers drop them after 240.
_KEEPALIVE_EXPIRY = 60.0
# The largest answer in bytes, before and after decompression: of a refusal, of one resource, of a page or a collection.
MAX_ERROR, MAX_RESOURCE, MAX_PAGE = 1024 * 1024, 16 * 1024 * 1024, 256 * 1024 * 1024
_CODINGS = ("gzip", "x-gzip", "deflate")
# Characters of query values that need no escape, besides those that `quote` leaves alone.
_PLAIN = "$,()'-._~"
# Headers that are written by this module, or by the signature.
_WRITTEN_HERE = frozenset({"authorization", "content-length", "host", "ocp-date", "transfer-encoding"})
# Under asyncio an attempt ends so many seconds after httpx's own limits, whose errors say in which phase the time ran out.
_GRACE = 0.5
# Connections before a fork: kept, because to collect them would close what the parent still uses, or warn of it.
_OF_PARENT_PROCESSES: list[object] = []


class UserTransport(Protocol):
    """What BatchClient takes as `transport`: any transport of httpx or httpx2."""

    def handle_request(self, request: Any, /) -> Any: ...

    def close(self) -> None: ...


class AsyncUserTransport(Protocol):
    """What AsyncBatchClient takes as `transport`: any asynchronous transport of httpx or httpx2."""

    async def handle_async_request(self, request: Any, /) -> Any: ...

    async def aclose(self) -> None: ...


class Transport:
    """Sends the requests of a client; the coroutines of the blocking form block inside and never suspend."""

    def __init__(self, origin: Origin, auth: Auth, user_agent: str, given: Any = None, *, is_async: bool) -> None:
        """Create it; `given` is a transport of httpx or httpx2 that the user made, or None."""
        self._origin, self._auth, self._user_agent, self._given = origin, auth, user_agent, given
        self._is_async = is_async
        homes = {kind.__module__.partition(".")[0] for kind in type(given).__mro__}
        self._library = import_module("httpx2") if "httpx2" in homes else httpx
        self._own = PerLoop(partial(_new_transport, origin, is_async=is_async), is_async=is_async)
        # The ids of requests, to notice answers to other ones.
        self._ids: deque[str | None] = deque(maxlen=2048)
        if not is_async:
            DeadlineNetwork.install(given)

    async def send(self, call: AnyCall, seconds: float) -> Answer:
        """Return the answer; raise NoAnswerError if there is none within `seconds`."""
        library, origin = self._library, self._origin
        request = self._request(call, seconds)
        self._ids.append(call.headers.get("client-request-id"))
        flow = self._auth.async_auth_flow(request)
        try:
            async with self._deadline(seconds):
                request = await anext(flow)
                while True:
                    response, content = await self._exchange(request, call)
                    try:
                        request = await flow.asend(response)
                    except StopAsyncIteration:
                        return _answer(response, content, call)
        except library.HTTPError as error:
            quotes_headers = isinstance(error, library.LocalProtocolError)
            raise failure_of(library, error, call, origin) from None if quotes_headers else error
        except TimeoutError as error:
            late = library.ReadTimeout("the answer is incomplete")
            raise failure_of(library, late, call, origin) from error
        finally:
            await flow.aclose()

    def _request(self, call: AnyCall, seconds: float) -> httpx.Request:
        """Return the request of a call; raise InvalidInputError for one that HTTP does not allow."""
        library, origin = self._library, self._origin
        headers = [("Host", origin.netloc), ("Accept", "application/json"), ("Accept-Encoding", "gzip, deflate")]
        headers.append(("User-Agent", self._user_agent))
        own = {name.lower() for name in call.headers}
        headers = [pair for pair in headers if pair[0].lower() not in own]
        headers += [
            (name, text.strip(" \t")) for name, text in call.headers.items() if name.lower() not in _WRITTEN_HERE
        ]
        if call.content is not None:
            headers.append(("Content-Length", str(len(call.content))))
        elif call.method not in ("GET", "HEAD"):
            headers.append(("Content-Length", "0"))  # the service's own clients send and sign it
        extensions = {"timeout": {"connect": seconds, "read": seconds, "write": seconds, "pool": None}}
        try:
            url = _url(library, _target(origin, call))
        except (ValueError, TypeError, library.InvalidURL) as error:
            raise InvalidInputError(f"{call.method} {call.path} cannot be sent: {error}") from None
        request = library.Request(call.method, url, headers=headers, content=call.content, extensions=extensions)
        return cast(httpx.Request, request)

    def _deadline(self, seconds: float) -> AbstractAsyncContextManager[object]:
        if not self._is_async:
            return deadline_of_thread.within(seconds)
        import asyncio

        return asyncio.timeout(seconds + _GRACE)

    async def _exchange(self, request: httpx.Request, call: AnyCall) -> tuple[httpx.Response, bytes]:
        transport = self._own.get()[0] if self._given is None else self._given
        handle = transport.handle_async_request if self._is_async else transport.handle_request
        response = await handle(request) if self._is_async else handle(request)
        try:
            # If a server sends two answers to one request, httpcore takes the second for the answer to the next request. The
            # service returns the id of each request, which shows it. (A recorded answer has one that was never sent here.)
            echo = response.headers.get("client-request-id")
            if echo and echo != call.headers.get("client-request-id") and echo in self._ids:
                raise broken_connection("it brought the answer to another request", call, self._origin)
            return response, await self._read(response, limit_of(call, response.status_code))
        finally:
            await response.aclose() if self._is_async else response.close()

    async def _read(self, response: httpx.Response, limit: float) -> bytes:
        if response.is_stream_consumed:
            return bytes(response.content)
        parts, size = [], 0
        stream: Any = response.stream
        async for part in stream if self._is_async else _as_async(stream):
            parts.append(part)
            size += len(part)
            if size > limit:
                break
        return b"".join(parts)

    async def close(self) -> None:
        """Close the connections; those of other event loops are closed when these end."""
        (transport, keeper), self._given = self._own.pop() or (self._given, None), None
        if keeper is not None:
            await keeper.aclose()
        elif transport is not None:
            await transport.aclose() if self._is_async else transport.close()

    def after_fork(self) -> None:
        """Leave the connections to the parent process: two processes on one connection would mix up their answers."""
        _OF_PARENT_PROCESSES.append((self._own, self._given))
        make = self._own.make if self._given is None else _refuse_after_fork
        self._own, self._given = PerLoop(make, is_async=False), None
        if isinstance(self._auth, TokenAuth):
            self._auth.after_fork()


def _new_transport(origin: Origin, *, is_async: bool) -> tuple[Any, AsyncGenerator[None] | None]:
    """Return a new transport of httpx, and under asyncio what closes it with the event loop."""
    proxy = proxy_for(origin)
    # Plain http needs no certificates, and loading them takes longer than everything else here.
    verify = new_ssl_context() if origin.scheme == "https" or proxy is not None else False
    # The number of connections is limited by the backends, which count the requests.
    limits = httpx.Limits(keepalive_expiry=_KEEPALIVE_EXPIRY)
    kind = httpx.AsyncHTTPTransport if is_async else httpx.HTTPTransport
    try:
        transport = kind(limits=limits, proxy=proxy, verify=verify)
    except ImportError as error:
        raise ConfigurationError(f"The proxy of the environment cannot be used: {error}") from None
    if not is_async:
        DeadlineNetwork.install(transport)
        return transport, None
    keeper = _close_at_end(transport)
    run_sync(anext(keeper))
    return transport, keeper


def _refuse_after_fork() -> NoReturn:
    raise ConfigurationError("The transport of this client is the parent process's: create a client after the fork.")


async def _close_at_end(transport: Any) -> AsyncGenerator[None]:
    """An event loop that ends closes the generators that were begun in it; this one closes the connections then."""
    async with transport:
        yield


async def _as_async(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def _target(origin: Origin, call: AnyCall) -> str:
    text = origin.url + call.path
    if not call.query:
        return text
    pairs = [f"{quote(name, safe='$')}={quote(value, safe=_PLAIN)}" for name, value in call.query.items()]
    return text + ("&" if "?" in call.path else "?") + "&".join(pairs)


# Bulk add sends all its requests to one address, and to parse one is a fifth of the cost of a request.
@lru_cache(maxsize=64)
def _url(library: ModuleType, text: str) -> httpx.URL:
    path = text.partition("?")[0]
    if "/./" in f"{path}/" or "/../" in f"{path}/":
        # A URL library removes it and what stands before it: the file ".." of a task would be the task.
        raise ValueError("a part of the path is . or ..")
    return cast(httpx.URL, library.URL(text))


def limit_of(call: AnyCall, status_code: int) -> float:
    """Return the largest number of bytes that an answer may have; the content of a file has no limit."""
    if status_code >= 300:
        return MAX_ERROR
    if call.operation == "File_GetFromTask":
        return float("inf")
    return MAX_PAGE if "List" in call.operation or "Collection" in call.operation else MAX_RESOURCE


def _answer(response: httpx.Response, content: bytes, call: AnyCall) -> Answer:
    status_code, headers, limit = response.status_code, response.headers, limit_of(call, response.status_code)
    coding = headers.get("Content-Encoding", "").strip().lower()
    try:
        if len(content) > limit:
            raise ValueError(f"it has more than {limit:,} bytes")
        if content and coding not in ("", "identity") and not response.is_stream_consumed:
            content = _unpacked(content, coding, limit)
    except (ValueError, zlib.error) as error:
        what = f"The answer to {call.operation} cannot be read: {error}."
        raise unreadable(Answer(status_code, headers), call, what) from None
    return Answer(status_code, headers, content)


def _unpacked(content: bytes, coding: str, limit: float) -> bytes:
    """Return decompressed content; 1 kB can stand for 1 MB, so the size is limited."""
    if coding not in _CODINGS:
        raise ValueError(f"it comes with Content-Encoding {coding!r}, which was not asked for")
    # "deflate" means a zlib header, but some servers leave it out.
    is_bare = coding == "deflate" and content[:1] != b"\x78"
    decoder = zlib.decompressobj(-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS | 32)
    unpacked = decoder.decompress(content, 0 if limit == float("inf") else int(limit) + 1)
    if len(unpacked) > limit:
        raise ValueError(f"it has more than {limit:,} bytes")
    if not decoder.eof or decoder.unused_data:
        raise ValueError("its compressed content is cut short, or followed by more")
    return unpacked


def new_ssl_context() -> ssl.SSLContext:
    """Return a context that trusts httpx's certificates, or those of SSL_CERT_FILE and SSL_CERT_DIR."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        named = [f"{name}={os.environ[name]}" for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)]
        where = next(iter(named), "those of the package certifi")  # in this order httpx looks for them
        raise ConfigurationError(f"The trusted certificates cannot be read: {where} ({error}).") from error


def proxy_for(origin: Origin) -> httpx.Proxy | None:
    """Return the proxy that the environment or the system names for an origin; none for this machine itself."""
    address = proxy_address(origin)
    if address is None:
        return None
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        if is_host(proxy.url.raw_host.decode()) and (proxy.url.port or 80) <= 65535:
            return proxy
    except (ValueError, httpx.InvalidURL):
        pass  # not the cause of what is raised: its text may hold a password
    del address  # so may this, and tracebacks may show variables
    raise ConfigurationError(f"The proxy of the environment for {origin.scheme} is not of the form http://host:port.")
