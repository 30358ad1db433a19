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
from .container_host_data_path import ContainerHostDataPath


@define(repr=False)
class ContainerHostBatchBindMountEntry:
    """One Batch directory of the node, to be mounted into a container."""

    source: ContainerHostDataPath | str | None = None
    """The directory. Shared, Startup, VfsMounts, Applications: the directories of the node that all its tasks share,
    of its start task, of mounted file systems and of application packages. Task, JobPrep: the directories of the
    task and of the job preparation task."""

    is_read_only: bool | None = None
    """Whether the container may only read there. Otherwise the rights on the node decide who may write. Default:
    false."""

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
        if (value := self.source) is not None:
            out["source"] = str(value)
        if (value := self.is_read_only) is not None:
            out["isReadOnly"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.source = None if (v := get("source")) is None else read_enum(ContainerHostDataPath, v)
        model.is_read_only = get("isReadOnly")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "source",
        "isReadOnly",
    )
)
