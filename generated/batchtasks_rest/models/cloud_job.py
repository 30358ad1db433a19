# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from attrs import define, field

from .._wire import (
    read_datetime,
    read_enum,
    read_models,
    show,
    show_html,
    write_datetime,
    write_model,
)
from .environment_setting import EnvironmentSetting
from .job_constraints import JobConstraints
from .job_execution_information import JobExecutionInformation
from .job_manager_task import JobManagerTask
from .job_network_configuration import JobNetworkConfiguration
from .job_preparation_task import JobPreparationTask
from .job_release_task import JobReleaseTask
from .job_state import JobState
from .job_statistics import JobStatistics
from .metadata_item import MetadataItem
from .on_all_tasks_complete import OnAllTasksComplete
from .on_task_failure import OnTaskFailure
from .pool_information import PoolInformation


@define(repr=False)
class CloudJob:
    """A job as the service knows it. Members that have no value are left out."""

    odata_metadata: str | None = None
    """The OData type of the answer; on a single read only."""

    id: str = None
    """The name of the job, in the letter case of its creator."""

    display_name: str | None = None
    """The name for people."""

    uses_task_dependencies: bool | None = None
    """Whether tasks of the job may have dependsOn."""

    url: str = None
    """The address of the job."""

    e_tag: str = None
    """The tag of this state of the job, to be sent in If-Match."""

    last_modified: datetime = None
    """When the job itself last changed; its tasks do not count."""

    creation_time: datetime = None
    """When the job was added."""

    state: JobState = None
    """How far the job has come. active: tasks may start. disabling, disabled: no task starts. enabling: on the way
    back to active. terminating, completed: ending and ended, no more tasks are taken. deleting: on the way out."""

    state_transition_time: datetime = None
    """When the job entered its state."""

    previous_state: JobState | None = None
    """The state before this one; missing in the first. active: tasks may start. disabling, disabled: no task starts.
    enabling: on the way back to active. terminating, completed: ending and ended, no more tasks are taken.
    deleting: on the way out."""

    previous_state_transition_time: datetime | None = None
    """When the job entered its previous state; missing in the first."""

    priority: int = None
    """Tasks of a job with a higher number are started first."""

    allow_task_preemption: bool | None = None
    """Whether jobs with a higher priority may push running tasks of this one back into the queue."""

    max_parallel_tasks: int | None = None
    """How many tasks of the job may run at once; -1 for any number."""

    constraints: JobConstraints = None
    """Limits on the job's time and on its tasks' retries, with defaults filled in."""

    job_manager_task: JobManagerTask | None = None
    """The task that started with the job."""

    job_preparation_task: JobPreparationTask | None = None
    """The task that runs on each node first."""

    job_release_task: JobReleaseTask | None = None
    """The task that runs on each node at the end."""

    common_environment_settings: list[EnvironmentSetting] | None = None
    """Environment variables of every task of the job."""

    pool_info: PoolInformation = None
    """The pool that was asked for."""

    on_all_tasks_complete: OnAllTasksComplete | None = None
    """What happens when all tasks are completed. noaction: the job stays active. terminatejob: it ends with the
    reason AllTasksCompleted."""

    on_task_failure: OnTaskFailure | None = None
    """What happens when a task fails for good. noaction: nothing. performexitoptionsjobaction: the jobAction of the
    task's exitConditions; without any, a failure ends the job."""

    network_configuration: JobNetworkConfiguration | None = None
    """The network for nodes that run the job's tasks."""

    metadata: list[MetadataItem] | None = None
    """Names and values for the caller's own use."""

    execution_info: JobExecutionInformation = None
    """What is known of the job's course."""

    stats: JobStatistics | None = None
    """Resource usage, only with $expand=stats."""

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
        if (value := self.odata_metadata) is not None:
            out["odata.metadata"] = value
        if (value := self.id) is not None:
            out["id"] = value
        if (value := self.display_name) is not None:
            out["displayName"] = value
        if (value := self.uses_task_dependencies) is not None:
            out["usesTaskDependencies"] = value
        if (value := self.url) is not None:
            out["url"] = value
        if (value := self.e_tag) is not None:
            out["eTag"] = value
        if (value := self.last_modified) is not None:
            out["lastModified"] = write_datetime(value)
        if (value := self.creation_time) is not None:
            out["creationTime"] = write_datetime(value)
        if (value := self.state) is not None:
            out["state"] = str(value)
        if (value := self.state_transition_time) is not None:
            out["stateTransitionTime"] = write_datetime(value)
        if (value := self.previous_state) is not None:
            out["previousState"] = str(value)
        if (value := self.previous_state_transition_time) is not None:
            out["previousStateTransitionTime"] = write_datetime(value)
        if (value := self.priority) is not None:
            out["priority"] = value
        if (value := self.allow_task_preemption) is not None:
            out["allowTaskPreemption"] = value
        if (value := self.max_parallel_tasks) is not None:
            out["maxParallelTasks"] = value
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
        if (value := self.pool_info) is not None:
            out["poolInfo"] = write_model(value)
        if (value := self.on_all_tasks_complete) is not None:
            out["onAllTasksComplete"] = str(value)
        if (value := self.on_task_failure) is not None:
            out["onTaskFailure"] = str(value)
        if (value := self.network_configuration) is not None:
            out["networkConfiguration"] = write_model(value)
        if (value := self.metadata) is not None:
            out["metadata"] = [write_model(x) for x in value]
        if (value := self.execution_info) is not None:
            out["executionInfo"] = write_model(value)
        if (value := self.stats) is not None:
            out["stats"] = write_model(value)
        return out

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], /) -> Self:
        """Return the value of a JSON object: missing members and nulls become None, unknown ones are kept."""
        model, get = cls.__new__(cls), source.get
        model.odata_metadata = get("odata.metadata")
        model.id = get("id")
        model.display_name = get("displayName")
        model.uses_task_dependencies = get("usesTaskDependencies")
        model.url = get("url")
        model.e_tag = get("eTag")
        model.last_modified = None if (v := get("lastModified")) is None else read_datetime(v)
        model.creation_time = None if (v := get("creationTime")) is None else read_datetime(v)
        model.state = None if (v := get("state")) is None else read_enum(JobState, v)
        model.state_transition_time = None if (v := get("stateTransitionTime")) is None else read_datetime(v)
        model.previous_state = None if (v := get("previousState")) is None else read_enum(JobState, v)
        model.previous_state_transition_time = (
            None if (v := get("previousStateTransitionTime")) is None else read_datetime(v)
        )
        model.priority = get("priority")
        model.allow_task_preemption = get("allowTaskPreemption")
        model.max_parallel_tasks = get("maxParallelTasks")
        model.constraints = JobConstraints.from_dict(v) if isinstance(v := get("constraints"), dict) else v
        model.job_manager_task = JobManagerTask.from_dict(v) if isinstance(v := get("jobManagerTask"), dict) else v
        model.job_preparation_task = (
            JobPreparationTask.from_dict(v) if isinstance(v := get("jobPreparationTask"), dict) else v
        )
        model.job_release_task = JobReleaseTask.from_dict(v) if isinstance(v := get("jobReleaseTask"), dict) else v
        model.common_environment_settings = (
            None if (v := get("commonEnvironmentSettings")) is None else read_models(EnvironmentSetting, v)
        )
        model.pool_info = PoolInformation.from_dict(v) if isinstance(v := get("poolInfo"), dict) else v
        model.on_all_tasks_complete = (
            None if (v := get("onAllTasksComplete")) is None else read_enum(OnAllTasksComplete, v)
        )
        model.on_task_failure = None if (v := get("onTaskFailure")) is None else read_enum(OnTaskFailure, v)
        model.network_configuration = (
            JobNetworkConfiguration.from_dict(v) if isinstance(v := get("networkConfiguration"), dict) else v
        )
        model.metadata = None if (v := get("metadata")) is None else read_models(MetadataItem, v)
        model.execution_info = (
            JobExecutionInformation.from_dict(v) if isinstance(v := get("executionInfo"), dict) else v
        )
        model.stats = JobStatistics.from_dict(v) if isinstance(v := get("stats"), dict) else v
        model.additional_properties = (
            {} if _NAMES.issuperset(source) else {name: value for name, value in source.items() if name not in _NAMES}
        )
        return model


_NAMES = frozenset(
    (
        "odata.metadata",
        "id",
        "displayName",
        "usesTaskDependencies",
        "url",
        "eTag",
        "lastModified",
        "creationTime",
        "state",
        "stateTransitionTime",
        "previousState",
        "previousStateTransitionTime",
        "priority",
        "allowTaskPreemption",
        "maxParallelTasks",
        "constraints",
        "jobManagerTask",
        "jobPreparationTask",
        "jobReleaseTask",
        "commonEnvironmentSettings",
        "poolInfo",
        "onAllTasksComplete",
        "onTaskFailure",
        "networkConfiguration",
        "metadata",
        "executionInfo",
        "stats",
    )
)
