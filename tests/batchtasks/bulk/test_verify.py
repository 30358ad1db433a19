"""existing="verify": tasks that exist already are compared with what was to be added."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from batchtasks import AlreadyExistsError, BulkReport, RetryPolicy, ThrottledError, task
from tests.batchtasks.bulk import scripted as s

pytestmark = pytest.mark.usefixtures("both_modes")


def verify(service: s.Service, tasks: Any, **options: Any) -> BulkReport:
    return s.add(service, tasks, existing="verify", **options)


def test_the_same_task_counts_as_existed() -> None:
    service = s.Service()
    service.has("t-1", "T-3")
    report = verify(service, s.make_tasks(5))
    assert (report.added, report.existed, report.ok) == (3, 2, True)


def test_another_task_is_a_failure_that_names_the_member() -> None:
    service = s.Service()
    service.has("t-1", commandLine="false")
    service.has("t-2", constraints={"maxTaskRetryCount": 5, "retentionTime": "P7D"})
    tasks = s.make_tasks(4)
    tasks[2]["constraints"] = {"retentionTime": "P7D", "maxTaskRetryCount": 3}
    outcomes: list[Any] = []
    report = verify(service, tasks, on_result=outcomes.append)
    assert (report.added, report.existed) == (2, 0)
    failed = {outcome.task_id: outcome.error for outcome in report.failed}
    assert all(isinstance(error, AlreadyExistsError) for error in failed.values())
    assert failed["t-1"].property_name == "commandLine"  # type: ignore[union-attr]
    assert failed["t-2"].property_name == "constraints.maxTaskRetryCount"  # type: ignore[union-attr]
    assert "constraints.maxTaskRetryCount" in str(report)
    assert sorted(outcome.task_id for outcome in outcomes) == ["t-0", "t-1", "t-2", "t-3"]
    assert not list(report.resume), "they have to be changed first"


def test_no_value_is_shown() -> None:
    """A command line or a variable may hold a secret."""
    service = s.Service()
    service.has("t-0", commandLine="login --password old-secret")
    report = verify(service, [{"id": "t-0", "commandLine": "login --password new-secret"}])
    assert "secret" not in str(report)
    assert "secret" not in repr(report.failed[0].error)


def test_only_what_was_sent_is_read_and_compared() -> None:
    service = s.Service()
    service.has(*[f"t-{number}" for number in range(40)], displayName="old", state="completed", url="https://x")
    report = verify(service, s.make_tasks(40))
    assert report.existed == 40
    assert {call.query["$select"] for call in service.reads} == {"commandLine,id"}
    assert [call.query["$filter"].count("id eq") for call in service.reads] == [15, 15, 10]
    assert all(len(str(call.query)) < 1500 for call in service.reads)
    assert report.requests == 1 + 3


@pytest.mark.parametrize("number", [2, 10])
def test_a_task_that_the_list_leaves_out_is_read_alone(number: int) -> None:
    """A page may be short."""
    service = s.Service()
    service.has(*[f"t-{place}" for place in range(number)])
    service.faults = [None, lambda service, tasks: service.document({"value": [{"id": "t-1", "commandLine": "true"}]})]
    report = verify(service, s.make_tasks(number))
    assert report.existed == number
    read_alone = sorted(call.path.rpartition("/")[2] for call in service.reads)
    assert read_alone == [f"t-{place}" for place in range(number) if place != 1]


def test_a_task_that_is_gone_when_it_is_to_be_compared() -> None:
    service = s.Service()
    service.has("t-0")
    service.faults = [None, s.nothing_done(404, "TaskNotFound")]
    report = verify(service, s.make_tasks(3))
    assert report.added == 2
    assert [getattr(outcome.error, "code", "") for outcome in report.failed] == ["TaskNotFound"]
    assert report.stopped is None


def test_a_task_that_exists_after_a_lost_answer_was_added_if_it_is_the_same() -> None:
    service = s.Service()
    service.faults = [s.lost()]
    report = verify(service, s.make_tasks(50))
    assert (report.added, report.existed, report.ok) == (50, 0, True)


@pytest.mark.parametrize(
    "fault",
    [s.nothing_done(500), s.nothing_done(429), s.lost(), s.page(502), s.some_server_errors(1.0)],
    ids=["500", "429", "lost", "502", "a server error for each"],
)
def test_a_task_that_exists_after_an_unclear_attempt_may_be_another_one(fault: s.Fault) -> None:
    """The attempt may have met a task that was there before the call."""
    service = s.Service()
    service.has("t-1", commandLine="another")
    service.faults = [fault]
    outcomes: list[Any] = []
    report = verify(service, s.make_tasks(3), on_result=outcomes.append)
    assert (report.added, report.existed) == (2, 0)
    assert [(outcome.task_id, outcome.error.property_name) for outcome in report.failed] == [("t-1", "commandLine")]  # type: ignore[union-attr]
    assert sorted((outcome.task_id, outcome.status) for outcome in outcomes) == [
        ("t-0", "added"),
        ("t-1", "failed"),
        ("t-2", "added"),
    ]


def test_a_task_that_may_have_been_added_stays_so_until_it_has_been_compared() -> None:
    service = s.Service()
    service.faults = [s.lost()]
    service.always = s.nothing_done(503, "ServerBusy")
    report = verify(service, s.make_tasks(3), retry=RetryPolicy(attempts=3))
    service.always = None
    second = verify(service, report.resume)
    assert (second.added, second.existed, second.ok) == (3, 0, True)


def test_reads_are_tried_again() -> None:
    service = s.Service()
    service.has(*[f"t-{number}" for number in range(30)])
    service.faults = [None, s.lost(), s.nothing_done(503, "ServerBusy"), s.page(502), s.unreadable(), s.refused()]
    report = verify(service, s.make_tasks(30), concurrency=1)
    assert (report.existed, report.added, report.ok) == (30, 0, True)
    assert (report.retried, report.requests) == (0, 1 + 5 + 2)


def test_what_could_not_be_compared_has_failed_and_is_compared_by_the_next_call() -> None:
    """It is never counted as added: the first call did not put it there."""
    service = s.Service()
    service.has(*[f"t-{number}" for number in range(20)])
    service.faults = [None]
    service.always = s.nothing_done(429)
    first = verify(service, s.make_tasks(20), retry=RetryPolicy(attempts=3))
    assert (first.added, first.existed, len(first.failed), first.unknown) == (0, 0, 20, [])
    assert isinstance(first.stopped, ThrottledError)
    service.always = None
    second = verify(service, first.resume)
    assert (second.added, second.existed, second.ok) == (0, 20, True)


def test_the_deadline_while_tasks_are_compared() -> None:
    service = s.Service()
    service.has(*[f"t-{number}" for number in range(20)])
    service.faults = [None]
    service.always = s.nothing_done(503, "ServerBusy", retry_after="60")
    report = verify(service, s.make_tasks(20), deadline=5)
    assert (len(report.failed), report.unknown, report.unsent) == (20, [], [])
    assert len(list(report.resume)) == 20


def test_a_fault_in_the_first_read_of_a_resumed_call() -> None:
    """An id that existed is compared also if the earlier call ended with it in doubt, unless that may have added it."""
    service = s.Service()
    service.has("t-0", commandLine="another")
    service.faults = [s.refused()]
    first = verify(service, s.make_tasks(2), retry=RetryPolicy(attempts=1))
    second = verify(service, first.resume)
    assert (second.added, len(second.failed)) == (1, 1)


def test_durations_and_enumerations_are_compared_by_their_meaning() -> None:
    service = s.Service()
    service.has(
        "t1",
        commandLine="true",
        constraints={"maxWallClockTime": "PT1H", "retentionTime": "P7D", "maxTaskRetryCount": 0},
        userIdentity={"autoUser": {"scope": "Pool", "elevationLevel": "NonAdmin"}},
    )
    sent = task("t1", "true", max_wall_clock_time=timedelta(minutes=60)).to_dict()
    sent["userIdentity"] = {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}
    report = verify(service, [sent])
    assert report.existed == 1, str(report)


@pytest.mark.parametrize("odd", ["x", 5, [5], {"retentionTime": {}}, None], ids=str)
@pytest.mark.parametrize("member", ["constraints", "environmentSettings", "dependsOn"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_member_of_another_kind_is_a_difference(number: int, member: str, odd: Any) -> None:
    """Also one that cannot be read; the call goes on."""
    sent = {
        "constraints": {"retentionTime": "P7D"},
        "environmentSettings": [{"name": "A", "value": "b"}],
        "dependsOn": {"taskIds": ["p"]},
    }
    service = s.Service()
    service.has("t-0", **{member: odd})
    service.has(*[f"t-{place}" for place in range(1, number)])
    tasks = s.make_tasks(number + 1)
    tasks[0][member] = sent[member]
    report = verify(service, tasks)
    assert (report.added, report.existed, report.stopped) == (1, number - 1, None)
    (outcome,) = report.failed
    assert isinstance(outcome.error, AlreadyExistsError)
    assert str(outcome.error.property_name).startswith(member)
