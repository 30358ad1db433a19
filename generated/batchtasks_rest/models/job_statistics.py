# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
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
    start_time: datetime.datetime | None = None
    """The start of the time that they cover."""
    last_update_time: datetime.datetime | None = None
    """The end of the time that they cover."""
    user_cpu_time: datetime.timedelta | None = None
    """Processor time in user mode of all tasks."""
    kernel_cpu_time: datetime.timedelta | None = None
    """Processor time in kernel mode of all tasks."""
    wall_clock_time: datetime.timedelta | None = None
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
    wait_time: datetime.timedelta | None = None
    """Time from add to start of the tasks. Documented as part of the statistics of an account only, so it may be
    missing."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Members that this version of the client does not know, as they came."""

    _members: ClassVar[MemberTable]

    def __repr__(self) -> str:
        return show(self)

    def _repr_html_(self) -> str:
        return show_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of this value; what is None is left out."""
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
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


JobStatistics._members = MemberTable(
    {
        "url": ("url", None),
        "startTime": ("start_time", read_datetime),
        "lastUpdateTime": ("last_update_time", read_datetime),
        "userCPUTime": ("user_cpu_time", read_duration),
        "kernelCPUTime": ("kernel_cpu_time", read_duration),
        "wallClockTime": ("wall_clock_time", read_duration),
        "readIOps": ("read_iops", read_int),
        "writeIOps": ("write_iops", read_int),
        "readIOGiB": ("read_io_gi_b", None),
        "writeIOGiB": ("write_io_gi_b", None),
        "numSucceededTasks": ("num_succeeded_tasks", read_int),
        "numFailedTasks": ("num_failed_tasks", read_int),
        "numTaskRetries": ("num_task_retries", read_int),
        "waitTime": ("wait_time", read_duration),
    },
    (),
)
