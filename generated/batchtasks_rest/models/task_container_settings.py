# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    read_models,
    show,
    show_html,
    write_model,
)
from .container_host_batch_bind_mount_entry import ContainerHostBatchBindMountEntry
from .container_registry import ContainerRegistry
from .container_working_directory import ContainerWorkingDirectory


@define(repr=False)
class TaskContainerSettings:
    """The container that a task runs in."""

    image_name: str
    """The image, as for docker pull. Without a tag, :latest."""

    container_run_options: str | None = None
    """Further arguments for the command that creates the container."""

    registry: ContainerRegistry | None = None
    """The private registry of the image; not needed if the pool names it already."""

    working_directory: ContainerWorkingDirectory | str | None = None
    """The directory that the command line starts in. taskWorkingDirectory: wd of the task directory, mounted.
    containerImageDefault: what the image says. Default: taskWorkingDirectory."""

    container_host_batch_bind_mounts: list[ContainerHostBatchBindMountEntry] | None = None
    """The Batch directories of the node to mount into the container. Omitted: the whole temporary disk, or on Linux
    the node root directory; an empty list: nothing."""

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
        if (value := self.image_name) is not None:
            out["imageName"] = value
        if (value := self.container_run_options) is not None:
            out["containerRunOptions"] = value
        if (value := self.registry) is not None:
            out["registry"] = write_model(value)
        if (value := self.working_directory) is not None:
            out["workingDirectory"] = str(value)
        if (value := self.container_host_batch_bind_mounts) is not None:
            out["containerHostBatchBindMounts"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.image_name = get("imageName")
        model.container_run_options = get("containerRunOptions")
        model.registry = ContainerRegistry.from_dict(v) if isinstance(v := get("registry"), dict) else v
        model.working_directory = (
            None if (v := get("workingDirectory")) is None else read_enum(ContainerWorkingDirectory, v)
        )
        model.container_host_batch_bind_mounts = (
            None
            if (v := get("containerHostBatchBindMounts")) is None
            else read_models(ContainerHostBatchBindMountEntry, v)
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "imageName",
        "containerRunOptions",
        "registry",
        "workingDirectory",
        "containerHostBatchBindMounts",
    )
)
