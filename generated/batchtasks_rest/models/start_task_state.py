# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class StartTaskState(OpenEnum):
    """running: it runs, or waits for a retry. completed: it has ended, well or not."""

    RUNNING = "running"
    COMPLETED = "completed"
