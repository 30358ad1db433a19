# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_int,
    show,
    show_html,
    write_datetime,
)


@define(repr=False)
class FileProperties:
    """What is known of a file."""

    creation_time: datetime | None = None
    """When it was made; Windows nodes only."""

    last_modified: datetime = None
    """When it was last written."""

    content_length: int = None
    """Its size in bytes, as digits in a string."""

    content_type: str | None = None
    """Its media type."""

    file_mode: str | None = None
    """Type and permission bits in octal, such as 0o100644; Linux nodes only."""

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
        if (value := self.creation_time) is not None:
            out["creationTime"] = write_datetime(value)
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.content_length) is not None:
            out["contentLength"] = value
        if (value := self.content_type) is not None:
            out["contentType"] = value
        if (value := self.file_mode) is not None:
            out["fileMode"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.creation_time = None if (v := get("creationTime")) is None else read_datetime(v)
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.content_length = None if (v := get("contentLength")) is None else read_int(v)
        model.content_type = get("contentType")
        model.file_mode = get("fileMode")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "creationTime",
        "lastModified",
        "contentLength",
        "contentType",
        "fileMode",
    )
)
