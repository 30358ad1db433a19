# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_duration,
    read_enum,
    show,
    show_html,
    write_duration,
)
from .compute_node_deallocation_option import ComputeNodeDeallocationOption


@define(repr=False)
class PoolResizeParameter:
    """A new size of a pool."""

    target_dedicated_nodes: int | None = None
    """How many dedicated nodes it is to have."""

    target_low_priority_nodes: int | None = None
    """How many spot nodes it is to have."""

    resize_timeout: timedelta | None = None
    """How long the resize may take; 5 minutes at least. Default: PT15M."""

    node_deallocation_option: ComputeNodeDeallocationOption | str | None = None
    """What to do with running tasks of nodes that go. requeue: end running tasks and run them again elsewhere.
    terminate: end them for good. taskcompletion: let them finish. retaineddata: wait until no files of tasks are
    kept any more, too. Default: requeue."""

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
        if (value := self.target_dedicated_nodes) is not None:
            out["targetDedicatedNodes"] = value
        if (value := self.target_low_priority_nodes) is not None:
            out["targetLowPriorityNodes"] = value
        if (value := self.resize_timeout) is not None:
            out["resizeTimeout"] = write_duration(value)
        if (value := self.node_deallocation_option) is not None:
            out["nodeDeallocationOption"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.target_dedicated_nodes = get("targetDedicatedNodes")
        model.target_low_priority_nodes = get("targetLowPriorityNodes")
        model.resize_timeout = None if (v := get("resizeTimeout")) is None else read_duration(v)
        model.node_deallocation_option = (
            None if (v := get("nodeDeallocationOption")) is None else read_enum(ComputeNodeDeallocationOption, v)
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "targetDedicatedNodes",
        "targetLowPriorityNodes",
        "resizeTimeout",
        "nodeDeallocationOption",
    )
)
