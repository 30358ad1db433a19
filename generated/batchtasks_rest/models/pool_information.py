# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    show,
    show_html,
    write_model,
)
from .auto_pool_specification import AutoPoolSpecification


@define(repr=False)
class PoolInformation:
    """The pool of a job, either one that exists or one to make."""

    pool_id: str | None = None
    """The id of a pool of the account."""

    auto_pool_specification: AutoPoolSpecification | None = None
    """A pool that the service makes for the job and removes after it."""

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
        if (value := self.pool_id) is not None:
            out["poolId"] = value
        if (value := self.auto_pool_specification) is not None:
            out["autoPoolSpecification"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.pool_id = get("poolId")
        model.auto_pool_specification = (
            AutoPoolSpecification.from_dict(v) if isinstance(v := get("autoPoolSpecification"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "poolId",
        "autoPoolSpecification",
    )
)
