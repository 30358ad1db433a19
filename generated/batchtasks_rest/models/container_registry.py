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
from .compute_node_identity_reference import ComputeNodeIdentityReference


@define(repr=False)
class ContainerRegistry:
    """A private container registry and how to sign in to it."""

    username: str | None = None
    """The user to sign in as."""

    password: str | None = None
    """The user's password."""

    registry_server: str | None = None
    """The host of the registry. Default: docker.io."""

    identity_reference: ComputeNodeIdentityReference | None = None
    """A managed identity of the pool to sign in with, in place of user name and password."""

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
        if (value := self.password) is not None:
            out["password"] = value
        if (value := self.registry_server) is not None:
            out["registryServer"] = value
        if (value := self.identity_reference) is not None:
            out["identityReference"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.username = get("username")
        model.password = get("password")
        model.registry_server = get("registryServer")
        model.identity_reference = (
            ComputeNodeIdentityReference.from_dict(v) if isinstance(v := get("identityReference"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "username",
        "password",
        "registryServer",
        "identityReference",
    )
)
