# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_enum,
    read_models,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .affinity_information import AffinityInformation
from .application_package_reference import ApplicationPackageReference
from .authentication_token_settings import AuthenticationTokenSettings
from .compute_node_information import ComputeNodeInformation
from .environment_setting import EnvironmentSetting
from .exit_conditions import ExitConditions
from .multi_instance_settings import MultiInstanceSettings
from .output_file import OutputFile
from .resource_file import ResourceFile
from .task_constraints import TaskConstraints
from .task_container_settings import TaskContainerSettings
from .task_dependencies import TaskDependencies
from .task_execution_information import TaskExecutionInformation
from .task_state import TaskState
from .task_statistics import TaskStatistics
from .user_identity import UserIdentity


@define(repr=False)
class CloudTask:
    """A task as the service knows it. Members that have no value are left out."""

    odata_metadata: str | None = None
    """The OData type of the answer; on a single read only."""

    id: str = None
    """The name of the task, in the letter case of its creator."""

    display_name: str | None = None
    """The name for people."""

    url: str = None
    """The address of the task."""

    e_tag: str = None
    """The tag of this state of the task, to be sent in If-Match. It changes with changes made by callers, not when
    the task starts or ends."""

    creation_time: datetime = None
    """When the task was added."""

    last_modified: datetime = None
    """When a caller last changed the task. Starting and ending do not move it."""

    state: TaskState = None
    """How far the task has come. active: waits for a node, for its dependencies or for a retry. preparing: has a
    node that still runs the job preparation task. running: on a node, fetching files included. completed: ended,
    well or not."""

    state_transition_time: datetime = None
    """When the task entered its state."""

    previous_state: TaskState | None = None
    """The state before this one; missing in the first. active: waits for a node, for its dependencies or for a
    retry. preparing: has a node that still runs the job preparation task. running: on a node, fetching files
    included. completed: ended, well or not."""

    previous_state_transition_time: datetime | None = None
    """When the task entered its previous state; missing in the first."""

    command_line: str = None
    """The program and its arguments."""

    container_settings: TaskContainerSettings | None = None
    """The container that the task runs in."""

    exit_conditions: ExitConditions | None = None
    """What to do by the way the task ends, if it was given."""

    resource_files: list[ResourceFile] | None = None
    """The files to bring to the node."""

    output_files: list[OutputFile] | None = None
    """The files to upload at the end."""

    environment_settings: list[EnvironmentSetting] | None = None
    """The environment variables that were given."""

    affinity_info: AffinityInformation | None = None
    """The node that was preferred."""

    constraints: TaskConstraints = None
    """Limits on time and retries, always with all three members. The only part that can be changed."""

    required_slots: int = None
    """How many task slots the task takes."""

    user_identity: UserIdentity = None
    """The user that the task runs as, always there, with the default filled in."""

    execution_info: TaskExecutionInformation = None
    """What is known of its runs; always there."""

    node_info: ComputeNodeInformation | None = None
    """The node that it runs or last ran on, from the moment it has one."""

    multi_instance_settings: MultiInstanceSettings | None = None
    """How it runs on several nodes."""

    stats: TaskStatistics | None = None
    """Resource usage, only with $expand=stats."""

    depends_on: TaskDependencies | None = None
    """The tasks that have to end well before it."""

    application_package_references: list[ApplicationPackageReference] | None = None
    """The application packages to deploy."""

    authentication_token_settings: AuthenticationTokenSettings | None = None
    """What the token of the task allows."""

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
        if (value := self.odata_metadata) is not None:
            out["odata.metadata"] = value
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.e_tag) is not None:
            out["eTag"] = value
        if (value := self.creation_time) is not None:
            out["creationTime"] = write_datetime(value)
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.previous_state) is not None:
            out["previousState"] = str(value)
        if (value := self.previous_state_transition_time) is not None:
            out["previousStateTransitionTime"] = write_datetime(value)
        if (value := self.command_line) is not None:
            out["commandLine"] = value
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
        if (value := self.execution_info) is not None:
            out["executionInfo"] = write_model(value)
        if (value := self.node_info) is not None:
            out["nodeInfo"] = write_model(value)
        if (value := self.multi_instance_settings) is not None:
            out["multiInstanceSettings"] = write_model(value)
        if (value := self.stats) is not None:
            out["stats"] = write_model(value)
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
        model.odata_metadata = get("odata.metadata")
        model.id = get("id")
        model.display_name = get("displayName")
        model.url = get("url")
        model.e_tag = get("eTag")
        model.creation_time = None if (v := get("creationTime")) is None else read_datetime(v)
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.state = None if (v := get("state")) is None else read_enum(TaskState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.previous_state = None if (v := get("previousState")) is None else read_enum(TaskState, v)
        model.previous_state_transition_time = (
            None if (v := get("previousStateTransitionTime")) is None else read_datetime(v)
        )
        model.command_line = get("commandLine")
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
        model.execution_info = (
            TaskExecutionInformation.from_dict(v) if isinstance(v := get("executionInfo"), dict) else v
        )
        model.node_info = ComputeNodeInformation.from_dict(v) if isinstance(v := get("nodeInfo"), dict) else v
        model.multi_instance_settings = (
            MultiInstanceSettings.from_dict(v) if isinstance(v := get("multiInstanceSettings"), dict) else v
        )
        model.stats = TaskStatistics.from_dict(v) if isinstance(v := get("stats"), dict) else v
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
        "odata.metadata",
        "id",
        "displayName",
        "url",
        "eTag",
        "creationTime",
        "lastModified",
        "state",
        "stateTransitionTime",
        "previousState",
        "previousStateTransitionTime",
        "commandLine",
        "containerSettings",
        "exitConditions",
        "resourceFiles",
        "outputFiles",
        "environmentSettings",
        "affinityInfo",
        "constraints",
        "requiredSlots",
        "userIdentity",
        "executionInfo",
        "nodeInfo",
        "multiInstanceSettings",
        "stats",
        "dependsOn",
        "applicationPackageReferences",
        "authenticationTokenSettings",
    )
)
