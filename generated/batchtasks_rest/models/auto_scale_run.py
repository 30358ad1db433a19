# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .resize_error import ResizeError


@define(repr=False)
class AutoScaleRun:
    """What came of an evaluation of the formula of a pool."""

    timestamp: datetime = None
    """When the formula was evaluated."""

    results: str | None = None
    """The values of its variables, as name=value with semicolons between."""

    error: ResizeError | None = None
    """What went wrong, if something did."""

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
        if (value := self.timestamp) is not None:
            out["timestamp"] = write_datetime(value)
        if (value := self.results) is not None:
            out["results"] = value
        if (value := self.error) is not None:
            out["error"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.timestamp = None if (v := get("timestamp")) is None else read_datetime(v)
        model.results = get("results")
        model.error = ResizeError.from_dict(v) if isinstance(v := get("error"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "timestamp",
        "results",
        "error",
    )
)
