# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_duration,
    read_int,
    show,
    show_html,
    write_datetime,
    write_duration,
)


@define(repr=False)
class JobStatistics:
    """The resources that the tasks of a job have used. Rolled up about every 30 minutes, so it lags."""

    url: str | None = None
    """The address of the statistics."""

    start_time: datetime | None = None
    """The start of the time that they cover."""

    last_update_time: datetime | None = None
    """The end of the time that they cover."""

    user_cpu_time: timedelta | None = None
    """Processor time in user mode of all tasks."""

    kernel_cpu_time: timedelta | None = None
    """Processor time in kernel mode of all tasks."""

    wall_clock_time: timedelta | None = None
    """Time on the clock of all tasks, summed, retries included."""

    read_iops: int | None = None
    """Disk reads of all tasks, as digits in a string."""

    write_iops: int | None = None
    """Disk writes of all tasks, as digits in a string."""

    read_io_gi_b: float | None = None
    """Data read from disk, in GiB."""

    write_io_gi_b: float | None = None
    """Data written to disk, in GiB."""

    num_succeeded_tasks: int | None = None
    """Tasks that ended well, as digits in a string."""

    num_failed_tasks: int | None = None
    """Tasks that failed for good, as digits in a string."""

    num_task_retries: int | None = None
    """Retries of all tasks, as digits in a string."""

    wait_time: timedelta | None = None
    """Time from add to start of the tasks. Documented as part of the statistics of an account only, so it may be
    missing."""

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
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.start_time) is not None:
            out["startTime"] = write_datetime(value)
        if (value := self.last_update_time) is not None:
            out["lastUpdateTime"] = write_datetime(value)
        if (value := self.user_cpu_time) is not None:
            out["userCPUTime"] = write_duration(value)
        if (value := self.kernel_cpu_time) is not None:
            out["kernelCPUTime"] = write_duration(value)
        if (value := self.wall_clock_time) is not None:
            out["wallClockTime"] = write_duration(value)
        if (value := self.read_iops) is not None:
            out["readIOps"] = value
        if (value := self.write_iops) is not None:
            out["writeIOps"] = value
        if (value := self.read_io_gi_b) is not None:
            out["readIOGiB"] = value
        if (value := self.write_io_gi_b) is not None:
            out["writeIOGiB"] = value
        if (value := self.num_succeeded_tasks) is not None:
            out["numSucceededTasks"] = value
        if (value := self.num_failed_tasks) is not None:
            out["numFailedTasks"] = value
        if (value := self.num_task_retries) is not None:
            out["numTaskRetries"] = value
        if (value := self.wait_time) is not None:
            out["waitTime"] = write_duration(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.url = get("url")
        model.start_time = None if (v := get("startTime")) is None else read_datetime(v)
        model.last_update_time = None if (v := get("lastUpdateTime")) is None else read_datetime(v)
        model.user_cpu_time = None if (v := get("userCPUTime")) is None else read_duration(v)
        model.kernel_cpu_time = None if (v := get("kernelCPUTime")) is None else read_duration(v)
        model.wall_clock_time = None if (v := get("wallClockTime")) is None else read_duration(v)
        model.read_iops = None if (v := get("readIOps")) is None else read_int(v)
        model.write_iops = None if (v := get("writeIOps")) is None else read_int(v)
        model.read_io_gi_b = get("readIOGiB")
        model.write_io_gi_b = get("writeIOGiB")
        model.num_succeeded_tasks = None if (v := get("numSucceededTasks")) is None else read_int(v)
        model.num_failed_tasks = None if (v := get("numFailedTasks")) is None else read_int(v)
        model.num_task_retries = None if (v := get("numTaskRetries")) is None else read_int(v)
        model.wait_time = None if (v := get("waitTime")) is None else read_duration(v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "url",
        "startTime",
        "lastUpdateTime",
        "userCPUTime",
        "kernelCPUTime",
        "wallClockTime",
        "readIOps",
        "writeIOps",
        "readIOGiB",
        "writeIOGiB",
        "numSucceededTasks",
        "numFailedTasks",
        "numTaskRetries",
        "waitTime",
    )
)
