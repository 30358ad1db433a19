# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_duration,
    show,
    show_html,
    write_duration,
)


@define(repr=False)
class JobConstraints:
    """Limits on a job's time and on its tasks' retries."""

    max_wall_clock_time: timedelta | None = None
    """The longest that the job may take, from its creation; then it is ended with the reason MaxWallClockTimeExpiry.
    Omitted: no limit, which an answer shows as P10675199DT2H48M5.4775807S. Default: P10675199DT2H48M5.4775807S."""

    max_task_retry_count: int | None = None
    """How often each task without constraints of its own is run again after an exit code other than 0; -1 for
    without end. Default: 0."""

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
        if (value := self.max_wall_clock_time) is not None:
            out["maxWallClockTime"] = write_duration(value)
        if (value := self.max_task_retry_count) is not None:
            out["maxTaskRetryCount"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.max_wall_clock_time = None if (v := get("maxWallClockTime")) is None else read_duration(v)
        model.max_task_retry_count = get("maxTaskRetryCount")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "maxWallClockTime",
        "maxTaskRetryCount",
    )
)
