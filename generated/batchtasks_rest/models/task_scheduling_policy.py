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
from .compute_node_fill_type import ComputeNodeFillType
from .job_default_order import JobDefaultOrder


@define(repr=False)
class TaskSchedulingPolicy:
    """How tasks are spread over the nodes of a pool."""

    node_fill_type: ComputeNodeFillType | str
    """Whether to fill one node first. spread: all nodes alike. pack: one node after the other, as far as its slots
    go. Default: spread."""

    job_default_order: JobDefaultOrder | str | None = None
    """Which of several jobs of the same priority comes first. none: no order among jobs of the same priority.
    creationtime: the older job first. Default: none."""

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
        if (value := self.node_fill_type) is not None:
            out["nodeFillType"] = str(value)
        if (value := self.job_default_order) is not None:
            out["jobDefaultOrder"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.node_fill_type = None if (v := get("nodeFillType")) is None else read_enum(ComputeNodeFillType, v)
        model.job_default_order = None if (v := get("jobDefaultOrder")) is None else read_enum(JobDefaultOrder, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "nodeFillType",
        "jobDefaultOrder",
    )
)
