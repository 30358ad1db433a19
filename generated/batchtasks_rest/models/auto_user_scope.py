# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class AutoUserScope(OpenEnum):
    """task: a user of its own for each task. pool: one user for all tasks on a node."""

    TASK = "task"
    POOL = "pool"
