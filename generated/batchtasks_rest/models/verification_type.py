# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class VerificationType(OpenEnum):
    """verified: it works with this node agent. unverified: that was not tried."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
