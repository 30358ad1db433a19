# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class JobDefaultOrder(OpenEnum):
    """none: no order among jobs of the same priority. creationtime: the older job first."""

    NONE = "none"
    CREATIONTIME = "creationtime"
