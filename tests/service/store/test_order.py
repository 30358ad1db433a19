"""Which tasks the store starts, and which wait for others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks_local.domain import clock, job_moves, task_moves
from batchtasks_local.domain.records import Outcome
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun, Store
from tests.service.store.harness import StoreHarness, capacity


def test_priority_then_order_of_adding(harness: StoreHarness) -> None:
    """Across jobs by priority, within a job as added."""
    harness.job()
    harness.job(id="high", priority=5)
    harness.job(id="low", priority=-5)
    for job in ("job1", "low", "high"):
        harness.add(f"{job}-1", f"{job}-2", job=job)
    assert harness.start(3, 3) == ["high-1", "high-2", "job1-1"]
    harness.store.change_job("low", lambda job: job_moves.patch_job(job, {"priority": 9}, clock.now()))
    assert harness.start(3, 3) == ["low-1", "low-2", "job1-2"]


def test_a_large_task_is_not_passed_by_small_ones(harness: StoreHarness) -> None:
    """It waits at the head until all of its slots are free; one that can never fit is passed."""
    reported: list[tuple[str, int, int]] = []
    harness.job()
    harness.add("first")
    harness.add("never", requiredSlots=5)
    harness.add("large", requiredSlots=4)
    harness.add("small")
    node: dict[str, Any] = {}
    room = Capacity(3, 4, lambda job, task: True, lambda job, task: node, lambda *size: reported.append(size))
    assert [task.id for task, _ in harness.store.advance([], room)] == ["first"]
    assert [task.id for task, _ in harness.store.advance([], room)] == []
    assert ("job1", 1, 5) in reported
    harness.finish("first")
    assert harness.start(4, 4) == ["large"]
    harness.finish("large")
    assert harness.start(4, 4) == ["small"]
    assert harness.task("never").state == "active"


@pytest.mark.parametrize("priority", [5, 0])
def test_a_large_task_is_not_passed_by_small_ones_of_other_jobs(harness: StoreHarness, priority: int) -> None:
    """Neither of a job with a lower priority nor of a later one with the same."""
    harness.job(priority=priority)
    harness.job(id="later")
    harness.add("first")
    harness.add("large", requiredSlots=4)
    harness.add("small", "tiny", job="later")
    assert harness.start(1, 4) == ["first"]
    assert harness.start(3, 4) == []
    harness.finish("first")
    assert harness.start(4, 4) == ["large"]
    harness.finish("large")
    assert harness.start(4, 4) == ["small", "tiny"]


@settings(max_examples=60)
@given(
    jobs=st.lists(st.tuples(st.integers(-2, 2), st.lists(st.integers(1, 4), max_size=3)), min_size=1, max_size=4),
    free=st.integers(0, 6),
)
def test_what_starts_is_the_beginning_of_one_line(jobs: list[tuple[int, list[int]]], free: int) -> None:
    """All tasks stand in one line: by priority, then by the age of their jobs, then as added. Its head starts, none is passed."""
    harness = StoreHarness(Store(None))
    line = []
    for number, (priority, sizes) in enumerate(jobs):
        harness.job(id=f"j{number}", priority=priority)
        for place, size in enumerate(sizes):
            harness.add(f"{number}-{place}", job=f"j{number}", requiredSlots=size)
            line.append((-priority, number, place, size))
    expected, left = [], free
    for _, number, place, size in sorted(line):
        if size > left:
            break
        expected.append(f"{number}-{place}")
        left -= size
    assert harness.start(free, 6) == expected
    harness.store.close()


@pytest.mark.parametrize("number", [2**31 - 1, 2**31 - 2, -(2**31), -(2**31) + 1])
def test_the_ends_of_the_numbers_of_a_range(harness: StoreHarness, number: int) -> None:
    """The service takes ids of 32 bits in ranges, the first and the last of them too."""
    harness.job(usesTaskDependencies=True)
    harness.add("child", dependsOn={"taskIdRanges": [{"start": number, "end": number}]})
    harness.add(str(number))
    assert harness.start() == [str(number)]
    harness.finish(str(number))
    assert harness.start() == ["child"]


@pytest.mark.parametrize(("free", "expected"), [(1, ["again"]), (2, ["again", "next"])])
@pytest.mark.parametrize("kind", ["task", "preparation"])
def test_what_is_run_again_keeps_its_slot(harness: StoreHarness, kind: str, free: int, expected: list[str]) -> None:
    """A task as well as a preparation task: one slot of four. What is free beside it starts the next."""
    constraints: dict[str, Any] = {"constraints": {"maxTaskRetryCount": 1}}
    task = {"id": "again", "commandLine": "false", "waitForSuccess": True, **constraints}
    harness.job(priority=1, **({"jobPreparationTask": task} if kind == "preparation" else {}))
    harness.add("again" if kind == "task" else "waits", **constraints)
    harness.job(id="other")
    harness.add("next", job="other")
    [(running, _)] = harness.store.advance([], capacity(1, 4))
    assert running.id == "again"
    failed = FinishedRun(running.seq, running.run, clock.now(), Outcome(1))
    assert [started.id for started, _ in harness.store.advance([failed], capacity(free, 4))] == expected


def test_instances_take_what_there_is(harness: StoreHarness) -> None:
    """A multi-instance task of more instances than slots starts when all of them are free."""
    harness.job()
    harness.add("small")
    harness.add("mpi", multiInstanceSettings={"numberOfInstances": 8, "coordinationCommandLine": "true"})
    assert harness.start(4, 4) == ["small"]
    harness.finish("small")
    assert harness.start(4, 4) == ["mpi"]


def test_the_most_parallel_tasks_of_a_job(harness: StoreHarness) -> None:
    """maxParallelTasks holds back the rest, not other jobs."""
    harness.job(maxParallelTasks=2, priority=1)
    harness.job(id="job2")
    harness.add("a", "b", "c")
    harness.add("x", job="job2")
    assert harness.start() == ["a", "b", "x"]
    harness.add("d", "e")
    assert harness.start() == []
    harness.finish("a")
    assert harness.start() == ["c"]
    assert harness.start() == []


def test_a_task_that_is_held_back_is_passed(harness: StoreHarness) -> None:
    """A task whose last run still ends does not start, those behind it do."""
    harness.job()
    harness.add("a", "b")
    room = Capacity(2, 2, lambda job, task: task != "a", lambda job, task: {})
    assert [task.id for task, _ in harness.store.advance([], room)] == ["b"]


def test_ids_to_wait_for(harness: StoreHarness) -> None:
    """All of them, in any letter case, whether they exist yet or not; twice is once."""
    harness.job(usesTaskDependencies=True)
    harness.add("child", dependsOn={"taskIds": ["One", "two", "TWO"]})
    harness.add("one", "Two")
    assert harness.start() == ["one", "Two"]
    harness.finish("one")
    assert harness.start() == []
    harness.finish("Two")
    assert harness.start() == ["child"]
    harness.add("late", dependsOn={"taskIds": ["ONE"]})
    assert harness.start() == ["late"]


def test_a_failed_parent_blocks(harness: StoreHarness) -> None:
    """For ever, unless its exit conditions say otherwise or it is run again."""
    harness.job(usesTaskDependencies=True)
    harness.add("bad")
    harness.add("mild", exitConditions={"default": {"dependencyAction": "satisfy"}})
    harness.add("a", dependsOn={"taskIds": ["bad"]})
    harness.add("b", dependsOn={"taskIds": ["mild"]})
    harness.start()
    harness.finish("bad", "mild", exit_code=1)
    assert harness.start() == ["b"]
    harness.store.change_task("job1", "bad", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    assert harness.start() == ["bad"]
    harness.finish("bad")
    assert harness.start() == ["a"]


def test_ranges_to_wait_for(harness: StoreHarness) -> None:
    """Every number, by whatever id reads so, the first to finish counts; numbers not there yet are waited for."""
    harness.job(usesTaskDependencies=True)
    harness.add("child", dependsOn={"taskIdRanges": [{"start": 3, "end": 5}]})
    harness.add("twin", dependsOn={"taskIdRanges": [{"start": 3, "end": 5}], "taskIds": ["4"]})
    harness.add("03", "4", "004", "x5", "6")
    assert harness.start() == ["03", "4", "004", "x5", "6"]
    harness.finish("03", "004", "x5", "6")
    assert harness.start() == []
    harness.add("00005")
    harness.start()
    harness.finish("00005")
    assert harness.start() == ["child"]
    harness.finish("4")
    assert harness.start() == ["twin"]
    harness.add("late", dependsOn={"taskIdRanges": [{"start": 4, "end": 5}, {"start": 3, "end": 3}]})
    assert harness.start() == ["late"]


def test_large_ranges_cost_nothing_up_front(harness: StoreHarness) -> None:
    """A range of two thousand million is one row."""
    harness.job(usesTaskDependencies=True)
    ranges = [{"start": -(2**31), "end": 2**31 - 1}]
    harness.add(*[f"c{number}" for number in range(50)], dependsOn={"taskIdRanges": ranges})
    harness.add("7", "-7", "99999999999999999999")
    harness.start()
    harness.finish("7", "-7", "99999999999999999999")
    assert harness.start() == []
    with harness.store.database.read() as db:
        assert db.execute("SELECT missing FROM id_range").fetchall() == [(2**32 - 2,)]


def test_a_child_that_waits_is_still_a_task(harness: StoreHarness) -> None:
    """It can be terminated, put back and deleted, and waits as before."""
    harness.job(usesTaskDependencies=True)
    harness.add("child", "gone", dependsOn={"taskIds": ["p"], "taskIdRanges": [{"start": 1, "end": 1}]})
    harness.terminate("child")
    harness.store.change_task("job1", "child", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    harness.delete("gone")
    harness.add("p", "1")
    assert harness.start() == ["p", "1"]
    harness.finish("p")
    assert harness.start() == []
    harness.finish("1")
    assert harness.start() == ["child"]


def test_an_exit_code_that_comes_late_can_satisfy(harness: StoreHarness) -> None:
    """The code of a terminated task may be listed in its exit conditions."""
    harness.job(usesTaskDependencies=True)
    listed = {"exitCodes": [{"code": 143, "exitOptions": {"dependencyAction": "satisfy"}}]}
    harness.add("parent", exitConditions=listed)
    harness.add("child", dependsOn={"taskIds": ["parent"]})
    assert harness.start() == ["parent"]
    ended = harness.terminate("parent")
    assert harness.start() == []
    harness.store.advance([FinishedRun(ended.seq, ended.run, clock.now(), Outcome(143))], None)
    assert harness.start() == ["child"]


def test_a_number_that_completes_twice_counts_once(harness: StoreHarness) -> None:
    """As a task does that fails, and is run again."""
    harness.job(usesTaskDependencies=True)
    harness.add("child", dependsOn={"taskIdRanges": [{"start": 1, "end": 2}]})
    harness.add("1", exitConditions={"default": {"dependencyAction": "satisfy"}})
    harness.start()
    harness.finish("1", exit_code=1)
    harness.reactivate("1")
    assert harness.start() == ["1"]
    harness.finish("1")
    assert harness.start() == []
    harness.add("2")
    assert harness.start() == ["2"]
    harness.finish("2")
    assert harness.start() == ["child"]


def test_tasks_that_come_later_start_later(harness: StoreHarness) -> None:
    """Also where each came by a request."""
    harness.job()
    for task_id in "edcba":
        harness.add(task_id)
    assert [harness.start(1, 1), harness.start(1, 1), harness.start(3, 3)] == [["e"], ["d"], ["c", "b", "a"]]
