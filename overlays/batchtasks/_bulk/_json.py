"""JSON to and from bytes, by orjson where it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import encoder
from typing import Any

_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain_dumps(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


def _made_once() -> Callable[[Any], bytes]:
    """What `_plain_dumps` does, in half the time: JSONEncoder makes the machinery below anew for every value."""
    write = encoder.c_make_encoder(  # type: ignore[attr-defined]
        None, _ENCODER.default, encoder.encode_basestring, None, ":", ",", False, False, False
    )

    def dumps(value: Any) -> bytes:
        return "".join(write(value, 0)).encode()

    return dumps


def _plain_loads(content: bytes) -> Any:
    return json.loads(content)


dumps: Callable[[Any], bytes]
try:
    import orjson
except ImportError:
    # CPython has this, other Pythons may not.
    dumps = _made_once() if getattr(encoder, "c_make_encoder", None) else _plain_dumps
    loads = _plain_loads
else:
    # Without blanks, in UTF-8; the function itself, because it is called for every task.
    dumps = orjson.dumps

    def loads(content: bytes) -> Any:
        """Read JSON; what orjson is too strict for (a byte order mark, UTF-16) is left to the standard library."""
        try:
            return orjson.loads(content)
        except ValueError:
            return json.loads(content)
