"""Calls over real sockets against the fault server, with both clients."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import time
from pathlib import Path
from typing import Any, Literal

from attrs import define

from batchtasks import AsyncBatchClient, BatchClient, BulkReport, RetryPolicy, SharedKeyCredential

ROOT = Path(__file__).resolve().parents[3]
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
QUICK = RetryPolicy(wait_initial=0.004, wait_max=0.05, retry_after_max=0.1)

Mode = Literal["sync", "async"]


@define
class State:
    """What a job of the fault server has."""

    tasks: list[list[str]]
    requests: int
    largest: int
    met: dict[str, int]

    @property
    def ids(self) -> list[str]:
        """The ids in the order in which they were added."""
        return [task_id for task_id, _, _ in self.tasks]


class FaultServer:
    """The way to a running fault server."""

    def __init__(self, backend: int) -> None:
        self.backend = backend
        self.url = f"http://127.0.0.1:{backend}"
        self._names = itertools.count()

    def job(self, **settings: Any) -> str:
        """Make a job that goes wrong in this way; gives its id."""
        name = f"job-{next(self._names)}"
        self._control("PUT", name, settings)
        return name

    def go_on(self, job: str) -> None:
        """Have the job carry out the requests that it holds back."""
        self._control("POST", job)

    def state(self, job: str) -> State:
        """What the job has by now."""
        return State(**json.loads(self._control("GET", job)))

    def _control(self, method: str, name: str, settings: dict[str, Any] | None = None) -> bytes:
        # The server may just be refusing connections, as it was told.
        for _ in range(100):
            connection = http.client.HTTPConnection("127.0.0.1", self.backend, timeout=5)
            try:
                connection.request(method, f"/_jobs/{name}", json.dumps(settings or {}))
                return connection.getresponse().read()
            except OSError:
                time.sleep(0.01)
            finally:
                connection.close()
        raise AssertionError("the fault server does not answer")


def carry_out(mode: Mode, url: str, method: str, job: str, tasks: Any, **options: Any) -> BulkReport:
    """Make one bulk call with a client of its own; failures are in the report unless asked otherwise."""
    options.setdefault("retry", QUICK)
    options.setdefault("raise_on_failure", False)
    credential = SharedKeyCredential("account", KEY)
    if mode == "sync":
        with BatchClient(url, credential) as client:
            report: BulkReport = getattr(client.task, method)(job, tasks, **options)
            return report

    async def main() -> BulkReport:
        async with AsyncBatchClient(url, credential) as client:
            report: BulkReport = await getattr(client.task, method)(job, tasks, **options)
            return report

    return asyncio.run(main())


def check(report: BulkReport, state: State, ids: list[str]) -> None:
    """Each task is on the server once, or in the report with a reason; nothing else is on the server."""
    there = [task_id.lower() for task_id in state.ids]
    assert len(set(there)) == len(there)
    assert report.pulled == len(ids)
    lost = {str(o.task_id) for o in report.failed} | {str(o.task_id) for o in report.unknown}
    lost |= {task["id"] for task in report.unsent}
    assert len(lost) == len(report.failed) + len(report.unknown) + len(report.unsent)
    assert all(outcome.error is not None for outcome in [*report.failed, *report.unknown])
    assert set(there) | {task_id.lower() for task_id in lost} == {task_id.lower() for task_id in ids}
    unknown = {str(outcome.task_id).lower() for outcome in report.unknown}
    assert report.added == len(set(there) - unknown)
    assert state.largest <= 1_048_576
