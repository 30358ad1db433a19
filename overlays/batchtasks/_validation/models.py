"""Taking dictionaries for models, strictly: what is not known is refused by name, at any depth."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import attrs

from batchtasks._validation.arguments import suggestion
from batchtasks.errors import InvalidInputError, MissingFieldError, UnknownFieldError

M = TypeVar("M")


@attrs.frozen
class Member:
    """A member of a model: its names, and what it holds."""

    name: str
    wire: str
    kind: Any
    # Whether it holds a list of that kind.
    many: bool
    is_model: bool
    is_required: bool

    def fits(self, value: object) -> bool:
        """Whether a value may stand here."""
        if self.many:
            return isinstance(value, list) and all(self._is_one(part) for part in value)
        return self._is_one(value)

    def _is_one(self, value: object) -> bool:
        if isinstance(value, bool):
            return self.kind in (bool, Any)
        if type(value) is str and self.kind is not Any and issubclass(self.kind, StrEnum):
            return value in tuple(self.kind)  # a known value as text
        return self.kind is Any or isinstance(value, (int, float) if self.kind is float else self.kind)


def structure(kind: type[M], value: M | Mapping[str, Any], what: str) -> M:
    """Give the model for a dictionary; a model is given back as it is, after a look at what it must have.

    Keys are the service's names (`commandLine`) or Python's (`command_line`), at every level; durations are timedelta or
    ISO 8601 text. `what` is how errors call the value.
    """
    if isinstance(value, Mapping):
        model = typing.cast(M, kind.from_dict(_on_the_wire(kind, value, what)))  # type: ignore[attr-defined]
        diagnose(model, what)
        return model
    if not isinstance(value, kind):
        raise InvalidInputError(f"{what} must be a {kind.__name__} or a dict, not {type(value).__name__}.")
    diagnose(value, what)
    return value


def diagnose(model: Any, what: str) -> None:
    """Name the first member, at any depth, that is missing or whose value is of the wrong kind."""
    _check_required(model, what)
    kind: Any = type(model)
    for member in members(kind):
        value = getattr(model, member.name)
        if value is None:
            continue
        if not member.fits(value):
            raise _wrong(f"{what}.{member.name}", value, member)
        if member.is_model:
            for part, path in _parts(value, f"{what}.{member.name}"):
                diagnose(part, path)


def _on_the_wire(kind: type, value: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Give the dictionary with the service's names only, at every depth."""
    by_name = _by_name(kind)
    out: dict[str, Any] = {}
    for key, part in value.items():
        member = by_name.get(key)
        if member is not None:
            if member.wire in out:
                raise InvalidInputError(f"{what} has {member.name} twice, as {member.name!r} and as {member.wire!r}.")
            out[member.wire] = (
                _part_on_the_wire(member.kind, part, f"{what}.{member.name}") if member.is_model else part
            )
        elif not str(key).startswith("odata."):
            raise UnknownFieldError(
                f"{what} has no member {key!r}.{suggestion(str(key), [m.wire for m in members(kind)])}"
            )
    return out


def _part_on_the_wire(kind: type, part: Any, what: str) -> Any:
    if isinstance(part, Mapping):
        return _on_the_wire(kind, part, what)
    if isinstance(part, list):
        return [_part_on_the_wire(kind, element, path) for element, path in _parts(part, what)]
    return part


def _parts(value: Any, what: str) -> Iterator[tuple[Any, str]]:
    """Give a value, or the elements of a list, each with how errors call it."""
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield element, f"{what}[{index}]"
    else:
        yield value, what


def _check_required(model: Any, what: str) -> None:
    kind: Any = type(model)
    for member in members(kind):
        if member.is_required and getattr(model, member.name) is None:
            raise MissingFieldError(f"{what} needs {member.name}.")


@cache
def members(kind: Any) -> tuple[Member, ...]:
    """Tell the members of a model; a test holds that no member of a request is left out."""
    hints = typing.get_type_hints(kind)
    return tuple(
        _member(field, hints[field.name], wire)
        for field in attrs.fields(kind)
        if not kind.from_dict({(wire := _camel(field.name)): None}).additional_properties
    )


@cache
def _by_name(kind: Any) -> dict[str, Member]:
    return {name: member for member in members(kind) for name in (member.name, member.wire)}


def _member(field: attrs.Attribute[Any], kind: Any, wire: str) -> Member:
    """Read a type such as `str`, `ResourceFile | None` or `list[ResourceFile] | None`."""
    if isinstance(kind, types.UnionType):
        (kind,) = (option for option in typing.get_args(kind) if option is not types.NoneType)
    many = typing.get_origin(kind) is list
    if many:
        (kind,) = typing.get_args(kind)
    return Member(field.name, wire, kind, many, attrs.has(kind), field.default is attrs.NOTHING)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def _wrong(name: str, value: object, member: Member) -> InvalidInputError:
    kind = "list" if member.many else member.kind.__name__
    return InvalidInputError(f"{name} must be {kind}, not {type(value).__name__} {_short(value)}.")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
