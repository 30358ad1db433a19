# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class PoolLifetimeOption(OpenEnum):
    """jobschedule: as long as the job schedule. job: as long as the job."""

    JOBSCHEDULE = "jobschedule"
    JOB = "job"
