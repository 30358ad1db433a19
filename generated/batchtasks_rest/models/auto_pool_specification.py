# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    show,
    show_html,
    write_model,
)
from .pool_lifetime_option import PoolLifetimeOption
from .pool_specification import PoolSpecification


@define(repr=False)
class AutoPoolSpecification:
    """A pool to make for the job."""

    pool_lifetime_option: PoolLifetimeOption | str
    """Whether the pool lives as long as its job or its job schedule. jobschedule: as long as the job schedule. job:
    as long as the job."""

    auto_pool_id_prefix: str | None = None
    """What the id of the pool begins with; the service adds a GUID. 20 characters at most."""

    keep_alive: bool | None = None
    """Whether the pool stays after that; the caller has to delete it then. Default: false."""

    pool: PoolSpecification | None = None
    """What the pool is like."""

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
        if (value := self.pool_lifetime_option) is not None:
            out["poolLifetimeOption"] = str(value)
        if (value := self.auto_pool_id_prefix) is not None:
            out["autoPoolIdPrefix"] = value
        if (value := self.keep_alive) is not None:
            out["keepAlive"] = value
        if (value := self.pool) is not None:
            out["pool"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.pool_lifetime_option = (
            None if (v := get("poolLifetimeOption")) is None else read_enum(PoolLifetimeOption, v)
        )
        model.auto_pool_id_prefix = get("autoPoolIdPrefix")
        model.keep_alive = get("keepAlive")
        model.pool = PoolSpecification.from_dict(v) if isinstance(v := get("pool"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "poolLifetimeOption",
        "autoPoolIdPrefix",
        "keepAlive",
        "pool",
    )
)
