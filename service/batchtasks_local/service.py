"""What the handlers of the operations work with."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from batchtasks_local.auth import Authenticator
from batchtasks_local.contract import Contracts
from batchtasks_local.faults import Faults
from batchtasks_local.files_on_disk import TaskFiles
from batchtasks_local.settings import Settings
from batchtasks_local.store.interface import Store


class TaskRunner(Protocol):
    """What the handlers ask of the runner; every method returns at once."""

    def wake(self) -> None: ...

    def end_task(self, job_id: str, task_id: str) -> None: ...

    def remove_task_files(self, job_id: str, task_id: str) -> None: ...

    def end_job(self, job_id: str) -> None: ...


@frozen
class Service:
    """The parts of one running service."""

    settings: Settings
    store: Store
    runner: TaskRunner
    contracts: Contracts
    authenticator: Authenticator
    faults: Faults
    files: TaskFiles
