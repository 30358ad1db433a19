"""The page's files, what it signs with, and a sign that the service is there, as an ASGI application.

Everything that the page shows it reads with signed requests, as any client does. The page is only for this machine:
the connection must come from loopback, and the Host header must be a loopback name, so that no foreign site reaches it by
pointing its own name at 127.0.0.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from batchtasks_local.http.auth import is_local_host, is_own_fetch
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings, is_loopback

STATIC = Path(__file__).with_name("static")
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


def page_app(settings: Settings, api_version: str) -> Starlette:
    """Return the application that answers for `/` and for the files below `/_page/`.

    Args:
        settings: The settings of the service.
        api_version: The API version that the page uses.
    """
    about = account(settings, api_version)

    async def index(request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def account_json(request: Request) -> Response:
        if not is_own_fetch(request.headers):
            return PlainTextResponse("This is for the page itself.\n", 403)
        return JSONResponse(about)

    async def alive(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/_page/account.json", account_json),
            Route("/_page/alive", alive),
            Mount("/_page", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(_OnlyThisMachine, port=settings.port)],
    )


def account(settings: Settings, api_version: str) -> Mapping[str, str | int | None]:
    """Return what the page signs with, and how many tasks run at once.

    A secret key is never part of it: the page asks its reader for that.
    """
    key = DEVELOPMENT_KEY if settings.key == DEVELOPMENT_KEY else None
    slots = settings.slots if settings.run else 0
    return {"account": settings.account, "key": key, "apiVersion": api_version, "slots": slots}


class _OnlyThisMachine:
    """Refuses requests from elsewhere, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        if request.client is None or not is_loopback(request.client.host):
            return PlainTextResponse("This page is for a browser on the machine that the service runs on.\n", 403)
        if not is_local_host(request.headers.get("host", "")):
            return PlainTextResponse(f"Open this page as http://127.0.0.1:{self._port}/.\n", 403)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse(f"{request.method} is not for this page.\n", 405, {"Allow": "GET, HEAD"})
        return None
