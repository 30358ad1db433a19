# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The base classes of `batchtasks_rest.azure14`, the models and operations by the names of azure-batch 14."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from enum import Enum
from functools import cache, partial
from importlib import import_module
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

from attrs import evolve, frozen

from ._call import Page, Pages
from ._wire import UNLIMITED, read_datetime, read_duration, read_int, read_list, write_duration

T = TypeVar("T")
# How azure-batch shows "no limit": it rounds the seventh digit.
UNLIMITED_14 = timedelta(days=10675199, seconds=10085, microseconds=477581)


@frozen
class Field:
    """A member: its name in the service, its type, and what the constructor takes if it is not given."""

    wire: str
    default: Any
    kind: str = ""


def read_model(kind: type[Any], value: Any) -> Any:
    """Return the model of a JSON object; anything else passes as it is."""
    return kind.from_dict(value) if isinstance(value, dict) else value


def member(wire: str, *, default: Any = Parameter.empty) -> Any:
    """Declare a member by its name in the service; the constructor needs one without a default."""
    return Field(wire, default)


@dataclass_transform(kw_only_default=True, field_specifiers=(member,))
class Model:
    """The base class of all models; a member that is not set is None."""

    _fields: ClassVar[dict[str, Field]] = {}
    # Members by both names, and by that of the service in small letters.
    _by_key: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls) -> None:
        # An annotation reads "datetime", or "datetime | Any" for what azure-batch leaves open.
        kinds = {name: str(kind).removesuffix(" | Any") for name, kind in vars(cls).get("__annotations__", {}).items()}
        found = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        if found:  # not a user's subclass
            cls._fields = {name: evolve(one, kind=kinds[name]) for name, one in found.items()}
            cls._by_key = {key: name for name, one in found.items() for key in (name, one.wire, one.wire.lower())}
            taken = [Parameter(name, Parameter.KEYWORD_ONLY, default=one.default) for name, one in found.items()]
            cls.__signature__ = Signature(taken)  # type: ignore[attr-defined]

    def __init__(self, **values: Any) -> None:
        name, fields = type(self).__name__, self._fields
        for stranger in values.keys() - fields.keys():
            near = "".join(f" Did you mean {one!r}?" for one in get_close_matches(stranger, fields, 1, 0.7))
            raise TypeError(f"{name} has no member {stranger!r}.{near}")
        given = {one: values.get(one, field.default) for one, field in fields.items()}
        if missing := [one for one, value in given.items() if value is Parameter.empty]:
            raise TypeError(f"{name} needs {', '.join(missing)}.")
        vars(self).update(given, additional_properties={})

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
        out = dict(vars(self)["additional_properties"])
        for name, field in self._fields.items():
            if (value := getattr(self, name)) is not None:
                written = plain(value, key_of)
                key = key_of(name, {"key": field.wire, "type": field.kind}, written)
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
        values: dict[str, Any] = dict.fromkeys(cls._fields)
        extra = values["additional_properties"] = {}
        model.__dict__ = values
        for key, value in data.items():
            name = cls._by_key.get(key) or cls._by_key.get(key.lower())
            if name is not None:
                values[name] = None if value is None else reader(cls._fields[name].kind)(value)
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
def reader(kind: str) -> Callable[[Any], Any]:
    """Return how a type is read: liberally, what is of another type passes as it is."""
    if kind.startswith("list["):
        return partial(read_list, reader(kind[5:-1]))
    if kind in _READERS:
        return _READERS[kind]
    found = getattr(import_module(".azure14.models", __package__), kind)
    if issubclass(found, Model):
        return partial(read_model, found)
    by_text = {one.value.lower(): one for one in found}
    return lambda value: by_text.get(value.lower(), value) if isinstance(value, str) else value


def _read_duration(value: Any) -> Any:
    return UNLIMITED_14 if (length := read_duration(value)) == UNLIMITED else length


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("str", "bool", "float", "Any"), lambda value: value),
    "datetime": read_datetime,
    "timedelta": _read_duration,
    "int": read_int,
}


class Paged(Iterator[T]):
    """A list, read page by page; once it has been read to its end it can be read again from the beginning.

    Attributes:
        current_page: The items of the page that was read last.
        next_link: Where the next page is; None after the last one, "" before the first.
    """

    item: ClassVar[type[Any]]

    def __init__(self, pages: Pages[T], run: Callable[[Callable[[], Any]], Any], raw: Callable[[Any], Any]) -> None:
        self._pages, self._run, self._raw = pages, run, raw
        self.reset()

    def reset(self) -> None:
        """Begin again."""
        self._walk: Iterator[Page[T]] = self._pages.by_page()
        self._items: Iterator[T] = iter(())
        self._is_at_end = False
        self.next_link: str | None = ""
        self.current_page: list[T] = []

    @property
    def raw(self) -> Any:
        """The current page, with the service's answer as `response`."""
        return self._raw(self.current_page)

    def advance_page(self) -> list[T]:
        """Return the next page; raise StopIteration after the last one."""
        page: Page[T] | None = self._run(lambda: next(self._walk, None))
        if page is None:
            self._is_at_end = True
            raise StopIteration("End of paging")
        self.next_link, self.current_page, self._items = page.continuation, page.items, iter(page.items)
        return page.items

    def get(self, url: str) -> list[T]:
        """Return the page at a link, and go on from there."""
        self.reset()
        self._walk = self._run(lambda: self._pages.by_page(url))
        return self.advance_page()

    def __iter__(self) -> Self:
        if self._is_at_end:
            self.reset()
        return self

    def __next__(self) -> T:
        while True:
            for item in self._items:
                return item
            self.advance_page()

    next = __next__


class Group:
    """A group of operations.

    Each method gives `invoke` the operation, the class of its options, the class of its result (None for what has no model),
    and its arguments by name.
    """

    def __init__(self, invoke: Callable[[str, type[Model], Any, dict[str, Any]], Any]) -> None:
        self._invoke = invoke

    def _missing(self, name: str) -> NotImplementedError:
        return NotImplementedError(f"batchtasks has no {name}; use azure-batch 14.2.0 for it, side by side.")

    if not TYPE_CHECKING:  # type checkers would take any name

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(f"batchtasks has no {type(self).__name__}.{name}; azure-batch 14.2.0 may have it.")
