# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    show,
    show_html,
)
from .dependency_action import DependencyAction
from .job_action import JobAction


@define(repr=False)
class ExitOptions:
    """What to do about the job and about dependent tasks."""

    job_action: JobAction | str | None = None
    """What to do to the job. Omitted: none for exit code 0, terminate for every failure. Takes effect, and is
    allowed, only if the job's onTaskFailure is performexitoptionsjobaction. none: nothing. disable: disable the
    job and put its running tasks back into the queue. terminate: end the job with the reason TaskFailed."""

    dependency_action: DependencyAction | str | None = None
    """What tasks that depend on this one do. Omitted: satisfy for exit code 0, block for every failure. Refused when
    the job does not use task dependencies. satisfy: dependent tasks may start. block: they wait for ever."""

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
        if (value := self.job_action) is not None:
            out["jobAction"] = str(value)
        if (value := self.dependency_action) is not None:
            out["dependencyAction"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.job_action = None if (v := get("jobAction")) is None else read_enum(JobAction, v)
        model.dependency_action = None if (v := get("dependencyAction")) is None else read_enum(DependencyAction, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "jobAction",
        "dependencyAction",
    )
)
