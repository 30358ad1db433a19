"""The store: ids, pages, counters, and what follows in the same transaction."""

from __future__ import annotations

from typing import Any

import pytest

from batchtasks_local.domain import checks, clock, exits, job_moves, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.filters import Compare
from batchtasks_local.domain.records import Counts, Outcome
from batchtasks_local.store import queries
from batchtasks_local.store.store import FinishedRun, Store
from tests.service.store.harness import StoreHarness, capacity, filtered


def test_ids_have_no_case(harness: StoreHarness) -> None:
    """One name in any letter case, kept as it was written."""
    harness.job(id="Job1")
    assert not harness.store.add_job(job_moves.new_job({"id": "jOB1"}, clock.now()))
    harness.add("Task-A", job="JOB1")
    found = harness.store.get_task("jOb1", "tASK-a")
    assert found is not None
    assert (found.job_id, found.id) == ("Job1", "Task-A")
    again = harness.store.add_tasks("job1", checks.check_add, [{"id": "TASK-A", "commandLine": "other"}])
    assert again == [(found, False)]


def test_what_is_not_there(harness: StoreHarness) -> None:
    """None, an empty page, or zeros."""
    assert harness.store.get_job("none") is None
    assert harness.store.get_task("none", "t") is None
    assert harness.store.add_tasks("none", checks.check_add, []) is None
    assert harness.store.list_tasks("none", None, "", 10) == []
    assert harness.store.change_job("none", lambda job: job) is None
    assert harness.store.counts("none") == (Counts(), Counts())
    harness.job()
    assert harness.store.get_task("job1", "none") is None
    assert harness.store.change_task("job1", "none", lambda task, job: task) is None
    assert harness.store.remove_task("job1", "none", lambda task, job: None) is None
    harness.store.remove_job("none")


def test_a_collection_keeps_its_order_and_tells_what_was_there(harness: StoreHarness) -> None:
    """Also for ids twice in one request; every task has its own ETag."""
    harness.job()
    harness.add("b")
    ids = ["a", "B", "c", "A"]
    answer = harness.store.add_tasks("job1", checks.check_add, [{"id": i, "commandLine": "x"} for i in ids])
    assert answer is not None
    added = [one for one in answer if not isinstance(one, RefusedError)]
    assert [(task.id, fresh) for task, fresh in added] == [("a", True), ("b", False), ("c", True), ("a", False)]
    assert len({task.modified for task, _ in added}) == 3


def test_tasks_are_listed_by_id(harness: StoreHarness) -> None:
    """Recorded: 15 of 15 lists with two or more, whatever the order of adding (java 2025-08-27 and others)."""
    harness.job()
    harness.add("b", "C", "a", "10", "B2", "9")
    assert [task.id for task in harness.store.list_tasks("job1", None, "", 10)] == ["10", "9", "a", "b", "B2", "C"]


def test_what_a_job_does_not_allow_fails_alone(harness: StoreHarness) -> None:
    """The other tasks of the request are added, and numbered without a gap."""
    harness.job()
    specs: list[dict[str, Any]] = [{"id": name, "commandLine": "x"} for name in "abc"]
    specs[1]["dependsOn"] = {"taskIds": ["a"]}
    answer = harness.store.add_tasks("job1", checks.check_add, specs)
    assert answer is not None
    assert isinstance(answer[1], RefusedError)
    assert harness.task("c").seq == harness.task("a").seq + 1


def test_a_refusal_leaves_nothing(harness: StoreHarness) -> None:
    """`check` keeps out everything, and a change that is refused writes nothing."""
    harness.job()
    harness.store.change_job("job1", lambda job: job_moves.terminate_job(job, None, clock.now()))
    with pytest.raises(RefusedError, match="JobCompleted"):
        harness.store.add_tasks("job1", checks.check_add, [{"id": "a", "commandLine": "x"}])
    harness.job(id="job2")
    harness.add("t", job="job2")
    with pytest.raises(RefusedError, match="TaskNotCompleted"):
        harness.store.change_task("job2", "t", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    assert harness.store.counts("job1")[0] == Counts()


def test_records_survive_the_store(harness: StoreHarness) -> None:
    """Every field of a task comes back as it went in, and every field of a job."""
    harness.job(metadata=[{"name": "ü", "value": "☃"}])
    harness.add("t", displayName="☃", environmentSettings=[{"name": "A", "value": "1"}])
    harness.start()
    started = harness.task("t")
    subtasks = ({"id": 1, "state": "completed"},)
    outcome = Outcome(None, exits.failure_info("BlobNotFound", "m", FilePath="f"))
    harness.store.advance([FinishedRun(started.seq, started.run, clock.now(), outcome, subtasks)], None)
    ended = harness.task("t")
    assert ended.spec["displayName"] == "☃"
    assert (ended.failure, ended.subtasks) == (outcome.failure, [{"id": 1, "state": "completed"}])
    assert (ended.node, ended.result, ended.run) == ({"poolId": "pool1", "nodeId": "n"}, "failure", 1)
    assert (ended.started, ended.previous_since) == (started.started, started.state_since)
    [job] = harness.store.list_jobs(None, 0, 10)
    assert job == harness.current()
    assert job.spec["metadata"] == [{"name": "ü", "value": "☃"}]


def test_counts_follow_every_move(harness: StoreHarness) -> None:
    """Tasks and slots, through all states and out of the store."""
    harness.job()
    harness.add("a", "b", "c", requiredSlots=3)
    harness.add("d")
    assert harness.store.counts("job1") == (Counts(active=4), Counts(active=10))
    assert harness.start(free=9, total=9) == ["a", "b", "c"]
    assert harness.store.counts("JOB1") == (Counts(active=1, running=3), Counts(active=1, running=9))
    harness.finish("a")
    harness.finish("b", exit_code=1)
    tasks, taken = harness.store.counts("job1")
    assert (tasks, taken) == (Counts(1, 1, 1, 1), Counts(1, 3, 3, 3))
    for task_id in ("a", "c", "d"):
        harness.delete(task_id)
    assert harness.store.counts("job1") == (Counts(failed=1), Counts(failed=3))


def test_paging_while_tasks_come_and_go(harness: StoreHarness) -> None:
    """A task that stays all the while is seen once; the number of a deleted one is not used again."""
    harness.job()
    harness.add(*[f"t{number}" for number in range(10)])
    first = harness.store.list_tasks("job1", None, "", 4)
    harness.delete("t3")
    harness.delete("t9")
    harness.add("new")
    harness.add("t90")
    rest = harness.store.list_tasks("job1", None, first[-1].id, 100)
    assert [task.id for task in first + rest] == [*(f"t{number}" for number in range(9)), "t90"]
    assert [task.id for task in harness.store.list_tasks("job1", None, rest[-2].id, 100)] == ["t90"]
    harness.job(id="job2")
    harness.add("other", job="job2")
    assert harness.store.list_tasks("job1", None, rest[-1].id, 100) == []


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
def test_filters(harness: StoreHarness, monkeypatch: pytest.MonkeyPatch, text: str, ids: str, few: int) -> None:
    """Whatever walk the store takes, a page holds what the condition says, in order."""
    monkeypatch.setattr(queries, "FEW", few)
    tree = filtered(text)
    harness.job()
    harness.add("a", "c", "d", "b", "e")
    assert harness.start(free=3, total=3) == ["a", "c", "d"]
    harness.finish("a")
    harness.finish("d", exit_code=1)
    in_order = list(ids)
    everything = harness.store.list_tasks("job1", tree, "", 10)
    assert [task.id for task in everything] == in_order
    paged: list[str] = []
    after = ""
    while page := harness.store.list_tasks("job1", tree, after, 2):
        paged += [task.id for task in page]
        after = page[-1].id
    assert paged == in_order


def test_jobs_are_listed(harness: StoreHarness) -> None:
    """In order of adding, by page and by condition."""
    for number in range(5):
        harness.job(id=f"j{number}", poolInfo={"poolId": f"p{number % 2}"})
    first = harness.store.list_jobs(None, 0, 3)
    assert [job.id for job in first] == ["j0", "j1", "j2"]
    assert [job.id for job in harness.store.list_jobs(None, first[-1].seq, 9)] == ["j3", "j4"]
    assert [job.id for job in harness.store.list_jobs(Compare("executionInfo/poolId", "eq", "p1"), 0, 9)] == [
        "j1",
        "j3",
    ]


def test_removing_a_job_takes_everything_along(harness: StoreHarness) -> None:
    """Tasks in any number, dependencies, counters; the id is free again, and a new job with it is empty."""
    harness.job(usesTaskDependencies=True)
    for start in range(0, 2500, 100):
        harness.add(*[str(number) for number in range(start, start + 100)])
    harness.add("child", dependsOn={"taskIds": ["1"], "taskIdRanges": [{"start": 1, "end": 9}]})
    before = harness.task("child").seq
    harness.store.change_job("job1", lambda job: job_moves.delete_job(job, clock.now()))
    assert [job.id for job in harness.store.deleting_jobs()] == ["job1"]
    harness.store.remove_job("JOB1")
    assert harness.store.get_job("job1") is None
    harness.job()
    assert harness.store.counts("job1")[0] == Counts()
    [task] = harness.add("child")
    assert task.seq > before
    with harness.store.database.read() as db:
        left = [
            db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("id_dependency", "id_range", "range_dependency", "completed_number")
        ]
    assert left == [0, 0, 0, 0]


def test_a_run_that_is_no_longer_the_present_one(harness: StoreHarness) -> None:
    """Its end changes nothing, whether the task was started again, is new, or is gone."""
    harness.job()
    harness.add("t", "gone")
    harness.start()
    old, gone = harness.task("t"), harness.task("gone")
    assert harness.store.requeue_running() == 2
    harness.delete("gone")
    harness.start()
    late = [FinishedRun(task.seq, task.run, clock.now(), Outcome(1)) for task in (old, gone)]
    assert harness.store.advance(late, None) == []
    now = harness.task("t")
    assert (now.state, now.run, now.requeue_count) == ("running", 2, 1)
    assert harness.store.still_running([(old.seq, 1), (now.seq, 2), (gone.seq, 1)]) == {
        (now.seq, 2): clock.UNLIMITED_TEXT
    }


def test_a_run_of_a_preparation_task_that_is_no_longer_the_present_one(harness: StoreHarness) -> None:
    """Its end changes nothing, and does not start the present run once more."""
    task = {"id": "p", "commandLine": "x", "waitForSuccess": True, "constraints": {"maxTaskRetryCount": 3}}
    harness.job(jobPreparationTask=task)
    harness.add("t")
    [(first, _)] = harness.store.advance([], capacity(4, 4))
    failed = FinishedRun(first.seq, first.run, clock.now(), Outcome(1))
    [(second, _)] = harness.store.advance([failed], capacity(4, 4))
    assert (second.seq, second.run) == (first.seq, 2)
    before = harness.current()
    assert harness.store.advance([failed], capacity(4, 4)) == []
    assert harness.current() == before


def test_the_exit_code_of_a_task_that_was_ended(harness: StoreHarness) -> None:
    """Terminate completes at once; the exit code comes when the process is gone, and nothing else changes."""
    harness.job()
    harness.add("t")
    harness.start()
    ended = harness.terminate("t")
    assert (ended.state, ended.exit_code) == ("completed", None)
    harness.store.advance([FinishedRun(ended.seq, ended.run, clock.now(), Outcome(143))], None)
    now = harness.task("t")
    assert now.exit_code == 143
    assert (now.failure, now.ended, now.state_since, now.modified) == (
        ended.failure, ended.ended, ended.state_since, ended.modified,
    )  # fmt: skip


def test_subtasks_are_noted_while_the_task_runs(harness: StoreHarness) -> None:
    """And no longer once it has ended."""
    harness.job()
    harness.add("t")
    harness.start()
    now = harness.task("t")
    harness.store.write_subtasks(now.seq, now.run, [{"id": 1}])
    assert harness.task("t").subtasks == [{"id": 1}]
    harness.finish("t")
    harness.store.write_subtasks(now.seq, now.run, [{"id": 2}])
    assert harness.task("t").subtasks == [{"id": 1}]


def test_only_users_move_the_etag(harness: StoreHarness) -> None:
    """Update, terminate and reactivate do, the scheduler does not."""
    harness.job()
    [added] = harness.add("t", constraints={"maxTaskRetryCount": 1})
    for _ in range(2):
        harness.start()
        assert harness.task("t").modified == added.modified
        harness.finish("t", exit_code=1)
        assert harness.task("t").modified == added.modified
    harness.store.change_task("job1", "t", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    reactivated = harness.task("t").modified
    assert reactivated > added.modified
    harness.start()
    harness.store.requeue_running()
    assert harness.task("t").modified == reactivated
    assert harness.terminate("t").modified > reactivated


def test_slots_are_asked_for_by_number(store: Store) -> None:
    """No slots, nothing starts."""
    harness = StoreHarness(store)
    harness.job()
    harness.add("t")
    assert store.advance([], None) == []
    assert store.advance([], capacity(0, 4)) == []
    assert harness.task("t").state == "active"
