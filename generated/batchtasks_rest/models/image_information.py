# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_enum,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .image_reference import ImageReference
from .os_type import OSType
from .verification_type import VerificationType


@define(repr=False)
class ImageInformation:
    """An image that pools can use."""

    node_agent_sku_id: str = None
    """The node agent that goes with it."""

    image_reference: ImageReference = None
    """The image."""

    os_type: OSType = None
    """The operating system. linux, windows: the operating system."""

    capabilities: list[str] | None = None
    """What it can do, such as DockerCompatible."""

    batch_support_end_of_life: datetime | None = None
    """When pools can no longer use it."""

    verification_type: VerificationType = None
    """Whether the service has tried it with this node agent. verified: it works with this node agent. unverified:
    that was not tried."""

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
        if (value := self.node_agent_sku_id) is not None:
            out["nodeAgentSKUId"] = value
        if (value := self.image_reference) is not None:
            out["imageReference"] = write_model(value)
        if (value := self.os_type) is not None:
            out["osType"] = str(value)
        if (value := self.capabilities) is not None:
            out["capabilities"] = value
        if (value := self.batch_support_end_of_life) is not None:
            out["batchSupportEndOfLife"] = write_datetime(value)
        if (value := self.verification_type) is not None:
            out["verificationType"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.node_agent_sku_id = get("nodeAgentSKUId")
        model.image_reference = ImageReference.from_dict(v) if isinstance(v := get("imageReference"), dict) else v
        model.os_type = None if (v := get("osType")) is None else read_enum(OSType, v)
        model.capabilities = get("capabilities")
        model.batch_support_end_of_life = None if (v := get("batchSupportEndOfLife")) is None else read_datetime(v)
        model.verification_type = None if (v := get("verificationType")) is None else read_enum(VerificationType, v)
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "nodeAgentSKUId",
        "imageReference",
        "osType",
        "capabilities",
        "batchSupportEndOfLife",
        "verificationType",
    )
)
