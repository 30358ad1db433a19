# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_duration,
    read_enum,
    read_models,
    show,
    show_html,
    write_datetime,
    write_duration,
    write_model,
)
from .allocation_state import AllocationState
from .application_package_reference import ApplicationPackageReference
from .auto_scale_run import AutoScaleRun
from .metadata_item import MetadataItem
from .node_communication_mode import NodeCommunicationMode
from .pool_state import PoolState
from .resize_error import ResizeError
from .start_task import StartTask
from .task_scheduling_policy import TaskSchedulingPolicy
from .virtual_machine_configuration import VirtualMachineConfiguration


@define(repr=False)
class CloudPool:
    """A pool as the service shows it."""

    odata_metadata: str | None = None
    """The OData type of the answer; not in lists."""

    id: str = None
    """The name of the pool, in the case that it was added with."""

    url: str = None
    """The address of the pool."""

    e_tag: str = None
    """The tag of this state of the pool, without quotes."""

    last_modified: datetime = None
    """When a caller last changed it."""

    creation_time: datetime = None
    """When it was added."""

    state: PoolState = None
    """Whether it is there or on the way out. active: it is there. deleting: on the way out."""

    state_transition_time: datetime = None
    """When it entered its state."""

    allocation_state: AllocationState | None = None
    """Whether its size is changing. steady: its size does not change. resizing: nodes come or go. stopping: a resize
    is being stopped."""

    allocation_state_transition_time: datetime | None = None
    """When it entered its allocation state."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    vm_size: str = None
    """The size of its virtual machines, such as STANDARD_D2S_V3."""

    cloud_service_configuration: Any | None = None
    """The operating system of nodes that are cloud services; retired."""

    virtual_machine_configuration: VirtualMachineConfiguration | None = None
    """The image and the disks of nodes that are virtual machines."""

    task_slots_per_node: int | None = None
    """How many task slots a node has; at most four for each core, and 256."""

    task_scheduling_policy: TaskSchedulingPolicy | None = None
    """How tasks are spread over the nodes."""

    resize_timeout: timedelta | None = None
    """How long the allocation of nodes may take; 5 minutes at least."""

    target_dedicated_nodes: int | None = None
    """How many dedicated nodes it is to have; not with automatic scaling."""

    target_low_priority_nodes: int | None = None
    """How many spot nodes it is to have, which can be taken away; not with automatic scaling."""

    enable_auto_scale: bool | None = None
    """Whether autoScaleFormula decides on the size."""

    auto_scale_formula: str | None = None
    """The formula for the size; required with automatic scaling, not allowed without."""

    auto_scale_evaluation_interval: timedelta | None = None
    """How often the formula is evaluated; 5 minutes to 168 hours."""

    enable_inter_node_communication: bool | None = None
    """Whether nodes can reach each other, which multi-instance tasks need."""

    network_configuration: Any | None = None
    """The network of the nodes."""

    start_task: StartTask | None = None
    """A task to run on each node when it joins or is started again."""

    certificate_references: list[Any] | None = None
    """Certificates to install on the nodes; retired."""

    application_package_references: list[ApplicationPackageReference] | None = None
    """Application packages to deploy on each node; 10 at most."""

    application_licenses: list[str] | None = None
    """Licenses of applications on the nodes; retired."""

    user_accounts: list[Any] | None = None
    """Users to create on each node."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

    mount_configuration: list[Any] | None = None
    """File systems to mount on each node."""

    target_node_communication_mode: NodeCommunicationMode | None = None
    """How nodes are to talk to the service. default: the service chooses. classic, simplified: the two ways there
    are."""

    upgrade_policy: Any | None = None
    """How the operating system of the nodes is upgraded."""

    resource_tags: Any | None = None
    """Tags for the resources of the pool in Azure Resource Manager."""

    resize_errors: list[ResizeError] | None = None
    """What went wrong in the last resize."""

    current_dedicated_nodes: int = None
    """How many dedicated nodes it has now."""

    current_low_priority_nodes: int = None
    """How many spot nodes it has now."""

    current_node_communication_mode: NodeCommunicationMode | None = None
    """How its nodes talk to the service. default: the service chooses. classic, simplified: the two ways there are."""

    auto_scale_run: AutoScaleRun | None = None
    """What came of the last evaluation of the formula."""

    stats: Any | None = None
    """Resource usage, only with $expand=stats."""

    identity: Any | None = None
    """The managed identities of its nodes."""

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
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.e_tag) is not None:
            out["eTag"] = value
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.creation_time) is not None:
            out["creationTime"] = write_datetime(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.allocation_state) is not None:
            out["allocationState"] = str(value)
        if (value := self.allocation_state_transition_time) is not None:
            out["allocationStateTransitionTime"] = write_datetime(value)
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.vm_size) is not None:
            out["vmSize"] = value
        if (value := self.cloud_service_configuration) is not None:
            out["cloudServiceConfiguration"] = value
        if (value := self.virtual_machine_configuration) is not None:
            out["virtualMachineConfiguration"] = write_model(value)
        if (value := self.task_slots_per_node) is not None:
            out["taskSlotsPerNode"] = value
        if (value := self.task_scheduling_policy) is not None:
            out["taskSchedulingPolicy"] = write_model(value)
        if (value := self.resize_timeout) is not None:
            out["resizeTimeout"] = write_duration(value)
        if (value := self.target_dedicated_nodes) is not None:
            out["targetDedicatedNodes"] = value
        if (value := self.target_low_priority_nodes) is not None:
            out["targetLowPriorityNodes"] = value
        if (value := self.enable_auto_scale) is not None:
            out["enableAutoScale"] = value
        if (value := self.auto_scale_formula) is not None:
            out["autoScaleFormula"] = value
        if (value := self.auto_scale_evaluation_interval) is not None:
            out["autoScaleEvaluationInterval"] = write_duration(value)
        if (value := self.enable_inter_node_communication) is not None:
            out["enableInterNodeCommunication"] = value
        if (value := self.network_configuration) is not None:
            out["networkConfiguration"] = value
        if (value := self.start_task) is not None:
            out["startTask"] = write_model(value)
        if (value := self.certificate_references) is not None:
            out["certificateReferences"] = value
        if (value := self.application_package_references) is not None:
            out["applicationPackageReferences"] = [write_model(x) for x in value]
        if (value := self.application_licenses) is not None:
            out["applicationLicenses"] = value
        if (value := self.user_accounts) is not None:
            out["userAccounts"] = value
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        if (value := self.mount_configuration) is not None:
            out["mountConfiguration"] = value
        if (value := self.target_node_communication_mode) is not None:
            out["targetNodeCommunicationMode"] = str(value)
        if (value := self.upgrade_policy) is not None:
            out["upgradePolicy"] = value
        if (value := self.resource_tags) is not None:
            out["resourceTags"] = value
        if (value := self.resize_errors) is not None:
            out["resizeErrors"] = [write_model(x) for x in value]
        if (value := self.current_dedicated_nodes) is not None:
            out["currentDedicatedNodes"] = value
        if (value := self.current_low_priority_nodes) is not None:
            out["currentLowPriorityNodes"] = value
        if (value := self.current_node_communication_mode) is not None:
            out["currentNodeCommunicationMode"] = str(value)
        if (value := self.auto_scale_run) is not None:
            out["autoScaleRun"] = write_model(value)
        if (value := self.stats) is not None:
            out["stats"] = value
        if (value := self.identity) is not None:
            out["identity"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.odata_metadata = get("odata.metadata")
        model.id = get("id")
        model.url = get("url")
        model.e_tag = get("eTag")
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.creation_time = None if (v := get("creationTime")) is None else read_datetime(v)
        model.state = None if (v := get("state")) is None else read_enum(PoolState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.allocation_state = None if (v := get("allocationState")) is None else read_enum(AllocationState, v)
        model.allocation_state_transition_time = (
            None if (v := get("allocationStateTransitionTime")) is None else read_datetime(v)
        )
        model.display_name = get("displayName")
        model.vm_size = get("vmSize")
        model.cloud_service_configuration = get("cloudServiceConfiguration")
        model.virtual_machine_configuration = (
            VirtualMachineConfiguration.from_dict(v) if isinstance(v := get("virtualMachineConfiguration"), dict) else v
        )
        model.task_slots_per_node = get("taskSlotsPerNode")
        model.task_scheduling_policy = (
            TaskSchedulingPolicy.from_dict(v) if isinstance(v := get("taskSchedulingPolicy"), dict) else v
        )
        model.resize_timeout = None if (v := get("resizeTimeout")) is None else read_duration(v)
        model.target_dedicated_nodes = get("targetDedicatedNodes")
        model.target_low_priority_nodes = get("targetLowPriorityNodes")
        model.enable_auto_scale = get("enableAutoScale")
        model.auto_scale_formula = get("autoScaleFormula")
        model.auto_scale_evaluation_interval = (
            None if (v := get("autoScaleEvaluationInterval")) is None else read_duration(v)
        )
        model.enable_inter_node_communication = get("enableInterNodeCommunication")
        model.network_configuration = get("networkConfiguration")
        model.start_task = StartTask.from_dict(v) if isinstance(v := get("startTask"), dict) else v
        model.certificate_references = get("certificateReferences")
        model.application_package_references = (
            None if (v := get("applicationPackageReferences")) is None else read_models(ApplicationPackageReference, v)
        )
        model.application_licenses = get("applicationLicenses")
        model.user_accounts = get("userAccounts")
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.mount_configuration = get("mountConfiguration")
        model.target_node_communication_mode = (
            None if (v := get("targetNodeCommunicationMode")) is None else read_enum(NodeCommunicationMode, v)
        )
        model.upgrade_policy = get("upgradePolicy")
        model.resource_tags = get("resourceTags")
        model.resize_errors = None if (v := get("resizeErrors")) is None else read_models(ResizeError, v)
        model.current_dedicated_nodes = get("currentDedicatedNodes")
        model.current_low_priority_nodes = get("currentLowPriorityNodes")
        model.current_node_communication_mode = (
            None if (v := get("currentNodeCommunicationMode")) is None else read_enum(NodeCommunicationMode, v)
        )
        model.auto_scale_run = AutoScaleRun.from_dict(v) if isinstance(v := get("autoScaleRun"), dict) else v
        model.stats = get("stats")
        model.identity = get("identity")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "odata.metadata",
        "id",
        "url",
        "eTag",
        "lastModified",
        "creationTime",
        "state",
        "stateTransitionTime",
        "allocationState",
        "allocationStateTransitionTime",
        "displayName",
        "vmSize",
        "cloudServiceConfiguration",
        "virtualMachineConfiguration",
        "taskSlotsPerNode",
        "taskSchedulingPolicy",
        "resizeTimeout",
        "targetDedicatedNodes",
        "targetLowPriorityNodes",
        "enableAutoScale",
        "autoScaleFormula",
        "autoScaleEvaluationInterval",
        "enableInterNodeCommunication",
        "networkConfiguration",
        "startTask",
        "certificateReferences",
        "applicationPackageReferences",
        "applicationLicenses",
        "userAccounts",
        "metadata",
        "mountConfiguration",
        "targetNodeCommunicationMode",
        "upgradePolicy",
        "resourceTags",
        "resizeErrors",
        "currentDedicatedNodes",
        "currentLowPriorityNodes",
        "currentNodeCommunicationMode",
        "autoScaleRun",
        "stats",
        "identity",
    )
)
