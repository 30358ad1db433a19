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
from .recent_job import RecentJob


@define(repr=False)
class JobScheduleExecutionInformation:
    """What is known of the course of a job schedule."""

    next_run_time: datetime | None = None
    """When the next job is added."""

    recent_job: RecentJob | None = None
    """The job that was added last."""

    end_time: datetime | None = None
    """When the schedule ended; only when it is completed."""

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
        if (value := self.next_run_time) is not None:
            out["nextRunTime"] = write_datetime(value)
        if (value := self.recent_job) is not None:
            out["recentJob"] = write_model(value)
        if (value := self.end_time) is not None:
            out["endTime"] = write_datetime(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.next_run_time = None if (v := get("nextRunTime")) is None else read_datetime(v)
        model.recent_job = RecentJob.from_dict(v) if isinstance(v := get("recentJob"), dict) else v
        model.end_time = None if (v := get("endTime")) is None else read_datetime(v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "nextRunTime",
        "recentJob",
        "endTime",
    )
)
