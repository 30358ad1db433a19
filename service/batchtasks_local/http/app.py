"""The service as an ASGI application: a request goes through an ordered list of steps, any of which may end it.

log -> foreign sites -> limits -> version -> authentication -> body -> parse -> conditions -> faults -> operation

The body is received after authentication, which needs the headers only. Its limit is one of the limits before.

`BatchApp._steps` is that list. Every answer, also that of an error, is sent by `_send`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect

from batchtasks_local.data_folder import is_full
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.http import conditions, errors, faults, routing
from batchtasks_local.http.auth import Authenticator
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.http.exchange import Answer, Exchange, Scope, error_answer
from batchtasks_local.http.faults import Faults
from batchtasks_local.settings import Settings

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
T = TypeVar("T")
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("batchtasks_local")

THREADS = 8
_PAGE_DATA = "/_jobs"
_BODY_PATIENCE = 10
"""How many times longer a whole body may take than the time between two pieces of it."""
_LARGE_BODY = 32 * 1024
"""Bytes of a body that is checked in a thread, so that other requests do not wait for it."""
_FIXED_HEADERS = (
    (b"dataserviceversion", b"3.0"),
    (b"server", b"Microsoft-HTTPAPI/2.0"),
    (b"x-content-type-options", b"nosniff"),
)
_HOST = re.compile(r"[A-Za-z0-9.\-_:\[\]]+")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_FORMS = (
    ("host", _HOST, "It must be a host and, if need be, a port"),
    ("client-request-id", _GUID, "It must be a GUID of 32 hexadecimal digits and four hyphens, without braces"),
)


class BatchApp:
    """Answers all requests to one service."""

    def __init__(
        self,
        settings: Settings,
        contracts: Contracts,
        injected: Faults,
        carry_out: Callable[[Exchange], Answer],
        page: AsgiApp,
        page_data: Callable[[Exchange], Answer],
    ) -> None:
        """Make the application.

        Args:
            settings: The settings of the service.
            contracts: The documents of all API versions.
            injected: The faults in force.
            carry_out: Carries out the operation of a request, in a thread.
            page: Answers for the page at `/`.
            page_data: Answers what the page asks below `/_jobs`, in a thread.
        """
        self._settings = settings
        self._contracts = contracts
        self._authenticator = Authenticator(settings)
        self._faults = injected
        self._carry_out = carry_out
        self._page = page
        self._page_data = page_data
        self._threads = ThreadPoolExecutor(THREADS, "batch-request")

    def close(self) -> None:
        """End the threads that carry out operations."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        if scope["path"] == "/" or scope["path"].startswith("/_page/"):
            await self._page(scope, receive, send)
            return
        began = time.perf_counter()
        exchange = Exchange.from_scope(scope)
        try:
            answer = await self._answer(exchange, receive)
        except ClientDisconnect:
            return
        if exchange.lost:
            await _close(scope, receive)
        else:
            await _send(exchange, answer, scope, send)
        took = (time.perf_counter() - began) * 1000
        suffix = _log_suffix(exchange, answer)
        log.info("%s %s %s %.1f ms%s", exchange.method, exchange.raw_path, answer.status_code, took, suffix)

    async def _answer(self, exchange: Exchange, receive: Receive) -> Answer:
        try:
            return await self._steps(exchange, receive)
        except errors.BatchError as error:
            return error_answer(error, exchange)
        except RefusedError as error:
            return error_answer(errors.refused(error), exchange)
        except ClientDisconnect:
            raise
        except Exception as error:
            return error_answer(errors.internal_error(_public_reason(error, exchange)), exchange)

    async def _steps(self, exchange: Exchange, receive: Receive) -> Answer:
        self._authenticator.refuse_foreign_site(exchange)
        self._limits(exchange)
        if exchange.raw_path.rstrip("/") == faults.PATH:
            self._authenticator.check(exchange)
            await self._receive_body(exchange, receive)
            return faults.handle(self._faults, exchange)
        if exchange.raw_path == _PAGE_DATA or exchange.raw_path.startswith(f"{_PAGE_DATA}/"):
            self._authenticator.check(exchange)
            return await self._in_thread(self._page_data, exchange)
        routing.choose_contract(exchange, self._contracts)
        self._authenticator.check(exchange)
        await self._receive_body(exchange, receive)
        routing.parse(exchange)
        if len(exchange.body) >= _LARGE_BODY:
            await self._in_thread(routing.read_body, exchange)
        else:
            routing.read_body(exchange)
        exchange.condition = conditions.read(exchange.headers, exchange.operation.conditions)
        injected = await self._faults.inject(exchange)
        if injected is not None:
            return injected
        return await self._in_thread(self._carry_out, exchange)

    async def _in_thread(self, act: Callable[[Exchange], T], exchange: Exchange) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act, exchange)

    def _limits(self, exchange: Exchange) -> None:
        """Check the sizes of headers and body, and the form of headers that answers repeat."""
        settings, headers = self._settings, exchange.headers
        if len(exchange.raw_path) + len(exchange.raw_query) > settings.max_header:
            raise errors.url_failed_to_parse(f"The URL is longer than {settings.max_header} bytes")
        if sum(map(len, headers)) + sum(map(len, headers.values())) > settings.max_header:
            raise errors.headers_too_long(settings.max_header)
        for name, form, reason in _FORMS:
            if name in headers and not form.fullmatch(headers[name]):
                raise errors.invalid_header(name, headers[name], reason)
        length = headers.get("content-length", "")
        if length and "transfer-encoding" in headers:
            raise errors.ambiguous_length(length)
        if length.isdecimal() and int(length) > settings.max_body:
            raise errors.body_too_large(settings.max_body)

    async def _receive_body(self, exchange: Exchange, receive: Receive) -> None:
        settings, length = self._settings, exchange.headers.get("content-length", "")
        if length != "0" and (length or "transfer-encoding" in exchange.headers):
            exchange.body = await _body(receive, settings.max_body, settings.client_patience)


async def _body(receive: Receive, limit: int, patience: float) -> bytes:
    body = bytearray()
    clock = asyncio.get_running_loop().time
    latest = clock() + patience * _BODY_PATIENCE
    try:
        async with asyncio.timeout(None) as timeout:
            while True:
                timeout.reschedule(min(clock() + patience, latest))
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                body += message.get("body", b"")
                if len(body) > limit:
                    raise errors.body_too_large(limit)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise errors.client_too_slow() from None


def _public_reason(error: Exception, exchange: Exchange) -> str:
    """Log an unexpected error, and return what the client may know of it: nothing, unless the disk is full."""
    what = f"request {exchange.request_id} failed: {exchange.method} {exchange.raw_path}"
    if is_full(error):
        log.error("%s: %s", what, error)
        return "The disk that holds the service's data is full"
    log.error(what, exc_info=error)
    return ""


def _log_suffix(exchange: Exchange, answer: Answer) -> str:
    lost = " (answer lost on purpose)" if exchange.lost else ""
    return f" {exchange.request_id}{lost}" if answer.status_code >= 400 or lost else ""


async def _send(exchange: Exchange, answer: Answer, scope: Scope, send: Send) -> None:
    headers = _headers(exchange, answer)
    connection = _connection(scope)
    if connection is not None:
        connection.begin_answer(answer.reason, is_whole=answer.stream is None)
    # Without a length, the server sends the body in chunks, as the real service does; an error has a length.
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    if answer.stream is not None:
        async with contextlib.aclosing(answer.stream) as stream:
            async for chunk in stream:
                if connection is not None and connection.is_closing:  # the client has left
                    return
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": answer.body or b"", "more_body": False})


def _headers(exchange: Exchange, answer: Answer) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    headers += [(b"request-id", exchange.request_id.encode()), *_FIXED_HEADERS]
    if exchange.headers.get("return-client-request-id", "").lower() == "true":
        returned = exchange.headers.get("client-request-id")
        headers += [(b"client-request-id", returned.encode())] if returned and _GUID.fullmatch(returned) else []
    if answer.status_code == 204:
        headers.append((b"content-length", b"0"))
    elif answer.status_code >= 400 and exchange.method == "HEAD":
        headers = [header for header in headers if header[0] != b"content-type"]
    elif answer.status_code >= 400 and answer.body is not None:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    return headers


async def _close(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer."""
    connection = _connection(scope)
    if connection is not None:
        connection.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def _connection(scope: Scope) -> Any:
    """Return the `Connection` of a request, or None if another server runs the application, as in tests."""
    return scope.get("state", {}).get("connection")
