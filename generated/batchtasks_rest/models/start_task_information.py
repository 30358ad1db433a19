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
from .start_task_state import StartTaskState
from .task_container_execution_information import TaskContainerExecutionInformation
from .task_execution_result import TaskExecutionResult
from .task_failure_information import TaskFailureInformation


@define(repr=False)
class StartTaskInformation:
    """How the start task has run on a node."""

    state: StartTaskState = None
    """Whether it runs or has ended. running: it runs, or waits for a retry. completed: it has ended, well or not."""

    start_time: datetime = None
    """When it started; after a retry, when that started."""

    end_time: datetime | None = None
    """When it ended; only when it is completed."""

    exit_code: int | None = None
    """The exit code of its command line; only when that has ended."""

    container_info: TaskContainerExecutionInformation | None = None
    """The container that it ran in."""

    failure_info: TaskFailureInformation | None = None
    """Why it failed, if it did."""

    retry_count: int = None
    """How often it was tried again."""

    last_retry_time: datetime | None = None
    """When it was last tried again; only if it was."""

    result: TaskExecutionResult | None = None
    """Whether it succeeded; only when it is completed. success: exit code 0 and all files handled. failure: anything
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
        if (value := self.state) is not None:
            out["state"] = str(value)
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
        if (value := self.result) is not None:
            out["result"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.state = None if (v := get("state")) is None else read_enum(StartTaskState, v)
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.exit_code = get("exitCode")
        model.container_info = (
            TaskContainerExecutionInformation.from_dict(v) if isinstance(v := get("containerInfo"), dict) else v
        )
        model.failure_info = TaskFailureInformation.from_dict(v) if isinstance(v := get("failureInfo"), dict) else v
        model.retry_count = get("retryCount")
        model.last_retry_time = None if (v := get("lastRetryTime")) is None else read_datetime(v)
        model.result = None if (v := get("result")) is None else read_enum(TaskExecutionResult, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "state",
        "startTime",
        "endTime",
        "exitCode",
        "containerInfo",
        "failureInfo",
        "retryCount",
        "lastRetryTime",
        "result",
    )
)
