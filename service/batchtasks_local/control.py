"""`/_faults`: put faults into force over HTTP, see how often they struck, take them out again.

    GET     the faults in force, with their ids and hits
    POST    one fault or a list of them, as JSON; answers their ids
    DELETE  all of them, or with ?id=N that one

Whoever may use the service may use this: the request is signed, or carries a bearer token, as any other.
"""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from batchtasks_local import errors
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.faults import Fault, FaultError
from batchtasks_local.routes import HANDLERS
from batchtasks_local.service import Service

PATH = "/_faults"
METHODS = ("GET", "POST", "DELETE")
_LARGEST = 64 * 1024


class FaultControl:
    """The endpoint, for one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def handle(self, request: Request) -> Response:
        """One request to the endpoint."""
        exchange = Exchange.of_scope(dict(request.scope))
        try:
            self._service.authenticator.check(exchange)
            answer = await self._answer(request)
        except errors.BatchFault as fault:
            answer = errors.answer(fault, exchange)
        return Response(answer.body, answer.status, dict(answer.headers))

    async def _answer(self, request: Request) -> Answer:
        faults = self._service.faults
        if request.method == "POST":
            return _json(201, {"ids": faults.add(_read(await _body(request)))})
        if request.method == "DELETE":
            faults.remove(_numbers(request))
            return Answer(204)
        return _json(200, {"value": faults.report()})


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise errors.body_too_large(_LARGEST)
    return body


def _read(body: bytes) -> list[Fault]:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise errors.invalid_body(f"The body is not JSON: {error}") from None
    return [_fault(one) for one in (given if isinstance(given, list) else [given])]


def _fault(given: Any) -> Fault:
    if not isinstance(given, dict):
        raise errors.invalid_body("A fault must be a JSON object")
    try:
        fault = Fault.of(given)
    except FaultError as error:
        raise errors.invalid_body(str(error)) from None
    for name in fault.operations:
        if name not in HANDLERS:
            raise errors.invalid_body(f"{name!r} is not an operation; these are: {', '.join(HANDLERS)}")
    return fault


def _numbers(request: Request) -> list[int] | None:
    text = request.query_params.get("id")
    if text is None:
        return None
    if not text.isdecimal():
        raise errors.invalid_query("id", text, "It must be the number of a fault")
    return [int(text)]


def _json(status: int, value: Any) -> Answer:
    return Answer(status, (("Content-Type", "application/json"),), orjson.dumps(value))
