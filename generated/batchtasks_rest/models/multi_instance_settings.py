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
from .resource_file import ResourceFile


@define(repr=False)
class MultiInstanceSettings:
    """How to run one task on several nodes at once. The pool needs communication between nodes and one slot a node;
    otherwise the task stays active for ever."""

    coordination_command_line: str
    """The command line that every instance runs first, for example to start a daemon; it has to return. The task's
    own command line runs on the primary after all have returned."""

    number_of_instances: int | None = None
    """The number of nodes, the primary's included. Default: 1."""

    common_resource_files: list[ResourceFile] | None = None
    """Files to bring to every node first. They go into the task directory, one above wd."""

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
        if (value := self.coordination_command_line) is not None:
            out["coordinationCommandLine"] = value
        if (value := self.number_of_instances) is not None:
            out["numberOfInstances"] = value
        if (value := self.common_resource_files) is not None:
            out["commonResourceFiles"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.coordination_command_line = get("coordinationCommandLine")
        model.number_of_instances = get("numberOfInstances")
        model.common_resource_files = (
            None if (v := get("commonResourceFiles")) is None else read_models(ResourceFile, v)
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "coordinationCommandLine",
        "numberOfInstances",
        "commonResourceFiles",
    )
)
