"""A store with the changes that tests make again and again, on one job called `job1`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from attrs import define

from batchtasks_local.domain import checks, clock, job_moves, task_moves
from batchtasks_local.domain.filters import Node, parse
from batchtasks_local.domain.records import TASK_RESULTS, TASK_STATES, JobRecord, Outcome, TaskRecord
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun, Store


@define
class StoreHarness:
    """A store, and shorthands for what tests do with it."""

    store: Store

    def job(self, **spec: Any) -> JobRecord:
        """Add the job, or another one."""
        wanted = {"id": "job1", "poolInfo": {"poolId": "pool1"}, **spec}
        assert self.store.add_job(job_moves.new_job(wanted, clock.now()))
        return self.current(wanted["id"])

    def current(self, job: str = "job1") -> JobRecord:
        """Return the job as it is now."""
        found = self.store.get_job(job)
        assert found is not None
        return found

    def add(self, *ids: str, job: str = "job1", **spec: Any) -> list[TaskRecord]:
        """Add tasks that differ only in their id."""
        specs = [{"id": task_id, "commandLine": "true", **spec} for task_id in ids]
        added = self.store.add_tasks(job, checks.check_add, specs)
        assert added is not None
        tasks = []
        for one in added:
            if isinstance(one, checks.RefusedError):
                raise one
            assert one[1]
            tasks.append(one[0])
        return tasks

    def task(self, task_id: str, job: str = "job1") -> TaskRecord:
        """Return the task as it is now."""
        found = self.store.get_task(job, task_id)
        assert found is not None
        return found

    def start(self, free: int = 100, total: int = 100) -> list[str]:
        """Start what can start in so many slots; return the ids."""
        return [task.id for task, _ in self.store.advance([], capacity(free, total))]

    def finish(self, *ids: str, exit_code: int | None = 0, failure: dict[str, Any] | None = None) -> None:
        """End the current runs of tasks."""
        tasks = [self.task(task_id) for task_id in ids]
        outcome = Outcome(exit_code, failure)
        self.store.advance([FinishedRun(task.seq, task.run, clock.now(), outcome) for task in tasks], None)

    def terminate(self, task_id: str) -> TaskRecord:
        """Terminate a task."""
        ended = self.store.change_task("job1", task_id, lambda task, job: task_moves.terminate(task, job, clock.now()))
        assert ended is not None
        return ended

    def reactivate(self, task_id: str, job: str = "job1") -> None:
        """Reactivate a task."""
        self.store.change_task(job, task_id, lambda task, job: task_moves.reactivate(task, job, clock.now()))

    def delete(self, task_id: str) -> None:
        """Delete a task."""
        self.store.remove_task("job1", task_id, lambda task, job: checks.check_delete_task(job))


def capacity(free: int, total: int) -> Capacity:
    """Return a capacity that holds no task back."""
    return Capacity(free, total, lambda job_id, task_id: True, lambda job, task_id: {"poolId": "pool1", "nodeId": "n"})


@lru_cache
def _filter_table() -> Any:
    contract = Contracts().get("2025-06-01")
    assert contract is not None
    return contract.operations["Task_List"].filter


def filtered(text: str) -> Node:
    """Return the tree of a `$filter` on tasks."""
    return parse(text, _filter_table(), {"state": TASK_STATES, "executionInfo/result": TASK_RESULTS})
