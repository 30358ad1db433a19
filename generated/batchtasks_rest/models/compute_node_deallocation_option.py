# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ComputeNodeDeallocationOption(OpenEnum):
    """requeue: end running tasks and run them again elsewhere. terminate: end them for good. taskcompletion: let
    them finish. retaineddata: wait until no files of tasks are kept any more, too."""

    REQUEUE = "requeue"
    TERMINATE = "terminate"
    TASKCOMPLETION = "taskcompletion"
    RETAINEDDATA = "retaineddata"
