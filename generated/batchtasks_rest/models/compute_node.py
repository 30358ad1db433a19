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
from .compute_node_error import ComputeNodeError
from .compute_node_state import ComputeNodeState
from .node_agent_information import NodeAgentInformation
from .scheduling_state import SchedulingState
from .start_task import StartTask
from .start_task_information import StartTaskInformation
from .task_information import TaskInformation
from .virtual_machine_info import VirtualMachineInfo


@define(repr=False)
class ComputeNode:
    """A node of a pool, which is a virtual machine."""

    odata_metadata: str | None = None
    """The OData type of the answer; not in lists."""

    id: str = None
    """The name of the node, which the service gives it."""

    url: str = None
    """The address of the node."""

    state: ComputeNodeState = None
    """What the node is doing. idle, running: ready, without and with tasks. creating, starting, waitingforstarttask,
    starttaskfailed: on the way there. rebooting, reimaging, upgradingos, leavingpool, offline, preempted,
    unusable, unknown, deallocated, deallocating: no task can start."""

    scheduling_state: SchedulingState | None = None
    """Whether tasks may start on it. enabled: tasks may start on the node. disabled: none may."""

    state_transition_time: datetime = None
    """When it entered its state."""

    last_boot_time: datetime | None = None
    """When it was last started."""

    allocation_time: datetime | None = None
    """When it joined the pool."""

    ip_address: str | None = None
    """Its address within the network of the pool."""

    ipv6_address: str | None = None
    """The same for IPv6."""

    affinity_id: str = None
    """What a task names in affinityInfo to prefer this node."""

    vm_size: str = None
    """The size of the virtual machine."""

    total_tasks_run: int | None = None
    """How many tasks it has run since it joined, failed ones included."""

    running_tasks_count: int | None = None
    """How many tasks run on it."""

    running_task_slots_count: int | None = None
    """How many of its slots are taken."""

    total_tasks_succeeded: int | None = None
    """How many tasks ended with exit code 0 on it."""

    recent_tasks: list[TaskInformation] | None = None
    """The tasks that it ran last."""

    start_task: StartTask | None = None
    """Its start task."""

    start_task_info: StartTaskInformation | None = None
    """How the start task has run."""

    certificate_references: list[Any] | None = None
    """Certificates on the node; retired."""

    errors: list[ComputeNodeError] | None = None
    """What went wrong on it."""

    is_dedicated: bool | None = None
    """Whether it is a dedicated node; a spot node can be taken away."""

    endpoint_configuration: Any | None = None
    """Its endpoints."""

    node_agent_info: NodeAgentInformation | None = None
    """The node agent on it."""

    virtual_machine_info: VirtualMachineInfo | None = None
    """The virtual machine."""

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
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.scheduling_state) is not None:
            out["schedulingState"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.last_boot_time) is not None:
            out["lastBootTime"] = write_datetime(value)
        if (value := self.allocation_time) is not None:
            out["allocationTime"] = write_datetime(value)
        if (value := self.ip_address) is not None:
            out["ipAddress"] = value
        if (value := self.ipv6_address) is not None:
            out["ipv6Address"] = value
        if (value := self.affinity_id) is not None:
            out["affinityId"] = value
        if (value := self.vm_size) is not None:
            out["vmSize"] = value
        if (value := self.total_tasks_run) is not None:
            out["totalTasksRun"] = value
        if (value := self.running_tasks_count) is not None:
            out["runningTasksCount"] = value
        if (value := self.running_task_slots_count) is not None:
            out["runningTaskSlotsCount"] = value
        if (value := self.total_tasks_succeeded) is not None:
            out["totalTasksSucceeded"] = value
        if (value := self.recent_tasks) is not None:
            out["recentTasks"] = [write_model(x) for x in value]
        if (value := self.start_task) is not None:
            out["startTask"] = write_model(value)
        if (value := self.start_task_info) is not None:
            out["startTaskInfo"] = write_model(value)
        if (value := self.certificate_references) is not None:
            out["certificateReferences"] = value
        if (value := self.errors) is not None:
            out["errors"] = [write_model(x) for x in value]
        if (value := self.is_dedicated) is not None:
            out["isDedicated"] = value
        if (value := self.endpoint_configuration) is not None:
            out["endpointConfiguration"] = value
        if (value := self.node_agent_info) is not None:
            out["nodeAgentInfo"] = write_model(value)
        if (value := self.virtual_machine_info) is not None:
            out["virtualMachineInfo"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.odata_metadata = get("odata.metadata")
        model.id = get("id")
        model.url = get("url")
        model.state = None if (v := get("state")) is None else read_enum(ComputeNodeState, v)
        model.scheduling_state = None if (v := get("schedulingState")) is None else read_enum(SchedulingState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.last_boot_time = None if (v := get("lastBootTime")) is None else read_datetime(v)
        model.allocation_time = None if (v := get("allocationTime")) is None else read_datetime(v)
        model.ip_address = get("ipAddress")
        model.ipv6_address = get("ipv6Address")
        model.affinity_id = get("affinityId")
        model.vm_size = get("vmSize")
        model.total_tasks_run = get("totalTasksRun")
        model.running_tasks_count = get("runningTasksCount")
        model.running_task_slots_count = get("runningTaskSlotsCount")
        model.total_tasks_succeeded = get("totalTasksSucceeded")
        model.recent_tasks = None if (v := get("recentTasks")) is None else read_models(TaskInformation, v)
        model.start_task = StartTask.from_dict(v) if isinstance(v := get("startTask"), dict) else v
        model.start_task_info = StartTaskInformation.from_dict(v) if isinstance(v := get("startTaskInfo"), dict) else v
        model.certificate_references = get("certificateReferences")
        model.errors = None if (v := get("errors")) is None else read_models(ComputeNodeError, v)
        model.is_dedicated = get("isDedicated")
        model.endpoint_configuration = get("endpointConfiguration")
        model.node_agent_info = NodeAgentInformation.from_dict(v) if isinstance(v := get("nodeAgentInfo"), dict) else v
        model.virtual_machine_info = (
            VirtualMachineInfo.from_dict(v) if isinstance(v := get("virtualMachineInfo"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "odata.metadata",
        "id",
        "url",
        "state",
        "schedulingState",
        "stateTransitionTime",
        "lastBootTime",
        "allocationTime",
        "ipAddress",
        "ipv6Address",
        "affinityId",
        "vmSize",
        "totalTasksRun",
        "runningTasksCount",
        "runningTaskSlotsCount",
        "totalTasksSucceeded",
        "recentTasks",
        "startTask",
        "startTaskInfo",
        "certificateReferences",
        "errors",
        "isDedicated",
        "endpointConfiguration",
        "nodeAgentInfo",
        "virtualMachineInfo",
    )
)
