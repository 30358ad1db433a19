"""The page at `/`: jobs, counts, a timeline and failed tasks, in a browser on this machine.

The page is static files and one small JSON answer. Everything it shows it reads with the same signed requests as any
client. It is given only to this machine: the connection must come from loopback, and the Host must be a loopback name,
so that no foreign site gets at it by pointing a name of its own at 127.0.0.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from batchtasks_local.origin import is_local_host, is_own_fetch
from batchtasks_local.service import Service
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings, is_loopback

__all__ = ["Page", "routes"]

FOLDER = "/_page/"
ACCOUNT = "account.json"
INDEX = "index.html"
_STATIC = Path(__file__).with_name("static")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def routes(service: Service) -> list[Route]:
    """Where the page answers: `/`, and its files below `/_page/`."""
    page = Page(service)
    return [Route("/", page), Route(FOLDER + "{name}", page)]


class Page:
    """Answers for the page and its files, as an ASGI application."""

    def __init__(self, service: Service) -> None:
        self._settings = service.settings
        self._account = orjson.dumps(account(service.settings, service.contracts.versions[-1]))
        self._files = {path.name: path.read_bytes() for path in _STATIC.iterdir() if path.suffix in _TYPES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await self._answer(Request(scope, receive))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return _text(405, f"{request.method} is not for this page.", {"Allow": "GET, HEAD"})
        if request.client is None or not is_loopback(request.client.host):
            return _text(403, "This page is for a browser on the machine that the service runs on.")
        if not is_local_host(request.headers.get("host", "")):
            return _text(403, f"Open this page as http://127.0.0.1:{self._settings.port}/.")
        name: str = request.path_params.get("name", INDEX)
        if name == ACCOUNT:
            return self._about_the_account(request)
        if name not in self._files:
            return _text(404, "There is no such file.")
        return Response(self._files[name], 200, {**_HEADERS, "Content-Type": _TYPES[Path(name).suffix]})

    def _about_the_account(self, request: Request) -> Response:
        if not is_own_fetch(request.headers):
            return _text(403, "This is for the page itself.")
        return Response(self._account, 200, {**_HEADERS, "Content-Type": "application/json"})


def account(settings: Settings, api_version: str) -> Mapping[str, str | None]:
    """What the page signs with. A key of the operator's own is never in it: the page asks its reader for that."""
    key = DEVELOPMENT_KEY if settings.key == DEVELOPMENT_KEY else None
    return {"account": settings.account, "key": key, "apiVersion": api_version}


def _text(status: int, sentence: str, more: Mapping[str, str] | None = None) -> Response:
    return Response(sentence + "\n", status, {**_HEADERS, "Content-Type": "text/plain; charset=utf-8", **(more or {})})
