"""What only this process may hold, and no process that is forked from it: its end tells others that it has ended."""

from __future__ import annotations

import os
import weakref
from contextlib import suppress
from typing import Protocol


class Closeable(Protocol):
    """What holds a descriptor."""

    def close(self) -> None: ...


_held: weakref.WeakSet[Closeable] = weakref.WeakSet()


def keep_from_forks(held: Closeable) -> None:
    """Close it in every process that is forked from this one; what is started as a program of its own never gets it."""
    _held.add(held)


def _let_go() -> None:
    for held in list(_held):
        with suppress(OSError):
            held.close()


os.register_at_fork(after_in_child=_let_go)
