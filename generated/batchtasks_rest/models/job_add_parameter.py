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
from .environment_setting import EnvironmentSetting
from .job_constraints import JobConstraints
from .job_manager_task import JobManagerTask
from .job_network_configuration import JobNetworkConfiguration
from .job_preparation_task import JobPreparationTask
from .job_release_task import JobReleaseTask
from .metadata_item import MetadataItem
from .on_all_tasks_complete import OnAllTasksComplete
from .on_task_failure import OnTaskFailure
from .pool_information import PoolInformation


@define(repr=False)
class JobAddParameter:
    """A job to add."""

    id: str
    """The name of the job, unique in the account without regard to letter case; the case is kept. Letters, digits,
    hyphens and underscores, 64 at most."""

    pool_info: PoolInformation
    """The pool that the tasks run on."""

    display_name: str | None = None
    """A name for people, of any characters, which need not be unique."""

    priority: int | None = None
    """Tasks of a job with a higher number are started first. Default: 0."""

    max_parallel_tasks: int | None = None
    """How many tasks of the job may run at once; -1 for any number. 0 is not allowed. Default: -1."""

    allow_task_preemption: bool | None = None
    """Whether jobs with a higher priority may push running tasks of this one back into the queue. Default: false."""

    constraints: JobConstraints | None = None
    """Limits on the job's time and on its tasks' retries."""

    job_manager_task: JobManagerTask | None = None
    """A task that the service adds and starts with the job, to add and watch the others."""

    job_preparation_task: JobPreparationTask | None = None
    """A task to run on each node before the first task of the job there."""

    job_release_task: JobReleaseTask | None = None
    """A task to run, when the job ends, on each node that ran the preparation task; needs a preparation task."""

    common_environment_settings: list[EnvironmentSetting] | None = None
    """Environment variables of every task of the job. A task's own of the same name wins."""

    on_all_tasks_complete: OnAllTasksComplete | str | None = None
    """What to do when all tasks are completed. A job with terminatejob and no tasks yet stays active for a while;
    how long is not documented. It is safest to set terminatejob with job.patch after the last task was added.
    noaction: the job stays active. terminatejob: it ends with the reason AllTasksCompleted. Default: noaction."""

    on_task_failure: OnTaskFailure | str | None = None
    """What to do when a task fails for good. noaction: nothing. performexitoptionsjobaction: the jobAction of the
    task's exitConditions; without any, a failure ends the job. Default: noaction."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

    uses_task_dependencies: bool | None = None
    """Whether tasks of the job may have dependsOn. It cannot be changed later. Default: false."""

    network_configuration: JobNetworkConfiguration | None = None
    """The network for nodes that run the job's tasks."""

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
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.pool_info) is not None:
            out["poolInfo"] = write_model(value)
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.priority) is not None:
            out["priority"] = value
        if (value := self.max_parallel_tasks) is not None:
            out["maxParallelTasks"] = value
        if (value := self.allow_task_preemption) is not None:
            out["allowTaskPreemption"] = value
        if (value := self.constraints) is not None:
            out["constraints"] = write_model(value)
        if (value := self.job_manager_task) is not None:
            out["jobManagerTask"] = write_model(value)
        if (value := self.job_preparation_task) is not None:
            out["jobPreparationTask"] = write_model(value)
        if (value := self.job_release_task) is not None:
            out["jobReleaseTask"] = write_model(value)
        if (value := self.common_environment_settings) is not None:
            out["commonEnvironmentSettings"] = [write_model(x) for x in value]
        if (value := self.on_all_tasks_complete) is not None:
            out["onAllTasksComplete"] = str(value)
        if (value := self.on_task_failure) is not None:
            out["onTaskFailure"] = str(value)
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        if (value := self.uses_task_dependencies) is not None:
            out["usesTaskDependencies"] = value
        if (value := self.network_configuration) is not None:
            out["networkConfiguration"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.id = get("id")
        model.pool_info = PoolInformation.from_dict(v) if isinstance(v := get("poolInfo"), dict) else v
        model.display_name = get("displayName")
        model.priority = get("priority")
        model.max_parallel_tasks = get("maxParallelTasks")
        model.allow_task_preemption = get("allowTaskPreemption")
        model.constraints = JobConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.job_manager_task = JobManagerTask.from_dict(v) if isinstance(v := get("jobManagerTask"), dict) else v
        model.job_preparation_task = (
            JobPreparationTask.from_dict(v) if isinstance(v := get("jobPreparationTask"), dict) else v
        )
        model.job_release_task = JobReleaseTask.from_dict(v) if isinstance(v := get("jobReleaseTask"), dict) else v
        model.common_environment_settings = (
            None if (v := get("commonEnvironmentSettings")) is None else read_models(EnvironmentSetting, v)
        )
        model.on_all_tasks_complete = (
            None if (v := get("onAllTasksComplete")) is None else read_enum(OnAllTasksComplete, v)
        )
        model.on_task_failure = None if (v := get("onTaskFailure")) is None else read_enum(OnTaskFailure, v)
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.uses_task_dependencies = get("usesTaskDependencies")
        model.network_configuration = (
            JobNetworkConfiguration.from_dict(v) if isinstance(v := get("networkConfiguration"), dict) else v
        )
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "id",
        "poolInfo",
        "displayName",
        "priority",
        "maxParallelTasks",
        "allowTaskPreemption",
        "constraints",
        "jobManagerTask",
        "jobPreparationTask",
        "jobReleaseTask",
        "commonEnvironmentSettings",
        "onAllTasksComplete",
        "onTaskFailure",
        "metadata",
        "usesTaskDependencies",
        "networkConfiguration",
    )
)
