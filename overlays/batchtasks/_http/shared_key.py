"""The Shared Key signature as pure functions.

It follows the REST page "Authenticate Requests to Azure Batch". Where the text of that page and its example differ, the
example is right: the resource has no newline at its end, and with `ocp-date` the Date line is empty.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl

# The headers whose values follow the method, one a line, in this order.
_LINES = (
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)


def string_to_sign(
    account: str, method: str, path: str, query: str, headers: Mapping[str, str], *, lower_names: bool = False
) -> str:
    """Return the text that is signed.

    Args:
        account: The name of the account.
        method: The HTTP method.
        path: The path as it is sent, percent-encoded.
        query: The query as it is sent, percent-encoded.
        headers: The headers, with names in lower case.
        lower_names: Whether the names of query parameters are signed in lower case, as the REST page says. The official
            clients sign them as they are spelled. This matters only for `timeOut`.
    """
    lines = [method.upper(), *[headers.get(name, "") for name in _LINES]]
    lines += [f"{name}:{headers[name].strip()}" for name in sorted(headers) if name.startswith("ocp-")]
    lines.append(f"/{account}{path}")
    lines += _query_lines(query, lower_names)
    return "\n".join(lines)


# All requests of a bulk add have the same query.
@lru_cache(maxsize=16)
def _query_lines(query: str, lower_names: bool) -> tuple[str, ...]:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(name.lower() if lower_names else name, []).append(value)
    return tuple(f"{name}:{','.join(sorted(values[name]))}" for name in sorted(values))


def signature(key: bytes, text: str) -> str:
    """Return the signature of a text with the account's key, in Base64."""
    return base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()
