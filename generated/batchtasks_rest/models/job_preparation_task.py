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
from .environment_setting import EnvironmentSetting
from .resource_file import ResourceFile
from .task_constraints import TaskConstraints
from .task_container_settings import TaskContainerSettings
from .user_identity import UserIdentity


@define(repr=False)
class JobPreparationTask:
    """A task to run on each node before the first task of the job there."""

    command_line: str
    """The program and its arguments; no shell runs it. Empty only with containerSettings."""

    id: str | None = None
    """The name of the task in the job; another task of that name is refused with TaskIdSameAsJobPreparationTask.
    Default: jobpreparation."""

    container_settings: TaskContainerSettings | None = None
    """The container to run in."""

    resource_files: list[ResourceFile] | None = None
    """Files to bring to the node first."""

    environment_settings: list[EnvironmentSetting] | None = None
    """Environment variables of the task."""

    constraints: TaskConstraints | None = None
    """Limits on time and retries."""

    wait_for_success: bool | None = None
    """Whether tasks of the job may start on a node only after this one has ended with exit code 0 there. Default:
    true."""

    user_identity: UserIdentity | None = None
    """The user to run as."""

    rerun_on_node_reboot_after_success: bool | None = None
    """Whether it runs again after a reboot of the node though it had ended well. Default: true."""

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
        if (value := self.command_line) is not None:
            out["commandLine"] = value
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.container_settings) is not None:
            out["containerSettings"] = write_model(value)
        if (value := self.resource_files) is not None:
            out["resourceFiles"] = [write_model(x) for x in value]
        if (value := self.environment_settings) is not None:
            out["environmentSettings"] = [write_model(x) for x in value]
        if (value := self.constraints) is not None:
            out["constraints"] = write_model(value)
        if (value := self.wait_for_success) is not None:
            out["waitForSuccess"] = value
        if (value := self.user_identity) is not None:
            out["userIdentity"] = write_model(value)
        if (value := self.rerun_on_node_reboot_after_success) is not None:
            out["rerunOnNodeRebootAfterSuccess"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.command_line = get("commandLine")
        model.id = get("id")
        model.container_settings = (
            TaskContainerSettings.from_dict(v) if isinstance(v := get("containerSettings"), dict) else v
        )
        model.resource_files = None if (v := get("resourceFiles")) is None else read_models(ResourceFile, v)
        model.environment_settings = (
            None if (v := get("environmentSettings")) is None else read_models(EnvironmentSetting, v)
        )
        model.constraints = TaskConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.wait_for_success = get("waitForSuccess")
        model.user_identity = UserIdentity.from_dict(v) if isinstance(v := get("userIdentity"), dict) else v
        model.rerun_on_node_reboot_after_success = get("rerunOnNodeRebootAfterSuccess")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "commandLine",
        "id",
        "containerSettings",
        "resourceFiles",
        "environmentSettings",
        "constraints",
        "waitForSuccess",
        "userIdentity",
        "rerunOnNodeRebootAfterSuccess",
    )
)
