# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .job_scheduling_error import JobSchedulingError


@define(repr=False)
class JobExecutionInformation:
    """What is known of a job's course."""

    start_time: datetime = None
    """When the job was created."""

    end_time: datetime | None = None
    """When the job completed; only then."""

    pool_id: str | None = None
    """The pool that the job runs on, an auto pool included."""

    scheduling_error: JobSchedulingError | None = None
    """Why the job could not be started, if that is so."""

    terminate_reason: str | None = None
    """Why the job ended: JMComplete, MaxWallClockTimeExpiry, TerminateJobSchedule, AllTasksCompleted, TaskFailed, or
    the text given to job.terminate. Only when completed."""

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
        if (value := self.pool_id) is not None:
            out["poolId"] = value
        if (value := self.scheduling_error) is not None:
            out["schedulingError"] = write_model(value)
        if (value := self.terminate_reason) is not None:
            out["terminateReason"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.pool_id = get("poolId")
        model.scheduling_error = JobSchedulingError.from_dict(v) if isinstance(v := get("schedulingError"), dict) else v
        model.terminate_reason = get("terminateReason")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "startTime",
        "endTime",
        "poolId",
        "schedulingError",
        "terminateReason",
    )
)
