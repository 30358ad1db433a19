"""Showing requests in place of sending them. The date and the Authorization header are made when one is sent."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from batchtasks import Call


def show_call(base: str, call: Call[Any], *, as_json: bool) -> None:
    """Write one request to standard output: as HTTP would have it, or as a line of JSON."""
    url = f"{base}{call.path}"
    if call.query:
        url += "?" + urlencode(call.query, quote_via=quote, safe="$,()'-._~")
    body = json.loads(call.content) if call.content else None
    if as_json:
        request = {"method": call.method, "url": url, "headers": dict(call.headers), "body": body}
        sys.stdout.write(json.dumps(request, ensure_ascii=False) + "\n")
        return
    lines = [f"{call.method} {url}", *(f"{name}: {value}" for name, value in call.headers.items()), ""]
    if body is not None:
        lines += [json.dumps(body, indent=2, ensure_ascii=False), ""]
    sys.stdout.write("\n".join(lines) + "\n")
