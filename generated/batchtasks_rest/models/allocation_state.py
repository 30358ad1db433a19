# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class AllocationState(OpenEnum):
    """steady: its size does not change. resizing: nodes come or go. stopping: a resize is being stopped."""

    STEADY = "steady"
    RESIZING = "resizing"
    STOPPING = "stopping"
