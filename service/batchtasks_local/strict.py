"""Schemas of the specification made strict, as far as a service must be: for checking what a client sends.

Beside the checker, a second function is made from the same schema: it writes what a client may say in several ways
(letter case of enum values, durations) in the one way in which the service writes it back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from batchtasks_local import clock

Schema = dict[str, Any]
Fix = Callable[[Any], Any]

_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_CHECKED_FORMATS = ("duration", "date-time")
_DROPPED = ("default", "example", "examples", "description", "title", "readOnly", "writeOnly", "deprecated")


def strict(schema: Any) -> Any:
    """A copy that refuses unknown members, numbers out of range and bad durations, and takes enums in any case."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(part) for name, part in schema.items() if name not in _DROPPED}
    if "properties" in schema:
        made["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
        made.setdefault("unevaluatedProperties" if "allOf" in schema else "additionalProperties", False)
        made.update({"dependentRequired": need} if (need := _needed(made["properties"])) else {})
    _limit(made)
    return made


def _needed(properties: Schema) -> dict[str, list[str]]:
    # the specification says it in words only: a file from a URL needs a name to be put under
    return {"httpUrl": ["filePath"]} if {"httpUrl", "filePath"} <= properties.keys() else {}


def _limit(schema: Schema) -> None:
    if schema.get("format") in _RANGES and schema.get("type") == "integer":
        least, most = _RANGES[schema["format"]]
        schema.setdefault("minimum", least)
        schema.setdefault("maximum", most)
    if schema.get("format") not in _CHECKED_FORMATS:
        schema.pop("format", None)
    options = schema.get("enum")
    if options and all(isinstance(option, str) for option in options):
        del schema["enum"]
        schema["anyCase"] = options


class AnyCase:
    """The keyword `anyCase`: one of these texts, whatever the case of its letters."""

    def __init__(self, parent_schema: Schema, value: list[str], schema_path: list[str | int]) -> None:
        self._options = frozenset(option.lower() for option in value)
        self._text = ", ".join(value)

    def validate(self, instance: Any) -> None:
        """Raise ValueError that names the options."""
        if not isinstance(instance, str) or instance.lower() not in self._options:
            raise ValueError(f"It must be one of {self._text}")


class OneOf:
    """The keyword `x-exactly-one`: of these members one is given, no less and no more."""

    _least = 1

    def __init__(self, parent_schema: Schema, value: list[str], schema_path: list[str | int]) -> None:
        self._names = value

    def validate(self, instance: Any) -> None:
        """Raise ValueError that names the members."""
        given = [name for name in self._names if name in instance] if isinstance(instance, dict) else self._names[:1]
        if not self._least <= len(given) <= 1:
            rule = ("Exactly", "must") if self._least else ("At most", "may")
            raise ValueError(f"{rule[0]} one of {', '.join(self._names)} {rule[1]} be given")


class AtMostOneOf(OneOf):
    """The keyword `x-at-most-one`: of these members one is given or none."""

    _least = 0


KEYWORDS: dict[str, type[Any]] = {"anyCase": AnyCase, "x-exactly-one": OneOf, "x-at-most-one": AtMostOneOf}


def is_duration(text: str) -> bool:
    """Whether the text is an ISO 8601 duration that the service can keep."""
    try:
        clock.duration_from_text(text)
    except ValueError:
        return False
    return True


def is_date_time(text: str) -> bool:
    """Whether the text is an ISO 8601 date and time."""
    try:
        clock.from_text(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _normal_duration(text: str) -> str:
    return clock.duration_text(clock.duration_from_text(text))


class Normaliser:
    """Makes, for schemas of one document, the functions that bring values into the service's own form."""

    def __init__(self, resolve: Callable[[Schema], Schema]) -> None:
        self._resolve = resolve

    def of(self, schema: Schema) -> Fix | None:
        """The function for a schema's values, or None where nothing has to be done. It changes objects in place."""
        schema = self._resolve(schema)
        if "enum" in schema:
            return _enum_fix(schema["enum"], schema.get("x-written-as", {}))
        if schema.get("format") == "duration":
            return _normal_duration
        if schema.get("type") == "integer":
            return int
        if "items" in schema:
            return _list_fix(self.of(schema["items"]))
        parts = [self._members(part) for part in (schema, *map(self._resolve, schema.get("allOf", ())))]
        return _object_fix({name: fix for part in parts for name, fix in part.items()})

    def _members(self, schema: Schema) -> dict[str, Fix]:
        found = {name: self.of(part) for name, part in schema.get("properties", {}).items()}
        return {name: fix for name, fix in found.items() if fix is not None}


def _enum_fix(options: list[Any], cased: dict[str, str]) -> Fix | None:
    # x-written-as: the letter case in which the live service writes a value, where the documents have it otherwise
    written = {option.lower(): cased.get(option, option) for option in options if isinstance(option, str)}
    return (lambda value: written[value.lower()]) if written else None


def _list_fix(fix: Fix | None) -> Fix | None:
    return None if fix is None else (lambda values: [fix(value) for value in values])


def _object_fix(fixes: dict[str, Fix]) -> Fix | None:
    if not fixes:
        return None

    def apply(value: dict[str, Any]) -> dict[str, Any]:
        for name in fixes.keys() & value.keys():
            value[name] = fixes[name](value[name])
        return value

    return apply
