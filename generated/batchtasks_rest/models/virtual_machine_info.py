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
class VirtualMachineInfo:
    """The virtual machine of a node."""

    image_reference: ImageReference | None = None
    """The image that it was made from."""

    scale_set_vm_resource_id: str | None = None
    """Its resource id in Azure Resource Manager; only in the caller's own subscription."""

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
        if (value := self.scale_set_vm_resource_id) is not None:
            out["scaleSetVmResourceId"] = value
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.image_reference = ImageReference.from_dict(v) if isinstance(v := get("imageReference"), dict) else v
        model.scale_set_vm_resource_id = get("scaleSetVmResourceId")
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "imageReference",
        "scaleSetVmResourceId",
    )
)
