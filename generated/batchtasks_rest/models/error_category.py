# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ErrorCategory(OpenEnum):
    """usererror: the task or its program. servererror: the service."""

    USERERROR = "usererror"
    SERVERERROR = "servererror"
