"""The store: ids, pages, counters, and what follows in the same transaction."""

from __future__ import annotations

from typing import Any

import pytest

from batchtasks_local import clock, lifecycle
from batchtasks_local.lifecycle import Outcome, Refused
from batchtasks_local.records import Counts, Where
from batchtasks_local.store import listing
from batchtasks_local.store.interface import Finished
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import Bench, filtered, finish, slots


def test_ids_have_no_case(bench: Bench) -> None:
    """One name in any letter case, kept as it was written."""
    bench.job(id="Job1")
    assert not bench.store.add_job(lifecycle.new_job({"id": "jOB1"}, clock.now()))
    bench.add("Task-A", job="JOB1")
    found = bench.store.get_task("jOb1", "tASK-a")
    assert found is not None
    assert (found.job_id, found.id) == ("Job1", "Task-A")
    again = bench.store.add_tasks("job1", lifecycle.check_add, [{"id": "TASK-A", "commandLine": "other"}])
    assert again == [(found, False)]


def test_what_is_not_there(bench: Bench) -> None:
    """None, an empty page, or zeros."""
    assert bench.store.get_job("none") is None
    assert bench.store.get_task("none", "t") is None
    assert bench.store.add_tasks("none", lifecycle.check_add, []) is None
    assert bench.store.list_tasks("none", None, 0, 10) == []
    assert bench.store.change_job("none", lambda job: job) is None
    assert bench.store.counts("none") == (Counts(), Counts())
    bench.job()
    assert bench.store.get_task("job1", "none") is None
    assert bench.store.change_task("job1", "none", lambda task, job: task) is None
    assert bench.store.remove_task("job1", "none", lambda task, job: None) is None
    bench.store.remove_job("none")


def test_a_collection_keeps_its_order_and_tells_what_was_there(bench: Bench) -> None:
    """Also for ids twice in one request; every task has an ETag of its own."""
    bench.job()
    bench.add("b")
    ids = ["a", "B", "c", "A"]
    answer = bench.store.add_tasks("job1", lifecycle.check_add, [{"id": i, "commandLine": "x"} for i in ids])
    assert answer is not None
    assert [(task.id, fresh) for task, fresh in answer] == [("a", True), ("b", False), ("c", True), ("a", False)]
    assert len({task.modified for task, _ in answer}) == 3
    assert [task.id for task in bench.store.list_tasks("job1", None, 0, 10)] == ["b", "a", "c"]


def test_a_refusal_leaves_nothing(bench: Bench) -> None:
    """One bad task in a collection keeps out all, and `check` keeps out everything."""
    bench.job()
    bad: list[dict[str, Any]] = [
        {"id": "a", "commandLine": "x"},
        {"id": "b", "commandLine": "x", "dependsOn": {"taskIds": ["a"]}},
    ]
    with pytest.raises(Refused, match="TaskDependenciesNotSpecifiedOnJob"):
        bench.store.add_tasks("job1", lifecycle.check_add, bad)
    assert bench.store.get_task("job1", "a") is None
    bench.store.change_job("job1", lambda job: lifecycle.terminate_job(job, None, clock.now()))
    with pytest.raises(Refused, match="JobCompleted"):
        bench.store.add_tasks("job1", lifecycle.check_add, [{"id": "a", "commandLine": "x"}])
    bench.job(id="job2")
    bench.add("t", job="job2")
    with pytest.raises(Refused, match="TaskNotCompleted"):
        bench.store.change_task("job2", "t", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    assert bench.store.counts("job1")[0] == Counts()


def test_records_survive_the_store(bench: Bench) -> None:
    """Every field of a task comes back as it went in, and every field of a job."""
    bench.job(metadata=[{"name": "ü", "value": "☃"}])
    bench.add("t", displayName="☃", environmentSettings=[{"name": "A", "value": "1"}])
    bench.start()
    started = bench.task("t")
    subtasks = ({"id": 1, "state": "completed"},)
    outcome = Outcome(None, lifecycle.failure_info("BlobNotFound", "m", FilePath="f"))
    bench.store.advance([Finished(started.seq, started.run, clock.now(), outcome, subtasks)], None)
    ended = bench.task("t")
    assert ended.spec["displayName"] == "☃"
    assert (ended.failure, ended.subtasks) == (outcome.failure, [{"id": 1, "state": "completed"}])
    assert (ended.node, ended.result, ended.run) == ({"poolId": "pool1", "nodeId": "n"}, "failure", 1)
    assert (ended.started, ended.previous_since) == (started.started, started.state_since)
    [job] = bench.store.list_jobs(None, 0, 10)
    assert job == bench.current()
    assert job.spec["metadata"] == [{"name": "ü", "value": "☃"}]


def test_counts_follow_every_move(bench: Bench) -> None:
    """Tasks and slots, through all states and out of the store."""
    bench.job()
    bench.add("a", "b", "c", requiredSlots=3)
    bench.add("d")
    assert bench.store.counts("job1") == (Counts(active=4), Counts(active=10))
    assert bench.start(free=9, total=9) == ["a", "b", "c"]
    assert bench.store.counts("JOB1") == (Counts(active=1, running=3), Counts(active=1, running=9))
    finish(bench, "a")
    finish(bench, "b", exit_code=1)
    tasks, taken = bench.store.counts("job1")
    assert (tasks, taken) == (Counts(1, 1, 1, 1), Counts(1, 3, 3, 3))
    for task_id in ("a", "c", "d"):
        bench.store.remove_task("job1", task_id, lifecycle.check_delete)
    assert bench.store.counts("job1") == (Counts(failed=1), Counts(failed=3))


def test_paging_while_tasks_come_and_go(bench: Bench) -> None:
    """A task that stays all the while is seen once; the number of a deleted one is not used again."""
    bench.job()
    bench.add(*[f"t{number}" for number in range(10)])
    first = bench.store.list_tasks("job1", None, 0, 4)
    bench.store.remove_task("job1", "t3", lifecycle.check_delete)
    bench.store.remove_task("job1", "t9", lifecycle.check_delete)
    bench.add("new")
    rest = bench.store.list_tasks("job1", None, first[-1].seq, 100)
    assert [task.id for task in first + rest] == [*(f"t{number}" for number in range(9)), "new"]
    assert [task.id for task in bench.store.list_tasks("job1", None, rest[-2].seq, 100)] == ["new"]
    bench.job(id="job2")
    bench.add("other", job="job2")
    assert bench.store.list_tasks("job1", None, rest[-1].seq, 100) == []


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("state eq 'completed'", "ad"),
        ("state ne 'completed'", "bce"),
        ("state eq 'completed' and executionInfo/exitCode eq 1", "d"),
        ("executionInfo/exitCode ge 0 and state ne 'running'", "ad"),
        ("state eq 'running' or state eq 'active'", "bce"),
        ("id eq 'A' or state eq 'running'", "ac"),
        ("id eq 'A' or id eq 'nobody' or id eq 'b'", "ab"),
        ("(id eq 'A' or id eq 'b') and state eq 'active'", "b"),
        ("id eq 'B'", "b"),
        ("id eq 'a' and id eq 'b'", ""),
        ("state eq 'active' and state ne 'active'", ""),
        ("executionInfo/result ne 'success'", "d"),
        ("executionInfo/exitCode lt 0 or executionInfo/exitCode gt 0", "d"),
        ("executionInfo/result eq 'failure' and state eq 'completed' and startswith(id,'D')", "d"),
        ("stateTransitionTime ge DateTime'2000-01-01T00:00:00Z'", "abcde"),
        ("executionInfo/endTime gt DateTime'2000-01-01T00:00:00Z'", "ad"),
        ("executionInfo/endTime gt DateTime'2100-01-01T00:00:00Z'", ""),
        ("state eq 'completed' and stateTransitionTime ge DateTime'2000-01-01T00:00:00Z'", "ad"),
        ("startswith(id,'a') or startswith(id,'c')", "ac"),
        ("startswith(id,'a') and startswith(id,'ab')", ""),
    ],
)
def test_filters(bench: Bench, monkeypatch: pytest.MonkeyPatch, text: str, ids: str, few: int) -> None:
    """Whatever walk the store takes, a page holds what the condition says, in order."""
    monkeypatch.setattr(listing, "FEW", few)
    where = filtered(text)
    bench.job()
    bench.add("a", "c", "d", "b", "e")
    assert bench.start(free=3, total=3) == ["a", "c", "d"]
    finish(bench, "a")
    finish(bench, "d", exit_code=1)
    in_order = [task_id for task_id in "acdbe" if task_id in ids]
    everything = bench.store.list_tasks("job1", where, 0, 10)
    assert [task.id for task in everything] == in_order
    paged: list[str] = []
    after = 0
    while page := bench.store.list_tasks("job1", where, after, 2):
        paged += [task.id for task in page]
        after = page[-1].seq
    assert paged == in_order


def test_jobs_are_listed(bench: Bench) -> None:
    """In order of adding, by page and by condition."""
    for number in range(5):
        bench.job(id=f"j{number}", poolInfo={"poolId": f"p{number % 2}"})
    first = bench.store.list_jobs(None, 0, 3)
    assert [job.id for job in first] == ["j0", "j1", "j2"]
    assert [job.id for job in bench.store.list_jobs(None, first[-1].seq, 9)] == ["j3", "j4"]
    assert [job.id for job in bench.store.list_jobs(Where("pool_id = ?", ("p1",)), 0, 9)] == ["j1", "j3"]


def test_removing_a_job_takes_everything_along(bench: Bench) -> None:
    """Tasks in any number, dependencies, counters; the id is free again and begins anew."""
    bench.job(usesTaskDependencies=True)
    for start in range(0, 2500, 100):
        bench.add(*[str(number) for number in range(start, start + 100)])
    bench.add("child", dependsOn={"taskIds": ["1"], "taskIdRanges": [{"start": 1, "end": 9}]})
    before = bench.task("child").seq
    bench.store.change_job("job1", lambda job: lifecycle.delete_job(job, clock.now()))
    assert [job.id for job in bench.store.deleting_jobs()] == ["job1"]
    bench.store.remove_job("JOB1")
    assert bench.store.get_job("job1") is None
    bench.job()
    assert bench.store.counts("job1")[0] == Counts()
    [task] = bench.add("child")
    assert task.seq > before
    with bench.store._db.read() as db:
        left = [
            db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("edge", "span", "span_child", "met")
        ]
    assert left == [0, 0, 0, 0]


def test_a_run_that_is_no_longer_the_present_one(bench: Bench) -> None:
    """Its end changes nothing, whether the task was started again, is new, or is gone."""
    bench.job()
    bench.add("t", "gone")
    bench.start()
    old, gone = bench.task("t"), bench.task("gone")
    assert bench.store.requeue_running() == 2
    bench.store.remove_task("job1", "gone", lifecycle.check_delete)
    bench.start()
    late = [Finished(task.seq, task.run, clock.now(), Outcome(1)) for task in (old, gone)]
    bench.store.advance(late, None)
    now = bench.task("t")
    assert (now.state, now.run, now.requeue_count) == ("running", 2, 1)
    assert bench.store.still_running([(old.seq, 1), (now.seq, 2), (gone.seq, 1)]) == {
        (now.seq, 2): clock.UNLIMITED_TEXT
    }


def test_the_exit_code_of_a_task_that_was_ended(bench: Bench) -> None:
    """Terminate completes at once; the exit code comes when the process is gone, and nothing else changes."""
    bench.job()
    bench.add("t")
    bench.start()
    ended = bench.terminate("t")
    assert (ended.state, ended.exit_code) == ("completed", None)
    bench.store.advance([Finished(ended.seq, ended.run, clock.now(), Outcome(143))], None)
    now = bench.task("t")
    assert now.exit_code == 143
    assert (now.failure, now.ended, now.state_since, now.modified) == (
        ended.failure, ended.ended, ended.state_since, ended.modified,
    )  # fmt: skip


def test_subtasks_are_noted_while_the_task_runs(bench: Bench) -> None:
    """And no longer once it has ended."""
    bench.job()
    bench.add("t")
    bench.start()
    now = bench.task("t")
    bench.store.note_subtasks(now.seq, now.run, [{"id": 1}])
    assert bench.task("t").subtasks == [{"id": 1}]
    finish(bench, "t")
    bench.store.note_subtasks(now.seq, now.run, [{"id": 2}])
    assert bench.task("t").subtasks == [{"id": 1}]


def test_only_users_move_the_etag(bench: Bench) -> None:
    """Update, terminate and reactivate do, the scheduler does not."""
    bench.job()
    [added] = bench.add("t", constraints={"maxTaskRetryCount": 1})
    for _ in range(2):
        bench.start()
        assert bench.task("t").modified == added.modified
        finish(bench, "t", exit_code=1)
        assert bench.task("t").modified == added.modified
    bench.store.change_task("job1", "t", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    reactivated = bench.task("t").modified
    assert reactivated > added.modified
    bench.start()
    bench.store.requeue_running()
    assert bench.task("t").modified == reactivated
    assert bench.terminate("t").modified > reactivated


def test_slots_are_asked_for_by_number(store: SqliteStore) -> None:
    """No slots, nothing starts."""
    bench = Bench(store)
    bench.job()
    bench.add("t")
    assert store.advance([], None) == []
    assert store.advance([], slots(0, 4)) == []
    assert bench.task("t").state == "active"
