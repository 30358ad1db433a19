# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class AccessScope(OpenEnum):
    """job: everything about the task's own job."""

    JOB = "job"
