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
class TaskSlotCounts:
    """Numbers of task slots by the state of the tasks that need them."""

    active: int = None
    """Slots of tasks that wait."""

    running: int = None
    """Slots of tasks that run or prepare."""

    completed: int = None
    """Slots of tasks that have ended; the sum of the next two."""

    succeeded: int = None
    """Slots of tasks that have ended with result success."""

    failed: int = None
    """Slots of tasks that have ended with result failure."""

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
        if (value := self.active) is not None:
            out["active"] = value
        if (value := self.running) is not None:
            out["running"] = value
        if (value := self.completed) is not None:
            out["completed"] = value
        if (value := self.succeeded) is not None:
            out["succeeded"] = value
        if (value := self.failed) is not None:
            out["failed"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.active = get("active")
        model.running = get("running")
        model.completed = get("completed")
        model.succeeded = get("succeeded")
        model.failed = get("failed")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "active",
        "running",
        "completed",
        "succeeded",
        "failed",
    )
)
