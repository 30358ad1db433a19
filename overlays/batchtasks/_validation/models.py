"""Check and convert what is to be sent, strictly: what is unknown, missing or of another kind is refused by name."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import index as as_int
from typing import Any, TypeVar

import attrs

from batchtasks._errors import without_secrets
from batchtasks._validation.arguments import suggestion
from batchtasks._validation.values import to_timedelta, to_utc
from batchtasks.errors import InvalidInputError, MissingFieldError, UnknownFieldError
from batchtasks_rest import _facts
from batchtasks_rest._call import Json

M = TypeVar("M")

_KINDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number", Any: "anything"}


@attrs.frozen
class Member:
    """A member of a model: its names, and what it holds; `many` means a list of that kind."""

    name: str
    wire: str
    kind: Any
    many: bool
    is_model: bool
    is_required: bool


def structure(kind: type[M], value: M | Json, what: str) -> M:
    """Return the model for a dict; a model is returned as it is, after a check. Errors are raised at any depth.

    Keys are the service's names (`commandLine`) or Python's (`command_line`), at every level. Durations are timedeltas,
    numbers of seconds or ISO 8601 text. `what` is how errors call the value; its id is added if it has one.
    """
    if not isinstance(value, (Mapping, kind)):
        raise InvalidInputError(f"{what} must be {_called(kind)}, not {shown(value, what)}.")
    own_id = value.get("id") if isinstance(value, Mapping) else getattr(value, "id", None)
    prefix = f"{what} {own_id}: " if isinstance(own_id, str) and own_id else f"{what}: "
    return typing.cast(M, _structure(kind, value, prefix))


def _structure(kind: Any, value: object, prefix: str) -> Any:
    is_dict = isinstance(value, Mapping)
    given: Any = value if is_dict else {member.name: getattr(value, member.name) for member in members(kind)}
    arguments = read_members(kind, given, prefix)
    for member in members(kind):
        if member.is_required and member.name not in arguments:
            raise MissingFieldError(f"{prefix.rstrip('.: ')} needs {member.name}.")
    choices = _facts.EXACTLY_ONE.get(kind.__name__, ())
    chosen = [member.wire for member in members(kind) if member.wire in choices and member.name in arguments]
    if choices and len(chosen) != 1:
        needs = f"{prefix.rstrip('.: ')} needs exactly one of {', '.join(choices)}"
        if chosen:
            raise InvalidInputError(f"{needs}, not {' and '.join(chosen)} together.")
        raise MissingFieldError(f"{needs}, which is missing.")
    return kind(**arguments) if is_dict else value


def read_members(kind: type, value: Json, prefix: str) -> dict[str, Any]:
    """Return the arguments of a model that stand in a dict; what is None is left out.

    `prefix` is what errors put before the names of members.
    """
    known = _by_name(kind)
    arguments: dict[str, Any] = {}
    for key, part in value.items():
        member = known.get(key)
        if member is None:
            if str(key).startswith("odata."):
                continue
            hint = suggestion(str(key), [member.wire for member in members(kind)])
            raise UnknownFieldError(f"{prefix.rstrip('.: ')} has no member {key!r}.{hint}")
        if member.name in arguments:
            raise InvalidInputError(f"{prefix}{member.name} is there twice, also as {member.wire!r}.")
        if part is not None:
            arguments[member.name] = _read(member, part, prefix)
    return arguments


def _read(member: Member, value: object, prefix: str) -> Any:
    where = prefix + member.name
    if not member.many:
        return _read_one(member.kind, value, where)
    if isinstance(value, (list, tuple)):
        return read_list(member.kind, value, where)
    is_one = member.kind is not Any and isinstance(value, (Mapping, member.kind))
    hint = " If there is one only, write a list of one." if is_one else ""
    raise InvalidInputError(f"{where} must be a list, not {shown(value, where)}.{hint}")


def read_list(kind: type[M], values: Iterable[object], where: str) -> list[M]:
    """Return the elements of a list, each as `structure` does; errors call them where[0] and so on."""
    return [_read_one(kind, value, f"{where}[{index}]") for index, value in enumerate(values)]


def _read_one(kind: Any, value: object, where: str) -> Any:
    if kind is timedelta:
        return to_timedelta(value, where)
    if kind is datetime:
        return to_utc(value, where)
    if attrs.has(kind) and isinstance(value, (Mapping, kind)):
        return _structure(kind, value, f"{where}.")
    if kind is Any or (isinstance(value, bool) and kind is bool):
        return value
    if type(value) is str and issubclass(kind, StrEnum):
        if (known := kind(value)) in tuple(kind):
            return known
    elif kind is int and hasattr(value, "__index__") and not isinstance(value, bool):
        return as_int(value)
    elif isinstance(value, (int, float) if kind is float else kind) and not isinstance(value, bool):
        return value
    raise InvalidInputError(f"{where} must be {_called(kind)}, not {shown(value, where)}.")


def _called(kind: Any) -> str:
    if not attrs.has(kind):
        return _KINDS.get(kind) or f"one of {', '.join(kind)}"
    required = [member.wire for member in members(kind) if member.is_required]
    if required:
        return f"an object with {' and '.join(required)}"
    return f"an object with {' or '.join(member.wire for member in members(kind)[:3])}"


def shown(value: object, where: str = "") -> str:
    """Return how errors call a value of the user: without secrets, and without what passwords are."""
    if value is None:
        return "None"
    if isinstance(value, (Mapping, list, tuple)) or attrs.has(type(value)) or "password" in where:
        return type(value).__name__
    text = without_secrets(repr(value))
    kind = "text" if isinstance(value, str) else type(value).__name__
    return f"{kind} {text if len(text) <= 80 else text[:77] + '...'}"


@cache
def members(kind: Any) -> tuple[Member, ...]:
    """Return the members of a model; a test holds that no member of a request is left out."""
    hints = typing.get_type_hints(kind)
    # The names in the service differ in letter case and underscores only, such as node_agent_sku_id and nodeAgentSKUId.
    wires = {name.lower(): name for name in sys.modules[kind.__module__]._NAMES if not name.startswith("odata.")}
    return tuple(
        _member(field, hints[field.name], wires[folded])
        for field in attrs.fields(kind)
        if (folded := field.name.replace("_", "")) in wires
    )


@cache
def _by_name(kind: type) -> dict[str, Member]:
    return {name: member for member in members(kind) for name in (member.name, member.wire)}


def _member(field: attrs.Attribute[Any], kind: Any, wire: str) -> Member:
    """Read a type such as `str`, `ResourceFile | None`, `JobAction | str | None` or `list[ResourceFile] | None`."""
    if isinstance(kind, types.UnionType):
        kind = typing.get_args(kind)[0]
    many = typing.get_origin(kind) is list
    if many:
        (kind,) = typing.get_args(kind)
    return Member(field.name, wire, kind, many, attrs.has(kind), field.default is attrs.NOTHING)
