# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    show,
    show_html,
    write_datetime,
)


@define(repr=False)
class NodeAgentInformation:
    """The program of the service on a node."""

    version: str = None
    """Its version."""

    last_update_time: datetime = None
    """When it was last updated."""

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
        if (value := self.version) is not None:
            out["version"] = value
        if (value := self.last_update_time) is not None:
            out["lastUpdateTime"] = write_datetime(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.version = get("version")
        model.last_update_time = None if (v := get("lastUpdateTime")) is None else read_datetime(v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "version",
        "lastUpdateTime",
    )
)
