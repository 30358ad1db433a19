"""Why a value in a request body is refused, in words for the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs
import orjson

from batchtasks_local.clock import UNLIMITED_TEXT
from batchtasks_local.strict import KEYWORDS

_FORMATS = {
    "duration": f"It must be an ISO 8601 duration, such as PT1H, and at most {UNLIMITED_TEXT}",
    "date-time": "It must be an ISO 8601 time, such as 2024-01-05T07:16:39Z",
}
_PATTERNS = {
    "^[A-Za-z0-9_-]+$": "It may have letters, digits, hyphens and underscores only",
    "^(0o?)?[0-7]{3,4}$": "It must be three or four octal digits, such as 0770",
}
_TYPES = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list", "object": "an object",
}  # fmt: skip
_LONGEST_VALUE = 200
_ALIKE = 0.75


def of(error: jsonschema_rs.ValidationError, kind: dict[str, Any]) -> str:
    """One sentence without a full stop. `kind` is `error.kind.as_dict()`."""
    match error.kind.name:
        case name if name in KEYWORDS:
            return str(kind["message"])
        case "format":
            return _FORMATS[kind["format"]]
        case "pattern":
            return _PATTERNS.get(kind["pattern"], f"It does not match {kind['pattern']}")
        case "maxLength" | "maxItems":
            return f"It has {_size(error.instance)}; at most {kind['limit']} are allowed"
        case "minLength" | "minItems":
            least = kind["limit"]
            return "It must not be empty" if least == 1 else f"It has {_size(error.instance)}; {least} are needed"
        case "minimum" | "maximum":
            return f"It must be {'at least' if error.kind.name == 'minimum' else 'at most'} {kind['limit']}"
        case "type":
            return f"It must be {' or '.join(map(_type, kind['types']))}, not {_given(error.instance)}"
        case _:
            return "The combination of properties is not allowed"


def _size(value: Any) -> str:
    return f"{len(value)} {'characters' if isinstance(value, str) else 'items'}"


def _type(name: str) -> str:
    return _TYPES.get(name, name)


def _given(value: Any) -> str:
    if value is None:
        return "null"
    kinds = {str: "text", bool: "true or false", float: "a number with a fraction", int: "a number", list: "a list"}
    return kinds.get(type(value), "an object")


def unknown(name: str, known: Iterable[str]) -> str:
    """What is said of a property that there is none of; a slip of the pen is recognised."""
    reason = "The request has no such property in this api-version"
    names = {one.lower().replace("_", ""): one for one in known}
    close = difflib.get_close_matches(name.lower().replace("_", ""), names, 1, _ALIKE)
    return f"{reason}; is '{names[close[0]]}' meant?" if close and names[close[0]] != name else reason


def names_in(schema: Any) -> Iterator[str]:
    """The names of all properties of a schema and of what is inside it."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from names_in(part)


def shown(value: Any) -> str:
    """A value as an error tells it: not all of a long one."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "..."
