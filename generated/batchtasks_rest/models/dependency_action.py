# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class DependencyAction(OpenEnum):
    """satisfy: dependent tasks may start. block: they wait for ever."""

    SATISFY = "satisfy"
    BLOCK = "block"
