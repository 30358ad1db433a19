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
from .output_file_destination import OutputFileDestination
from .output_file_upload_options import OutputFileUploadOptions


@define(repr=False)
class OutputFile:
    """Files to upload from the node after the command line has ended. The log of the upload stands in
    fileuploadout.txt and fileuploaderr.txt of the task directory; a failed upload makes the task fail."""

    file_pattern: str
    """Which files, relative to wd or absolute: * and ? stand for characters within a name, ** for directories too,
    [abc] and [!abc] for one of some. Names that begin with a dot match only if the dot is written, and
    ../stdout.txt is the task's output."""

    destination: OutputFileDestination
    """Where to."""

    upload_options: OutputFileUploadOptions
    """When."""

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
        if (value := self.file_pattern) is not None:
            out["filePattern"] = value
        if (value := self.destination) is not None:
            out["destination"] = write_model(value)
        if (value := self.upload_options) is not None:
            out["uploadOptions"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.file_pattern = get("filePattern")
        model.destination = OutputFileDestination.from_dict(v) if isinstance(v := get("destination"), dict) else v
        model.upload_options = (
            OutputFileUploadOptions.from_dict(v) if isinstance(v := get("uploadOptions"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "filePattern",
        "destination",
        "uploadOptions",
    )
)
