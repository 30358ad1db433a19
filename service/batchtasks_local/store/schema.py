"""The tables, their version, and the steps from an older version to the current one.

The `seq` of a task is the number of its job, shifted left, plus the number of the task within the job. So the tasks of
one job lie together in the order in which they were added, and no number is used twice. Indexes end in the id, because
lists are in the order of ids. Triggers keep the counters of a job in the transaction that changes its tasks.

There are no foreign keys: jobs are deleted in portions, and checking the keys would cost time at every added task.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

JOB_SHIFT = 40
"""Bits of `task.seq` that count within a job."""

_TABLES = """
CREATE TABLE job (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    state_since INTEGER NOT NULL,
    previous_state TEXT,
    previous_since INTEGER,
    started INTEGER,
    ended INTEGER,
    terminate_reason TEXT,
    disable_tasks TEXT,
    pool_id TEXT,
    deadline INTEGER,
    spec BLOB NOT NULL
);
CREATE UNIQUE INDEX job_id ON job (id COLLATE NOCASE);
CREATE INDEX job_deadline ON job (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX job_state ON job (state);

CREATE TABLE pool (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    resized INTEGER NOT NULL,
    spec BLOB NOT NULL
);
CREATE UNIQUE INDEX pool_id ON pool (id COLLATE NOCASE);

-- One row for each job, in a separate table because it changes with every task.
-- starts_tasks: the job is active; last_task: the number given to the latest task; ready: active tasks that can start.
CREATE TABLE job_counts (
    job INTEGER PRIMARY KEY,
    priority INTEGER NOT NULL,
    max_parallel INTEGER NOT NULL,
    starts_tasks INTEGER NOT NULL,
    last_task INTEGER NOT NULL DEFAULT 0,
    ready INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 0,
    running INTEGER NOT NULL DEFAULT 0,
    succeeded INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    active_slots INTEGER NOT NULL DEFAULT 0,
    running_slots INTEGER NOT NULL DEFAULT 0,
    succeeded_slots INTEGER NOT NULL DEFAULT 0,
    failed_slots INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX job_counts_ready ON job_counts (priority DESC, job) WHERE ready > 0 AND starts_tasks = 1;

-- What the tasks of a job have used, in the units of `records.JobUsage`.
CREATE TABLE job_usage (
    job INTEGER PRIMARY KEY,
    user REAL NOT NULL,
    kernel REAL NOT NULL,
    read_blocks INTEGER NOT NULL,
    written_blocks INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    wait INTEGER NOT NULL,
    retries INTEGER NOT NULL
);

-- unmet: the number of dependencies that are not satisfied yet; required_slots, instances: what the task needs to start;
-- satisfies: tasks that depend on this one may run; expires: when the task directory may be deleted.
CREATE TABLE task (
    seq INTEGER PRIMARY KEY,
    job INTEGER NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    unmet INTEGER NOT NULL,
    required_slots INTEGER NOT NULL,
    instances INTEGER NOT NULL,
    satisfies INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    state_since INTEGER NOT NULL,
    previous_state TEXT,
    previous_since INTEGER,
    started INTEGER,
    ended INTEGER,
    exit_code INTEGER,
    result TEXT,
    failure BLOB,
    retry_count INTEGER NOT NULL DEFAULT 0,
    last_retry INTEGER,
    requeue_count INTEGER NOT NULL DEFAULT 0,
    last_requeue INTEGER,
    node BLOB,
    subtasks BLOB,
    run INTEGER NOT NULL DEFAULT 0,
    usage BLOB,
    expires INTEGER,
    spec BLOB NOT NULL
);
CREATE UNIQUE INDEX task_id ON task (job, id COLLATE NOCASE);
CREATE INDEX task_state ON task (job, state, id COLLATE NOCASE);
CREATE INDEX task_ready ON task (job, instances, required_slots) WHERE state = 'active' AND unmet = 0;
CREATE INDEX task_running ON task (job) WHERE state = 'running';
CREATE INDEX task_expires ON task (expires) WHERE expires IS NOT NULL;
CREATE INDEX task_failed ON task (job, id COLLATE NOCASE) WHERE result = 'failure';
CREATE INDEX task_ended ON task (job, ended) WHERE ended IS NOT NULL;

-- An active task (child) that waits for the task with the id `parent`, which may not exist yet.
CREATE TABLE id_dependency (
    job INTEGER NOT NULL,
    parent TEXT NOT NULL COLLATE NOCASE,
    child INTEGER NOT NULL,
    PRIMARY KEY (job, parent, child)
) WITHOUT ROWID;
CREATE INDEX id_dependency_child ON id_dependency (child);

-- A range of numeric ids that some tasks wait for, and how many of the ids have not completed yet.
CREATE TABLE id_range (
    seq INTEGER PRIMARY KEY,
    job INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    missing INTEGER NOT NULL
);
CREATE UNIQUE INDEX id_range_bounds ON id_range (job, first, last);
CREATE INDEX id_range_missing ON id_range (job, first) WHERE missing > 0;
-- An active task (child) that waits for a range.
CREATE TABLE range_dependency (
    range INTEGER NOT NULL,
    child INTEGER NOT NULL,
    PRIMARY KEY (range, child)
) WITHOUT ROWID;
CREATE INDEX range_dependency_child ON range_dependency (child);
-- Numeric ids of tasks that have completed; a row stays when its task is deleted or runs again.
CREATE TABLE completed_number (
    job INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;
"""

_COUNTED = {
    "active": "{0}.state = 'active'",
    "running": "{0}.state = 'running'",
    "succeeded": "{0}.state = 'completed' AND {0}.result = 'success'",
    "failed": "{0}.state = 'completed' AND {0}.result IS NOT 'success'",
}
_READY = "{0}.state = 'active' AND {0}.unmet = 0"


def _create(db: sqlite3.Connection) -> None:
    triggers = (
        # A task is always active when it is added: the short form costs a third of the general one.
        _trigger(
            "task_added",
            "INSERT",
            [
                "active = active + 1",
                "active_slots = active_slots + new.required_slots",
                "ready = ready + (new.unmet = 0)",
                f"last_task = new.seq & {(1 << JOB_SHIFT) - 1}",
            ],
            "new",
        ),
        _trigger("task_moved", "UPDATE OF state, unmet, result", _assignments_moved(), "new"),
        _trigger("task_deleted", "DELETE", _assignments_deleted(), "old"),
    )
    for statement in (*_statements(_TABLES), *triggers):
        db.execute(statement)


def _assignments_moved() -> list[str]:
    """Return the assignments that update the counters of a job when a row of `task` changes."""
    new, old = _READY.format("new"), _READY.format("old")
    terms = [f"ready = ready + ({new}) - ({old})"]
    for name, condition in _COUNTED.items():
        new, old = condition.format("new"), condition.format("old")
        terms.append(f"{name} = {name} + ({new}) - ({old})")
        terms.append(f"{name}_slots = {name}_slots + (({new}) - ({old})) * new.required_slots")
    return terms


def _assignments_deleted() -> list[str]:
    """Return the assignments that update the counters of a job when a row of `task` is deleted."""
    terms = [f"ready = ready - ({_READY.format('old')})"]
    for name, condition in _COUNTED.items():
        old = condition.format("old")
        terms.append(f"{name} = {name} - ({old})")
        terms.append(f"{name}_slots = {name}_slots - ({old}) * old.required_slots")
    return terms


def _trigger(name: str, event: str, assignments: list[str], row: str) -> str:
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON task BEGIN"
        f" UPDATE job_counts SET {', '.join(assignments)} WHERE job = {row}.job; END;"
    )


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements; `executescript` would end the transaction."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


# The step at index n leads from version n to n + 1. A step does not change once it has been released.
_STEPS = (_create,)
VERSION = len(_STEPS)


def upgrade(db: sqlite3.Connection) -> None:
    """Bring the database to the current version, in one transaction; ValueError if it has a newer one."""
    found = db.execute("PRAGMA user_version").fetchone()[0]
    version = len(_STEPS)
    if found > version:
        raise ValueError(f"it was written by a newer version (schema {found}, this program knows {version})")
    if found == version:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[found:]:
            step(db)
        db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
