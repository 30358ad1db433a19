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
from .task_container_execution_information import TaskContainerExecutionInformation
from .task_execution_result import TaskExecutionResult
from .task_failure_information import TaskFailureInformation


@define(repr=False)
class TaskExecutionInformation:
    """What is known of the runs of a task."""

    start_time: datetime | None = None
    """When the latest run started, before its files were fetched; missing while the task has not run."""

    end_time: datetime | None = None
    """When the task completed; the same as its stateTransitionTime."""

    exit_code: int | None = None
    """The exit code of the process; only when completed and if a process ran. Windows codes such as 0xC000013A come
    as negative numbers."""

    container_info: TaskContainerExecutionInformation | None = None
    """The container, if the task runs in one."""

    failure_info: TaskFailureInformation | None = None
    """Why the task failed; only when completed with result failure."""

    retry_count: int = None
    """How often the task was run again after an exit code other than 0."""

    last_retry_time: datetime | None = None
    """When the latest retry started; only after a retry."""

    requeue_count: int = None
    """How often the task was put back because its node was taken or its job disabled; uses up no retries."""

    last_requeue_time: datetime | None = None
    """When the task was last put back; only after that."""

    result: TaskExecutionResult | None = None
    """Whether the task ended well; only when completed. success: exit code 0 and all files handled. failure:
    anything else; failureInfo says what."""

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
        if (value := self.retry_count) is not None:
            out["retryCount"] = value
        if (value := self.last_retry_time) is not None:
            out["lastRetryTime"] = write_datetime(value)
        if (value := self.requeue_count) is not None:
            out["requeueCount"] = value
        if (value := self.last_requeue_time) is not None:
            out["lastRequeueTime"] = write_datetime(value)
        if (value := self.result) is not None:
            out["result"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.exit_code = get("exitCode")
        model.container_info = (
            TaskContainerExecutionInformation.from_dict(v) if isinstance(v := get("containerInfo"), dict) else v
        )
        model.failure_info = TaskFailureInformation.from_dict(v) if isinstance(v := get("failureInfo"), dict) else v
        model.retry_count = get("retryCount")
        model.last_retry_time = None if (v := get("lastRetryTime")) is None else read_datetime(v)
        model.requeue_count = get("requeueCount")
        model.last_requeue_time = None if (v := get("lastRequeueTime")) is None else read_datetime(v)
        model.result = None if (v := get("result")) is None else read_enum(TaskExecutionResult, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "startTime",
        "endTime",
        "exitCode",
        "containerInfo",
        "failureInfo",
        "retryCount",
        "lastRetryTime",
        "requeueCount",
        "lastRequeueTime",
        "result",
    )
)
