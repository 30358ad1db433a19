"""What a request's headers say about where it comes from: this machine's own reader, or a foreign site in a browser.

The development key is public and a bearer token may be any text, so neither keeps a web page out. A page of another
origin is kept out by the browser, which asks first before it sends an Authorization header and is not told yes. That is
not enough against a site that points its own name at 127.0.0.1: the browser takes the service for a part of that site.
Such a request names the site in its Host header, and is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from batchtasks_local import errors
from batchtasks_local.app import Receive, Send
from batchtasks_local.exchange import Exchange, Scope
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings, is_loopback

App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-]+)(:\d{1,5})?", re.ASCII)
_REASON = "It must name this machine, as 127.0.0.1, localhost or [::1], where no key of one's own signs the request"


def is_local_host(host: str) -> bool:
    """Whether a Host header names this machine itself, such as `127.0.0.1:10100`, `localhost` or `[::1]:10100`.

    A name that merely resolves to 127.0.0.1 is not enough: whoever owns a name can point it there.
    """
    found = _HOST.fullmatch(host)
    return found is not None and is_loopback(found["name"])


def is_own_fetch(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that the page itself asks, or its reader; programs say nothing and may ask."""
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


class NoForeignSites:
    """Lets only requests through that no foreign site can have made: signed with a secret, or naming this machine."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._secret = settings.key != DEVELOPMENT_KEY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or self._may_pass(dict(scope["headers"])):
            await self._app(scope, receive, send)
            return
        exchange = Exchange.of_scope(scope)
        answer = errors.answer(errors.invalid_header("Host", exchange.headers["host"], _REASON), exchange)
        headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers]
        headers += [(b"request-id", exchange.request_id.encode()), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body or b""})

    def _may_pass(self, headers: Mapping[bytes, bytes]) -> bool:
        # without credentials it is refused anyway, and without a Host no browser has sent it
        credentials, host = headers.get(b"authorization"), headers.get(b"host")
        if credentials is None or host is None:
            return True
        signed = credentials.partition(b" ")[0].lower() == b"sharedkey"
        return (self._secret and signed) or is_local_host(host.decode("latin-1"))
