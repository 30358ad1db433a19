"""The service as an ASGI application: a request goes through an ordered list of steps, any of which may end it.

log -> limits -> version -> auth -> parse -> conditions -> faults -> operation -> errors
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.requests import ClientDisconnect, Request

from batchtasks_local import conditions, errors, parsing
from batchtasks_local.exchange import Answer, Exchange, Scope
from batchtasks_local.lifecycle.refused import Refused
from batchtasks_local.routes import HANDLERS
from batchtasks_local.service import Service

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger("batchtasks_local")

THREADS = 8
_LONGEST = 10
"""A body may take so many times as long as there may be between two pieces of it."""
_FIXED = (
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
    """Answers the operations of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._threads = ThreadPoolExecutor(THREADS, "batch-request")

    def close(self) -> None:
        """Let go of the threads that work on requests."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        began = time.perf_counter()
        exchange = Exchange.of_scope(scope)
        request = Request(scope, receive)
        try:
            answer = await self._answer(exchange, request)
        except ClientDisconnect:
            return
        if exchange.lost:
            await _drop(scope, receive)
        else:
            await _deliver(exchange, answer, send, _closing(scope))
        took = (time.perf_counter() - began) * 1000
        log.info("%s %s %s %.1f ms%s", exchange.method, exchange.raw_path, answer.status, took, _note(exchange, answer))

    async def _answer(self, exchange: Exchange, request: Request) -> Answer:
        try:
            return await self._steps(exchange, request)
        except errors.BatchFault as fault:
            return errors.answer(fault, exchange)
        except Refused as refusal:
            return errors.answer(errors.refused(refusal), exchange)
        except ClientDisconnect:
            raise
        except Exception as error:
            return errors.answer(errors.internal_error(_why(error, exchange)), exchange)

    async def _steps(self, exchange: Exchange, request: Request) -> Answer:
        service = self._service
        await self._limits(exchange, request)
        parsing.choose_contract(exchange, service.contracts)
        service.authenticator.check(exchange)
        parsing.parse(exchange)
        exchange.condition = conditions.read(exchange.headers, exchange.asked.conditions)
        struck = await service.faults.strike(exchange)
        if struck is not None:
            return struck
        handler = HANDLERS[exchange.asked.name]
        return await asyncio.get_running_loop().run_in_executor(self._threads, handler, service, exchange)

    async def _limits(self, exchange: Exchange, request: Request) -> None:
        """Sizes of headers and body, the form of what is repeated in answers; then read the body."""
        settings = self._service.settings
        if len(exchange.raw_path) + len(exchange.raw_query) > settings.max_header:
            raise errors.url_failed_to_parse(f"The URL is longer than {settings.max_header} bytes")
        if sum(map(len, exchange.headers)) + sum(map(len, exchange.headers.values())) > settings.max_header:
            raise errors.headers_too_long(settings.max_header)
        for name, form, reason in _FORMS:
            if name in exchange.headers and not form.fullmatch(exchange.headers[name]):
                raise errors.invalid_header(name, exchange.headers[name], reason)
        length = exchange.headers.get("content-length", "")
        if length.isdecimal() and int(length) > settings.max_body:
            raise errors.body_too_large(settings.max_body)
        if length != "0" and (length or "transfer-encoding" in exchange.headers):
            exchange.body = await self._body(request, settings.max_body, settings.client_patience)

    async def _body(self, request: Request, limit: int, patience: float) -> bytes:
        body = bytearray()
        stream = request.stream()
        try:
            async with asyncio.timeout(patience * _LONGEST):
                while True:
                    async with asyncio.timeout(patience):
                        body += await anext(stream)
                    if len(body) > limit:
                        raise errors.body_too_large(limit)
        except StopAsyncIteration:
            return bytes(body)
        except TimeoutError:
            raise errors.client_too_slow() from None


def _why(error: Exception, exchange: Exchange) -> str:
    """What may be told of an error that nobody foresaw, after it was logged: nothing, but for a disk that is full."""
    what = f"request {exchange.request_id} failed: {exchange.method} {exchange.raw_path}"
    if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
        log.error("%s: %s", what, error)
        return "The disk that holds the service's data is full"
    log.error(what, exc_info=error)
    return ""


def _note(exchange: Exchange, answer: Answer) -> str:
    lost = " (answer lost on purpose)" if exchange.lost else ""
    return f" {exchange.request_id}{lost}" if answer.status >= 400 or lost else ""


def _closing(scope: Scope) -> Callable[[], bool]:
    """Tells whether the connection has ended; always False where the server does not say."""
    found: Callable[[], bool] = scope.get("extensions", {}).get("batchtasks", {}).get("closing", lambda: False)
    return found


async def _deliver(exchange: Exchange, answer: Answer, send: Send, closing: Callable[[], bool]) -> None:
    headers = _head(exchange, answer)
    # without a length the server sends the body in chunks, which is how the service sends no body at all
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.stream is not None:
        async with contextlib.aclosing(answer.stream) as stream:
            async for chunk in stream:
                if closing():  # nobody is there for the rest of a file
                    return
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": answer.body or b"", "more_body": False})


def _head(exchange: Exchange, answer: Answer) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    headers += [(b"request-id", exchange.request_id.encode()), *_FIXED]
    if exchange.headers.get("return-client-request-id", "").lower() == "true":
        returned = exchange.headers.get("client-request-id")
        headers += [(b"client-request-id", returned.encode())] if returned and _GUID.fullmatch(returned) else []
    if answer.status == 204:
        headers.append((b"content-length", b"0"))
    elif answer.body is not None:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    return headers


async def _drop(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer."""
    scope["extensions"]["batchtasks"]["abort"]()
    while (await receive())["type"] != "http.disconnect":
        pass
