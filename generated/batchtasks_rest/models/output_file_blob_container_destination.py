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
from .compute_node_identity_reference import ComputeNodeIdentityReference
from .http_header import HttpHeader


@define(repr=False)
class OutputFileBlobContainerDestination:
    """A blob container to upload files to."""

    container_url: str
    """The address of the container, with a SAS that may write unless identityReference is given."""

    path: str | None = None
    """The blob name if filePattern has no wildcard, the beginning of the blob names if it has. Omitted: the files go
    to the root of the container under their own names."""

    identity_reference: ComputeNodeIdentityReference | None = None
    """The managed identity to write with, in place of a SAS."""

    upload_headers: list[HttpHeader] | None = None
    """HTTP headers to set on the uploaded blobs."""

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
        if (value := self.container_url) is not None:
            out["containerUrl"] = value
        if (value := self.path) is not None:
            out["path"] = value
        if (value := self.identity_reference) is not None:
            out["identityReference"] = write_model(value)
        if (value := self.upload_headers) is not None:
            out["uploadHeaders"] = [write_model(x) for x in value]
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.container_url = get("containerUrl")
        model.path = get("path")
        model.identity_reference = (
            ComputeNodeIdentityReference.from_dict(v) if isinstance(v := get("identityReference"), dict) else v
        )
        model.upload_headers = None if (v := get("uploadHeaders")) is None else read_models(HttpHeader, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "containerUrl",
        "path",
        "identityReference",
        "uploadHeaders",
    )
)
