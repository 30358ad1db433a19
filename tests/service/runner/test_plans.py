"""How SQLite goes about the store's statements: by index, never by reading a table or a whole job."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from batchtasks_local import clock, lifecycle
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import Bench, filtered, finish

# Steps that read more than what is asked for: a table as a whole, or every task of a job by a prefix of an index.
COSTLY = [
    re.compile(r"SCAN (task|edge|span|span_child|met|job|tally)\b(?! USING INDEX tally_ready)"),
    re.compile(r"SEARCH task USING .*\(job=\?\)$"),
    re.compile(r"SEARCH (edge|met|span) USING .*\(job=\?\)$"),
]
# Done once, at the start and the end of a service or a job.
ALLOWED = [
    re.compile(r"^SELECT job FROM tally WHERE running > 0$"),
    re.compile(r"^DELETE FROM (edge|span|met) WHERE job = "),
    re.compile(r"^DELETE FROM span_child WHERE span IN \(SELECT seq FROM span WHERE job = "),
    re.compile(r"FROM task WHERE job = \d+ AND state IN \('preparing', 'running'\)"),  # by the index of running tasks
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


def exercise(store: SqliteStore) -> None:
    """Everything that happens while tasks are added, listed, run and deleted."""
    bench = Bench(store)
    bench.job(usesTaskDependencies=True, constraints={"maxWallClockTime": "PT1H"})
    bench.add("p", "1", "2", "gone")
    bench.add("c", dependsOn={"taskIds": ["p"], "taskIdRanges": [{"start": 1, "end": 2}]})
    bench.add("r", constraints={"maxTaskRetryCount": 1, "retentionTime": "PT0S"})
    bench.start(2, 2)
    finish(bench, "p")
    finish(bench, "1", exit_code=1)
    bench.start(2, 2)
    bench.terminate("r")
    store.change_task("job1", "r", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    store.change_task("job1", "r", lambda task, job: lifecycle.update(task, job, None, clock.now()))
    store.remove_task("job1", "gone", lifecycle.check_delete)
    bench.start()
    finish(bench, "r", "2")
    store.list_tasks("job1", None, 0, 10)
    for text in FILTERS:
        store.list_tasks("job1", filtered(text), 0, 10)
    store.spent("job1")
    store.forget_files(store.expired_tasks(10))
    store.list_jobs(None, 0, 10)
    store.counts("job1")
    store.end_overdue_jobs()
    store.still_running([(bench.task("c").seq, 1)])
    store.note_subtasks(bench.task("c").seq, 1, [])
    store.requeue_running()
    store.change_job("job1", lambda job: lifecycle.delete_job(job, clock.now()))
    store.deleting_jobs()
    store.remove_job("job1")


def statements(folder: Path) -> set[str]:
    """The statements of all this, with their values, from the writer and the readers."""
    seen: set[str] = set()
    store = SqliteStore(folder)
    store._db._commits.db.set_trace_callback(seen.add)
    with store._db.read() as reader:
        reader.set_trace_callback(seen.add)
    exercise(store)
    store.close()
    return {one for one in seen if one.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))}


def test_every_statement_goes_by_index(tmp_path: Path) -> None:
    """No step of any plan grows with the number of tasks that are not asked for."""
    seen = statements(tmp_path)
    assert len(seen) > 60
    SqliteStore(tmp_path).close()
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
