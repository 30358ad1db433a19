# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    show,
    show_html,
    write_model,
)
from .task_execution_information import TaskExecutionInformation
from .task_state import TaskState


@define(repr=False)
class TaskInformation:
    """A task that a node has run."""

    task_url: str | None = None
    """The address of the task."""

    job_id: str | None = None
    """Its job."""

    task_id: str | None = None
    """Its id."""

    subtask_id: int | None = None
    """The number of the subtask, if it is one of a multi-instance task."""

    task_state: TaskState = None
    """Its state. active: waits for a node, for its dependencies or for a retry. preparing: has a node that still
    runs the job preparation task. running: on a node, fetching files included. completed: ended, well or not."""

    execution_info: TaskExecutionInformation | None = None
    """How it ran."""

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
        if (value := self.task_url) is not None:
            out["taskUrl"] = value
        if (value := self.job_id) is not None:
            out["jobId"] = value
        if (value := self.task_id) is not None:
            out["taskId"] = value
        if (value := self.subtask_id) is not None:
            out["subtaskId"] = value
        if (value := self.task_state) is not None:
            out["taskState"] = str(value)
        if (value := self.execution_info) is not None:
            out["executionInfo"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.task_url = get("taskUrl")
        model.job_id = get("jobId")
        model.task_id = get("taskId")
        model.subtask_id = get("subtaskId")
        model.task_state = None if (v := get("taskState")) is None else read_enum(TaskState, v)
        model.execution_info = (
            TaskExecutionInformation.from_dict(v) if isinstance(v := get("executionInfo"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "taskUrl",
        "jobId",
        "taskId",
        "subtaskId",
        "taskState",
        "executionInfo",
    )
)
