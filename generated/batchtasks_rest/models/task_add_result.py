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
from .batch_error import BatchError
from .task_add_status import TaskAddStatus


@define(repr=False)
class TaskAddResult:
    """What became of one task of a collection."""

    status: TaskAddStatus = None
    """Whether it was added, and if not, whose fault that was. success: added. clienterror: refused, and will be
    again if sent as it is. servererror: not added, may be sent again."""

    task_id: str = None
    """The id of the task, as it was sent."""

    e_tag: str | None = None
    """The eTag of the new task, on success."""

    last_modified: datetime | None = None
    """When it was added, on success."""

    location: str | None = None
    """The address of the new task, on success."""

    error: BatchError | None = None
    """Why it was not added; TaskExists for an id that the job has already."""

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
        if (value := self.status) is not None:
            out["status"] = str(value)
        if (value := self.task_id) is not None:
            out["taskId"] = value
        if (value := self.e_tag) is not None:
            out["eTag"] = value
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.location) is not None:
            out["location"] = value
        if (value := self.error) is not None:
            out["error"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.status = None if (v := get("status")) is None else read_enum(TaskAddStatus, v)
        model.task_id = get("taskId")
        model.e_tag = get("eTag")
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.location = get("location")
        model.error = BatchError.from_dict(v) if isinstance(v := get("error"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "status",
        "taskId",
        "eTag",
        "lastModified",
        "location",
        "error",
    )
)
