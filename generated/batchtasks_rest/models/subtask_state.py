# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class SubtaskState(OpenEnum):
    """As the states of a task, without active."""

    PREPARING = "preparing"
    RUNNING = "running"
    COMPLETED = "completed"
