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
from .affinity_information import AffinityInformation
from .application_package_reference import ApplicationPackageReference
from .authentication_token_settings import AuthenticationTokenSettings
from .environment_setting import EnvironmentSetting
from .exit_conditions import ExitConditions
from .multi_instance_settings import MultiInstanceSettings
from .output_file import OutputFile
from .resource_file import ResourceFile
from .task_constraints import TaskConstraints
from .task_container_settings import TaskContainerSettings
from .task_dependencies import TaskDependencies
from .user_identity import UserIdentity


@define(repr=False)
class TaskAddParameter:
    """A task to add. Nodes fail and are repaired, and the service then runs a task again even with no retries
    allowed, so every task must bear being run twice."""

    id: str
    """The name of the task, unique in its job without regard to letter case; the case is kept. Letters, digits,
    hyphens and underscores, 64 at most. Dependencies by range see only ids that read as integers."""

    command_line: str
    """The program and its arguments. No shell runs it: for variables, pipes or redirection write /bin/sh -c '...' or
    cmd /c .... With containerSettings it may be empty, for the image's own entry point."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    container_settings: TaskContainerSettings | None = None
    """The container to run in. Required on a pool with a container configuration, forbidden on others."""

    exit_conditions: ExitConditions | None = None
    """What to do about the job and about dependent tasks, by the way this task ends."""

    resource_files: list[ResourceFile] | None = None
    """Files to bring to the node before the command line runs, below wd. Of a multi-instance task only the node of
    the primary gets them. A list that makes the body too large is refused with RequestBodyTooLarge."""

    output_files: list[OutputFile] | None = None
    """Files to upload after the command line has ended. Of a multi-instance task only the node of the primary is
    looked at."""

    environment_settings: list[EnvironmentSetting] | None = None
    """Environment variables of the task, beside the AZ_BATCH_ ones of the service. One of the same name in the job's
    commonEnvironmentSettings is overridden."""

    affinity_info: AffinityInformation | None = None
    """A node to prefer. It is a hint, and another node may be chosen."""

    constraints: TaskConstraints | None = None
    """Limits on time and retries. Omitted: the retries of the job, no limit on time, files kept for 7 days."""

    required_slots: int | None = None
    """How many of a node's task slots the task takes. A task that needs more than any node of the pool has stays
    active for ever. Must be 1 for a multi-instance task. Default: 1."""

    user_identity: UserIdentity | None = None
    """The user to run as. Omitted: the pool's auto user, without administrator rights."""

    multi_instance_settings: MultiInstanceSettings | None = None
    """Makes the task run on several nodes at once, as MPI programs do."""

    depends_on: TaskDependencies | None = None
    """Tasks that have to end well before this one starts. Refused with TaskDependenciesNotSpecifiedOnJob unless the
    job was added with usesTaskDependencies true."""

    application_package_references: list[ApplicationPackageReference] | None = None
    """Application packages to deploy on the node before the command line runs. A package that cannot be deployed
    makes the task fail."""

    authentication_token_settings: AuthenticationTokenSettings | None = None
    """Gives the task a token for the Batch service in AZ_BATCH_AUTHENTICATION_TOKEN. Its retirement was announced
    for September 2024; use managed identities."""

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
        if (value := self.exit_conditions) is not None:
            out["exitConditions"] = write_model(value)
        if (value := self.resource_files) is not None:
            out["resourceFiles"] = [write_model(x) for x in value]
        if (value := self.output_files) is not None:
            out["outputFiles"] = [write_model(x) for x in value]
        if (value := self.environment_settings) is not None:
            out["environmentSettings"] = [write_model(x) for x in value]
        if (value := self.affinity_info) is not None:
            out["affinityInfo"] = write_model(value)
        if (value := self.constraints) is not None:
            out["constraints"] = write_model(value)
        if (value := self.required_slots) is not None:
            out["requiredSlots"] = value
        if (value := self.user_identity) is not None:
            out["userIdentity"] = write_model(value)
        if (value := self.multi_instance_settings) is not None:
            out["multiInstanceSettings"] = write_model(value)
        if (value := self.depends_on) is not None:
            out["dependsOn"] = write_model(value)
        if (value := self.application_package_references) is not None:
            out["applicationPackageReferences"] = [write_model(x) for x in value]
        if (value := self.authentication_token_settings) is not None:
            out["authenticationTokenSettings"] = write_model(value)
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
        model.exit_conditions = ExitConditions.from_dict(v) if isinstance(v := get("exitConditions"), dict) else v
        model.resource_files = None if (v := get("resourceFiles")) is None else read_models(ResourceFile, v)
        model.output_files = None if (v := get("outputFiles")) is None else read_models(OutputFile, v)
        model.environment_settings = (
            None if (v := get("environmentSettings")) is None else read_models(EnvironmentSetting, v)
        )
        model.affinity_info = AffinityInformation.from_dict(v) if isinstance(v := get("affinityInfo"), dict) else v
        model.constraints = TaskConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.required_slots = get("requiredSlots")
        model.user_identity = UserIdentity.from_dict(v) if isinstance(v := get("userIdentity"), dict) else v
        model.multi_instance_settings = (
            MultiInstanceSettings.from_dict(v) if isinstance(v := get("multiInstanceSettings"), dict) else v
        )
        model.depends_on = TaskDependencies.from_dict(v) if isinstance(v := get("dependsOn"), dict) else v
        model.application_package_references = (
            None if (v := get("applicationPackageReferences")) is None else read_models(ApplicationPackageReference, v)
        )
        model.authentication_token_settings = (
            AuthenticationTokenSettings.from_dict(v) if isinstance(v := get("authenticationTokenSettings"), dict) else v
        )
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
        "exitConditions",
        "resourceFiles",
        "outputFiles",
        "environmentSettings",
        "affinityInfo",
        "constraints",
        "requiredSlots",
        "userIdentity",
        "multiInstanceSettings",
        "dependsOn",
        "applicationPackageReferences",
        "authenticationTokenSettings",
    )
)
