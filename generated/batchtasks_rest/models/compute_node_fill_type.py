# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ComputeNodeFillType(OpenEnum):
    """spread: all nodes alike. pack: one node after the other, as far as its slots go."""

    SPREAD = "spread"
    PACK = "pack"
