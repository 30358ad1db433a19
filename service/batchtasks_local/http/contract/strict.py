"""The strict form of the specification's schemas, and the validator of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs

from batchtasks_local.domain import clock
from batchtasks_local.http.contract.normalise import Schema

_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_NOT_CHECKED = ("default", "example", "examples", "description", "title", "readOnly", "writeOnly", "deprecated")


def strict(schema: Any) -> Any:
    """Return a copy that refuses unknown members, numbers out of range and bad durations; enums are in any case."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(part) for name, part in schema.items() if name not in _NOT_CHECKED}
    if "properties" in schema:
        made["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
        if "type" in schema:
            made.setdefault("unevaluatedProperties" if "allOf" in schema else "additionalProperties", False)
            _name_choices(made)
    _limit(made)
    return made


def _name_choices(schema: Schema) -> None:
    """Replace what says that members exclude one another by keywords whose errors name the members."""
    if "oneOf" in schema:
        schema["exactlyOne"] = [part["required"][0] for part in schema.pop("oneOf")]
    if "not" in schema:
        schema["atMostOne"] = schema.pop("not")["required"]


def _limit(schema: Schema) -> None:
    if schema.get("format") in _RANGES and schema.get("type") == "integer":
        least, most = _RANGES[schema["format"]]
        schema.setdefault("minimum", least)
        schema.setdefault("maximum", most)
    if schema.get("format") not in _FORMATS:
        schema.pop("format", None)
    options = schema.get("enum")
    if options and all(isinstance(option, str) for option in options):
        del schema["enum"]
        schema["anyCase"] = options


class _AnyCase:
    """The keyword `anyCase`: one of these texts, in any letter case."""

    def __init__(self, parent_schema: Schema, value: list[str], schema_path: list[str | int]) -> None:
        self._options = frozenset(option.lower() for option in value)
        self._text = ", ".join(value)

    def validate(self, instance: Any) -> None:
        """Raise ValueError that names the options."""
        if not isinstance(instance, str) or instance.lower() not in self._options:
            raise ValueError(f"It must be one of {self._text}")


class _ExactlyOne:
    """The keyword `exactlyOne`: exactly one of these members is given."""

    _least = 1

    def __init__(self, parent_schema: Schema, value: list[str], schema_path: list[str | int]) -> None:
        self._names = value

    def validate(self, instance: Any) -> None:
        """Raise ValueError that names the members."""
        given = [name for name in self._names if name in instance] if isinstance(instance, dict) else self._names[:1]
        if not self._least <= len(given) <= 1:
            rule = ("Exactly", "must") if self._least else ("At most", "may")
            raise ValueError(f"{rule[0]} one of {', '.join(self._names)} {rule[1]} be given")


class _AtMostOne(_ExactlyOne):
    """The keyword `atMostOne`: one of these members is given, or none."""

    _least = 0


KEYWORDS: dict[str, type[Any]] = {"anyCase": _AnyCase, "exactlyOne": _ExactlyOne, "atMostOne": _AtMostOne}


_LONGEST_TIME = 200
"""Characters of a duration or time; reading a million digits would take a second."""


def _reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return lambda text: len(text) <= _LONGEST_TIME and check(text)

    return check


_FORMATS = {"duration": _reads(clock.duration_from_text), "date-time": _reads(clock.from_text)}


def validator(schema: Schema) -> jsonschema_rs.Validator:
    """Return the validator of a strict schema."""
    return jsonschema_rs.validator_for(schema, formats=_FORMATS, validate_formats=True, keywords=KEYWORDS)
