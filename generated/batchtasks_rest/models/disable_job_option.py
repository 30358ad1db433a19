# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class DisableJobOption(OpenEnum):
    """requeue: end running tasks and run them again when the job is enabled. terminate: end them for good. wait: let
    them finish."""

    REQUEUE = "requeue"
    TERMINATE = "terminate"
    WAIT = "wait"
