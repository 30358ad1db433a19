"""What the operations work with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from attrs import frozen

from batchtasks_local.http.exchange import Answer, Exchange
from batchtasks_local.http.faults import Faults
from batchtasks_local.runner.files.task_files import TaskFiles
from batchtasks_local.settings import Settings
from batchtasks_local.store.store import Store


class TaskRunner(Protocol):
    """What operations ask of the runner. Every method returns at once."""

    def wake(self) -> None:
        """Look at the store: start tasks, and end the processes of tasks that are no longer running."""

    def remove_jobs(self) -> None:
        """End the processes of jobs that are being deleted, then remove their files and records."""

    def remove_task_files(self, job_id: str, task_id: str) -> None:
        """End the process of a task that was deleted, then remove its directory."""

    def reserved_space(self) -> AbstractContextManager[None]:
        """Give back the space that is kept for ending tasks on a full disk; no task takes it within the block."""


@frozen
class Context:
    """The parts of one running service that operations use."""

    settings: Settings
    store: Store
    runner: TaskRunner
    faults: Faults
    files: TaskFiles


Handler: TypeAlias = Callable[[Context, Exchange], Answer]
HANDLERS: dict[str, Handler] = {}
"""The function that carries out each operation, by the operation's name in the specification."""


def operation(name: str) -> Callable[[Handler], Handler]:
    """Make a function the one that carries out an operation; the specification says which requests lead to it."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register
