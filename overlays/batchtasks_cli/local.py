"""The local service as the command line sees it: found late and by name, because it is an extra of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from batchtasks_cli.errors import Complaint


def of_service(name: str) -> Any:
    """Something of the local service, such as `serve`, or its module `settings`."""
    try:
        if name == "settings":
            return import_module("batchtasks_local.settings")
        return getattr(import_module("batchtasks_local"), name)
    except ImportError as error:
        raise Complaint(
            f"The local service is not installed ({error.name} is missing).", "pip install 'batchtasks[local]'"
        ) from None


def development_account() -> tuple[str, str]:
    """Name and well-known key of the service's account, which are public."""
    settings = of_service("settings")
    return settings.DEVELOPMENT_ACCOUNT, settings.DEVELOPMENT_KEY
