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
from .job_preparation_task_execution_information import JobPreparationTaskExecutionInformation
from .job_release_task_execution_information import JobReleaseTaskExecutionInformation


@define(repr=False)
class JobPreparationAndReleaseTaskExecutionInformation:
    """How the preparation and release tasks of a job have run on one node."""

    pool_id: str | None = None
    """The pool of the node."""

    node_id: str | None = None
    """The node."""

    node_url: str | None = None
    """The address of the node."""

    job_preparation_task_execution_info: JobPreparationTaskExecutionInformation | None = None
    """The preparation task, if it ran there."""

    job_release_task_execution_info: JobReleaseTaskExecutionInformation | None = None
    """The release task, if it ran there."""

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
        if (value := self.pool_id) is not None:
            out["poolId"] = value
        if (value := self.node_id) is not None:
            out["nodeId"] = value
        if (value := self.node_url) is not None:
            out["nodeUrl"] = value
        if (value := self.job_preparation_task_execution_info) is not None:
            out["jobPreparationTaskExecutionInfo"] = write_model(value)
        if (value := self.job_release_task_execution_info) is not None:
            out["jobReleaseTaskExecutionInfo"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.pool_id = get("poolId")
        model.node_id = get("nodeId")
        model.node_url = get("nodeUrl")
        model.job_preparation_task_execution_info = (
            JobPreparationTaskExecutionInformation.from_dict(v)
            if isinstance(v := get("jobPreparationTaskExecutionInfo"), dict)
            else v
        )
        model.job_release_task_execution_info = (
            JobReleaseTaskExecutionInformation.from_dict(v)
            if isinstance(v := get("jobReleaseTaskExecutionInfo"), dict)
            else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "poolId",
        "nodeId",
        "nodeUrl",
        "jobPreparationTaskExecutionInfo",
        "jobReleaseTaskExecutionInfo",
    )
)
