# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    show,
    show_html,
)


@define(repr=False)
class ImageReference:
    """An image of the marketplace, or one of the caller's own."""

    publisher: str | None = None
    """The publisher, such as canonical."""

    offer: str | None = None
    """The offer."""

    sku: str | None = None
    """The SKU."""

    version: str | None = None
    """The version, latest by default."""

    virtual_machine_image_id: str | None = None
    """The resource id of an image of an Azure Compute Gallery, in place of the others."""

    exact_version: str | None = None
    """The version that latest stood for; set by the service."""

    shared_gallery_image_id: str | None = None
    """The id of an image of a shared gallery, in place of the others."""

    community_gallery_image_id: str | None = None
    """The id of an image of a community gallery, in place of the others."""

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
        if (value := self.publisher) is not None:
            out["publisher"] = value
        if (value := self.offer) is not None:
            out["offer"] = value
        if (value := self.sku) is not None:
            out["sku"] = value
        if (value := self.version) is not None:
            out["version"] = value
        if (value := self.virtual_machine_image_id) is not None:
            out["virtualMachineImageId"] = value
        if (value := self.exact_version) is not None:
            out["exactVersion"] = value
        if (value := self.shared_gallery_image_id) is not None:
            out["sharedGalleryImageId"] = value
        if (value := self.community_gallery_image_id) is not None:
            out["communityGalleryImageId"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.publisher = get("publisher")
        model.offer = get("offer")
        model.sku = get("sku")
        model.version = get("version")
        model.virtual_machine_image_id = get("virtualMachineImageId")
        model.exact_version = get("exactVersion")
        model.shared_gallery_image_id = get("sharedGalleryImageId")
        model.community_gallery_image_id = get("communityGalleryImageId")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "publisher",
        "offer",
        "sku",
        "version",
        "virtualMachineImageId",
        "exactVersion",
        "sharedGalleryImageId",
        "communityGalleryImageId",
    )
)
