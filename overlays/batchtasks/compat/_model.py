"""The models of azure-batch 14, made from the generated ones; names.json has what it calls otherwise, or has more of."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files
from inspect import Parameter, Signature, signature
from types import MappingProxyType
from typing import Any, ClassVar, Self

import attrs

from batchtasks._validation.arguments import suggestion
from batchtasks_rest import models as generated
from batchtasks_rest._wire import UNLIMITED, read_datetime, read_duration, read_int, write_duration

NAMES: dict[str, Any] = json.loads((files(__package__) / "names.json").read_text(encoding="utf-8"))
_WORDS = {word.replace("_", ""): word for word in NAMES["words"]}
DEFAULTS: dict[str, Any] = {"timeout": 30, "max_results": 1000, "return_client_request_id": False}
# How azure-batch shows "no limit": it rounds the seventh digit.
UNLIMITED_14 = timedelta(days=10675199, seconds=10085, microseconds=477581)
_NOT_OPTIONS = {"api_version", "time_out", "body", "recursive"}


@attrs.frozen
class Field:
    """A member: its names in Python and on the wire, how it is read, and the type that stubs show."""

    name: str
    wire: str
    read: Callable[[Any], Any] = lambda value: value
    type: str = "Any"
    is_required: bool = False
    default: Any = None


class Model:
    """The base class of all models; a member that is not set is None."""

    _fields: ClassVar[Mapping[str, Field]] = MappingProxyType({})
    _by_key: ClassVar[Mapping[str, Field]] = MappingProxyType({})
    # Of a page of a list: the model of its items, and where the next page is.
    item: ClassVar[str | None] = None
    odata_next_link: str | None = None

    def __init__(self, **values: Any) -> None:
        name, fields = type(self).__name__, self._fields
        for stranger in values.keys() - fields.keys():
            raise TypeError(f"{name} has no member {stranger!r}.{suggestion(stranger, fields)}")
        if missing := [f.name for f in fields.values() if f.is_required and f.name not in values]:
            raise TypeError(f"{name} needs {', '.join(missing)}.")
        vars(self).update({f.name: values.get(f.name, f.default) for f in fields.values()})
        self.additional_properties: dict[str, Any] = {}

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if isinstance(other, type(self)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = {name: value for name, value in vars(self).items() if value not in (None, {})}
        texts = (f"{name}={'***' if name == 'password' else repr(value)}" for name, value in shown.items())
        return f"{type(self).__name__}({', '.join(texts)})"

    def as_dict(self, keep_readonly: bool = True, key_transformer: Any = None, **kwargs: Any) -> dict[str, Any]:
        """Return plain values by Python's names, or by those that `key_transformer(name, {"key": ...}, value)` returns."""
        return self._written(key_transformer or (lambda name, description, value: name))

    def serialize(self, keep_readonly: bool = False, **kwargs: Any) -> dict[str, Any]:
        """Return the JSON object that is sent."""
        return self._written(lambda name, description, value: description["key"])

    def _written(self, key_of: Callable[..., Any]) -> dict[str, Any]:
        out = dict(self.additional_properties)
        for name, field in self._fields.items():
            if (value := getattr(self, name)) is not None:
                written = plain(value, key_of)
                key = key_of(name, {"key": field.wire, "type": field.type}, written)
                # Those of msrest return the value too, and the key as a list.
                key, written = key if isinstance(key, tuple) else (key, written)
                out[key[-1] if isinstance(key, list) else key] = written
        return out

    @classmethod
    def deserialize(cls, data: Any, content_type: str | None = None) -> Self:
        """Return the model of a JSON document: text, or what `json.loads` makes of it."""
        return cls.from_dict(json.loads(data) if isinstance(data, (str, bytes)) else data)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], key_extractors: Any = None, content_type: str | None = None) -> Self:
        """Return the model of a dict with Python's or the service's names; what is unknown is kept."""
        model = cls.__new__(cls)
        values = model.__dict__ = dict.fromkeys(cls._fields)
        extra = values["additional_properties"] = {}
        for key, value in data.items():
            field = cls._by_key.get(key) or cls._by_key.get(key.lower())
            if field is not None:
                values[field.name] = None if value is None else field.read(value)
            elif not key.startswith("odata."):
                extra[key] = value
        return model


def plain(value: Any, key_of: Callable[..., Any] | None = None) -> Any:
    """Return a value as JSON has it; models of azure-batch itself and of batchtasks.models are taken too."""
    if isinstance(value, Model):
        return value.serialize() if key_of is None else value._written(key_of)
    if isinstance(value, (list, tuple)):
        return [plain(part, key_of) for part in value]
    if isinstance(value, Mapping):
        return {key: plain(part, key_of) for key, part in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        moment = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
        return re.sub(r"(\.\d{3}\d*?)0*$", r"\1Z", moment.isoformat(timespec="microseconds"))
    if isinstance(value, timedelta):
        return "P10675199DT2H48M5.477581S" if value >= UNLIMITED else write_duration(value)
    write = getattr(value, "serialize", None) or getattr(value, "to_dict", None)
    return write() if callable(write) else value


@cache
def class_of(name: str) -> Any:
    """Return the model or enumeration of this name, or None if there is none."""
    source: Any = getattr(generated, name) if name in generated.__all__ else None
    if is_enum(name):
        values = {_snake(str(one.value)): str(one.value) for one in source} if source else NAMES["enums"][name]
        # Its members are text and equal their text.
        return Enum(name, values, type=str, module="batchtasks.compat.models")
    if source is not None:
        return _class(name, _fields_of(name, source), source.__doc__)
    known = NAMES["models"].get(name)
    return known and _class(name, [_field(one, *text.split()) for one, text in known.items()], f"{name} of 14.2.0.")


def is_enum(name: str) -> bool:
    """Return whether a name is that of an enumeration."""
    return name in NAMES["enums"] or (name in generated.__all__ and issubclass(getattr(generated, name), Enum))


def _fields_of(name: str, source: Any) -> list[Field]:
    renamed, types = NAMES["renamed"].get(name, {}), NAMES["types"].get(name, {})
    wires = {wire.lower(): wire for wire in sys.modules[source.__module__]._NAMES}
    named = [(one, wires.get(one.name.replace("_", "").lower())) for one in attrs.fields(source)]
    return [
        _field(renamed.get(one.name, one.name), types.get(one.name, one.type), wire, one.default is attrs.NOTHING)
        for one, wire in named
        if wire is not None
    ]


@cache
def options_class(name: str, endpoint: Callable[..., Any]) -> Any:
    """Return the options of an operation: what its generated endpoint sends beside path and body."""
    named = [one.name for one in signature(endpoint).parameters.values() if one.kind is one.KEYWORD_ONLY]
    known = [{"filter_": "filter", "maxresults": "max_results"}.get(one, one) for one in named]
    fields = [Field(one, one, default=DEFAULTS.get(one)) for one in known if one not in _NOT_OPTIONS]
    return _class(name, fields, f"Further parameters of {endpoint.__module__.rpartition('.')[2]}.")


def _class(name: str, fields: list[Field], doc: str | None) -> Any:
    kind: Any = type(name, (Model,), {"__doc__": doc, "__module__": "batchtasks.compat.models"})
    named: Any = [(one, Parameter.empty if one.is_required else one.default) for one in fields]
    shape = Signature([Parameter(one.name, Parameter.KEYWORD_ONLY, default=default) for one, default in named])
    kind._fields = {one.name: one for one in fields}
    kind._by_key = {key: one for one in fields for key in (one.name, one.wire, one.wire.lower())}
    kind.item = next((one.type[5:-1] for one in fields if one.name == "value" and one.type.startswith("list[")), None)
    kind.__signature__ = shape
    return kind


def _field(name: str, kind: str, wire: str | None = None, is_required: bool = False) -> Field:
    """Return a member of a kind such as "[ResourceFile]", "list[ResourceFile] | None" or "duration"."""
    first, *others = name.split("_")
    wire = wire or first + "".join(word.capitalize() for word in others)
    found = re.fullmatch(r"(?:list)?(\[)?(?:datetime\.)?([\w-]+)\]?( \|.*)?", kind)
    item = found[2] if found else "Any"
    item = {"duration": "timedelta", "iso-8601": "datetime", "long": "int", "object": "Any"}.get(item, item)
    if found is None or found[1] is None:
        return Field(name, wire, _reader(item), item, is_required)
    read = _reader(item)
    many = lambda value: [read(one) for one in value if one is not None] if isinstance(value, list) else value  # noqa: E731
    return Field(name, wire, many, f"list[{item}]", is_required)


def _reader(item: str) -> Callable[[Any], Any]:
    """Return how a kind of value is read: liberally, what is of another kind passes as it is."""
    if item in _READERS:
        return _READERS[item]
    if not is_enum(item):
        return lambda value: class_of(item).from_dict(value) if isinstance(value, Mapping) else value
    by_text = {one.value.lower(): one for one in class_of(item)}
    return lambda value: by_text.get(value.lower(), value) if isinstance(value, str) else value


def _read_duration(value: Any) -> Any:
    return UNLIMITED_14 if (length := read_duration(value)) == UNLIMITED else length


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("str", "bool", "float", "Any"), lambda value: value),
    "datetime": read_datetime,
    "timedelta": _read_duration,
    "int": read_int,
}


def _snake(value: str) -> str:
    return _WORDS.get(value) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", value).lower()
