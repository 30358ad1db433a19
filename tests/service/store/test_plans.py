"""How SQLite executes the store's statements: by index, never by reading a table or a whole job."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from batchtasks_local.domain import clock, job_moves, task_moves
from batchtasks_local.store.store import Store
from tests.service.store.harness import StoreHarness, capacity, filtered

DEPENDENCIES = "id_dependency|id_range|range_dependency|completed_number"
# Steps that read more than what is asked for: a table as a whole, or every task of a job by a prefix of an index.
COSTLY = [
    re.compile(rf"SCAN (task|job|job_counts|{DEPENDENCIES})\b(?! USING INDEX job_counts_ready)"),
    re.compile(r"SEARCH task USING .*\(job=\?\)$"),
    re.compile(rf"SEARCH ({DEPENDENCIES}) USING .*\(job=\?\)$"),
]
# Done once, at the start and the end of a service or a job.
ALLOWED = [
    re.compile(r"^SELECT job FROM job_counts WHERE running > 0$"),
    re.compile(rf"^DELETE FROM ({DEPENDENCIES}) WHERE job = "),
    re.compile(r"^DELETE FROM range_dependency WHERE range IN \(SELECT seq FROM id_range WHERE job = "),
    re.compile(r"FROM task WHERE job = \d+ AND state = 'running'"),  # by the index of running tasks
]


FILTERS = [
    "state eq 'completed'",
    "state ne 'completed' and executionInfo/exitCode eq 1",
    "id eq 'P' or id eq 'q'",
    "executionInfo/exitCode eq 0 or id eq 'p'",
    "executionInfo/result eq 'failure'",
    "executionInfo/endTime ge DateTime'2020-01-01T00:00:00Z'",
    "startswith(id,'c')",
]


def exercise(store: Store) -> None:
    """Everything that happens while tasks are added, listed, run and deleted."""
    harness = StoreHarness(store)
    harness.job(usesTaskDependencies=True, constraints={"maxWallClockTime": "PT1H"})
    harness.add("p", "1", "2", "gone")
    harness.add("c", dependsOn={"taskIds": ["p"], "taskIdRanges": [{"start": 1, "end": 2}]})
    harness.add("r", constraints={"maxTaskRetryCount": 1, "retentionTime": "PT0S"})
    harness.start(2, 2)
    harness.finish("p")
    harness.finish("1", exit_code=1)
    harness.start(2, 2)
    harness.terminate("r")
    store.change_task("job1", "r", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    store.change_task("job1", "r", lambda task, job: task_moves.update(task, job, None, clock.now()))
    harness.delete("gone")
    harness.start()
    harness.finish("r", "2")
    store.list_tasks("job1", None, "", 10)
    for text in FILTERS:
        store.list_tasks("job1", filtered(text), "", 10)
    store.job_usage("job1")
    store.forget_files(store.expired_tasks(10))
    store.list_jobs(None, 0, 10)
    store.counts("job1")
    store.pass_time()
    store.still_running([(harness.task("c").seq, 1)])
    store.write_subtasks(harness.task("c").seq, 1, [])
    store.requeue_running()
    store.change_job("job1", lambda job: job_moves.delete_job(job, clock.now()))
    store.deleting_jobs()
    store.remove_job("job1")


def statements(folder: Path) -> set[str]:
    """The statements of all this, with their values, from the writer and the readers."""
    seen: set[str] = set()
    store = Store(folder)
    with store.database.write() as writer:
        writer.set_trace_callback(seen.add)
    with store.database.read() as reader:
        reader.set_trace_callback(seen.add)
    exercise(store)
    store.close()
    return {one for one in seen if one.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))}


def test_every_statement_goes_by_index(tmp_path: Path) -> None:
    """No step of any plan grows with the number of tasks that are not asked for."""
    seen = statements(tmp_path)
    assert len(seen) > 60
    Store(tmp_path).close()
    db = sqlite3.connect(tmp_path / "batch.sqlite3")
    costly = [
        (statement, step)
        for statement in sorted(seen)
        if not any(pattern.search(statement) for pattern in ALLOWED)
        for *_, step in db.execute(f"EXPLAIN QUERY PLAN {statement}")
        if any(pattern.search(step) for pattern in COSTLY)
    ]
    db.close()
    assert costly == []


def test_a_pick_does_not_read_every_ready_task() -> None:
    """The steps of SQLite's machine do not grow with the number of tasks of the same size."""
    steps: list[int] = []
    for count in (100, 10_000):
        store = Store(None)
        harness = StoreHarness(store)
        harness.job()
        harness.add(*(f"t{number}" for number in range(count)))
        with store.database.read() as db:
            seen = [0]

            def step(seen: list[int] = seen) -> None:
                seen[0] += 1

            db.set_progress_handler(step, 10)
            assert [task.id for task, _ in store.advance([], capacity(1, 2))] == ["t0"]
            db.set_progress_handler(None, 0)
        steps.append(seen[0])
        store.close()
    assert steps[1] < 2 * steps[0]
