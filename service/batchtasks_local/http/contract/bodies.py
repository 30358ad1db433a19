"""Request bodies: parsed, checked against a strict form of the specification's schema, and normalised.

An error names the property, says in a sentence what is wrong, and in a collection also which task it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

import jsonschema_rs
import orjson
from attrs import frozen

from batchtasks_local.http import errors
from batchtasks_local.http.contract.normalise import Normalise, Schema
from batchtasks_local.http.contract.strict import KEYWORDS, strict, validator

Path = list[str | int]
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)

# The order in which the errors of one body are reported: unknown members first, then missing ones.
_RANK = {"additionalProperties": 0, "unevaluatedProperties": 0, "required": 1}
_MAX_DEPTH = 64
"""Levels of objects and lists in a body that is worth an explanation; no schema has more than ten."""
_MAX_ITEMS = 100
"""Items of a collection; a larger one is refused as a whole."""
_MAX_RANKED = 2_000
"""Values in the part of a body whose errors are compared with each other. In a larger one the first error is reported."""


@frozen
class RefusedItem:
    """A task of a collection with a property that is refused; the other tasks are added."""

    id: str
    error: errors.BatchError


class Body:
    """The body of one operation in one API version."""

    def __init__(
        self, stated: Schema, strict_schemas: Callable[[], Schema], normalise: Normalise | None, *, required: bool
    ) -> None:
        """Make a body.

        Args:
            stated: The schema as the document states it.
            strict_schemas: Returns the strict form of all schemas of the document, which `stated` may refer to.
            normalise: Normalises a valid value.
            required: A request must have the body.
        """
        self.required = required
        self._stated = stated
        self._strict_schemas = strict_schemas
        self._normalise = normalise

    @cached_property
    def schema(self) -> Schema:
        """The strict schema, made when it is first used: a service hardly ever needs those of all operations."""
        schemas = {"schemas": self._strict_schemas()}
        return {"$ref": "#/$defs/body", "$defs": {"body": strict(self._stated)}, "components": schemas}

    @cached_property
    def _validator(self) -> jsonschema_rs.Validator:
        return validator(self.schema)

    def read(self, raw: bytes) -> Any:
        """Return the checked value of a body, or None for an empty body that is not required.

        In a collection, a task that breaks a rule is replaced by a `RefusedItem`.

        Raises:
            BatchError: The body is not JSON, or breaks a rule of the schema.
        """
        if not raw.strip():
            if self.required:
                raise errors.invalid_body("The request must have a body")
            return None
        try:
            value = _tidy(_parse(raw), raw)
        except RecursionError:
            raise errors.invalid_body("The body is nested too deeply") from None
        refused = {} if self._validator.is_valid(value) else self._refused_items(value)
        if refused:
            value["value"] = [item for place, item in enumerate(value["value"]) if place not in refused]
        value = self._normalise(value) if self._normalise else value
        for place in sorted(refused):
            value["value"].insert(place, refused[place])
        return value

    def _refused_items(self, value: Any) -> dict[int, RefusedItem]:
        """Return the items of a collection that break a rule, by their places; raise if the fault is not in an item.

        Numbers that were given as text are read first, in place.
        """
        if _is_deeper(value, _MAX_DEPTH):
            raise errors.invalid_body("The body is nested too deeply")
        items = value.get("value") if isinstance(value, dict) else None
        if not isinstance(items, list) or not 0 < len(items) <= _MAX_ITEMS:
            if self._reads_numbers(value):
                return {}
            raise self._error(value)
        refused: dict[int, RefusedItem] = {}
        for place, item in enumerate(items):
            part = {**value, "value": [item]}
            if self._validator.is_valid(part) or self._reads_numbers(part):
                continue
            error = self._telling_error(part)
            where = list(error.instance_path)
            is_inside = where[:2] == ["value", 0] and isinstance(item, dict) and isinstance(item.get("id"), str)
            explained = self._explained(value, error, ["value", place, *where[2:]] if where[:1] == ["value"] else where)
            if not is_inside or not item["id"]:
                raise explained
            refused[place] = RefusedItem(item["id"], explained)
        rest = {**value, "value": [item for place, item in enumerate(items) if place not in refused]}
        if rest["value"] and not self._validator.is_valid(rest):
            raise self._error(rest)
        return refused

    def _reads_numbers(self, part: Any) -> bool:
        """Read the numbers that were given as text, in place; return whether the value is valid then."""
        if _has_more(part, _MAX_RANKED):
            return False
        read = [_read_number(part, error) for error in self._validator.iter_errors(part)]
        return any(read) and self._validator.is_valid(part)

    def _telling_error(self, part: Any) -> jsonschema_rs.ValidationError:
        """Return the error that helps most, or the first one of a large value."""
        if not _has_more(part, _MAX_RANKED):
            return min(self._validator.iter_errors(part), key=_rank)
        try:
            self._validator.validate(part)
        except jsonschema_rs.ValidationError as first:
            return first
        raise AssertionError("the value is valid")

    def _error(self, body: Any) -> errors.BatchError:
        """Return the error for a body that is not valid.

        The validator builds all errors of a value before it returns the first of them, with the value's text in each. So
        only a small part of the body is searched for the error that helps most: the task of a collection, or all of it.
        """
        try:
            self._validator.validate(body)
        except jsonschema_rs.ValidationError as first:
            error, where = first, list(first.instance_path)
        part: Any
        before: Path
        match where:
            case ["value", int(number), *_]:
                part, before = {**body, "value": [body["value"][number]]}, ["value", number]
            case _:
                part, before = body, []
        if not _has_more(part, _MAX_RANKED):
            error = min(self._validator.iter_errors(part), key=_rank)
            where = [*before, *list(error.instance_path)[len(before) :]]
        return self._explained(body, error, where)

    def _explained(self, body: Any, error: jsonschema_rs.ValidationError, where: Path) -> errors.BatchError:
        if not isinstance(body, dict):
            return errors.invalid_body("The body must be a JSON object")
        nearest = _nearest(error)
        where = [*where, *list(nearest.instance_path)[len(error.instance_path) :]]
        error = nearest
        place, inside = _task_of(body, where)
        match error.kind.as_dict():
            case {"unexpected": [str(name), *_]}:
                reason = _unknown(name, _names_in(self.schema))
                return errors.unsupported_property(_name([*inside, name]), _sentence(reason, place))
            case {"property": str(name)} if error.kind.name == "required":
                return errors.missing_property(_name([*inside, name]), _sentence("The request must have it", place))
            case kind:
                name = _name(inside or where) or "body"
                return errors.invalid_property(name, _shown(error.instance), _sentence(_reason(error, kind), place))


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise errors.invalid_body(f"The body is not JSON: {error}") from None


def _tidy(value: Any, raw: bytes) -> Any:
    """Remove `odata.` members, which clients may send back, and nulls, which mean that a member is not set."""
    return _without(value) if b"null" in raw or b"odata." in raw else value


def _without(value: Any) -> Any:
    if isinstance(value, list):
        return [_without(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = ((name, item) for name, item in value.items() if item is not None and not name.startswith("odata."))
    return {name: _without(item) for name, item in kept}


def _read_number(body: Any, error: jsonschema_rs.ValidationError) -> bool:
    """Read a number that was given as text, as `az` sends them; return whether the error was about one."""
    path = list(error.instance_path)
    if error.kind.name != "type" or not path or not isinstance(error.instance, str):
        return False
    if not {"integer", "number"} & set(error.kind.as_dict()["types"]) or not _NUMBER.fullmatch(error.instance):
        return False
    for step in path[:-1]:
        body = body[step]
    body[path[-1]] = int(error.instance)
    return True


FORMAT_REASONS = {
    "duration": "It must be an ISO 8601 duration, such as PT1H",
    "date-time": "It must be an ISO 8601 time, such as 2024-01-05T07:16:39Z",
}
PATTERN_REASONS = {
    "^[A-Za-z0-9_-]+$": "It may have letters, digits, hyphens and underscores only",
    "^(0o?)?[0-7]{3,4}$": "It must be three or four octal digits, such as 0770",
}
_TYPES = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list", "object": "an object",
}  # fmt: skip
_LONGEST_VALUE = 200
_SIMILAR = 0.75


def _rank(error: jsonschema_rs.ValidationError) -> int:
    return _RANK.get(error.kind.name, 2)


def _nearest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Return the error about a value that would be allowed beside another member, or the error itself."""
    if error.kind.name != "anyOf":
        return error
    inner = [one for option in error.kind.as_dict()["context"] for one in option if one.kind.name != "required"]
    return inner[0] if inner else error


def _reason(error: jsonschema_rs.ValidationError, kind: dict[str, Any]) -> str:
    """Return one sentence without a full stop. `kind` is `error.kind.as_dict()`."""
    match error.kind.name:
        case name if name in KEYWORDS:
            return str(kind["message"])
        case "format":
            return FORMAT_REASONS[kind["format"]]
        case "pattern":
            return PATTERN_REASONS.get(kind["pattern"], f"It does not match {kind['pattern']}")
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


def _unknown(name: str, known: Iterable[str]) -> str:
    """Return the reason for an unknown property; a similar name is suggested."""
    reason = "The request has no such property in this api-version"
    names = {one.lower().replace("_", ""): one for one in known}
    close = difflib.get_close_matches(name.lower().replace("_", ""), names, 1, _SIMILAR)
    return f"{reason}; is '{names[close[0]]}' meant?" if close and names[close[0]] != name else reason


def _names_in(schema: Any) -> Iterator[str]:
    """Yield the names of all properties of a schema, at every depth."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from _names_in(part)


def _shown(value: Any) -> str:
    """Return a value as text, shortened if it is long."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "..."


def _is_deeper(value: Any, limit: int) -> bool:
    """Return whether there are more than so many objects and lists inside each other."""
    level = [value]
    for _ in range(limit):
        level = [inner for outer in level for inner in _inner(outer) if isinstance(inner, dict | list)]
    return bool(level)


def _has_more(value: Any, limit: int) -> bool:
    """Return whether a value has more values in it than so many."""
    todo, found = [value], 0
    while todo and found <= limit:
        inner = _inner(todo.pop())
        found += len(inner)
        todo += inner
    return found > limit


def _inner(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _task_of(body: dict[str, Any], where: Path) -> tuple[str, Path]:
    """Return which task of a collection an error is about, in words, and the path inside that task."""
    match where:
        case ["value", int(number), *rest]:
            item = body["value"][number]
            name = item.get("id") if isinstance(item, dict) else None
            task = f"task number {number + 1} of the request"
            return (f"{task}, '{_shown(name)}'" if name else task), rest
    return "", where


def _sentence(reason: str, place: str) -> str:
    return f"{reason} ({place})" if place else reason


def _name(where: Path) -> str:
    """Return a path as people write it: `environmentSettings[2]/name`; it is shortened if it is long."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f"/{part}" for part in where).removeprefix("/")
    return _shown(text)
