"""Requests through a transport of httpx: the awaiting client's way, and the blocking one's with a proxy or a mock."""

from __future__ import annotations

import urllib.request
from typing import Any

import httpx

from batchtasks._origin import Origin
from batchtasks._outgoing import Outgoing
from batchtasks.errors import ConfigurationError, InvalidInputError, NoAnswerError
from batchtasks_rest._call import Answer

Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport


class ThroughHttpx:
    """Sends through a transport, blocking."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        try:
            response = self._transport.handle_request(_request(request))
            try:
                response.read()
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise _in_our_words(error, request) from error
        return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()


class AwaitThroughHttpx:
    """Sends through a transport, to be awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        try:
            response = await self._transport.handle_async_request(_request(request))
            try:
                await response.aread()
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise _in_our_words(error, request) from error
        return Answer(response.status_code, response.headers, response.content)

    async def close(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


def new_transport(origin: Origin, room: int, proxy: httpx.Proxy | None) -> Transport:
    """Make a blocking transport with room for so many requests at once."""
    return httpx.HTTPTransport(**_options(origin, room, proxy))


def new_async_transport(origin: Origin, room: int, proxy: httpx.Proxy | None) -> AsyncTransport:
    """Make an awaiting transport with room for so many requests at once."""
    return httpx.AsyncHTTPTransport(**_options(origin, room, proxy))


def _options(origin: Origin, room: int, proxy: httpx.Proxy | None) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=room, max_keepalive_connections=room)
    # Plain http needs no certificates, which take longer to load than all the rest.
    return {"limits": limits, "proxy": proxy, "verify": origin.scheme == "https" or proxy is not None}


def proxy_for(origin: Origin) -> httpx.Proxy | None:
    """Tell the proxy that the environment or the system names for an origin; none can reach this machine's loopback."""
    if origin.is_loopback or urllib.request.proxy_bypass(origin.host):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(origin.scheme) or proxies.get("all")
    if not found:
        return None
    try:
        return httpx.Proxy(found if "://" in found else f"http://{found}")
    except (ValueError, httpx.InvalidURL):
        # The text may hold a password.
        raise ConfigurationError(
            f"The proxy that the environment names for {origin.scheme} is not of the form http://host:port."
        ) from None


def is_watched() -> bool:
    """Whether something stands in for httpx's transport: a mock in a test, or a tool that records requests."""
    # What is as it came was written in one file with the rest of the class.
    return any(
        getattr(method, "__code__", None) is None or method.__code__.co_filename != other.__code__.co_filename
        for method, other in (
            (httpx.HTTPTransport.handle_request, httpx.HTTPTransport.close),
            (httpx.AsyncHTTPTransport.handle_async_request, httpx.AsyncHTTPTransport.aclose),
        )
    )


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


def _in_our_words(error: httpx.HTTPError, request: Outgoing) -> Exception:
    text = str(error) or type(error).__name__
    if isinstance(error, httpx.UnsupportedProtocol):
        return ConfigurationError(f"{request.origin.url} cannot be reached: {text}")
    if isinstance(error, httpx.LocalProtocolError):
        # The text of this error quotes headers, so it is not passed on.
        return InvalidInputError(f"{request.method} {request.path} is not what HTTP allows.")
    unsent = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError))
    failure: NoAnswerError
    if isinstance(error, httpx.TimeoutException):
        failure = request.timed_out(text, sent=not unsent)
    else:
        failure = request.broke_off(text, sent=not unsent)
    return failure
