"""Whom the page may be given to: what the headers of a request say about where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from batchtasks_local.settings import is_loopback

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-]+)(:\d{1,5})?", re.ASCII)


def is_local_host(host: str) -> bool:
    """Whether a Host header names this machine itself, such as `127.0.0.1:10100`, `localhost` or `[::1]:10100`.

    A name that merely resolves to 127.0.0.1 is not enough: whoever owns a name can point it there, and a browser then
    takes what is served here for that site's own.
    """
    found = _HOST.fullmatch(host)
    return found is not None and is_loopback(found["name"])


def is_own_fetch(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that the page itself asks, or its reader; programs say nothing and may ask."""
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")
