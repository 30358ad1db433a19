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
from .image_reference import ImageReference


@define(repr=False)
class VirtualMachineConfiguration:
    """The virtual machines of a pool."""

    image_reference: ImageReference
    """The image."""

    node_agent_sku_id: str
    """The node agent that goes with the image, such as batch.node.ubuntu 22.04."""

    windows_configuration: Any | None = None
    """Settings of Windows."""

    data_disks: list[Any] | None = None
    """Disks to attach."""

    license_type: str | None = None
    """A license for Windows that the caller has already."""

    container_configuration: Any | None = None
    """Makes nodes run container tasks."""

    disk_encryption_configuration: Any | None = None
    """Which disks are encrypted."""

    node_placement_configuration: Any | None = None
    """Whether nodes are spread over zones."""

    extensions: list[Any] | None = None
    """Extensions of the virtual machines."""

    os_disk: Any | None = None
    """The disk of the operating system."""

    security_profile: Any | None = None
    """Security settings of the virtual machines."""

    service_artifact_reference: Any | None = None
    """The version of the image for automatic upgrades."""

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
        if (value := self.image_reference) is not None:
            out["imageReference"] = write_model(value)
        if (value := self.node_agent_sku_id) is not None:
            out["nodeAgentSKUId"] = value
        if (value := self.windows_configuration) is not None:
            out["windowsConfiguration"] = value
        if (value := self.data_disks) is not None:
            out["dataDisks"] = value
        if (value := self.license_type) is not None:
            out["licenseType"] = value
        if (value := self.container_configuration) is not None:
            out["containerConfiguration"] = value
        if (value := self.disk_encryption_configuration) is not None:
            out["diskEncryptionConfiguration"] = value
        if (value := self.node_placement_configuration) is not None:
            out["nodePlacementConfiguration"] = value
        if (value := self.extensions) is not None:
            out["extensions"] = value
        if (value := self.os_disk) is not None:
            out["osDisk"] = value
        if (value := self.security_profile) is not None:
            out["securityProfile"] = value
        if (value := self.service_artifact_reference) is not None:
            out["serviceArtifactReference"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.image_reference = ImageReference.from_dict(v) if isinstance(v := get("imageReference"), dict) else v
        model.node_agent_sku_id = get("nodeAgentSKUId")
        model.windows_configuration = get("windowsConfiguration")
        model.data_disks = get("dataDisks")
        model.license_type = get("licenseType")
        model.container_configuration = get("containerConfiguration")
        model.disk_encryption_configuration = get("diskEncryptionConfiguration")
        model.node_placement_configuration = get("nodePlacementConfiguration")
        model.extensions = get("extensions")
        model.os_disk = get("osDisk")
        model.security_profile = get("securityProfile")
        model.service_artifact_reference = get("serviceArtifactReference")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "imageReference",
        "nodeAgentSKUId",
        "windowsConfiguration",
        "dataDisks",
        "licenseType",
        "containerConfiguration",
        "diskEncryptionConfiguration",
        "nodePlacementConfiguration",
        "extensions",
        "osDisk",
        "securityProfile",
        "serviceArtifactReference",
    )
)
