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
from .task_counts import TaskCounts
from .task_slot_counts import TaskSlotCounts


@define(repr=False)
class TaskCountsResult:
    """Numbers of tasks, and of the slots they take, by state."""

    odata_metadata: str | None = None
    """The OData type of the answer."""

    task_counts: TaskCounts = None
    """The numbers of tasks."""

    task_slot_counts: TaskSlotCounts = None
    """The numbers of slots."""

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
        if (value := self.odata_metadata) is not None:
            out["odata.metadata"] = value
        if (value := self.task_counts) is not None:
            out["taskCounts"] = write_model(value)
        if (value := self.task_slot_counts) is not None:
            out["taskSlotCounts"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.odata_metadata = get("odata.metadata")
        model.task_counts = TaskCounts.from_dict(v) if isinstance(v := get("taskCounts"), dict) else v
        model.task_slot_counts = TaskSlotCounts.from_dict(v) if isinstance(v := get("taskSlotCounts"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "odata.metadata",
        "taskCounts",
        "taskSlotCounts",
    )
)
