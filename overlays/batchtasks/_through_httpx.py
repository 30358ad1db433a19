"""Requests through a transport of httpx: the way of both clients with a proxy, a mock, or a transport of the caller's."""

from __future__ import annotations

import sys
import urllib.request
from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

import httpx
from attrs import evolve

from batchtasks._origin import Origin, is_host
from batchtasks._outgoing import Outgoing
from batchtasks._tls import new_context
from batchtasks._unreachable import hindrance, hindrance_of_proxy
from batchtasks.errors import ConfigurationError, InvalidInputError
from batchtasks_rest._call import Answer

Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
T = TypeVar("T")


class ThroughHttpx:
    """Sends through a transport, blocking."""

    def __init__(self, transport: Transport, proxy: httpx.Proxy | None = None) -> None:
        self._transport = transport
        self._proxy = proxy

    def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        try:
            response = self._transport.handle_request(_request(request))
            try:
                response.read()
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise _in_our_words(error, request, self._proxy) from error
        return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()


class AwaitThroughHttpx:
    """Sends through a transport, to be awaited."""

    def __init__(self, transport: AsyncTransport, proxy: httpx.Proxy | None = None) -> None:
        self._transport = transport
        self._proxy = proxy

    async def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        try:
            response = await self._transport.handle_async_request(_request(request))
            try:
                await response.aread()
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise _in_our_words(error, request, self._proxy) from error
        return Answer(response.status_code, response.headers, response.content)

    async def close(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


def new_transport(origin: Origin, room: int, proxy: httpx.Proxy | None) -> Transport:
    """Make a blocking transport with room for so many requests at once."""
    return _made(httpx.HTTPTransport, origin, room, proxy)


def new_async_transport(origin: Origin, room: int, proxy: httpx.Proxy | None) -> AsyncTransport:
    """Make an awaiting transport with room for so many requests at once."""
    return _made(httpx.AsyncHTTPTransport, origin, room, proxy)


def _made(kind: Callable[..., T], origin: Origin, room: int, proxy: httpx.Proxy | None) -> T:
    limits = httpx.Limits(max_connections=room, max_keepalive_connections=room)
    # Plain http needs no certificates, which take longer to load than all the rest.
    verify = new_context() if origin.scheme == "https" or proxy is not None else False
    try:
        return kind(limits=limits, proxy=proxy, verify=verify)
    except ImportError as error:
        raise ConfigurationError(f"The proxy that the environment names cannot be used: {error}") from None


def proxy_for(origin: Origin) -> httpx.Proxy | None:
    """Tell the proxy that the environment or the system names for an origin; none can reach this machine's loopback."""
    if origin.is_loopback or urllib.request.proxy_bypass(f"{origin.host}:{origin.port}"):
        return None
    try:
        return _named_proxy(origin.scheme)
    except (ValueError, httpx.InvalidURL):
        pass
    # Out here, because both the text and what was wrong with it may hold a password.
    raise ConfigurationError(
        f"The proxy that the environment names for {origin.scheme} is not of the form http://host:port."
    )


def _named_proxy(scheme: str) -> httpx.Proxy | None:
    proxies = urllib.request.getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    if not found:
        return None
    proxy = httpx.Proxy(found if "://" in found else f"http://{found}")
    if not is_host(proxy.url.raw_host.decode()) or (proxy.url.port or 80) > 65535:
        raise ValueError
    return proxy


def is_watched() -> bool:
    """Whether something stands in for httpx's transport: a mock in a test, or a tool that records requests."""
    transport, async_transport = httpx.HTTPTransport, httpx.AsyncHTTPTransport
    if _stands_in(transport.handle_request, transport.close):
        return True
    if _stands_in(async_transport.handle_async_request, async_transport.aclose):
        return True
    # Some put themselves one floor below; who does has loaded it.
    below = sys.modules.get("httpcore")
    return below is not None and (
        _stands_in(below.ConnectionPool.handle_request, below.ConnectionPool.close)
        or _stands_in(below.AsyncConnectionPool.handle_async_request, below.AsyncConnectionPool.aclose)
    )


def _stands_in(method: object, neighbour: object) -> bool:
    """Whether a method was not written where its class was, or is no plain function, whatever it pretends to be."""
    return _home(method) is None or _home(method) != _home(neighbour)


def _home(method: object) -> str | None:
    return method.__code__.co_filename if type(method) is FunctionType else None


def _request(request: Outgoing) -> httpx.Request:
    seconds = request.seconds
    limits = {"connect": seconds, "read": seconds, "write": seconds, "pool": None}
    return httpx.Request(
        request.method,
        request.address.url,
        headers=request.headers,
        content=request.content,
        extensions={"timeout": limits},
    )


def _in_our_words(error: httpx.HTTPError, request: Outgoing, proxy: httpx.Proxy | None) -> Exception:
    through = f"; through the proxy {proxy.url}" if proxy is not None else ""  # which has no password in it
    text = (str(error) or type(error).__name__) + through
    if isinstance(error, httpx.UnsupportedProtocol):
        return ConfigurationError(f"{request.origin.url} cannot be reached: {text}")
    if isinstance(error, httpx.LocalProtocolError):
        # The text of this error quotes headers, so it is not passed on.
        return InvalidInputError(f"{request.method} {request.path} is not what HTTP allows.")
    if isinstance(error, httpx.TimeoutException):
        return request.timed_out(text, sent=not isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)))
    if isinstance(error, (httpx.ConnectError, httpx.ProxyError)):
        why = hindrance(error) if isinstance(error, httpx.ConnectError) else hindrance_of_proxy(str(error))
        return request.not_connected(evolve(why, what=why.what + through))
    return request.broke_off(text)
