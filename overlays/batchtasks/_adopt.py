"""Taking dictionaries for models, strictly: what is not known is refused by name, at any depth."""

from __future__ import annotations

import sys
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
        model = typing.cast(M, kind.from_dict(value))  # type: ignore[attr-defined]
        explain(model, what, strict=True)
        return model
    if not isinstance(value, kind):
        raise InvalidInputError(f"{what} must be a {kind.__name__} or a dict, not {type(value).__name__}.")
    _check_required(value, what)
    return value


def explain(model: Any, what: str, *, strict: bool = False) -> None:
    """Name the first member, at any depth, whose value is of the wrong kind.

    `strict` is for models made of dictionaries: keys in Python's spelling are put in their place, unknown ones refused.
    """
    if strict:
        _take_keys(model, what)
        _check_required(model, what)
    for name, expected in _members(typing.cast(typing.Hashable, type(model))).items():
        value = getattr(model, name)
        if value is None or (not strict and isinstance(value, Mapping)):
            continue
        if not _fits(value, expected):
            raise _wrong(f"{what}.{name}", value, expected)
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if attrs.has(type(part)):
                explain(part, f"{what}.{name}[{index}]" if isinstance(value, list) else f"{what}.{name}", strict=strict)


def _take_keys(model: Any, what: str) -> None:
    readers = _readers(type(model))
    by_python_name = dict(readers.values())
    rest, model.additional_properties = model.additional_properties, {}
    for key, value in rest.items():
        if key in by_python_name:
            reader = by_python_name[key]
            setattr(model, key, reader(value) if reader and value is not None else value)
        elif not str(key).startswith("odata."):
            raise UnknownFieldError(f"{what} has no member {key!r}.{hint(str(key), readers)}")


def _check_required(model: object, what: str) -> None:
    for name in sys.modules[type(model).__module__]._REQUIRED:
        if getattr(model, name) is None:
            raise MissingFieldError(f"{what} needs {name}.")


def _readers(kind: type) -> Mapping[str, tuple[str, Any]]:
    """Give the generated table from wire names to Python names and functions that read a value."""
    return typing.cast(Mapping[str, tuple[str, Any]], sys.modules[kind.__module__]._READERS)


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
