# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class OnTaskFailure(OpenEnum):
    """noaction: nothing. performexitoptionsjobaction: the jobAction of the task's exitConditions; without any, a
    failure ends the job."""

    NOACTION = "noaction"
    PERFORMEXITOPTIONSJOBACTION = "performexitoptionsjobaction"
