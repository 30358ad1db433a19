# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    show,
    show_html,
)


@define(repr=False)
class TaskContainerExecutionInformation:
    """The container of a task."""

    container_id: str | None = None
    """The id of the container."""

    state: str | None = None
    """Its state in the words of the container runtime, as docker inspect shows it."""

    error: str | None = None
    """Its error in the words of the container runtime, if there is one."""

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
        if (value := self.container_id) is not None:
            out["containerId"] = value
        if (value := self.state) is not None:
            out["state"] = value
        if (value := self.error) is not None:
            out["error"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.container_id = get("containerId")
        model.state = get("state")
        model.error = get("error")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "containerId",
        "state",
        "error",
    )
)
