"""Tasks that will never run: found, with the reason, from what the service shows of their job."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks import BlockedTask, TasksBlockedError, WaitError, WaitProgress, WaitTimeoutError, task
from batchtasks._core.sync_async import run_sync
from batchtasks._waiting import blocked as module
from batchtasks._waiting.blocked import find_blocked
from batchtasks.models import DisableJobOption
from batchtasks.testing import RunningBatch
from tests.batchtasks.support import executor, refusal
from tests.batchtasks.waiting.model import NEVER, Job, Task


def waiting(*ids: str, ranges: tuple[tuple[int, int], ...] = (), **more: Any) -> Task:
    """A task that does not start, with what it depends on."""
    depends_on = {"taskIds": list(ids), "taskIdRanges": [{"start": start, "end": end} for start, end in ranges]}
    return Task(NEVER, NEVER, dependsOn=depends_on, **more)


DONE, FAILED, RUNNING = Task(0, 1), Task(0, 1, exit_code=3), Task(0, NEVER)
SATISFY, BLOCK = {"dependencyAction": "satisfy"}, {"dependencyAction": "block"}


def reasons(tasks: dict[str, Task], *, slots: int | None = None, state: str = "active") -> dict[str, str]:
    job = Job(tasks)
    job.uses_task_dependencies, job.slots, job.state, job.backend.now = True, slots, state, 10.0
    return {found.task_id: found.reason for found in run_sync(find_blocked(executor(job.backend), "j"))}


@pytest.mark.parametrize(
    ("tasks", "reason"),
    [
        ({"a": waiting("ok"), "ok": DONE}, None),
        ({"a": waiting("OK", "run"), "ok": DONE, "run": RUNNING}, None),
        ({"a": waiting("f"), "f": FAILED}, "depends on f, which failed with exit code 3"),
        ({"a": waiting("run", "F"), "run": RUNNING, "f": FAILED}, "depends on F, which failed with exit code 3"),
        ({"a": waiting("f"), "f": Task(0, 1, 3, exitConditions={"default": SATISFY})}, None),
        (
            {
                "a": waiting("f"),
                "f": Task(0, 1, 3, exitConditions={"exitCodes": [{"code": 3, "exitOptions": SATISFY}]}),
            },
            None,
        ),
        (
            {
                "a": waiting("f"),
                "f": Task(
                    0, 1, 3, exitConditions={"default": SATISFY, "exitCodes": [{"code": 3, "exitOptions": BLOCK}]}
                ),
            },
            "depends on f, which failed with exit code 3",
        ),
        (
            {
                "a": waiting("f"),
                "f": Task(0, 1, 3, exitConditions={"exitCodeRanges": [{"start": 2, "end": 4, "exitOptions": SATISFY}]}),
            },
            None,
        ),
        (
            {
                "a": waiting("f"),
                "f": Task(
                    0, 1, 1, exitConditions={"exitCodeRanges": [{"start": -1, "end": 0, "exitOptions": SATISFY}]}
                ),
            },
            "depends on f, which failed with exit code 1",
        ),
        # Half a range, which the service would not send, is none.
        ({"a": Task(NEVER, NEVER, dependsOn={"taskIdRanges": [{"start": 1}]})}, None),
        ({"a": Task(NEVER, NEVER, dependsOn={"taskIdRanges": [{"end": 1}]})}, None),
        ({"a": waiting("Nope", "ok"), "ok": DONE}, "depends on Nope, which does not exist"),
        ({"a": waiting("A")}, "depends on A, which is the task itself"),
        ({"a": waiting("b"), "b": waiting("c"), "c": waiting("a")}, "depends on b, which depends on it in turn"),
        ({"a": waiting("b"), "b": waiting("x")}, "depends on b, which will never run either"),
        ({"a": waiting("b", "x"), "b": waiting("x")}, "depends on x, which does not exist"),
        ({"a": waiting(ranges=((1, 3),)), "1": DONE, "02": DONE, "3": RUNNING}, None),
        (
            {"a": waiting(ranges=((1, 6),)), "1": DONE, "3": DONE},
            "depends on the tasks 1 to 6, of which 2, 4, 5 cannot be found",
        ),
        (
            {"a": waiting(ranges=((1, 2),)), "1": DONE, "2": FAILED},
            "depends on the tasks 1 to 2, of which 2 failed with exit code 3",
        ),
        ({"a": waiting(ranges=((1, 2),)), "1": DONE, "2": FAILED, "002": DONE}, None),
        ({"4": waiting(ranges=((4, 4),))}, "depends on the tasks 4 to 4, of which 4 is the task itself"),
        ({"4": waiting("x"), "x": waiting(ranges=((4, 4),))}, "depends on x, which depends on it in turn"),
        (
            {"a": waiting(ranges=((0, 2**31 - 1),))},
            "depends on the tasks 0 to 2147483647, of which 0, 1, 2 cannot be found",
        ),
    ],
)
def test_dependencies(tasks: dict[str, Task], reason: str | None) -> None:
    assert reasons(tasks).get(next(iter(tasks))) == reason


def test_a_parent_that_was_terminated() -> None:
    info = {"result": "failure", "failureInfo": {"category": "UserError", "code": "TaskEnded"}}
    ended = Task(0, 1, 3, executionInfo=info)
    assert reasons({"a": waiting("e"), "e": ended})["a"] == "depends on e, which was terminated"


def test_slots() -> None:
    tasks = {"a": Task(NEVER, NEVER, requiredSlots=8), "b": Task(NEVER, NEVER, requiredSlots=4), "c": waiting("a")}
    assert reasons(tasks) == {}, "the service does not say how many a node has"
    assert reasons(tasks, slots=4) == {
        "a": "needs 8 task slots, and a node of the pool has 4",
        "c": "depends on a, which will never run either",
    }


def test_slots_of_an_automatic_pool() -> None:
    """They stand in the job; the pool has another id, which need not be read."""
    job = Job({"a": Task(NEVER, NEVER, requiredSlots=8), "b": Task(NEVER, NEVER, requiredSlots=4)})
    pool = {"vmSize": "standard_d2_v3", "taskSlotsPerNode": 4}
    job.pool_info = {"autoPoolSpecification": {"poolLifetimeOption": "job", "pool": pool}}
    (found,) = run_sync(find_blocked(executor(job.backend), "j"))
    assert (found.task_id, found.reason) == ("a", "needs 8 task slots, and a node of the pool has 4")
    assert "Pool_Get" not in [call.operation for call in job.backend.calls]
    del pool["taskSlotsPerNode"]
    assert run_sync(find_blocked(executor(job.backend), "j")) == (), "the service does not say how many a node has"


@pytest.mark.parametrize("state", ["disabled", "disabling", "completed", "terminating"])
def test_the_state_of_the_job(state: str) -> None:
    tasks = {"a": Task(NEVER, NEVER), "run": RUNNING, "ok": DONE}
    assert reasons(tasks, state=state) == {"a": f"waits in a job that is {state}"}


def can_run(tasks: dict[str, tuple[str, list[str], list[tuple[int, int]]]]) -> set[str]:
    """The active tasks that run at last, by trying again and again; the plain way that large jobs have no time for."""
    met = {name for name, (state, _, _) in tasks.items() if state in ("running", "ok")}
    while True:
        numbers = {int(name) for name in met if name.isdecimal()}
        more = {
            name
            for name, (state, ids, ranges) in tasks.items()
            if state == "active"
            and name not in met
            and met.issuperset(ids)
            and all(numbers.issuperset(range(a, b + 1)) for a, b in ranges)
        }
        if not more:
            return {name for name in met if tasks[name][0] == "active"}
        met |= more


NAMES = ["a", "b", "c", "1", "2", "02", "3", "4"]
TASKS = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(
        st.sampled_from(["active", "active", "active", "running", "ok", "failed"]),
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.lists(st.integers(1, 3).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, 4))), max_size=1),
    ),
)


@settings(max_examples=150)
@given(TASKS)
def test_exactly_those_tasks_are_blocked_that_cannot_run(
    tasks: dict[str, tuple[str, list[str], list[tuple[int, int]]]],
) -> None:
    kinds = {"running": RUNNING, "ok": DONE, "failed": FAILED}
    model = {
        name: kinds.get(state) or waiting(*ids, ranges=tuple(ranges)) for name, (state, ids, ranges) in tasks.items()
    }
    active = {name for name, (state, _, _) in tasks.items() if state == "active"}
    assert reasons(model).keys() == active - can_run(tasks)


def test_a_long_chain_and_a_large_job_take_little(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = {f"t{n}": waiting(f"t{n + 1}") for n in range(1_500)}
    assert len(reasons(chain)) == 1_500
    monkeypatch.setattr(module, "MAX_READ", 1_000)
    assert reasons({**chain, "f": FAILED, "t0": waiting("f")}) == {}, "of what is not read nothing is claimed"


def test_odd_answers_are_no_reason() -> None:
    odd: Any = {"taskIds": "ab", "taskIdRanges": [5, {"start": "1"}]}
    tasks = {"a": Task(NEVER, NEVER, dependsOn=odd, requiredSlots="x"), "b": Task(NEVER, NEVER, dependsOn="x")}
    assert reasons(tasks, slots=1) == {}


def blocked_job() -> Job:
    job = Job({"ok": Task(0, 2), "f": Task(0, 3, exit_code=1), "a": waiting("f"), "run": Task(0, 50)})
    job.uses_task_dependencies = True
    return job


REASON = "a depends on f, which failed with exit code 1"


@pytest.mark.parametrize("ids", [None, ["a", "run"]])
def test_a_wait_ends_when_all_that_is_left_is_blocked(ids: Any) -> None:
    job = blocked_job()
    seen: list[WaitProgress] = []
    result = job.wait(ids, blocked="return", progress=seen.append)
    assert 50 <= job.backend.now < 200, "not before the last that may run has ended"
    assert seen[-1].blocked == (BlockedTask("a", "depends on f, which failed with exit code 1"),)
    assert seen[0].blocked == ()
    with pytest.raises(TasksBlockedError, match=REASON) as caught:
        blocked_job().wait(ids, blocked="raise")
    assert isinstance(caught.value, WaitError)
    for found in (result, caught.value.result):
        assert (found.pending, [str(task) for task in found.blocked]) == (("a",), [REASON])
        assert "1 will never run as things are: a depends on f" in str(found)


def test_by_default_a_wait_goes_on_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    job = blocked_job()
    with caplog.at_level(logging.WARNING, "batchtasks"), pytest.raises(WaitTimeoutError, match=REASON) as caught:
        job.wait(timeout=2000, warn_after=600)
    assert [str(task) for task in caught.value.result.blocked] == [REASON]
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1, "once for each time of no change"
    assert "no change for 6" in said[0]
    assert REASON in said[0]


def test_somebody_may_help() -> None:
    job = blocked_job()

    def add(progress: WaitProgress) -> None:
        if progress.blocked:
            job.tasks["a"] = Task(0, job.backend.now + 20)

    assert job.wait(progress=add, timeout=1000).succeeded == ("ok", "a", "run")


def test_no_listing_of_everything_at_each_poll() -> None:
    tasks = {f"t{n}": Task(0, NEVER) for n in range(2_000)} | {"a": waiting("f"), "f": FAILED}
    job = Job(tasks)
    job.uses_task_dependencies = True
    polls: list[WaitProgress] = []
    with pytest.raises(WaitTimeoutError):
        job.wait(timeout=4000, progress=polls.append)
    assert len(polls) > 100
    assert job.read < 10 * 2_000
    assert len(job.backend.calls) < 2 * len(polls)


def test_a_pool_that_cannot_be_read_is_no_failure() -> None:
    job = blocked_job()
    assert job.wait(blocked="return").blocked
    job = blocked_job()
    serve, refusals = job.backend.serve, [refusal(403, "InsufficientPermissions")]
    job.backend.serve = lambda call: refusals[0] if call.operation == "Pool_Get" else serve(call)
    assert job.wait(blocked="return").blocked


def test_slots_on_the_local_service(local_batch: RunningBatch) -> None:
    """Every pool id means its one node; of a pool that was never added nothing can be read, as in Azure."""
    with local_batch.client() as client:
        client.pool.add({"id": "known", "vmSize": "standard_d2_v3", "taskSlotsPerNode": 4})
        for pool_id in ("known", "any"):
            client.job.add({"id": pool_id, "poolInfo": {"poolId": pool_id}})
            client.task.add(pool_id, task("t", "true", required_slots=99))
        with pytest.raises(TasksBlockedError, match="needs 99 task slots, and a node of the pool has 4"):
            client.task.wait("known", blocked="raise", timeout=60)
        assert client.task.find_blocked("any") == ()


def test_on_the_local_service(local_batch: RunningBatch) -> None:
    with local_batch.client() as client:
        client.job.add({"id": "j", "poolInfo": {"poolId": "any"}, "usesTaskDependencies": True})
        tasks = [
            task("ok", "true"),
            task("f", "/bin/sh -c 'exit 3'"),
            task("5", "true"),
            task("a", "true", depends_on="f"),
            task("b", "true", depends_on=["ok", "a"]),
            task("c", "true", depends_on="d"),
            task("d", "true", depends_on="c"),
            task("gap", "true", depends_on=range(5, 7)),
            task("e", "true", depends_on=["ok", 5]),
        ]
        client.task.add_collection("j", tasks)
        result = client.task.wait("j", blocked="return", timeout=60)
        assert set(result.succeeded) | set(result.failed) | set(result.pending) == {"f", "a", "b", "c", "d", "gap"}
        assert {found.task_id for found in client.task.find_blocked("j")} == {"a", "b", "c", "d", "gap"}
        client.job.disable("j", DisableJobOption.REQUEUE)
        with pytest.raises(TasksBlockedError, match="waits in a job that is disabl"):
            client.task.wait("j", ["a"], blocked="raise", timeout=60)
