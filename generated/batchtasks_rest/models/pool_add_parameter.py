# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_duration,
    read_enum,
    read_models,
    show,
    show_html,
    write_duration,
    write_model,
)
from .application_package_reference import ApplicationPackageReference
from .metadata_item import MetadataItem
from .node_communication_mode import NodeCommunicationMode
from .start_task import StartTask
from .task_scheduling_policy import TaskSchedulingPolicy
from .virtual_machine_configuration import VirtualMachineConfiguration


@define(repr=False)
class PoolAddParameter:
    """A pool to add. Without automatic scaling it needs one of the two target numbers."""

    id: str
    """The name of the pool, unique in the account without regard to letter case; the case is kept. Letters, digits,
    hyphens and underscores, 64 at most."""

    vm_size: str
    """The size of its virtual machines, such as STANDARD_D2S_V3."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    cloud_service_configuration: Any | None = None
    """The operating system of nodes that are cloud services; retired."""

    virtual_machine_configuration: VirtualMachineConfiguration | None = None
    """The image and the disks of nodes that are virtual machines."""

    task_slots_per_node: int | None = None
    """How many task slots a node has; at most four for each core, and 256. Default: 1."""

    task_scheduling_policy: TaskSchedulingPolicy | None = None
    """How tasks are spread over the nodes."""

    resize_timeout: timedelta | None = None
    """How long the allocation of nodes may take; 5 minutes at least. Default: PT15M."""

    target_dedicated_nodes: int | None = None
    """How many dedicated nodes it is to have; not with automatic scaling. Default: 0."""

    target_low_priority_nodes: int | None = None
    """How many spot nodes it is to have, which can be taken away; not with automatic scaling. Default: 0."""

    enable_auto_scale: bool | None = None
    """Whether autoScaleFormula decides on the size. Default: false."""

    auto_scale_formula: str | None = None
    """The formula for the size; required with automatic scaling, not allowed without."""

    auto_scale_evaluation_interval: timedelta | None = None
    """How often the formula is evaluated; 5 minutes to 168 hours. Default: PT15M."""

    enable_inter_node_communication: bool | None = None
    """Whether nodes can reach each other, which multi-instance tasks need. Default: false."""

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

    target_node_communication_mode: NodeCommunicationMode | str | None = None
    """How nodes are to talk to the service. default: the service chooses. classic, simplified: the two ways there
    are. Default: default."""

    upgrade_policy: Any | None = None
    """How the operating system of the nodes is upgraded."""

    resource_tags: Any | None = None
    """Tags for the resources of the pool in Azure Resource Manager."""

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
        if (value := self.vm_size) is not None:
            out["vmSize"] = value
        if (value := self.display_name) is not None:
            out["displayName"] = value
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
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.vm_size = get("vmSize")
        model.display_name = get("displayName")
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
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "vmSize",
        "displayName",
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
    )
)
