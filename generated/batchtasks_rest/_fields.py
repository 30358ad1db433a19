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


class FileListFromTaskFields(Generic[P]):
    """Properties that File_ListFromTask can filter by."""

    name: P
    """name (string): startswith."""


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
    "File_ListFromTask": {"name": ("name", "string", ("startswith",), ())},
}
"""By operation and Python name: the path in the service, the type, the operators and the known values."""
