# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
    model_reader,
    show,
    show_html,
    write_model,
)
from ..models.file_properties import FileProperties


@define(repr=False)
class NodeFile:
    """A file or directory of a task."""

    name: str | None = None
    """Its path below the task directory."""
    url: str | None = None
    """Its address."""
    is_directory: bool | None = None
    """Whether it is a directory."""
    properties: FileProperties | None = None
    """What is known of a file."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Members that this version of the client does not know, as they came."""

    _members: ClassVar[MemberTable]

    def __repr__(self) -> str:
        return show(self)

    def _repr_html_(self) -> str:
        return show_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of this value; what is None is left out."""
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
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


NodeFile._members = MemberTable(
    {
        "name": ("name", None),
        "url": ("url", None),
        "isDirectory": ("is_directory", None),
        "properties": ("properties", model_reader(FileProperties)),
    },
    (),
)
