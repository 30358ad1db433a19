# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class JobAction(OpenEnum):
    """none: nothing. disable: disable the job and put its running tasks back into the queue. terminate: end the job
    with the reason TaskFailed."""

    NONE = "none"
    DISABLE = "disable"
    TERMINATE = "terminate"
