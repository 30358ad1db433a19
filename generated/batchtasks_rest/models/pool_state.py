# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class PoolState(OpenEnum):
    """active: it is there. deleting: on the way out."""

    ACTIVE = "active"
    DELETING = "deleting"
