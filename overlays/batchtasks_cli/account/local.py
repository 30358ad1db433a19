"""The local service as the command line sees it: imported late and by name, because it is an extra."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from batchtasks_cli.errors import CliError


def local_service() -> ModuleType:
    """Return the package of the local service."""
    try:
        return import_module("batchtasks_local")
    except ImportError as error:
        raise CliError(
            f"The local service is not installed ({error.name} is missing).", "pip install 'batchtasks[local]'"
        ) from None
