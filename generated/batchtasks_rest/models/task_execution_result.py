# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class TaskExecutionResult(OpenEnum):
    """success: exit code 0 and all files handled. failure: anything else; failureInfo says what."""

    SUCCESS = "success"
    FAILURE = "failure"
