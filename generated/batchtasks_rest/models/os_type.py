# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class OSType(OpenEnum):
    """linux, windows: the operating system."""

    LINUX = "linux"
    WINDOWS = "windows"
