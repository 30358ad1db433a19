"""A local Azure Batch service: the task operations over HTTP, kept in SQLite, run as processes on this machine."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {"Settings": "settings", "serve": "server", "LocalBatch": "server", "Fault": "faults"}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"batchtasks_local.{_HOME[name]}"), name)
