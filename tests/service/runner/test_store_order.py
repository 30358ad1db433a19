"""Which tasks the store starts, and which wait for others."""

from __future__ import annotations

from typing import Any

from batchtasks_local import clock, lifecycle
from batchtasks_local.lifecycle import Outcome
from batchtasks_local.store.interface import Finished, Slots
from tests.service.runner.ground import Bench, finish


def test_priority_then_order_of_adding(bench: Bench) -> None:
    """Across jobs by priority, within a job as added."""
    bench.job()
    bench.job(id="high", priority=5)
    bench.job(id="low", priority=-5)
    for job in ("job1", "low", "high"):
        bench.add(f"{job}-1", f"{job}-2", job=job)
    assert bench.start(3, 3) == ["high-1", "high-2", "job1-1"]
    bench.store.change_job("low", lambda job: lifecycle.patch_job(job, {"priority": 9}, clock.now()))
    assert bench.start(3, 3) == ["low-1", "low-2", "job1-2"]


def test_a_large_task_is_not_passed_by_small_ones(bench: Bench) -> None:
    """It waits at the head until all of its slots are free; one that can never fit is passed."""
    told: list[tuple[str, int]] = []
    bench.job()
    bench.add("first")
    bench.add("never", requiredSlots=5)
    bench.add("large", requiredSlots=4)
    bench.add("small")
    node: dict[str, Any] = {}
    room = Slots(3, 4, lambda job, task: True, lambda job, task: node, lambda job, size: told.append((job, size)))
    assert [task.id for task, _ in bench.store.advance([], room)] == ["first"]
    assert [task.id for task, _ in bench.store.advance([], room)] == []
    assert ("job1", 5) in told
    finish(bench, "first")
    assert bench.start(4, 4) == ["large"]
    finish(bench, "large")
    assert bench.start(4, 4) == ["small"]
    assert bench.task("never").state == "active"


def test_instances_take_what_there_is(bench: Bench) -> None:
    """A multi-instance task of more instances than slots starts when all of them are free."""
    bench.job()
    bench.add("small")
    bench.add("mpi", multiInstanceSettings={"numberOfInstances": 8, "coordinationCommandLine": "true"})
    assert bench.start(4, 4) == ["small"]
    finish(bench, "small")
    assert bench.start(4, 4) == ["mpi"]


def test_the_most_parallel_tasks_of_a_job(bench: Bench) -> None:
    """maxParallelTasks holds back the rest, not other jobs."""
    bench.job(maxParallelTasks=2, priority=1)
    bench.job(id="job2")
    bench.add("a", "b", "c")
    bench.add("x", job="job2")
    assert bench.start() == ["a", "b", "x"]
    finish(bench, "a")
    assert bench.start() == ["c"]


def test_a_task_that_is_held_back_is_passed(bench: Bench) -> None:
    """A task whose last run still ends does not start, those behind it do."""
    bench.job()
    bench.add("a", "b")
    room = Slots(2, 2, lambda job, task: task != "a", lambda job, task: {})
    assert [task.id for task, _ in bench.store.advance([], room)] == ["b"]


def test_ids_to_wait_for(bench: Bench) -> None:
    """All of them, in any letter case, whether they exist yet or not; twice is once."""
    bench.job(usesTaskDependencies=True)
    bench.add("child", dependsOn={"taskIds": ["One", "two", "TWO"]})
    bench.add("one", "Two")
    assert bench.start() == ["one", "Two"]
    finish(bench, "one")
    assert bench.start() == []
    finish(bench, "Two")
    assert bench.start() == ["child"]
    bench.add("late", dependsOn={"taskIds": ["ONE"]})
    assert bench.start() == ["late"]


def test_a_failed_parent_blocks(bench: Bench) -> None:
    """For ever, unless its exit conditions say otherwise or it is run again."""
    bench.job(usesTaskDependencies=True)
    bench.add("bad")
    bench.add("mild", exitConditions={"default": {"dependencyAction": "satisfy"}})
    bench.add("a", dependsOn={"taskIds": ["bad"]})
    bench.add("b", dependsOn={"taskIds": ["mild"]})
    bench.start()
    finish(bench, "bad", "mild", exit_code=1)
    assert bench.start() == ["b"]
    bench.store.change_task("job1", "bad", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    assert bench.start() == ["bad"]
    finish(bench, "bad")
    assert bench.start() == ["a"]


def test_ranges_to_wait_for(bench: Bench) -> None:
    """Every number, by whatever id reads so, the first to finish counts; numbers not there yet are waited for."""
    bench.job(usesTaskDependencies=True)
    bench.add("child", dependsOn={"taskIdRanges": [{"start": 3, "end": 5}]})
    bench.add("twin", dependsOn={"taskIdRanges": [{"start": 3, "end": 5}], "taskIds": ["4"]})
    bench.add("03", "4", "004", "x5", "6")
    assert bench.start() == ["03", "4", "004", "x5", "6"]
    finish(bench, "03", "004", "x5", "6")
    assert bench.start() == []
    bench.add("00005")
    bench.start()
    finish(bench, "00005")
    assert bench.start() == ["child"]
    finish(bench, "4")
    assert bench.start() == ["twin"]
    bench.add("late", dependsOn={"taskIdRanges": [{"start": 4, "end": 5}, {"start": 3, "end": 3}]})
    assert bench.start() == ["late"]


def test_large_ranges_cost_nothing_up_front(bench: Bench) -> None:
    """A range of two thousand million is one row."""
    bench.job(usesTaskDependencies=True)
    ranges = [{"start": -(2**31), "end": 2**31 - 1}]
    bench.add(*[f"c{number}" for number in range(50)], dependsOn={"taskIdRanges": ranges})
    bench.add("7", "-7", "99999999999999999999")
    bench.start()
    finish(bench, "7", "-7", "99999999999999999999")
    assert bench.start() == []
    with bench.store._db.read() as db:
        assert db.execute("SELECT missing FROM span").fetchall() == [(2**32 - 2,)]


def test_a_child_that_waits_is_still_a_task(bench: Bench) -> None:
    """It can be terminated, put back and deleted, and waits as before."""
    bench.job(usesTaskDependencies=True)
    bench.add("child", "gone", dependsOn={"taskIds": ["p"], "taskIdRanges": [{"start": 1, "end": 1}]})
    bench.terminate("child")
    bench.store.change_task("job1", "child", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    bench.store.remove_task("job1", "gone", lifecycle.check_delete)
    bench.add("p", "1")
    assert bench.start() == ["p", "1"]
    finish(bench, "p")
    assert bench.start() == []
    finish(bench, "1")
    assert bench.start() == ["child"]


def test_an_exit_code_that_comes_late_can_satisfy(bench: Bench) -> None:
    """The code of a terminated task may be listed in its exit conditions."""
    bench.job(usesTaskDependencies=True)
    listed = {"exitCodes": [{"code": 143, "exitOptions": {"dependencyAction": "satisfy"}}]}
    bench.add("parent", exitConditions=listed)
    bench.add("child", dependsOn={"taskIds": ["parent"]})
    assert bench.start() == ["parent"]
    ended = bench.terminate("parent")
    assert bench.start() == []
    bench.store.advance([Finished(ended.seq, ended.run, clock.now(), Outcome(143))], None)
    assert bench.start() == ["child"]
