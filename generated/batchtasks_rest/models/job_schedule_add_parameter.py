# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_models,
    show,
    show_html,
    write_model,
)
from .metadata_item import MetadataItem
from .schedule import Schedule


@define(repr=False)
class JobScheduleAddParameter:
    """A job schedule to add."""

    id: str
    """The name of the schedule, unique in the account among schedules and jobs. Letters, digits, hyphens and
    underscores, 64 at most."""

    schedule: Schedule
    """When jobs are added."""

    job_specification: Any
    """What the jobs are like."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

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
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.schedule) is not None:
            out["schedule"] = write_model(value)
        if (value := self.job_specification) is not None:
            out["jobSpecification"] = value
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.schedule = Schedule.from_dict(v) if isinstance(v := get("schedule"), dict) else v
        model.job_specification = get("jobSpecification")
        model.display_name = get("displayName")
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "schedule",
        "jobSpecification",
        "displayName",
        "metadata",
    )
)
