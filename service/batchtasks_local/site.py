"""All that answers on the service's port: the Batch operations, and beside them the pages of the service itself."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from batchtasks_local import control, page
from batchtasks_local.app import BatchApp, Receive, Send
from batchtasks_local.control import FaultControl
from batchtasks_local.exchange import Scope
from batchtasks_local.service import Service


class Site:
    """The ASGI application of one service. `/` and paths with a leading underscore are never Batch's."""

    def __init__(self, service: Service) -> None:
        self._batch = BatchApp(service)
        self._own = Starlette(
            routes=[
                Route(control.PATH, FaultControl(service).handle, methods=list(control.METHODS)),
                *page.routes(service),
            ],
        )

    def close(self) -> None:
        """Let go of threads."""
        self._batch.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["path"] == "/" or scope["path"].startswith("/_"):
            await self._own(scope, receive, send)
        else:
            await self._batch(scope, receive, send)
