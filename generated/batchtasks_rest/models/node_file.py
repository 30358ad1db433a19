# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    show,
    show_html,
    write_model,
)
from .file_properties import FileProperties


@define(repr=False)
class NodeFile:
    """A file or directory of a task."""

    name: str = None
    """Its path below the task directory."""

    url: str = None
    """Its address."""

    is_directory: bool = None
    """Whether it is a directory."""

    properties: FileProperties | None = None
    """Size, time and mode; not for directories."""

    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Members that this version of the client does not know, as they came."""

    def __repr__(self) -> str:
        return show(self)

    def _repr_html_(self) -> str:
        return show_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of this value; what is None is left out."""
        value: Any
        out: dict[str, Any] = dict(self.additional_properties) if self.additional_properties else {}
        if (value := self.name) is not None:
            out["name"] = value
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.is_directory) is not None:
            out["isDirectory"] = value
        if (value := self.properties) is not None:
            out["properties"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.name = get("name")
        model.url = get("url")
        model.is_directory = get("isDirectory")
        model.properties = FileProperties.from_dict(v) if isinstance(v := get("properties"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "name",
        "url",
        "isDirectory",
        "properties",
    )
)
