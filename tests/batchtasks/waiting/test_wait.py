"""Waiting, against a model of the service's task states and a clock that only sleeping moves."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpx import HTTPXMock

import batchtasks as e
from batchtasks import UNLIMITED, WaitProgress, WaitResult, first_failure
from batchtasks._waiting import wait as module
from batchtasks.models import CloudTask
from tests.batchtasks.http.peers import Peer, serving
from tests.batchtasks.support import Mode, refusal
from tests.batchtasks.waiting.model import NEVER, Job, Task


def test_a_whole_job() -> None:
    job = Job({"a": Task(1, 5), "b": Task(1, 100, exit_code=3), "c": Task(50, 200)})
    seen: list[WaitProgress] = []
    result = job.wait(progress=seen.append)
    assert (result.succeeded, result.failed, result.pending) == (("a", "c"), ("b",), ())
    info = result.failures["b"].execution_info
    assert info is not None
    assert info.exit_code == 3
    assert not result.ok
    assert (seen[-1].total, seen[-1].done, seen[-1].failed, seen[-1].pending) == (3, 3, 1, 0)
    assert [progress.elapsed for progress in seen] == sorted(progress.elapsed for progress in seen)
    assert 200 <= job.backend.now <= 225, "the end is noticed within a tenth of the time waited"


def test_an_empty_job_is_done_at_once() -> None:
    job = Job({})
    assert job.wait() == WaitResult(progress=WaitProgress(0, 0, 0, 0, running=0))
    assert job.backend.slept == []


@pytest.mark.parametrize("lag", [0.0, 3.0, 60.0])
def test_counts_that_lag_do_not_end_the_wait_too_early(lag: float) -> None:
    job = Job({str(n): Task(0.5, 20) for n in range(5)}, lag=lag)
    job.lag, counts = lag, job._counts
    job._counts = lambda now: counts(now) if now > 0 or lag == 0 else dict.fromkeys(counts(0), 0)  # type: ignore[method-assign]
    result = job.wait()
    assert len(result.succeeded) == 5
    assert job.backend.now >= 20


def test_counts_that_never_move_again_do_not_keep_the_wait_for_ever() -> None:
    job = Job({"a": Task(0, 10)}, lag=NEVER)
    assert job.wait(timeout=3600).succeeded == ("a",)


def test_the_polls_of_a_large_job_are_small() -> None:
    job = Job({f"t{n}": Task(0, 1 + n / 100) for n in range(5_000)})
    polls: list[int] = []
    result = job.wait(progress=lambda progress: polls.append(job.read))
    assert len(result.succeeded) == 5_000
    assert polls[-1] <= 1, "nothing but counts is read before the end"
    assert len(polls) < 80
    job = Job({f"t{n}": Task(0, 1, exit_code=n == 7) for n in range(5_000)})
    assert job.wait(list_succeeded=False).failed == ("t7",)
    assert job.read <= 2, "only the failure is read"


def test_many_single_tasks_are_each_read_about_once() -> None:
    tasks = {f"t{n}": Task(n / 10, n / 10 + 30) for n in range(2_000)}
    job = Job(tasks)
    asked = [f"t{n}" for n in range(0, 2_000, 2)]
    looks: list[WaitProgress] = []
    result = job.wait(asked, progress=looks.append)
    assert sorted(result.succeeded) == sorted(asked)
    assert job.read < 5 * 2_000, "each completed task is read a few times, not at every look"
    assert len(looks) < 120
    assert max(len(call.query.get("$filter", "")) for call in job.backend.calls) < 1500


@pytest.mark.parametrize("wrong", [1, *(pytest.param(wrong, marks=pytest.mark.slow) for wrong in (600, 1200))])
@pytest.mark.parametrize("skew", [3600.0, -3600.0])
def test_wrong_clocks_do_not_mislead_the_wait(skew: float, wrong: int) -> None:
    tasks = {f"t{n}": Task(0, 2 + n / 8, skew=skew if n < wrong else 0) for n in range(1_200)}
    job = Job(tasks)
    result = job.wait(list(tasks), timeout=700)
    assert len(result.succeeded) == 1_200
    assert job.backend.now <= 152 * 1.5 + 31, "noticed when all are listed, if not before"
    job = Job(tasks)
    with pytest.raises(e.WaitTimeoutError) as caught:
        job.wait(list(tasks), timeout=100)
    assert caught.value.pending_count == sum(task.end > 100 for task in tasks.values()), "the last poll misses none"


@pytest.mark.parametrize("skew", [-7200.0, 7200.0])
def test_nodes_with_wrong_clocks_are_not_overlooked(skew: float) -> None:
    tasks = {f"t{n}": Task(0, 10 + n, skew=skew if n % 3 == 0 else 0) for n in range(60)}
    job = Job(tasks)
    result = job.wait(list(tasks), timeout=7200)
    assert len(result.succeeded) == 60


def test_single_tasks() -> None:
    job = Job({"a": Task(0, 5), "b": Task(0, 7, exit_code=1), "other": Task(0, NEVER)})
    result = job.wait(["A", "b"])
    assert (result.succeeded, result.failed) == (("a",), ("b",))
    assert job.wait("a").ok
    assert job.wait([]).ok


def test_tasks_are_taken_as_well_as_ids(mode: Mode, httpx_mock: HTTPXMock) -> None:
    job = Job({"a": Task(0, 5), "b": Task(0, 7)})
    tasks = [e.task("a", "true"), CloudTask(id="B")]
    for given_ in (tasks, iter(tasks), tuple(tasks), ["a", tasks[1]]):
        assert Job(job.tasks).wait(given_).succeeded == ("a", "b")
    assert job.wait(tasks[0]).succeeded == ("a",)
    httpx_mock.add_response(json={"value": [{"id": "a", "state": "completed"}]}, is_reusable=True)
    assert mode.run(lambda c: c.task.wait("j", c.task.list("j"))).succeeded == ("a",)


@pytest.mark.parametrize("wrong", [5, b"a", [5], [b"a"], {"id": "a"}, [{"id": "a"}], ["a b"], [None]])
def test_what_is_no_task_is_refused(wrong: Any) -> None:
    with pytest.raises(e.InvalidInputError, match=r"tasks must be tasks or their ids|task id"):
        Job({}).wait(wrong)


def test_tasks_that_do_not_exist_are_named() -> None:
    job = Job({"a": Task(0, 5)})
    result = job.wait(["a", "nope"], timeout=60)
    assert (result.succeeded, result.missing, result.ok) == (("a",), ("nope",), False)
    assert result.progress.missing == 1


def test_a_task_deleted_while_waiting_is_named() -> None:
    job = Job({"a": Task(0, NEVER), "b": Task(0, 5)})

    def delete(progress: WaitProgress) -> None:
        if job.backend.now > 10:
            job.tasks.pop("a", None)

    assert job.wait(["a", "b"], progress=delete, timeout=600).missing == ("a",)


def test_until_running() -> None:
    job = Job({"a": Task(3, NEVER), "b": Task(3, 4), "c": Task(3, 4, exit_code=1), "d": Task(9, NEVER)})
    result = job.wait(until="running")
    assert (result.running, result.succeeded, result.failed) == (("a", "d"), ("b",), ("c",))
    again = Job({"a": Task(3, NEVER), "b": Task(3, NEVER)})
    assert again.wait(["a", "b"], until="running", timeout=60).running == ("a", "b")


def test_a_stop_at_the_first_failure() -> None:
    job = Job({"a": Task(0, 5), "b": Task(0, 10, exit_code=1), "c": Task(0, NEVER)})
    result = job.wait(stop_when=first_failure)
    assert result.stopped
    assert (result.failed, result.pending, result.progress.succeeded) == (("b",), ("c",), 1)
    assert not result.ok
    some = Job(job.tasks)
    result = some.wait(["a", "b", "c"], stop_when=first_failure)
    assert (result.stopped, result.succeeded, result.failed, result.pending) == (True, ("a",), ("b",), ("c",))


@pytest.mark.parametrize("timeout", [60, timedelta(minutes=1)])
def test_the_time_out_names_what_is_pending(timeout: Any) -> None:
    tasks = {"a": Task(0, 5), "f": Task(0, 5, exit_code=1), **{f"late{n}": Task(0, NEVER) for n in range(12)}}
    for ids in (None, list(tasks)):
        job = Job(tasks)
        with pytest.raises(TimeoutError) as caught:
            job.wait(ids, timeout=timeout)
        error = caught.value
        assert isinstance(error, e.WaitTimeoutError)
        assert job.backend.now == 60
        assert error.pending_count == 12
        assert set(error.pending) == {f"late{n}" for n in range(12)}
        assert error.result.failed == ("f",)
        assert "After 60 s 12 of 14 tasks of job j are pending: late0, late1" in str(error)
        assert "and 2 more" in str(error)


def test_a_time_out_of_zero_looks_once() -> None:
    assert Job({"a": Task(0, 0)}).wait(timeout=0).ok
    with pytest.raises(e.WaitTimeoutError):
        Job({"a": Task(0, 1)}).wait(timeout=0)


def test_the_time_out_holds_while_the_service_is_out_of_reach() -> None:
    job = Job({"a": Task(0, NEVER)})
    job.faults = [e.ConnectionFailedError("gone")] * 10_000
    with pytest.raises(e.WaitTimeoutError) as caught:
        job.wait(timeout=100)
    assert job.backend.now <= 101
    assert caught.value.pending_count >= 0


@pytest.mark.parametrize("answered", [0, 1])
@pytest.mark.parametrize("ids", [None, ["a", "B", "ok"]])
def test_the_time_out_says_what_is_known_of_a_service_out_of_reach(ids: Any, answered: int) -> None:
    """Single tasks are known to the client itself; of a job of which nothing could be read, it claims nothing."""
    job = Job({"a": Task(0, NEVER), "b": Task(0, NEVER), "ok": Task(0, 0)})
    serve, calls = job.backend.serve, job.backend.calls

    def serve_some(call: Any) -> Any:
        if len(calls) > answered:
            raise e.ConnectionFailedError("gone")
        return serve(call)

    job.backend.serve = serve_some
    with pytest.raises(e.WaitTimeoutError) as caught:
        job.wait(ids, timeout=100)
    pending = () if ids is None else ("a", "B") if answered else ("a", "B", "ok")
    assert caught.value.pending == pending
    assert caught.value.pending_count == (len(pending) or 2 * answered)
    assert caught.value.result.succeeded == (("ok",) if ids and answered else ())
    assert ("nothing is known" in str(caught.value)) is (ids is None and not answered)


def test_no_look_is_waited_for_much_longer_than_the_wait_itself() -> None:
    job = Job({"a": Task(0, NEVER)})
    with pytest.raises(e.WaitTimeoutError):
        job.wait(timeout=90)
    timeouts = [call.timeout for call in job.backend.calls]
    assert timeouts[0] == 60, "the client's own limit, as long as there is time"
    assert min(seconds for seconds in timeouts if seconds is not None) == 5
    job = Job({"a": Task(0, 5)})
    job.wait()
    assert {call.timeout for call in job.backend.calls} == {60.0}


def test_an_outage_is_borne_with() -> None:
    job = Job({"a": Task(0, 500)})
    job.faults = [refusal(503, "ServerBusy")] * 30
    assert job.wait(timeout=3600).ok


def test_an_outage_without_end_is_not() -> None:
    job = Job({"a": Task(0, NEVER)})
    job.faults = [refusal(503, "ServerBusy")] * 10_000
    with pytest.raises(e.ThrottledError):
        job.wait()


@pytest.mark.parametrize("poll", [None, 1])
def test_a_service_that_asks_to_wait_is_not_asked_before(poll: Any) -> None:
    """Also if it asks for more time than the wait has left, so that the retry policy makes no further attempt."""
    job = Job({"a": Task(0, NEVER)})
    job.faults = [refusal(429, "TooManyRequests", {"Retry-After": "30"})] * 100
    with pytest.raises(e.WaitTimeoutError):
        job.wait(timeout=20, poll=poll)
    assert 20 <= job.backend.now <= 25
    assert len(job.backend.calls) <= 2, "at the beginning and at the end"


def test_what_a_service_asked_for_counts_once() -> None:
    job = Job({"a": Task(0, 60)})
    job.faults = [refusal(429, "TooManyRequests", {"Retry-After": "30"})]
    assert job.wait(timeout=100, poll=1, retry=e.RetryPolicy(attempts=1)).ok
    assert job.backend.slept == [30, *[1] * 30]


def test_a_refusal_ends_the_wait() -> None:
    job = Job({"a": Task(0, NEVER)})
    job.faults = [refusal(404, "JobNotFound")]
    with pytest.raises(e.JobNotFoundError):
        job.wait(timeout=60)


@pytest.mark.parametrize("ids", [None, ["a", "b"]])
def test_tasks_that_will_never_run_are_not_waited_for(ids: Any) -> None:
    job = Job({"a": Task(0, 2), "b": Task(NEVER, NEVER)})

    def end(progress: WaitProgress) -> None:
        job.state = "completed" if job.backend.now > 5 else "terminating"

    with pytest.raises(e.JobEndedError, match=r"UserTerminate.*1 of its tasks .* will never run: b") as caught:
        job.wait(ids, progress=end)
    assert caught.value.result.pending == ("b",)


def test_tasks_that_will_never_run_are_all_counted() -> None:
    """Those that are listed, at most 1,000, are not all."""
    job = Job({f"t{number:04}": Task(NEVER, NEVER) for number in range(1500)})
    job.state = "completed"
    with pytest.raises(e.JobEndedError, match=r"; 1,500 of its tasks .*: t0000, .* and 1,490 more\.") as caught:
        job.wait()
    assert len(caught.value.result.pending) == 1000


def test_a_fixed_poll_is_kept_and_the_adaptive_one_grows() -> None:
    job = Job({"a": Task(0, 30)})
    job.wait(poll=timedelta(seconds=5))
    assert set(job.backend.slept) == {5.0}
    job = Job({"a": Task(0, 10)})
    job.wait(poll=UNLIMITED)
    assert max(job.backend.slept) <= 86_400
    job = Job({"a": Task(0, 1000)})
    job.backend.jitter = 0.5
    job.wait()
    assert job.backend.slept[0] == 0.25
    assert max(job.backend.slept) == 30
    assert job.backend.slept == sorted(job.backend.slept)
    assert len(job.backend.slept) < 100


@pytest.mark.parametrize("tasks", [None, ["a"]])
def test_the_time_out_holds_against_a_server_that_drips(
    mode: Mode, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers with a byte each tenth of a second, without end."""
    sent: list[bytes] = []

    def drip(peer: Peer) -> None:
        while peer.request() is not None:
            peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while True:
                peer.send(b" ")
                sent.append(b" ")
                time.sleep(0.1)

    monkeypatch.setattr(module, "_GRACE", 0.3)
    with serving(drip) as server:
        with pytest.raises(e.WaitTimeoutError):
            mode.run(lambda c: c.task.wait("j", tasks, timeout=0.5), url=server.url, retry=e.RetryPolicy())
        assert len(sent) < 30  # on a busy machine the server takes more time for each byte, too


def test_the_grace_is_shared_by_all_that_is_asked_at_the_end() -> None:
    job = Job({f"t{n}": Task(0, NEVER) for n in range(30)})
    serve = job.backend.serve

    def slow(call: Any) -> Any:
        job.backend.now += min(call.timeout, 3.0)
        if call.timeout < 3.0:
            raise e.RequestTimedOutError("too slow")
        return serve(call)

    job.backend.serve = slow
    with pytest.raises(e.WaitTimeoutError):
        job.wait(list(job.tasks), timeout=20)
    assert job.backend.now < 20 + 5 + 1.5


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": -1},
        {"timeout": "1h"},
        {"timeout": float("nan")},
        {"poll": 0},
        {"until": "active"},
        {"blocked": "never"},
        {"warn_after": -1},
    ],
)
def test_options_that_cannot_be(options: dict[str, Any]) -> None:
    with pytest.raises(e.InvalidInputError):
        Job({}).wait(**options)


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True),
        st.tuples(st.floats(0, 300), st.floats(0, 300), st.integers(0, 1), st.floats(-100, 100)),
        max_size=40,
    ),
    st.floats(0, 30),
    st.booleans(),
    st.floats(0, 0.999),
)
def test_whatever_the_tasks_do_all_are_accounted_for(
    times: dict[str, tuple[float, float, int, float]], lag: float, by_id: bool, jitter: float
) -> None:
    tasks = {name: Task(start, start + length, code, skew) for name, (start, length, code, skew) in times.items()}
    job = Job(tasks, lag)
    job.backend.jitter = jitter
    result = job.wait(list(tasks) if by_id else None, timeout=7200)
    assert set(result.succeeded) == {name for name, task in tasks.items() if not task.exit_code}
    assert set(result.failed) == {name for name, task in tasks.items() if task.exit_code}
    assert (result.pending, result.missing, result.running) == ((), (), ())
    last = max([task.end for task in tasks.values()], default=0.0)
    # A tenth of the time waited, at most 30 s, and some looks more where counts lag or clocks are wrong.
    assert job.backend.now <= last + 35 + (10 * lag if not by_id else 35 * len(tasks) / 15)
