# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    show,
    show_html,
)
from .auto_user_scope import AutoUserScope
from .elevation_level import ElevationLevel


@define(repr=False)
class AutoUserSpecification:
    """A user that the service makes on each node."""

    scope: AutoUserScope | str | None = None
    """Whether all tasks of the node share the user or each task has its own. task: a user of its own for each task.
    pool: one user for all tasks on a node. Default: pool."""

    elevation_level: ElevationLevel | str | None = None
    """Whether the user has administrator rights. nonadmin: an ordinary user. admin: a user with administrator
    rights. Default: nonadmin."""

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
        if (value := self.scope) is not None:
            out["scope"] = str(value)
        if (value := self.elevation_level) is not None:
            out["elevationLevel"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.scope = None if (v := get("scope")) is None else read_enum(AutoUserScope, v)
        model.elevation_level = None if (v := get("elevationLevel")) is None else read_enum(ElevationLevel, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "scope",
        "elevationLevel",
    )
)
