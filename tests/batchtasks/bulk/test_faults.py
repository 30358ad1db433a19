"""Proof by fault injection, over real sockets and with both clients."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from batchtasks import RetryPolicy
from tests.batchtasks.bulk.faulty import QUICK, FaultServer, Mode, carry_out, check

MODES = get_args(Mode)
LANES = (1, 4, 16)
# Where a call has fewer requests than that, 16 lanes differ little from 4.
FEW_LANES = (1, 4, pytest.param(16, marks=pytest.mark.slow))
FAULTS = (
    "busy",
    "busy_wait",
    "busy_empty",
    "throttled",
    "throttled_wait",
    "gateway",
    "gateway_done",
    "broken",
    "timed_out_there",
    "lost",
    "cut",
    "dropped",
    "refused",
    "server_errors",
    "unreadable",
)

pytestmark = pytest.mark.parametrize("mode", MODES)


def tasks(number: int, size: int = 4) -> Iterator[dict[str, Any]]:
    for place in range(number):
        yield {"id": f"t-{place:05d}", "commandLine": "x" * size}


def ids(number: int) -> list[str]:
    return [task["id"] for task in tasks(number)]


@pytest.mark.parametrize("lanes", LANES)
def test_without_faults_the_order_is_kept_and_no_request_wasted(
    fault_server: FaultServer, mode: Mode, lanes: int
) -> None:
    job = fault_server.job()
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(2050), concurrency=lanes)
    state = fault_server.state(job)
    check(report, state, ids(2050))
    assert report.ok
    assert state.requests == report.requests == 21
    if lanes == 1:
        assert state.ids == ids(2050)


@pytest.mark.parametrize("lanes", FEW_LANES)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_alone(fault_server: FaultServer, mode: Mode, fault: str, lanes: int) -> None:
    """One request in twenty goes wrong: everything is added, with at most twice the ideal number of requests."""
    job = fault_server.job(faults=[fault], share=0.05, first=1, seed=lanes)
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(1000), concurrency=lanes)
    state = fault_server.state(job)
    check(report, state, ids(1000))
    assert report.ok, str(report)
    assert report.added == 1000
    assert state.met[fault] >= 1
    # How many requests arrive while no connection is taken depends on the machine.
    assert state.requests <= (40 if fault == "refused" else 20)


@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_all_faults_mixed(fault_server: FaultServer, mode: Mode, share: float, lanes: int) -> None:
    job = fault_server.job(faults=FAULTS, share=share, first=1, seed=int(share * 100) + lanes)
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(2000), concurrency=lanes)
    state = fault_server.state(job)
    check(report, state, ids(2000))
    assert report.ok, str(report)
    assert state.requests <= (40 if share <= 0.05 else 80)


@pytest.mark.parametrize("lanes", [1, 16])
def test_answers_slower_than_the_time_out(fault_server: FaultServer, mode: Mode, lanes: int) -> None:
    """The work is done, the answer comes too late: the tasks are sent again and count as added."""
    job = fault_server.job(faults=["slow"], first=1, slow=3.0)
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(800), concurrency=lanes, timeout=0.5)
    state = fault_server.state(job)
    check(report, state, ids(800))
    assert report.ok, str(report)
    assert report.retried >= 100
    assert state.met == {"slow": 1}


@pytest.mark.parametrize("fault", ["busy", "throttled", "gateway", "dropped", "all_server_errors"])
def test_a_fault_without_end_ends_the_call(fault_server: FaultServer, mode: Mode, fault: str) -> None:
    """Attempts are limited, and the report has every task that was pulled."""
    job = fault_server.job(faults=[fault], share=1.0)
    began = time.monotonic()
    report = carry_out(
        mode,
        fault_server.url,
        "add_collection",
        job,
        tasks(5000),
        concurrency=4,
        retry=RetryPolicy(attempts=4, wait_initial=0.01),
    )
    state = fault_server.state(job)
    assert time.monotonic() - began < 10
    assert not report.ok
    assert report.added == len(state.tasks) == 0
    assert report.stopped is not None
    assert report.pulled <= 1200
    assert state.requests <= 60
    check(report, state, ids(report.pulled))
    assert len(list(report.resume)) == 5000


def test_a_service_out_of_reach_ends_the_call(mode: Mode) -> None:
    report = carry_out(
        mode,
        "http://127.0.0.1:9",
        "add_collection",
        "job",
        tasks(500),
        concurrency=4,
        retry=RetryPolicy(attempts=3, wait_initial=0.01),
    )
    assert report.added == 0
    assert type(report.stopped).__name__ == "ConnectionFailedError"
    assert report.pulled == len(report.failed) + len(report.unsent)


@pytest.mark.parametrize("place", [0, 500, 999])
@pytest.mark.parametrize("lanes", [1, 16])
def test_one_task_over_the_limit(fault_server: FaultServer, mode: Mode, place: int, lanes: int) -> None:
    """It fails alone, by its id, without being sent; the others go in, in as few requests as ever."""
    job = fault_server.job()
    given = list(tasks(1000))
    given[place]["commandLine"] = "x" * 1_100_000
    report = carry_out(mode, fault_server.url, "add_collection", job, given, concurrency=lanes)
    state = fault_server.state(job)
    check(report, state, ids(1000))
    assert [outcome.task_id for outcome in report.failed] == [given[place]["id"]]
    assert "1,100," in str(report.failed[0].error)
    assert state.requests == 10


@pytest.mark.parametrize("place", [0, 500, 999])
@pytest.mark.parametrize("tells", [True, False])
def test_one_large_task_does_not_shrink_the_others(
    fault_server: FaultServer, mode: Mode, place: int, tells: bool
) -> None:
    """The service's limit is lower than it is said to be, and one task is nearly as large as it."""
    job = fault_server.job(limit=20_000, tells=tells)
    given = list(tasks(1000))
    given[place]["commandLine"] = "x" * 19_000
    report = carry_out(mode, fault_server.url, "add_collection", job, given, concurrency=4)
    state = fault_server.state(job)
    check(report, state, ids(1000))
    assert report.ok, str(report)
    # Ten, the refused ones, and the two parts of each (or all halves down to the large one alone).
    assert state.requests <= (13 if tells else 24)


def test_bodies_are_cut_by_bytes(fault_server: FaultServer, mode: Mode) -> None:
    """733 tasks with long lists go in nine requests, where cutting by count and halving needs sixteen."""
    job = fault_server.job()
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(733, 11_900), concurrency=4)
    state = fault_server.state(job)
    check(report, state, ids(733))
    assert report.ok
    assert state.requests == 9
    assert 1_030_000 < state.largest <= 1_048_576


def test_bad_tasks_fail_alone_with_the_services_reason(fault_server: FaultServer, mode: Mode) -> None:
    """The service refuses whole requests for one bad task and does not say which."""
    bad = ["t-00003", "t-00250", "t-00251", "t-00999"]
    job = fault_server.job(bad=bad)
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(1000), concurrency=4)
    state = fault_server.state(job)
    check(report, state, ids(1000))
    assert sorted(str(outcome.task_id) for outcome in report.failed) == bad
    assert all("this one is bad" in str(outcome.error) for outcome in report.failed)
    assert state.requests <= 10 + 4 * 15
    assert report.stopped is None


@pytest.mark.parametrize(
    ("status", "code"), [(409, "JobCompleted"), (404, "JobNotFound"), (403, "AuthenticationFailed")]
)
def test_what_would_meet_all_others_stops_the_call(
    fault_server: FaultServer, mode: Mode, status: int, code: str
) -> None:
    job = fault_server.job(ends_after=5, ends_with=(status, code))
    report = carry_out(mode, fault_server.url, "add_collection", job, tasks(10_000), concurrency=4)
    state = fault_server.state(job)
    assert report.added == len(state.tasks) == 500
    assert state.requests <= 5 + 4
    assert report.pulled <= 1000
    assert {getattr(outcome.error, "code", None) for outcome in report.failed} == {code}
    # Those refused with it too: nothing is wrong with them.
    assert len(list(report.resume)) == 10_000 - 500


@pytest.mark.parametrize("lanes", FEW_LANES)
def test_delete_terminate_reactivate(fault_server: FaultServer, mode: Mode, lanes: int) -> None:
    """The same engine for single operations, under the same faults."""
    faults = [fault for fault in FAULTS if fault not in ("server_errors", "unreadable")]
    job = fault_server.job(faults=faults, share=0.1, seed=lanes)
    given = ids(60)

    def call(method: str, names: list[str]) -> tuple[int, list[str]]:
        report = carry_out(mode, fault_server.url, method, job, names, concurrency=lanes, retry=QUICK)
        assert not report.unknown
        assert report.stopped is None
        # After a lost answer nobody can tell who did it, so `already` alone is not certain.
        return report.done + report.already, [str(outcome.task_id) for outcome in report.failed]

    carry_out(mode, fault_server.url, "add_collection", job, tasks(60))
    assert call("terminate_many", given) == (60, [])
    assert call("terminate_many", [*given, "stranger"]) == (60, ["stranger"])
    assert {state for _, _, state in fault_server.state(job).tasks} == {"completed"}
    assert call("reactivate_many", given[:20]) == (20, [])
    assert [state for _, _, state in fault_server.state(job).tasks] == ["active"] * 20 + ["completed"] * 40
    assert call("delete_many", given[:30]) == (30, [])
    assert call("delete_many", given) == (60, [])
    assert fault_server.state(job).tasks == []


@pytest.mark.parametrize("lanes", FEW_LANES)
def test_what_is_so_already_is_counted_apart(fault_server: FaultServer, mode: Mode, lanes: int) -> None:
    job = fault_server.job()

    def call(method: str, names: list[str], **options: Any) -> tuple[int, int, int]:
        report = carry_out(mode, fault_server.url, method, job, names, concurrency=lanes, **options)
        return report.done, report.already, len(report.failed)

    carry_out(mode, fault_server.url, "add_collection", job, tasks(20))
    assert call("reactivate_many", ids(20)) == (0, 20, 0)
    assert call("terminate_many", ids(12)) == (12, 0, 0)
    assert call("terminate_many", ids(20)) == (8, 12, 0)
    assert call("terminate_many", ids(20), already="fail") == (0, 0, 20)
    assert call("delete_many", ids(5)) == (5, 0, 0)
    assert call("delete_many", ids(20)) == (15, 5, 0)
    assert call("delete_many", ["t-00001"], already="fail") == (0, 0, 1)
