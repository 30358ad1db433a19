"""The local service as the command line sees it: found late and by name, because it is an extra of its own."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from batchtasks_cli.errors import Complaint


def service_module(name: str) -> ModuleType:
    """A module of the local service, such as `settings`."""
    try:
        return import_module(f"batchtasks_local.{name}")
    except ImportError as error:
        raise Complaint(
            f"The local service is not installed ({error.name} is missing).", "pip install 'batchtasks[local]'"
        ) from None


def development_account() -> tuple[str, str]:
    """Name and well-known key of the service's account, which are public."""
    settings = service_module("settings")
    return settings.DEVELOPMENT_ACCOUNT, settings.DEVELOPMENT_KEY
