"""The Shared Key signature as pure functions.

After the REST page "Authenticate Requests to Azure Batch", with the two points in which its text and its example differ
settled by the example: the resource has no newline at its end, and `ocp-date` leaves the Date line empty.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl

# The headers whose values stand in lines of their own, in this order, after the verb.
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
    """Write what is signed.

    `path` and `query` are as on the wire, still percent-encoded; the names of `headers` are in lower case. The page says
    that names of query parameters are signed in lower case, the official clients sign them as they are spelled:
    `lower_names` chooses (it matters for `timeOut` alone).
    """
    lines = [method.upper(), *[headers.get(name, "") for name in _LINES]]
    lines += [f"{name}:{headers[name].strip()}" for name in sorted(headers) if name.startswith("ocp-")]
    lines.append(f"/{account}{path}")
    lines += _query_lines(query, lower_names)
    return "\n".join(lines)


# Bulk add sends all its requests with one query.
@lru_cache(maxsize=16)
def _query_lines(query: str, lower_names: bool) -> tuple[str, ...]:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(name.lower() if lower_names else name, []).append(value)
    return tuple(f"{name}:{','.join(sorted(values[name]))}" for name in sorted(values))


def signature(key: bytes, text: str) -> str:
    """Sign with the account's key."""
    return base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()


def decode_key(key: str) -> bytes | None:
    """Read an account key, which is Base64; None when it is not. The caller words the error, without the key in it."""
    try:
        return base64.b64decode(key.strip(), validate=True) or None
    except (binascii.Error, ValueError, AttributeError):
        return None
