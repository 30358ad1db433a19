# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The properties that `$filter` of each list takes. P is the class that builds conditions on a property."""

from __future__ import annotations

from typing import Generic, TypeVar

P = TypeVar("P")


class TaskListFields(Generic[P]):
    """Properties that Task_List can filter by."""

    id: P
    """id (string): startswith, eq, ne, ge, gt, le, lt."""

    state: P
    """state (string): eq, ne; values: active, preparing, running, completed."""

    state_transition_time: P
    """stateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    creation_time: P
    """creationTime (DateTime): eq, ne, ge, gt, le, lt."""

    last_modified_time: P
    """lastModifiedTime (DateTime): eq, ne, ge, gt, le, lt."""

    start_time: P
    """executionInfo/startTime (DateTime): eq, ne, ge, gt, le, lt."""

    end_time: P
    """executionInfo/endTime (DateTime): eq, ne, ge, gt, le, lt."""

    exit_code: P
    """executionInfo/exitCode (int): eq, ne, ge, gt, le, lt."""

    result: P
    """executionInfo/result (string): eq, ne; values: success, failure."""


class JobListFields(Generic[P]):
    """Properties that Job_List can filter by."""

    id: P
    """id (string): startswith, eq, ne, ge, gt, le, lt."""

    state: P
    """state (string): eq, ne; values: active, disabling, disabled, enabling, terminating, completed, deleting."""

    state_transition_time: P
    """stateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    creation_time: P
    """creationTime (DateTime): eq, ne, ge, gt, le, lt."""

    last_modified: P
    """lastModified (DateTime): eq, ne, ge, gt, le, lt."""

    start_time: P
    """executionInfo/startTime (DateTime): eq, ne, ge, gt, le, lt."""

    end_time: P
    """executionInfo/endTime (DateTime): eq, ne, ge, gt, le, lt."""

    pool_id: P
    """executionInfo/poolId (string): eq, ne."""


class JobListPreparationAndReleaseTaskStatusFields(Generic[P]):
    """Properties that Job_ListPreparationAndReleaseTaskStatus can filter by."""

    pool_id: P
    """poolId (string): eq, ne."""

    node_id: P
    """nodeId (string): startswith, eq, ne, ge, gt, le, lt."""

    state: P
    """jobPreparationTaskExecutionInfo/state (string): eq, ne; values: running, completed."""

    exit_code: P
    """jobPreparationTaskExecutionInfo/exitCode (int): eq, ne, ge, gt, le, lt."""

    job_release_task_execution_info_state: P
    """jobReleaseTaskExecutionInfo/state (string): eq, ne; values: running, completed."""

    job_release_task_execution_info_exit_code: P
    """jobReleaseTaskExecutionInfo/exitCode (int): eq, ne, ge, gt, le, lt."""


class FileListFromTaskFields(Generic[P]):
    """Properties that File_ListFromTask can filter by."""

    name: P
    """name (string): startswith."""


class PoolListFields(Generic[P]):
    """Properties that Pool_List can filter by."""

    id: P
    """id (string): startswith, eq, ne, ge, gt, le, lt."""

    state: P
    """state (string): eq, ne; values: active, deleting."""

    state_transition_time: P
    """stateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    allocation_state: P
    """allocationState (string): eq, ne; values: steady, resizing, stopping."""

    allocation_state_transition_time: P
    """allocationStateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    creation_time: P
    """creationTime (DateTime): eq, ne, ge, gt, le, lt."""

    last_modified: P
    """lastModified (DateTime): eq, ne, ge, gt, le, lt."""

    vm_size: P
    """vmSize (string): eq, ne."""


class ComputeNodeListFields(Generic[P]):
    """Properties that ComputeNode_List can filter by."""

    state: P
    """state (string): eq, ne; values: idle, rebooting, reimaging, running, unusable, creating, starting, waitingforstarttask, starttaskfailed, unknown, leavingpool, offline, preempted, upgradingos, deallocated, deallocating."""

    state_transition_time: P
    """stateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    last_boot_time: P
    """lastBootTime (DateTime): eq, ne, ge, gt, le, lt."""

    allocation_time: P
    """allocationTime (DateTime): eq, ne, ge, gt, le, lt."""

    start_task_info_state: P
    """startTaskInfo/state (string): eq; values: running, completed."""

    result: P
    """startTaskInfo/result (string): eq, ne; values: success, failure."""

    exit_code: P
    """startTaskInfo/exitCode (int): eq, ne, ge, gt, le, lt."""

    start_time: P
    """startTaskInfo/startTime (DateTime): eq, ne, ge, gt, le, lt."""

    end_time: P
    """startTaskInfo/endTime (DateTime): eq, ne, ge, gt, le, lt."""


class AccountListSupportedImagesFields(Generic[P]):
    """Properties that Account_ListSupportedImages can filter by."""

    os_type: P
    """osType (string): eq, ne; values: linux, windows."""

    verification_type: P
    """verificationType (string): eq, ne; values: verified, unverified."""

    node_agent_sku_id: P
    """nodeAgentSKUId (string): eq, ne."""


class JobScheduleListFields(Generic[P]):
    """Properties that JobSchedule_List can filter by."""

    id: P
    """id (string): startswith, eq, ne, ge, gt, le, lt."""

    state: P
    """state (string): eq, ne; values: active, completed, disabled, terminating, deleting."""

    state_transition_time: P
    """stateTransitionTime (DateTime): eq, ne, ge, gt, le, lt."""

    creation_time: P
    """creationTime (DateTime): eq, ne, ge, gt, le, lt."""

    last_modified: P
    """lastModified (DateTime): eq, ne, ge, gt, le, lt."""

    end_time: P
    """executionInfo/endTime (DateTime): eq, ne, ge, gt, le, lt."""

    do_not_run_until: P
    """schedule/doNotRunUntil (DateTime): eq, ne, ge, gt, le, lt."""

    do_not_run_after: P
    """schedule/doNotRunAfter (DateTime): eq, ne, ge, gt, le, lt."""


FILTERS: dict[str, dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {
    "Task_List": {
        "id": ("id", "string", ("startswith", "eq", "ne", "ge", "gt", "le", "lt"), ()),
        "state": ("state", "string", ("eq", "ne"), ("active", "preparing", "running", "completed")),
        "state_transition_time": ("stateTransitionTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "creation_time": ("creationTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "last_modified_time": ("lastModifiedTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "start_time": ("executionInfo/startTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "end_time": ("executionInfo/endTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "exit_code": ("executionInfo/exitCode", "int", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "result": ("executionInfo/result", "string", ("eq", "ne"), ("success", "failure")),
    },
    "Job_List": {
        "id": ("id", "string", ("startswith", "eq", "ne", "ge", "gt", "le", "lt"), ()),
        "state": (
            "state",
            "string",
            ("eq", "ne"),
            ("active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting"),
        ),
        "state_transition_time": ("stateTransitionTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "creation_time": ("creationTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "last_modified": ("lastModified", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "start_time": ("executionInfo/startTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "end_time": ("executionInfo/endTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "pool_id": ("executionInfo/poolId", "string", ("eq", "ne"), ()),
    },
    "Job_ListPreparationAndReleaseTaskStatus": {
        "pool_id": ("poolId", "string", ("eq", "ne"), ()),
        "node_id": ("nodeId", "string", ("startswith", "eq", "ne", "ge", "gt", "le", "lt"), ()),
        "state": ("jobPreparationTaskExecutionInfo/state", "string", ("eq", "ne"), ("running", "completed")),
        "exit_code": ("jobPreparationTaskExecutionInfo/exitCode", "int", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "job_release_task_execution_info_state": (
            "jobReleaseTaskExecutionInfo/state",
            "string",
            ("eq", "ne"),
            ("running", "completed"),
        ),
        "job_release_task_execution_info_exit_code": (
            "jobReleaseTaskExecutionInfo/exitCode",
            "int",
            ("eq", "ne", "ge", "gt", "le", "lt"),
            (),
        ),
    },
    "File_ListFromTask": {"name": ("name", "string", ("startswith",), ())},
    "Pool_List": {
        "id": ("id", "string", ("startswith", "eq", "ne", "ge", "gt", "le", "lt"), ()),
        "state": ("state", "string", ("eq", "ne"), ("active", "deleting")),
        "state_transition_time": ("stateTransitionTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "allocation_state": ("allocationState", "string", ("eq", "ne"), ("steady", "resizing", "stopping")),
        "allocation_state_transition_time": (
            "allocationStateTransitionTime",
            "DateTime",
            ("eq", "ne", "ge", "gt", "le", "lt"),
            (),
        ),
        "creation_time": ("creationTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "last_modified": ("lastModified", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "vm_size": ("vmSize", "string", ("eq", "ne"), ()),
    },
    "ComputeNode_List": {
        "state": (
            "state",
            "string",
            ("eq", "ne"),
            (
                "idle",
                "rebooting",
                "reimaging",
                "running",
                "unusable",
                "creating",
                "starting",
                "waitingforstarttask",
                "starttaskfailed",
                "unknown",
                "leavingpool",
                "offline",
                "preempted",
                "upgradingos",
                "deallocated",
                "deallocating",
            ),
        ),
        "state_transition_time": ("stateTransitionTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "last_boot_time": ("lastBootTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "allocation_time": ("allocationTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "start_task_info_state": ("startTaskInfo/state", "string", ("eq",), ("running", "completed")),
        "result": ("startTaskInfo/result", "string", ("eq", "ne"), ("success", "failure")),
        "exit_code": ("startTaskInfo/exitCode", "int", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "start_time": ("startTaskInfo/startTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "end_time": ("startTaskInfo/endTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
    },
    "Account_ListSupportedImages": {
        "os_type": ("osType", "string", ("eq", "ne"), ("linux", "windows")),
        "verification_type": ("verificationType", "string", ("eq", "ne"), ("verified", "unverified")),
        "node_agent_sku_id": ("nodeAgentSKUId", "string", ("eq", "ne"), ()),
    },
    "JobSchedule_List": {
        "id": ("id", "string", ("startswith", "eq", "ne", "ge", "gt", "le", "lt"), ()),
        "state": ("state", "string", ("eq", "ne"), ("active", "completed", "disabled", "terminating", "deleting")),
        "state_transition_time": ("stateTransitionTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "creation_time": ("creationTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "last_modified": ("lastModified", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "end_time": ("executionInfo/endTime", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "do_not_run_until": ("schedule/doNotRunUntil", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
        "do_not_run_after": ("schedule/doNotRunAfter", "DateTime", ("eq", "ne", "ge", "gt", "le", "lt"), ()),
    },
}
"""By operation and Python name: the path in the service, the type, the operators and the known values."""
