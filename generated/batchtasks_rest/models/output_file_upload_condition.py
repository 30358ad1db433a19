# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class OutputFileUploadCondition(OpenEnum):
    """tasksuccess: exit code 0. taskfailure: any other exit code. taskcompletion: any exit code."""

    TASKSUCCESS = "tasksuccess"
    TASKFAILURE = "taskfailure"
    TASKCOMPLETION = "taskcompletion"
