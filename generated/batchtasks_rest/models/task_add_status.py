# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class TaskAddStatus(OpenEnum):
    """success: added. clienterror: refused, and will be again if sent as it is. servererror: not added, may be sent
    again."""

    SUCCESS = "success"
    CLIENTERROR = "clienterror"
    SERVERERROR = "servererror"
