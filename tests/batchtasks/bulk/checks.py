"""What must hold after every bulk call, whatever happened to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import define, field

from batchtasks import BulkReport, RetryPolicy, TaskOutcome
from batchtasks._bulk.operations import AddTasks
from batchtasks._bulk.runner import BulkRun
from tests.batchtasks.bulk.scripted import ScriptedBackend, Service, executor, run


@define
class Trial:
    """One call against one service, with everything that came of it."""

    service: Service
    tasks: list[dict[str, Any]]
    concurrency: int = 4
    max_tasks: int = 100
    existing: Any = "accept"
    retry: RetryPolicy = field(factory=RetryPolicy)
    deadline: float | None = None
    latency: float = 0.05
    is_async: bool | None = None
    outcomes: list[TaskOutcome] = field(factory=list)
    backend: ScriptedBackend = field(init=False)

    def run(self, tasks: Any = None) -> BulkReport:
        """Make the call."""
        self.backend = ScriptedBackend(self.service, self.latency, is_async=self.is_async)
        at = executor(self.backend, retry=self.retry)
        operation = AddTasks(at, "job", self.existing)
        operation.max_tasks = self.max_tasks
        options: dict[str, Any] = {
            "concurrency": self.concurrency,
            "deadline": self.deadline,
            "raise_on_failure": False,
        }
        given = iter(self.tasks) if tasks is None else tasks
        call = BulkRun(at, operation, given, "add_collection", on_result=self.outcomes.append, **options)
        return run(self.backend, call.run())


def check(trial: Trial, report: BulkReport, *, lies: bool = False) -> None:
    """Hold a report and the outcomes that were told to what the service has.

    `lies`: the service may report an error for a task although it added it.
    """
    ids = [task["id"] for task in trial.tasks]
    assert report.pulled <= len(ids)
    told = {outcome.task_id: outcome for outcome in trial.outcomes}
    assert len(told) == len(trial.outcomes), "a task was told twice"
    assert set(told) == set(ids[: report.pulled]), "pulled in order, and each told"
    counts = Counter(outcome.status for outcome in trial.outcomes)
    assert counts["added"] == report.added
    assert counts["existed"] == report.existed
    assert [o.task_id for o in report.failed] == [o.task_id for o in trial.outcomes if o.status == "failed"]
    assert {o.task_id for o in report.unknown} == {o.task_id for o in trial.outcomes if o.status == "unknown"}
    assert sorted(task["id"] for task in report.unsent) == sorted(
        str(o.task_id) for o in trial.outcomes if o.status == "unsent"
    )
    _check_truth(trial, told, lies=lies)
    _check_requests(trial)
    assert report.ok == (report.stopped is None and counts["added"] + counts["existed"] == report.pulled)
    if report.stopped is None:
        assert report.pulled == len(ids)
    assert str(report)


def _check_truth(trial: Trial, told: dict[str | None, TaskOutcome], *, lies: bool) -> None:
    service = trial.service
    for task_id, outcome in told.items():
        key = str(task_id).lower()
        there, before = key in service.tasks, key in service.before
        if trial.existing != "accept" and outcome.status in ("added", "existed"):
            assert service.tasks[key]["commandLine"] == "true", f"{task_id} is another task"
        match outcome.status:
            case "added":
                assert there
            case "existed":
                assert before
            case "failed":
                assert outcome.error is not None
                assert not there or before or lies, f"{task_id} is said to have failed and is there"
            case "unknown":
                assert outcome.error is not None
            case "unsent":
                assert not there or before, f"{task_id} is said to be unsent and is there"
    for key in service.tasks:
        assert key in service.before or key in {str(task_id).lower() for task_id in told}


def _check_requests(trial: Trial) -> None:
    for ids, size in zip(trial.service.requests, trial.service.bodies, strict=True):
        assert 1 <= len(ids) <= trial.max_tasks
        assert size <= 1_048_576
        assert len(set(ids)) == len(ids), "a task stands twice in one request"
    if trial.concurrency > 1:
        assert trial.backend.most_running <= trial.concurrency
