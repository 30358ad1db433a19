# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
    enum_reader,
    show,
    show_html,
)
from ..models.auto_user_scope import AutoUserScope
from ..models.elevation_level import ElevationLevel


@define(repr=False)
class AutoUserSpecification:
    """A user that the service makes on each node."""

    scope: AutoUserScope | None = None
    """task: a user of its own for each task. pool: one user for all tasks on a node."""
    elevation_level: ElevationLevel | None = None
    """nonadmin: an ordinary user. admin: a user with administrator rights."""
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
        if (value := self.scope) is not None:
            out["scope"] = str(value)
        if (value := self.elevation_level) is not None:
            out["elevationLevel"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


AutoUserSpecification._members = MemberTable(
    {
        "scope": ("scope", enum_reader(AutoUserScope)),
        "elevationLevel": ("elevation_level", enum_reader(ElevationLevel)),
    },
    (),
)
