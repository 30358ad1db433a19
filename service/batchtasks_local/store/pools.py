"""Pools as rows. A pool is no more than what was asked for: its one node is this machine."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from batchtasks_local.domain.records import PoolRecord
from batchtasks_local.store.rows import assignments, insertion
from batchtasks_local.store.transactions import Database

_COLUMNS = "id, spec, created, modified, resized, seq"


class Pools:
    """The pools of a store. Ids are found in any letter case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, pool: PoolRecord) -> bool:
        """Add a pool; return False if its id is taken."""
        values = _values(pool)
        with self._database.write() as db:
            sql = insertion("pool", tuple(values), "INSERT OR IGNORE")
            return db.execute(sql, tuple(values.values())).rowcount > 0

    def get(self, pool_id: str) -> PoolRecord | None:
        """Return the pool, or None."""
        with self._database.read() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM pool WHERE id = ? COLLATE NOCASE", (pool_id,)).fetchone()
        return _pool(row) if row else None

    def all(self) -> list[PoolRecord]:
        """Return all pools, in the order of adding."""
        with self._database.read() as db:
            return [_pool(row) for row in db.execute(f"SELECT {_COLUMNS} FROM pool ORDER BY seq").fetchall()]

    def change(self, pool_id: str, change: Callable[[PoolRecord], PoolRecord]) -> PoolRecord | None:
        """Change a pool; return it, or None if there is none. If `change` raises, nothing is written."""
        with self._database.write() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM pool WHERE id = ? COLLATE NOCASE", (pool_id,)).fetchone()
            if row is None:
                return None
            pool = change(_pool(row))
            values = _values(pool)
            sql = f"UPDATE pool SET {assignments(tuple(values))} WHERE seq = ?"
            db.execute(sql, (*values.values(), pool.seq))
            return pool

    def remove(self, pool_id: str, check: Callable[[PoolRecord], None]) -> bool:
        """Delete a pool unless `check` raises; return False if there is none."""
        with self._database.write() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM pool WHERE id = ? COLLATE NOCASE", (pool_id,)).fetchone()
            if row is None:
                return False
            check(_pool(row))
            db.execute("DELETE FROM pool WHERE id = ? COLLATE NOCASE", (pool_id,))
            return True

    def running(self, pool_id: str) -> tuple[int, int]:
        """Return how many tasks of jobs on a pool run now, and the slots that they require."""
        sql = "SELECT total(running), total(running_slots) FROM job_counts JOIN job ON job.seq = job_counts.job"
        with self._database.read() as db:
            tasks, slots = db.execute(f"{sql} WHERE pool_id = ? COLLATE NOCASE", (pool_id,)).fetchone()
        return int(tasks), int(slots)


def _pool(row: tuple[Any, ...]) -> PoolRecord:
    pool_id, spec, *times = row
    return PoolRecord(pool_id, orjson.loads(spec), *times)


def _values(pool: PoolRecord) -> dict[str, Any]:
    return {
        "id": pool.id,
        "spec": orjson.dumps(pool.spec),
        "created": pool.created,
        "modified": pool.modified,
        "resized": pool.resized,
    }
