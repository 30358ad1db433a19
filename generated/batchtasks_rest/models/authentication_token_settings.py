# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
    enum_reader,
    list_reader,
    show,
    show_html,
    write_list,
)
from ..models.access_scope import AccessScope


@define(repr=False)
class AuthenticationTokenSettings:
    """What a task may do with the token it is given."""

    access: list[AccessScope] | None = None
    """The resources it may reach; job, which stands for the task's own job, is all there is."""
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
        if (value := self.access) is not None:
            out["access"] = write_list(str, value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


AuthenticationTokenSettings._members = MemberTable(
    {
        "access": ("access", list_reader(enum_reader(AccessScope))),
    },
    (),
)
