# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_enum,
    read_models,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .job_schedule_execution_information import JobScheduleExecutionInformation
from .job_schedule_state import JobScheduleState
from .metadata_item import MetadataItem
from .schedule import Schedule


@define(repr=False)
class CloudJobSchedule:
    """A job schedule as the service shows it."""

    id: str = None
    """The name of the schedule."""

    display_name: str | None = None
    """Its name for people."""

    url: str = None
    """The address of the schedule."""

    e_tag: str = None
    """The tag of this state of the schedule, without quotes."""

    last_modified: datetime = None
    """When a caller last changed it."""

    creation_time: datetime = None
    """When it was added."""

    state: JobScheduleState = None
    """Whether it adds jobs. active: it adds jobs. completed: it has ended. disabled: it adds none for now.
    terminating, deleting: on the way out."""

    state_transition_time: datetime = None
    """When it entered its state."""

    previous_state: JobScheduleState | None = None
    """Its state before; not in its first state. active: it adds jobs. completed: it has ended. disabled: it adds
    none for now. terminating, deleting: on the way out."""

    previous_state_transition_time: datetime | None = None
    """When it entered the state before."""

    schedule: Schedule | None = None
    """When jobs are added."""

    job_specification: Any | None = None
    """What the jobs are like."""

    execution_info: JobScheduleExecutionInformation | None = None
    """What is known of its course."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

    stats: Any | None = None
    """Resource usage, only with $expand=stats."""

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
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.e_tag) is not None:
            out["eTag"] = value
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.creation_time) is not None:
            out["creationTime"] = write_datetime(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.previous_state) is not None:
            out["previousState"] = str(value)
        if (value := self.previous_state_transition_time) is not None:
            out["previousStateTransitionTime"] = write_datetime(value)
        if (value := self.schedule) is not None:
            out["schedule"] = write_model(value)
        if (value := self.job_specification) is not None:
            out["jobSpecification"] = value
        if (value := self.execution_info) is not None:
            out["executionInfo"] = write_model(value)
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        if (value := self.stats) is not None:
            out["stats"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.display_name = get("displayName")
        model.url = get("url")
        model.e_tag = get("eTag")
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.creation_time = None if (v := get("creationTime")) is None else read_datetime(v)
        model.state = None if (v := get("state")) is None else read_enum(JobScheduleState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.previous_state = None if (v := get("previousState")) is None else read_enum(JobScheduleState, v)
        model.previous_state_transition_time = (
            None if (v := get("previousStateTransitionTime")) is None else read_datetime(v)
        )
        model.schedule = Schedule.from_dict(v) if isinstance(v := get("schedule"), dict) else v
        model.job_specification = get("jobSpecification")
        model.execution_info = (
            JobScheduleExecutionInformation.from_dict(v) if isinstance(v := get("executionInfo"), dict) else v
        )
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.stats = get("stats")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "displayName",
        "url",
        "eTag",
        "lastModified",
        "creationTime",
        "state",
        "stateTransitionTime",
        "previousState",
        "previousStateTransitionTime",
        "schedule",
        "jobSpecification",
        "executionInfo",
        "metadata",
        "stats",
    )
)
