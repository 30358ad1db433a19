"""The tables, their version, and the way from an older version to the present one.

A task's `seq` is its job's number shifted left, plus the task's number within the job: so the tasks of one job lie
together in the order of their adding, a page of any job is found by its place in the table whatever the offset, and no
number is ever used twice. Counters of a job are kept by triggers, in the same transaction as what they count.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

VERSION = 2
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

-- One row a job, apart from it because it changes with every task.
-- added: the number given to the latest task; open: the job starts tasks; ready: active tasks that wait for nothing.
CREATE TABLE tally (
    job INTEGER PRIMARY KEY,
    priority INTEGER NOT NULL,
    max_parallel INTEGER NOT NULL,
    open INTEGER NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
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
CREATE INDEX tally_ready ON tally (priority DESC, job) WHERE ready > 0 AND open = 1;

-- waiting: dependencies not met; slots: requiredSlots; demand: slots to start with, or minus the number of instances
-- of a multi-instance task, which takes no more than there are; satisfies: its end lets
-- dependants run; expires: when the task directory may go.
CREATE TABLE task (
    seq INTEGER PRIMARY KEY,
    job INTEGER NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    slots INTEGER NOT NULL,
    demand INTEGER NOT NULL,
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
CREATE INDEX task_state ON task (job, state);
CREATE INDEX task_ready ON task (job, demand) WHERE state = 'active' AND waiting = 0;
CREATE INDEX task_running ON task (job) WHERE state IN ('preparing', 'running');
CREATE INDEX task_expires ON task (expires) WHERE expires IS NOT NULL;

-- An active task (child) that waits for a task id.
CREATE TABLE edge (
    job INTEGER NOT NULL,
    parent TEXT NOT NULL COLLATE NOCASE,
    child INTEGER NOT NULL,
    PRIMARY KEY (job, parent, child)
) WITHOUT ROWID;
CREATE INDEX edge_child ON edge (child);

-- A range of numbers that some task waits for, with how many of them are not met, and the tasks that wait for it.
CREATE TABLE span (
    seq INTEGER PRIMARY KEY,
    job INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    missing INTEGER NOT NULL
);
CREATE UNIQUE INDEX span_range ON span (job, first, last);
CREATE INDEX span_open ON span (job, first) WHERE missing > 0;
CREATE TABLE span_child (
    span INTEGER NOT NULL,
    child INTEGER NOT NULL,
    PRIMARY KEY (span, child)
) WITHOUT ROWID;
CREATE INDEX span_child_child ON span_child (child);
-- Numbers that a task of the job has met; they stay met.
CREATE TABLE met (
    job INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;
"""

_KINDS = {
    "active": "{0}.state = 'active'",
    "running": "{0}.state IN ('preparing', 'running')",
    "succeeded": "{0}.state = 'completed' AND {0}.result = 'success'",
    "failed": "{0}.state = 'completed' AND {0}.result IS NOT 'success'",
}
_READY = "{0}.state = 'active' AND {0}.waiting = 0"


def _counting(row: str, sign: str) -> list[str]:
    """The assignments by which one row of task adds to its job's counters, or takes away from them."""
    terms = [f"ready = ready {sign} ({_READY.format(row)})"]
    for name, condition in _KINDS.items():
        terms.append(f"{name} = {name} {sign} ({condition.format(row)})")
        terms.append(f"{name}_slots = {name}_slots {sign} ({condition.format(row)}) * {row}.slots")
    return terms


def _moving() -> list[str]:
    """The assignments by which a change of one row of task moves its job's counters."""
    new, old = _READY.format("new"), _READY.format("old")
    terms = [f"ready = ready + ({new}) - ({old})"]
    for name, condition in _KINDS.items():
        new, old = condition.format("new"), condition.format("old")
        terms.append(f"{name} = {name} + ({new}) - ({old})")
        terms.append(f"{name}_slots = {name}_slots + (({new}) - ({old})) * new.slots")
    return terms


def _trigger(name: str, event: str, terms: list[str], row: str) -> str:
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON task BEGIN"
        f" UPDATE tally SET {', '.join(terms)} WHERE job = {row}.job; END;"
    )


def _create(db: sqlite3.Connection) -> None:
    triggers = (
        # A task is added active, always: the short form costs a third of the general one.
        _trigger(
            "task_added",
            "INSERT",
            [
                "active = active + 1",
                "active_slots = active_slots + new.slots",
                "ready = ready + (new.waiting = 0)",
                f"added = new.seq & {(1 << JOB_SHIFT) - 1}",
            ],
            "new",
        ),
        _trigger("task_moved", "UPDATE OF state, waiting, result", _moving(), "new"),
        _trigger("task_gone", "DELETE", _counting("old", "-"), "old"),
    )
    for statement in (*_statements(_TABLES), *triggers):
        db.execute(statement)


_SUMS = """
-- What the tasks of a job have used; seconds, blocks and ticks as in `records.JobUsage`.
CREATE TABLE spent (
    job INTEGER PRIMARY KEY,
    user REAL NOT NULL,
    kernel REAL NOT NULL,
    read_blocks INTEGER NOT NULL,
    written_blocks INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    wait INTEGER NOT NULL,
    retries INTEGER NOT NULL
);
-- For the lists that are asked for again and again: what has failed, what has ended since.
CREATE INDEX task_failed ON task (job) WHERE result = 'failure';
CREATE INDEX task_ended ON task (job, ended) WHERE ended IS NOT NULL;
"""


def _add_sums(db: sqlite3.Connection) -> None:
    for statement in _statements(_SUMS):
        db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """One statement at a time: `executescript` would end the transaction."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


# From version n (the index) to n + 1; a step stays as it is once it has been released.
_STEPS = (_create, _add_sums)


def upgrade(db: sqlite3.Connection) -> None:
    """Bring the database to the present version, in one transaction; ValueError if it is a newer one."""
    found = db.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise ValueError(f"it was written by a newer version (schema {found}, this program knows {VERSION})")
    if found == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[found:]:
            step(db)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
