# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class JobState(OpenEnum):
    """active: tasks may start. disabling, disabled: no task starts. enabling: on the way back to active.
    terminating, completed: ending and ended, no more tasks are taken. deleting: on the way out."""

    ACTIVE = "active"
    DISABLING = "disabling"
    DISABLED = "disabled"
    ENABLING = "enabling"
    TERMINATING = "terminating"
    COMPLETED = "completed"
    DELETING = "deleting"
