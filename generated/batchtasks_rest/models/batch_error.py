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
from .batch_error_detail import BatchErrorDetail
from .error_message import ErrorMessage


@define(repr=False)
class BatchError:
    """Why a request, or one task of a collection, was refused. There is no error object around it."""

    odata_metadata: str | None = None
    """The OData type of the answer; not inside the result of a collection."""

    code: str | None = None
    """A code for programs; x-error-codes lists them."""

    message: ErrorMessage | None = None
    """An explanation for people."""

    values: list[BatchErrorDetail] | None = None
    """Further facts, such as which query parameter was wrong and why."""

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
        if (value := self.odata_metadata) is not None:
            out["odata.metadata"] = value
        if (value := self.code) is not None:
            out["code"] = value
        if (value := self.message) is not None:
            out["message"] = write_model(value)
        if (value := self.values) is not None:
            out["values"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.odata_metadata = get("odata.metadata")
        model.code = get("code")
        model.message = ErrorMessage.from_dict(v) if isinstance(v := get("message"), dict) else v
        model.values = None if (v := get("values")) is None else read_models(BatchErrorDetail, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "odata.metadata",
        "code",
        "message",
        "values",
    )
)
