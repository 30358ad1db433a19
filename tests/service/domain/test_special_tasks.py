"""The moves of preparation and release tasks as pure functions."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import special_tasks
from batchtasks_local.domain.clock import MICROSECOND
from batchtasks_local.domain.records import JobRecord, JobState, Outcome, SpecialTask
from batchtasks_local.domain.special_tasks import Kind
from tests.service.domain.records import job

KINDS: tuple[Kind, ...] = ("preparation", "release")


def with_both(**constraints: Any) -> JobRecord:
    """Return a job with both tasks, which have these constraints."""
    member = {"commandLine": "true", "waitForSuccess": True, **({"constraints": constraints} if constraints else {})}
    return job(jobPreparationTask={"id": "jobpreparation", **member}, jobReleaseTask={"id": "jobrelease", **member})


def of_kind(of: JobRecord, kind: Kind) -> SpecialTask:
    found = of.preparation if kind == "preparation" else of.release
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_run_is_followed_by_the_next(kind: Kind) -> None:
    started = special_tasks.start(with_both(maxTaskRetryCount=1), kind, 10)
    again = of_kind(special_tasks.finish(started, kind, 20, Outcome(3)), kind)
    assert (again.state, again.retry_count, again.last_retry, again.run) == ("running", 1, 20, 2)
    assert again.started == 20 + MICROSECOND
    second = special_tasks.finish(special_tasks.finish(started, kind, 20, Outcome(3)), kind, 30, Outcome(3))
    assert (of_kind(second, kind).state, of_kind(second, kind).result) == ("completed", "failure")


@pytest.mark.parametrize("kind", KINDS)
def test_without_constraints_there_is_one_run(kind: Kind) -> None:
    ended = of_kind(special_tasks.finish(special_tasks.start(with_both(), kind, 10), kind, 20, Outcome(3)), kind)
    assert (ended.state, ended.exit_code, ended.retry_count) == ("completed", 3, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_a_service_left_is_forgotten(kind: Kind) -> None:
    """The next service runs it once more; what has ended stays."""
    started = special_tasks.start(with_both(), kind, 10)
    forgotten = special_tasks.forget_running(started)
    assert (forgotten.preparation, forgotten.release) == (None, None)
    ended = special_tasks.finish(started, kind, 20, Outcome(0))
    assert special_tasks.forget_running(ended) == ended
    assert special_tasks.forget_running(with_both()) == with_both()


@pytest.mark.parametrize("state", ["active", "terminating", "deleting"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_preparation_task_ends_with_its_job_and_a_release_task_goes_on(kind: Kind, state: JobState) -> None:
    started = evolve(special_tasks.start(with_both(), kind, 10), state=state)
    seq = special_tasks.as_task(started, kind).seq
    found = special_tasks.running(started, seq, 1)
    assert (found is not None) is (kind == "release" or state == "active")
    assert special_tasks.running(started, seq, 2) is None


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_say_of_which_job_and_kind_a_task_is(kind: Kind) -> None:
    started = special_tasks.start(with_both(), kind, 10)
    seq = special_tasks.as_task(started, kind).seq
    assert (special_tasks.job_of(seq), special_tasks.kind_of(seq)) == (started.seq, kind)
