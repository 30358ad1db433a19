"""JSON to and from bytes, by orjson where it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

# Made once: json.dumps with such arguments would make a new encoder for every task.
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def _plain_dumps(value: Any) -> bytes:
    return _encode(value).encode()


def _plain_loads(content: bytes) -> Any:
    return json.loads(content)


dumps: Callable[[Any], bytes]
try:
    import orjson
except ImportError:
    dumps, loads = _plain_dumps, _plain_loads
else:
    # Without blanks, in UTF-8; the function itself, because it is called for every task.
    dumps = orjson.dumps

    def loads(content: bytes) -> Any:
        """Read JSON; what orjson is too strict for (a byte order mark, UTF-16) is left to the standard library."""
        try:
            return orjson.loads(content)
        except ValueError:
            return json.loads(content)
