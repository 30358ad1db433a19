# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class SchedulingState(OpenEnum):
    """enabled: tasks may start on the node. disabled: none may."""

    ENABLED = "enabled"
    DISABLED = "disabled"
