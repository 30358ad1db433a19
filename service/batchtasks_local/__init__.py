"""A local Azure Batch service: the task operations over HTTP, kept in SQLite, run as processes of this machine.

    from batchtasks_local import LocalBatch, Settings

    with LocalBatch(Settings(slots=4)) as batch:  # in a thread; batch.url, batch.account, batch.key
        ...

`serve` runs it as a program, `Fault` is a fault to inject, `CannotServeError` says why it cannot start. All of them are
imported when they are first used, so that importing this package costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchtasks_local.http.faults import Fault
    from batchtasks_local.server import CannotServeError, LocalBatch, serve
    from batchtasks_local.settings import Settings

__all__ = ["CannotServeError", "Fault", "LocalBatch", "Settings", "serve"]

_NOT_ON_WINDOWS = (
    "The local Batch service needs Linux, macOS or another POSIX system. "
    "On Windows, install and start it in WSL (https://learn.microsoft.com/windows/wsl)."
)
_MODULE_OF = {
    "CannotServeError": "server",
    "Fault": "http.faults",
    "LocalBatch": "server",
    "Settings": "settings",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if sys.platform == "win32":
        raise ImportError(_NOT_ON_WINDOWS)
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
