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
from .exit_code_mapping import ExitCodeMapping
from .exit_code_range_mapping import ExitCodeRangeMapping
from .exit_options import ExitOptions


@define(repr=False)
class ExitConditions:
    """What to do by the way a task ends. The exit code is looked up first, in exitCodes and exitCodeRanges, then an
    error before the start, then an upload error, then any other exit code but 0."""

    exit_codes: list[ExitCodeMapping] | None = None
    """Single exit codes."""

    exit_code_ranges: list[ExitCodeRangeMapping] | None = None
    """Ranges of exit codes."""

    pre_processing_error: ExitOptions | None = None
    """For an error before the command line ran, such as a failed download. Omitted, default counts."""

    file_upload_error: ExitOptions | None = None
    """For a failed upload of output files, unless the exit code is listed. Omitted, default counts."""

    default: ExitOptions | None = None
    """For every other failure. Exit code 0 is not covered; list it in exitCodes to change what it does."""

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
        if (value := self.exit_codes) is not None:
            out["exitCodes"] = [write_model(x) for x in value]
        if (value := self.exit_code_ranges) is not None:
            out["exitCodeRanges"] = [write_model(x) for x in value]
        if (value := self.pre_processing_error) is not None:
            out["preProcessingError"] = write_model(value)
        if (value := self.file_upload_error) is not None:
            out["fileUploadError"] = write_model(value)
        if (value := self.default) is not None:
            out["default"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.exit_codes = None if (v := get("exitCodes")) is None else read_models(ExitCodeMapping, v)
        model.exit_code_ranges = None if (v := get("exitCodeRanges")) is None else read_models(ExitCodeRangeMapping, v)
        model.pre_processing_error = ExitOptions.from_dict(v) if isinstance(v := get("preProcessingError"), dict) else v
        model.file_upload_error = ExitOptions.from_dict(v) if isinstance(v := get("fileUploadError"), dict) else v
        model.default = ExitOptions.from_dict(v) if isinstance(v := get("default"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "exitCodes",
        "exitCodeRanges",
        "preProcessingError",
        "fileUploadError",
        "default",
    )
)
