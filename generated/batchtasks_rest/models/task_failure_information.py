# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from .._wire import (
    MemberTable,
    enum_reader,
    list_reader,
    model_reader,
    show,
    show_html,
    write_list,
    write_model,
)
from ..models.error_category import ErrorCategory
from ..models.name_value_pair import NameValuePair


@define(repr=False)
class TaskFailureInformation:
    """Why a task failed. x-failure-codes lists the codes."""

    category: ErrorCategory | None = None
    """usererror: the task or its program. servererror: the service."""
    code: str | None = None
    """A code for programs, such as FailureExitCode."""
    message: str | None = None
    """An explanation for people."""
    details: list[NameValuePair] | None = None
    """Further facts, by name."""
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
        if (value := self.category) is not None:
            out["category"] = str(value)
        if (value := self.code) is not None:
            out["code"] = value
        if (value := self.message) is not None:
            out["message"] = value
        if (value := self.details) is not None:
            out["details"] = write_list(write_model, value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """The value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        return cls(**cls._members.arguments(source))


TaskFailureInformation._members = MemberTable(
    {
        "category": ("category", enum_reader(ErrorCategory)),
        "code": ("code", None),
        "message": ("message", None),
        "details": ("details", list_reader(model_reader(NameValuePair))),
    },
    (),
)
