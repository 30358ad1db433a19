"""What the service asks of its store. Every method is one transaction and may be called from any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from batchtasks_local.records import Counts, JobRecord, TaskRecord, Where


class Store(Protocol):
    """Jobs and tasks. Ids are found without regard to letter case and kept as they were written.

    `change_...` reads one record, hands it to `change` and writes what that returns, all in one transaction; whatever
    `change` raises passes through and nothing is written. A record that is not there gives None.
    """

    def add_job(self, job: JobRecord) -> bool:
        """Keep a new job; False when its id is taken."""

    def get_job(self, job_id: str) -> JobRecord | None: ...

    def list_jobs(self, where: Where | None, after: int, limit: int) -> list[JobRecord]:
        """At most `limit` jobs whose `seq` is greater than `after`, in order of `seq`."""

    def change_job(self, job_id: str, change: Callable[[JobRecord], JobRecord]) -> JobRecord | None: ...

    def remove_job(self, job_id: str) -> None:
        """Forget a job and all of its tasks."""

    def add_tasks(
        self,
        job_id: str,
        check: Callable[[JobRecord], None],
        tasks: Sequence[dict[str, Any]],
    ) -> list[tuple[TaskRecord, bool]] | None:
        """Keep new tasks made of these specs (defaults already filled in); None when there is no such job.

        `check` sees the job first and refuses by raising. For each spec, in order: the record and True when it was
        added, or the record that already has the id and False. Each record has its own `modified`, so its own ETag.
        """

    def get_task(self, job_id: str, task_id: str) -> TaskRecord | None: ...

    def list_tasks(self, job_id: str, where: Where | None, after: int, limit: int) -> list[TaskRecord]:
        """At most `limit` tasks of the job whose `seq` is greater than `after`, in order of `seq`."""

    def change_task(
        self, job_id: str, task_id: str, change: Callable[[TaskRecord, JobRecord], TaskRecord]
    ) -> TaskRecord | None: ...

    def remove_task(
        self, job_id: str, task_id: str, check: Callable[[TaskRecord, JobRecord], None]
    ) -> TaskRecord | None:
        """Forget a task after `check` has let it pass; the record as it was, or None."""

    def counts(self, job_id: str) -> tuple[Counts, Counts]:
        """Tasks and task slots of the job by state."""

    def close(self) -> None: ...
