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
from .compute_node_identity_reference import ComputeNodeIdentityReference


@define(repr=False)
class ResourceFile:
    """A file, or the files of a storage container, to bring to the node. Give exactly one of
    autoStorageContainerName, storageContainerUrl and httpUrl."""

    auto_storage_container_name: str | None = None
    """A container of the storage account that is linked to the Batch account."""

    storage_container_url: str | None = None
    """The address of a blob container that the node can read and list: with a SAS, public, or by identityReference."""

    http_url: str | None = None
    """The address of one file, by HTTP or HTTPS. A blob must be readable by a SAS, publicly, or by
    identityReference."""

    blob_prefix: str | None = None
    """Which blobs of a container to take, by the beginning of their names. Omitted: all. Not with httpUrl."""

    file_path: str | None = None
    """Where to put it, relative to wd and inside it. With httpUrl it is required and names the file; with a
    container it names a directory, and the blobs keep their own directories below it."""

    file_mode: str | None = None
    """The permission bits in octal, on Linux nodes only. Default: 0770."""

    identity_reference: ComputeNodeIdentityReference | None = None
    """The managed identity to read blobs with, in place of a SAS."""

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
        if (value := self.auto_storage_container_name) is not None:
            out["autoStorageContainerName"] = value
        if (value := self.storage_container_url) is not None:
            out["storageContainerUrl"] = value
        if (value := self.http_url) is not None:
            out["httpUrl"] = value
        if (value := self.blob_prefix) is not None:
            out["blobPrefix"] = value
        if (value := self.file_path) is not None:
            out["filePath"] = value
        if (value := self.file_mode) is not None:
            out["fileMode"] = value
        if (value := self.identity_reference) is not None:
            out["identityReference"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.auto_storage_container_name = get("autoStorageContainerName")
        model.storage_container_url = get("storageContainerUrl")
        model.http_url = get("httpUrl")
        model.blob_prefix = get("blobPrefix")
        model.file_path = get("filePath")
        model.file_mode = get("fileMode")
        model.identity_reference = (
            ComputeNodeIdentityReference.from_dict(v) if isinstance(v := get("identityReference"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "autoStorageContainerName",
        "storageContainerUrl",
        "httpUrl",
        "blobPrefix",
        "filePath",
        "fileMode",
        "identityReference",
    )
)
