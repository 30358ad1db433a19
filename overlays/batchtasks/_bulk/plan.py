"""What the engine has to know of an operation; everything else about bulk work is the same for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from batchtasks._bulk.item import MOST_BYTES, MOST_TASKS, Item
from batchtasks._bulk.outcome import Status
from batchtasks._bulk.results import Reader
from batchtasks_rest._call import Call


@frozen
class Plan:
    """One bulk operation on one job.

    `make` turns what the caller passed in into an item, or raises; `call` makes the request for some tasks;
    `read` sorts them by its answer. A request carries at most `most_tasks` tasks and `most_bytes` bytes.
    """

    job_id: str
    make: Callable[[Any], Item]
    call: Callable[[list[Item]], Call[Any]]
    read: Reader
    verb: str = "added"
    success: Status = "added"
    before: Status = "existed"
    most_tasks: int = MOST_TASKS
    most_bytes: int = MOST_BYTES
