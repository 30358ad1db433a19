# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_enum,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .compute_node_information import ComputeNodeInformation
from .subtask_state import SubtaskState
from .task_container_execution_information import TaskContainerExecutionInformation
from .task_execution_result import TaskExecutionResult
from .task_failure_information import TaskFailureInformation


@define(repr=False)
class SubtaskInformation:
    """One subtask of a multi-instance task."""

    id: int | None = None
    """Its number, from 1; unlike a task's id it is a number."""

    node_info: ComputeNodeInformation | None = None
    """The node that it runs or ran on."""

    start_time: datetime | None = None
    """When it started."""

    end_time: datetime | None = None
    """When it ended; only when completed."""

    exit_code: int | None = None
    """The exit code of its process; only when completed, and if a process ran."""

    container_info: TaskContainerExecutionInformation | None = None
    """Its container, if it runs in one."""

    failure_info: TaskFailureInformation | None = None
    """Why it failed, if it did."""

    state: SubtaskState | None = None
    """How far it has come. As the states of a task, without active."""

    state_transition_time: datetime | None = None
    """When it entered its state."""

    previous_state: SubtaskState | None = None
    """The state before this one; missing in the first. As the states of a task, without active."""

    previous_state_transition_time: datetime | None = None
    """When it entered its previous state; missing in the first."""

    result: TaskExecutionResult | None = None
    """Whether it ended well; only when completed. success: exit code 0 and all files handled. failure: anything
    else; failureInfo says what."""

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
        if (value := self.node_info) is not None:
            out["nodeInfo"] = write_model(value)
        if (value := self.start_time) is not None:
            out["startTime"] = write_datetime(value)
        if (value := self.end_time) is not None:
            out["endTime"] = write_datetime(value)
        if (value := self.exit_code) is not None:
            out["exitCode"] = value
        if (value := self.container_info) is not None:
            out["containerInfo"] = write_model(value)
        if (value := self.failure_info) is not None:
            out["failureInfo"] = write_model(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.previous_state) is not None:
            out["previousState"] = str(value)
        if (value := self.previous_state_transition_time) is not None:
            out["previousStateTransitionTime"] = write_datetime(value)
        if (value := self.result) is not None:
            out["result"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.node_info = ComputeNodeInformation.from_dict(v) if isinstance(v := get("nodeInfo"), dict) else v
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.exit_code = get("exitCode")
        model.container_info = (
            TaskContainerExecutionInformation.from_dict(v) if isinstance(v := get("containerInfo"), dict) else v
        )
        model.failure_info = TaskFailureInformation.from_dict(v) if isinstance(v := get("failureInfo"), dict) else v
        model.state = None if (v := get("state")) is None else read_enum(SubtaskState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.previous_state = None if (v := get("previousState")) is None else read_enum(SubtaskState, v)
        model.previous_state_transition_time = (
            None if (v := get("previousStateTransitionTime")) is None else read_datetime(v)
        )
        model.result = None if (v := get("result")) is None else read_enum(TaskExecutionResult, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "nodeInfo",
        "startTime",
        "endTime",
        "exitCode",
        "containerInfo",
        "failureInfo",
        "state",
        "stateTransitionTime",
        "previousState",
        "previousStateTransitionTime",
        "result",
    )
)
