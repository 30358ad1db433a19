"""Request bodies: read, checked against the specification's schema, and brought into the service's own form."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import orjson

from batchtasks_local import errors, reasons
from batchtasks_local.errors import BatchFault
from batchtasks_local.strict import KEYWORDS, Fix, Schema, is_date_time, is_duration

_FORMATS = {"duration": is_duration, "date-time": is_date_time}
# which of several errors in one body is told: what is unknown first, what is missing next
_RANK = {"additionalProperties": 0, "unevaluatedProperties": 0, "required": 1}

Path = list[str | int]


class Body:
    """The body of one operation in one api-version."""

    def __init__(self, schema: Schema, fix: Fix | None, *, required: bool) -> None:
        self.required = required
        self._schema = schema
        self._fix = fix
        self._checker = jsonschema_rs.validator_for(schema, formats=_FORMATS, validate_formats=True, keywords=KEYWORDS)

    def read(self, raw: bytes) -> Any:
        """The checked value of a body; faults name the property. None for an empty body that need not be there."""
        if not raw.strip():
            if self.required:
                raise errors.invalid_body("The request must have a body")
            return None
        try:
            value = _tidy(_parse(raw), raw)
        except RecursionError:
            raise errors.invalid_body("The body is nested too deeply") from None
        if not self._checker.is_valid(value):
            raise self._fault(value, min(self._checker.iter_errors(value), key=_rank))
        return self._fix(value) if self._fix else value

    def _fault(self, body: Any, error: jsonschema_rs.ValidationError) -> BatchFault:
        if not isinstance(body, dict):
            return errors.invalid_body("The body must be a JSON object")
        place, inside = _place(body, list(error.instance_path))
        match error.kind.as_dict():
            case {"unexpected": [str(name), *_]}:
                reason = reasons.unknown(name, reasons.names_in(self._schema))
                return errors.unsupported_property(_name([*inside, name]), _sentence(reason, place))
            case {"property": str(name)} if error.kind.name == "required":
                return errors.missing_property(_name([*inside, name]), _sentence("The request must have it", place))
            case kind:
                reason = _sentence(reasons.of(error, kind), place)
                name = _name(inside or list(error.instance_path)) or "body"
                return errors.invalid_property(name, reasons.shown(error.instance), reason)


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise errors.invalid_body(f"The body is not JSON: {error}") from None


def _tidy(value: Any, raw: bytes) -> Any:
    """Without `odata.` members, which clients may send along, and nulls, which mean that a member is not set."""
    return _without(value) if b"null" in raw or b"odata." in raw else value


def _without(value: Any) -> Any:
    if isinstance(value, list):
        return [_without(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = ((name, item) for name, item in value.items() if item is not None and not name.startswith("odata."))
    return {name: _without(item) for name, item in kept}


def _rank(error: jsonschema_rs.ValidationError) -> int:
    return _RANK.get(error.kind.name, 2)


def _place(body: dict[str, Any], where: Path) -> tuple[str, Path]:
    """Of which task of a collection an error speaks, in words, and the path inside that task."""
    match where:
        case ["value", int(number), *rest]:
            item = body["value"][number]
            name = item.get("id") if isinstance(item, dict) else None
            task = f"task number {number + 1} of the request"
            return (f"{task}, '{reasons.shown(name)}'" if name else task), rest
    return "", where


def _sentence(reason: str, place: str) -> str:
    return f"{reason} ({place})" if place else reason


def _name(where: Path) -> str:
    """A path as people write it: `environmentSettings[2]/name`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f"/{part}" for part in where)
    return text.removeprefix("/")
