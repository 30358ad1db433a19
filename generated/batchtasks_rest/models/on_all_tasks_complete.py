# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class OnAllTasksComplete(OpenEnum):
    """noaction: the job stays active. terminatejob: it ends with the reason AllTasksCompleted."""

    NOACTION = "noaction"
    TERMINATEJOB = "terminatejob"
