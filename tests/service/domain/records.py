"""Jobs and tasks in this and that state, for the tests of the life cycle."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import job_moves, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.records import JobRecord, JobState, Outcome, TaskRecord

NODE = {"poolId": "p", "nodeId": "n"}


UNLIMITED = "P10675199DT2H48M5.4775807S"


def job(state: JobState = "active", **spec: Any) -> JobRecord:
    made = job_moves.new_job({"id": "j", "poolInfo": {"poolId": "p"}, **spec}, 1)
    return evolve(made, state=state)


def task(of: JobRecord | None = None, **spec: Any) -> TaskRecord:
    return task_moves.new_task(of or job(), {"id": "t", "commandLine": "true", **spec}, 10)


def running(of: JobRecord | None = None, **spec: Any) -> TaskRecord:
    return task_moves.start(task(of, **spec), 20, NODE)


def done(exit_code: int | None = 0, failure: dict[str, Any] | None = None, **spec: Any) -> TaskRecord:
    of = job(onTaskFailure="performexitoptionsjobaction", usesTaskDependencies=True)
    return task_moves.finish(running(of, **spec), of, 30, Outcome(exit_code, failure))


def code_of(refusal: pytest.ExceptionInfo[RefusedError]) -> str:
    return refusal.value.code
