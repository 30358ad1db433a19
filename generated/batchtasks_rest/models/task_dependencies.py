# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_models,
    show,
    show_html,
    write_model,
)
from .task_id_range import TaskIdRange


@define(repr=False)
class TaskDependencies:
    """Tasks of the same job that have to complete first, with success or a failure mapped to satisfy. If one of them
    fails for good otherwise, the dependent task stays active for ever."""

    task_ids: list[str] | None = None
    """Ids of tasks. Together they may have somewhat less than 64,000 characters, else TaskDependencyListTooLong."""

    task_id_ranges: list[TaskIdRange] | None = None
    """Ranges of ids that read as integers. Too many of them are refused with TaskDependencyRangesTooLong; their
    width does not matter."""

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
        if (value := self.task_ids) is not None:
            out["taskIds"] = value
        if (value := self.task_id_ranges) is not None:
            out["taskIdRanges"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.task_ids = get("taskIds")
        model.task_id_ranges = None if (v := get("taskIdRanges")) is None else read_models(TaskIdRange, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "taskIds",
        "taskIdRanges",
    )
)
