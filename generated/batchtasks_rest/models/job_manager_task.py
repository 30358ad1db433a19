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
from .application_package_reference import ApplicationPackageReference
from .authentication_token_settings import AuthenticationTokenSettings
from .environment_setting import EnvironmentSetting
from .output_file import OutputFile
from .resource_file import ResourceFile
from .task_constraints import TaskConstraints
from .task_container_settings import TaskContainerSettings
from .user_identity import UserIdentity


@define(repr=False)
class JobManagerTask:
    """A task that starts with the job and may run the show."""

    id: str
    """The name of the task in the job."""

    command_line: str
    """The program and its arguments; no shell runs it. Empty only with containerSettings."""

    display_name: str | None = None
    """A name for people."""

    container_settings: TaskContainerSettings | None = None
    """The container to run in."""

    resource_files: list[ResourceFile] | None = None
    """Files to bring to the node first."""

    output_files: list[OutputFile] | None = None
    """Files to upload at the end."""

    environment_settings: list[EnvironmentSetting] | None = None
    """Environment variables of the task."""

    constraints: TaskConstraints | None = None
    """Limits on time and retries."""

    required_slots: int | None = None
    """How many task slots it takes. Default: 1."""

    kill_job_on_completion: bool | None = None
    """Whether the job ends when this task completes, with the reason JMComplete. Default: true."""

    user_identity: UserIdentity | None = None
    """The user to run as."""

    run_exclusive: bool | None = None
    """Whether no other task may run on its node at the same time. Default: true."""

    application_package_references: list[ApplicationPackageReference] | None = None
    """Application packages to deploy first."""

    authentication_token_settings: AuthenticationTokenSettings | None = None
    """Gives the task a token for the Batch service."""

    allow_low_priority_node: bool | None = None
    """Whether it may run on a spot node, which can be taken away. Default: true."""

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
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.command_line) is not None:
            out["commandLine"] = value
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.container_settings) is not None:
            out["containerSettings"] = write_model(value)
        if (value := self.resource_files) is not None:
            out["resourceFiles"] = [write_model(x) for x in value]
        if (value := self.output_files) is not None:
            out["outputFiles"] = [write_model(x) for x in value]
        if (value := self.environment_settings) is not None:
            out["environmentSettings"] = [write_model(x) for x in value]
        if (value := self.constraints) is not None:
            out["constraints"] = write_model(value)
        if (value := self.required_slots) is not None:
            out["requiredSlots"] = value
        if (value := self.kill_job_on_completion) is not None:
            out["killJobOnCompletion"] = value
        if (value := self.user_identity) is not None:
            out["userIdentity"] = write_model(value)
        if (value := self.run_exclusive) is not None:
            out["runExclusive"] = value
        if (value := self.application_package_references) is not None:
            out["applicationPackageReferences"] = [write_model(x) for x in value]
        if (value := self.authentication_token_settings) is not None:
            out["authenticationTokenSettings"] = write_model(value)
        if (value := self.allow_low_priority_node) is not None:
            out["allowLowPriorityNode"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.command_line = get("commandLine")
        model.display_name = get("displayName")
        model.container_settings = (
            TaskContainerSettings.from_dict(v) if isinstance(v := get("containerSettings"), dict) else v
        )
        model.resource_files = None if (v := get("resourceFiles")) is None else read_models(ResourceFile, v)
        model.output_files = None if (v := get("outputFiles")) is None else read_models(OutputFile, v)
        model.environment_settings = (
            None if (v := get("environmentSettings")) is None else read_models(EnvironmentSetting, v)
        )
        model.constraints = TaskConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.required_slots = get("requiredSlots")
        model.kill_job_on_completion = get("killJobOnCompletion")
        model.user_identity = UserIdentity.from_dict(v) if isinstance(v := get("userIdentity"), dict) else v
        model.run_exclusive = get("runExclusive")
        model.application_package_references = (
            None if (v := get("applicationPackageReferences")) is None else read_models(ApplicationPackageReference, v)
        )
        model.authentication_token_settings = (
            AuthenticationTokenSettings.from_dict(v) if isinstance(v := get("authenticationTokenSettings"), dict) else v
        )
        model.allow_low_priority_node = get("allowLowPriorityNode")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "commandLine",
        "displayName",
        "containerSettings",
        "resourceFiles",
        "outputFiles",
        "environmentSettings",
        "constraints",
        "requiredSlots",
        "killJobOnCompletion",
        "userIdentity",
        "runExclusive",
        "applicationPackageReferences",
        "authenticationTokenSettings",
        "allowLowPriorityNode",
    )
)
