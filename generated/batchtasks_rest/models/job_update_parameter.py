# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_enum,
    read_models,
    show,
    show_html,
    write_model,
)
from .job_constraints import JobConstraints
from .metadata_item import MetadataItem
from .on_all_tasks_complete import OnAllTasksComplete
from .pool_information import PoolInformation


@define(repr=False)
class JobUpdateParameter:
    """Properties of a job to replace. What is left out goes back to its default."""

    pool_info: PoolInformation
    """The pool; another one than before is refused unless the job is disabled. Of an auto pool, and only of one that
    lives as long as its job, keepAlive alone can be changed."""

    priority: int | None = None
    """The new priority. Default: 0."""

    max_parallel_tasks: int | None = None
    """How many tasks may run at once from now on; -1 for any number. 0 is not allowed. Default: -1."""

    allow_task_preemption: bool | None = None
    """Whether jobs with a higher priority may push running tasks of this one back into the queue. Default: false."""

    constraints: JobConstraints | None = None
    """The new constraints."""

    metadata: list[MetadataItem] | None = None
    """The new metadata."""

    on_all_tasks_complete: OnAllTasksComplete | str | None = None
    """What to do when all tasks are completed. There is no way back from terminatejob to noaction: it is refused
    with InvalidPropertyValue. noaction: the job stays active. terminatejob: it ends with the reason
    AllTasksCompleted. Default: noaction."""

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
        if (value := self.pool_info) is not None:
            out["poolInfo"] = write_model(value)
        if (value := self.priority) is not None:
            out["priority"] = value
        if (value := self.max_parallel_tasks) is not None:
            out["maxParallelTasks"] = value
        if (value := self.allow_task_preemption) is not None:
            out["allowTaskPreemption"] = value
        if (value := self.constraints) is not None:
            out["constraints"] = write_model(value)
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        if (value := self.on_all_tasks_complete) is not None:
            out["onAllTasksComplete"] = str(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.pool_info = PoolInformation.from_dict(v) if isinstance(v := get("poolInfo"), dict) else v
        model.priority = get("priority")
        model.max_parallel_tasks = get("maxParallelTasks")
        model.allow_task_preemption = get("allowTaskPreemption")
        model.constraints = JobConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.on_all_tasks_complete = (
            None if (v := get("onAllTasksComplete")) is None else read_enum(OnAllTasksComplete, v)
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "poolInfo",
        "priority",
        "maxParallelTasks",
        "allowTaskPreemption",
        "constraints",
        "metadata",
        "onAllTasksComplete",
    )
)
