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
from .auto_user_specification import AutoUserSpecification


@define(repr=False)
class UserIdentity:
    """The user that a task runs as, either one of the pool's named users or an auto user."""

    username: str | None = None
    """The name of a user that the pool defines."""

    auto_user: AutoUserSpecification | None = None
    """A user that the service makes."""

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
        if (value := self.username) is not None:
            out["username"] = value
        if (value := self.auto_user) is not None:
            out["autoUser"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.username = get("username")
        model.auto_user = AutoUserSpecification.from_dict(v) if isinstance(v := get("autoUser"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "username",
        "autoUser",
    )
)
