# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class TaskState(OpenEnum):
    """active: waits for a node, for its dependencies or for a retry. preparing: has a node that still runs the job
    preparation task. running: on a node, fetching files included. completed: ended, well or not."""

    ACTIVE = "active"
    PREPARING = "preparing"
    RUNNING = "running"
    COMPLETED = "completed"
