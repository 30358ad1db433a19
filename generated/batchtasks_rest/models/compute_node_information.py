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
class ComputeNodeInformation:
    """The node that a task runs or last ran on."""

    affinity_id: str | None = None
    """A text for the affinityInfo of another task that should run on the same node."""

    node_url: str | None = None
    """The address of the node."""

    pool_id: str | None = None
    """The pool of the node."""

    node_id: str | None = None
    """The id of the node."""

    task_root_directory: str | None = None
    """The task directory below the node's root, with backslashes on Windows."""

    task_root_directory_url: str | None = None
    """The address of the task directory."""

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
        if (value := self.affinity_id) is not None:
            out["affinityId"] = value
        if (value := self.node_url) is not None:
            out["nodeUrl"] = value
        if (value := self.pool_id) is not None:
            out["poolId"] = value
        if (value := self.node_id) is not None:
            out["nodeId"] = value
        if (value := self.task_root_directory) is not None:
            out["taskRootDirectory"] = value
        if (value := self.task_root_directory_url) is not None:
            out["taskRootDirectoryUrl"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.affinity_id = get("affinityId")
        model.node_url = get("nodeUrl")
        model.pool_id = get("poolId")
        model.node_id = get("nodeId")
        model.task_root_directory = get("taskRootDirectory")
        model.task_root_directory_url = get("taskRootDirectoryUrl")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "affinityId",
        "nodeUrl",
        "poolId",
        "nodeId",
        "taskRootDirectory",
        "taskRootDirectoryUrl",
    )
)
