"""Jobs and tasks to look at: real ones that run, and thousands that are written straight into the store."""

from __future__ import annotations

from typing import Any

import httpx
from attrs import frozen

from batchtasks_local import LocalBatch
from batchtasks_local.domain import checks, clock, exits
from batchtasks_local.domain.records import Outcome
from batchtasks_local.runner.files.directories import node_info
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun

VERSION = "2025-06-01"
AT_ONCE = 100


@frozen
class PageService:
    """A running service, and a client that adds to it with a bearer token."""

    batch: LocalBatch
    client: httpx.Client

    @classmethod
    def of(cls, batch: LocalBatch) -> PageService:
        """Return the harness of a service that accepts any token."""
        headers = {"Authorization": "Bearer any"}
        return cls(
            batch, httpx.Client(base_url=batch.url, headers=headers, params={"api-version": VERSION}, timeout=30)
        )

    def job(self, name: str, **members: Any) -> str:
        """Add a job."""
        answer = self.client.post("/jobs", json={"id": name, "poolInfo": {"poolId": "laptop"}, **members})
        assert answer.status_code == 201, answer.text
        return name

    def tasks(self, job: str, commands: dict[str, str], **members: Any) -> None:
        """Add tasks: ids to command lines for a shell."""
        specs = [
            {"id": name, "commandLine": f"/bin/sh -c {_quoted(line)}", **members} for name, line in commands.items()
        ]
        for start in range(0, len(specs), AT_ONCE):
            self.add(job, specs[start : start + AT_ONCE])

    def add(self, job: str, specs: list[dict[str, Any]]) -> None:
        """Add tasks as they are."""
        answer = self.client.post(f"/jobs/{job}/addtaskcollection", json={"value": specs})
        assert all(result["status"] == "Success" for result in answer.json()["value"]), answer.text

    def counts(self, job: str) -> dict[str, int]:
        """The task counts."""
        counts: dict[str, int] = self.client.get(f"/jobs/{job}/taskcounts").json()["taskCounts"]
        return counts

    def crowd(self, job: str, count: int, *, failed_every: int, at_once: int) -> None:
        """A job whose tasks t0, t1, ... have run in this order, so many at once; the service must run none itself."""
        store = self.batch.service.store
        self.job(job)
        for start in range(0, count, 5_000):
            specs = [{"id": f"t{n}", "commandLine": "true"} for n in range(start, min(start + 5_000, count))]
            store.add_tasks(job, checks.check_add, specs)
        capacity = Capacity(
            at_once,
            at_once,
            lambda job_id, task_id: True,
            lambda record, task: node_info(record.pool_id, record.id, task),
        )
        failure = exits.failure_info("FailureExitCode", "The task exited with an exit code representing a failure")
        ended: list[FinishedRun] = []
        while started := store.advance(ended, capacity):
            ended = []
            for task, _ in started:
                bad = int(task.id[1:]) % failed_every == 0
                outcome = Outcome(3, failure) if bad else Outcome(0)
                ended.append(FinishedRun(task.seq, task.run, clock.now(), outcome))


def _quoted(line: str) -> str:
    return "'" + line.replace("'", "'\\''") + "'"
