# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class JobScheduleState(OpenEnum):
    """active: it adds jobs. completed: it has ended. disabled: it adds none for now. terminating, deleting: on the
    way out."""

    ACTIVE = "active"
    COMPLETED = "completed"
    DISABLED = "disabled"
    TERMINATING = "terminating"
    DELETING = "deleting"
