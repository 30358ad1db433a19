"""Taking dictionaries for models, strictly: what is not known is refused by name, at any depth."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import attrs

from batchtasks._guard import hint
from batchtasks.errors import InvalidInputError, MissingFieldError, UnknownFieldError

M = TypeVar("M")


def adopt(kind: type[M], value: M | Mapping[str, Any], what: str) -> M:
    """Give the model for a dictionary; a model is given back as it is, after a look at what it must have.

    Keys are the service's names (`commandLine`) or Python's (`command_line`), at every level; durations are timedelta or
    ISO 8601 text. `what` is how errors call the value.
    """
    if isinstance(value, Mapping):
        model = typing.cast(M, kind.from_dict(_on_the_wire(kind, value, what)))  # type: ignore[attr-defined]
        explain(model, what)
        return model
    if not isinstance(value, kind):
        raise InvalidInputError(f"{what} must be a {kind.__name__} or a dict, not {type(value).__name__}.")
    _check_required(value, what)
    return value


def explain(model: Any, what: str) -> None:
    """Name the first member, at any depth, that is missing or whose value is of the wrong kind."""
    _check_required(model, what)
    for name, expected in _members(typing.cast(typing.Hashable, type(model))).items():
        value = getattr(model, name)
        if value is None or isinstance(value, Mapping):
            continue
        if not _fits(value, expected):
            raise _wrong(f"{what}.{name}", value, expected)
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if attrs.has(type(part)):
                explain(part, f"{what}.{name}[{index}]" if isinstance(value, list) else f"{what}.{name}")


def _on_the_wire(kind: type, value: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Give the dictionary with the service's names only, at every depth."""
    python_names = _python_names(typing.cast(typing.Hashable, kind))
    wire_names = {name: wire for wire, name in python_names.items()}
    out: dict[str, Any] = {}
    for key, part in value.items():
        wire = key if key in python_names else wire_names.get(key)
        if wire is None:
            if str(key).startswith("odata."):
                continue
            raise UnknownFieldError(f"{what} has no member {key!r}.{hint(str(key), python_names)}")
        name = python_names[wire]
        out[wire] = _part_on_the_wire(
            _model_in(_members(typing.cast(typing.Hashable, kind))[name]), part, f"{what}.{name}"
        )
    return out


def _part_on_the_wire(kind: type | None, part: Any, what: str) -> Any:
    if kind is None:
        return part
    if isinstance(part, Mapping):
        return _on_the_wire(kind, part, what)
    if isinstance(part, list):
        return [_part_on_the_wire(kind, element, f"{what}[{index}]") for index, element in enumerate(part)]
    return part


def _model_in(expected: Any) -> type | None:
    """Find the model in the type of a member, such as `list[ResourceFile] | None`."""
    for option in typing.get_args(expected):
        found = option if attrs.has(option) else _model_in(option)
        if found is not None:
            return found
    return None


def _check_required(model: Any, what: str) -> None:
    for name in _required(typing.cast(typing.Hashable, type(model))):
        if getattr(model, name) is None:
            raise MissingFieldError(f"{what} needs {name}.")


@cache
def _required(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING)


@cache
def _python_names(kind: Any) -> dict[str, str]:
    """Give Python's name for each name on the wire; a test holds that no member of a request is left out."""
    names = {_camel(field.name): field.name for field in attrs.fields(kind)}
    return {wire: name for wire, name in names.items() if not kind.from_dict({wire: None}).additional_properties}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


@cache
def _members(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind) if field.name != "additional_properties"}


def _fits(value: Any, expected: Any) -> bool:
    if isinstance(expected, types.UnionType):
        return any(_fits(value, option) for option in typing.get_args(expected))
    if typing.get_origin(expected) is list:
        (element,) = typing.get_args(expected)
        return isinstance(value, list) and all(_fits(part, element) for part in value)
    if expected is Any:
        return True
    if isinstance(value, bool):
        return expected is bool
    return isinstance(value, (int, float) if expected is float else expected)


def _wrong(name: str, value: object, expected: Any) -> InvalidInputError:
    options = typing.get_args(expected) if isinstance(expected, types.UnionType) else (expected,)
    names = ["list" if typing.get_args(option) else option.__name__ for option in options if option is not type(None)]
    return InvalidInputError(f"{name} must be {' or '.join(names)}, not {type(value).__name__} {_short(value)}.")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
