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
from .job_release_task_state import JobReleaseTaskState
from .task_container_execution_information import TaskContainerExecutionInformation
from .task_execution_result import TaskExecutionResult
from .task_failure_information import TaskFailureInformation


@define(repr=False)
class JobReleaseTaskExecutionInformation:
    """How the release task of a job has run on one node."""

    start_time: datetime = None
    """When it started; after a retry, when that started."""

    end_time: datetime | None = None
    """When it ended; only when it is completed."""

    state: JobReleaseTaskState = None
    """Whether it runs or has ended. running: it runs, or waits for a retry. completed: it has ended, well or not."""

    task_root_directory: str | None = None
    """Its directory on the node."""

    task_root_directory_url: str | None = None
    """The address of that directory."""

    exit_code: int | None = None
    """The exit code of its command line; only when that has ended."""

    container_info: TaskContainerExecutionInformation | None = None
    """The container that it ran in."""

    failure_info: TaskFailureInformation | None = None
    """Why it failed, if it did."""

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
        if (value := self.start_time) is not None:
            out["startTime"] = write_datetime(value)
        if (value := self.end_time) is not None:
            out["endTime"] = write_datetime(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.task_root_directory) is not None:
            out["taskRootDirectory"] = value
        if (value := self.task_root_directory_url) is not None:
            out["taskRootDirectoryUrl"] = value
        if (value := self.exit_code) is not None:
            out["exitCode"] = value
        if (value := self.container_info) is not None:
            out["containerInfo"] = write_model(value)
        if (value := self.failure_info) is not None:
            out["failureInfo"] = write_model(value)
        if (value := self.result) is not None:
            out["result"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.state = None if (v := get("state")) is None else read_enum(JobReleaseTaskState, v)
        model.task_root_directory = get("taskRootDirectory")
        model.task_root_directory_url = get("taskRootDirectoryUrl")
        model.exit_code = get("exitCode")
        model.container_info = (
            TaskContainerExecutionInformation.from_dict(v) if isinstance(v := get("containerInfo"), dict) else v
        )
        model.failure_info = TaskFailureInformation.from_dict(v) if isinstance(v := get("failureInfo"), dict) else v
        model.result = None if (v := get("result")) is None else read_enum(TaskExecutionResult, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "startTime",
        "endTime",
        "state",
        "taskRootDirectory",
        "taskRootDirectoryUrl",
        "exitCode",
        "containerInfo",
        "failureInfo",
        "result",
    )
)
