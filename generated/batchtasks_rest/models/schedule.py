# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_duration,
    show,
    show_html,
    write_datetime,
    write_duration,
)


@define(repr=False)
class Schedule:
    """When jobs are added."""

    do_not_run_until: datetime | None = None
    """No job is added before; by default at once."""

    do_not_run_after: datetime | None = None
    """No job is added after; by default without end."""

    start_window: timedelta | None = None
    """How long after the set time a job may still be added; one minute at least."""

    recurrence_interval: timedelta | None = None
    """The time between two jobs; one minute at least. Omitted, one job is added."""

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
        if (value := self.do_not_run_until) is not None:
            out["doNotRunUntil"] = write_datetime(value)
        if (value := self.do_not_run_after) is not None:
            out["doNotRunAfter"] = write_datetime(value)
        if (value := self.start_window) is not None:
            out["startWindow"] = write_duration(value)
        if (value := self.recurrence_interval) is not None:
            out["recurrenceInterval"] = write_duration(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.do_not_run_until = None if (v := get("doNotRunUntil")) is None else read_datetime(v)
        model.do_not_run_after = None if (v := get("doNotRunAfter")) is None else read_datetime(v)
        model.start_window = None if (v := get("startWindow")) is None else read_duration(v)
        model.recurrence_interval = None if (v := get("recurrenceInterval")) is None else read_duration(v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "doNotRunUntil",
        "doNotRunAfter",
        "startWindow",
        "recurrenceInterval",
    )
)
