"""What the service asks of its store. Every method is one transaction and may be called from any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from attrs import frozen

from batchtasks_local.lifecycle import Outcome
from batchtasks_local.records import Counts, JobRecord, JobUsage, TaskRecord, Usage, Where


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

    def spent(self, job_id: str) -> JobUsage:
        """What the tasks of the job have used so far; nothing without such a job."""

    def close(self) -> None: ...


@frozen
class Finished:
    """A run that has ended: which (`seq` and `run` of its task), when (ticks), how, with its subtasks and what it used."""

    seq: int
    run: int
    at: int
    outcome: Outcome
    subtasks: tuple[dict[str, Any], ...] = ()
    usage: Usage | None = None


def _nobody(job_id: str, demand: int) -> None:
    return


@frozen
class Slots:
    """What the runner has room for, and what it says about single tasks.

    `may_start(job_id, task_id)` is False while an earlier run of that id still ends; `node(job, task_id)` gives the
    nodeInfo of a start; `too_large(job_id, demand)` is told of active tasks that ask for more slots than there are.
    """

    free: int
    total: int
    may_start: Callable[[str, str], bool]
    node: Callable[[JobRecord, str], dict[str, Any]]
    too_large: Callable[[str, int], None] = _nobody


class RunnerStore(Store, Protocol):
    """What the runner asks for besides. Its writes never move `modified`."""

    def advance(self, finished: Sequence[Finished], slots: Slots | None) -> list[tuple[TaskRecord, JobRecord]]:
        """Write the ends of runs, then start the next tasks (none without `slots`): those, as they now are.

        A run that the store no longer has as running changes nothing but a missing exit code.
        """

    def still_running(self, runs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Those of the runs, each (`seq`, `run`), that the store has as running, with their maxWallClockTime."""

    def note_subtasks(self, seq: int, run: int, subtasks: Sequence[dict[str, Any]]) -> None:
        """Write how far the subtasks of a running task have come."""

    def requeue_running(self) -> int:
        """Put every running task back to active because nothing runs any more; how many those were."""

    def end_overdue_jobs(self) -> int | None:
        """End jobs whose maxWallClockTime is over; when the next one will be, in ticks."""

    def deleting_jobs(self) -> list[JobRecord]:
        """Jobs that are being deleted, for the runner to remove once their files are gone."""

    def expired_tasks(self, limit: int) -> list[TaskRecord]:
        """Completed tasks whose retention time is over and whose files may still be there."""

    def forget_files(self, tasks: Sequence[TaskRecord]) -> None:
        """Note that the files of these tasks, as they were when read, are gone."""
