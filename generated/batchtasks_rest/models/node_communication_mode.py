# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class NodeCommunicationMode(OpenEnum):
    """default: the service chooses. classic, simplified: the two ways there are."""

    DEFAULT = "default"
    CLASSIC = "classic"
    SIMPLIFIED = "simplified"
