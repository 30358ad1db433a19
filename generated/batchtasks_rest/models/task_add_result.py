# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
    enum_reader,
    model_reader,
    read_datetime,
    show,
    show_html,
    write_datetime,
    write_model,
)
from ..models.batch_error import BatchError
from ..models.task_add_status import TaskAddStatus


@define(repr=False)
class TaskAddResult:
    """What became of one task of a collection."""

    status: TaskAddStatus | None = None
    """success: added. clienterror: refused, and will be again if sent as it is. servererror: not added, may be sent
    again."""
    task_id: str | None = None
    """The id of the task, as it was sent."""
    e_tag: str | None = None
    """The eTag of the new task, on success."""
    last_modified: datetime.datetime | None = None
    """When it was added, on success."""
    location: str | None = None
    """The address of the new task, on success."""
    error: BatchError | None = None
    """Why a request, or one task of a collection, was refused. There is no error object around it."""
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
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


TaskAddResult._members = MemberTable(
    {
        "status": ("status", enum_reader(TaskAddStatus)),
        "taskId": ("task_id", None),
        "eTag": ("e_tag", None),
        "lastModified": ("last_modified", read_datetime),
        "location": ("location", None),
        "error": ("error", model_reader(BatchError)),
    },
    (),
)
