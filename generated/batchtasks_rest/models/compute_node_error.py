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
from .name_value_pair import NameValuePair


@define(repr=False)
class ComputeNodeError:
    """What went wrong on a node."""

    code: str | None = None
    """A code for programs."""

    message: str | None = None
    """An explanation for people."""

    error_details: list[NameValuePair] | None = None
    """Further facts, by name."""

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
        if (value := self.code) is not None:
            out["code"] = value
        if (value := self.message) is not None:
            out["message"] = value
        if (value := self.error_details) is not None:
            out["errorDetails"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.code = get("code")
        model.message = get("message")
        model.error_details = None if (v := get("errorDetails")) is None else read_models(NameValuePair, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "code",
        "message",
        "errorDetails",
    )
)
