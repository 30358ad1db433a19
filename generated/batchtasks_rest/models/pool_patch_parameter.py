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
from .application_package_reference import ApplicationPackageReference
from .metadata_item import MetadataItem
from .node_communication_mode import NodeCommunicationMode
from .start_task import StartTask
from .task_scheduling_policy import TaskSchedulingPolicy
from .virtual_machine_configuration import VirtualMachineConfiguration


@define(repr=False)
class PoolPatchParameter:
    """Properties of a pool to change. What is left out stays."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    vm_size: str | None = None
    """The size of its virtual machines, such as STANDARD_D2S_V3."""

    virtual_machine_configuration: VirtualMachineConfiguration | None = None
    """The image and the disks of nodes that are virtual machines."""

    task_slots_per_node: int | None = None
    """How many task slots a node has; at most four for each core, and 256."""

    task_scheduling_policy: TaskSchedulingPolicy | None = None
    """How tasks are spread over the nodes."""

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

    user_accounts: list[Any] | None = None
    """Users to create on each node."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

    mount_configuration: list[Any] | None = None
    """File systems to mount on each node."""

    target_node_communication_mode: NodeCommunicationMode | str | None = None
    """How nodes are to talk to the service. default: the service chooses. classic, simplified: the two ways there
    are."""

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
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.vm_size) is not None:
            out["vmSize"] = value
        if (value := self.virtual_machine_configuration) is not None:
            out["virtualMachineConfiguration"] = write_model(value)
        if (value := self.task_slots_per_node) is not None:
            out["taskSlotsPerNode"] = value
        if (value := self.task_scheduling_policy) is not None:
            out["taskSchedulingPolicy"] = write_model(value)
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
        model.display_name = get("displayName")
        model.vm_size = get("vmSize")
        model.virtual_machine_configuration = (
            VirtualMachineConfiguration.from_dict(v) if isinstance(v := get("virtualMachineConfiguration"), dict) else v
        )
        model.task_slots_per_node = get("taskSlotsPerNode")
        model.task_scheduling_policy = (
            TaskSchedulingPolicy.from_dict(v) if isinstance(v := get("taskSchedulingPolicy"), dict) else v
        )
        model.enable_inter_node_communication = get("enableInterNodeCommunication")
        model.network_configuration = get("networkConfiguration")
        model.start_task = StartTask.from_dict(v) if isinstance(v := get("startTask"), dict) else v
        model.certificate_references = get("certificateReferences")
        model.application_package_references = (
            None if (v := get("applicationPackageReferences")) is None else read_models(ApplicationPackageReference, v)
        )
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
        "displayName",
        "vmSize",
        "virtualMachineConfiguration",
        "taskSlotsPerNode",
        "taskSchedulingPolicy",
        "enableInterNodeCommunication",
        "networkConfiguration",
        "startTask",
        "certificateReferences",
        "applicationPackageReferences",
        "userAccounts",
        "metadata",
        "mountConfiguration",
        "targetNodeCommunicationMode",
        "upgradePolicy",
        "resourceTags",
    )
)
