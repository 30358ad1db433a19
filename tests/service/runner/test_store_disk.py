"""What a data folder survives: a second opener, a killed writer, a full disk, another version, a broken file."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from batchtasks_local import clock, lifecycle
from batchtasks_local.records import Counts, JobUsage
from batchtasks_local.store import schema
from batchtasks_local.store.opening import DATABASE, DataFolderInUse, DataFolderUnusable
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import Bench, filtered

SERVICE = Path(__file__).parents[3] / "service"

# Adds tasks for ever, a collection at a time, and tells of each once the store has taken it; starts some in between.
WRITER = """
import sys
from pathlib import Path
from batchtasks_local import clock, lifecycle
from batchtasks_local.store.interface import Slots
from batchtasks_local.store.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
store.add_job(lifecycle.new_job({"id": "job1"}, clock.now()))
room = Slots(3, 3, lambda job, task: True, lambda job, task: {})
for start in range(0, 10**9, 100):
    specs = [{"id": f"t{number}", "commandLine": "true"} for number in range(start, start + 100)]
    added = store.add_tasks("job1", lifecycle.check_add, specs)
    started = store.advance([], room) if start == 0 else []
    print(start + 100, len(started), flush=True)
"""


def test_everything_acknowledged_is_there_after_kill_9(tmp_path: Path) -> None:
    """A writer is killed in the middle of its work; the folder opens at once and holds what was said to be held."""
    told = 0
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(SERVICE)},
        text=True,
    ) as writer:
        assert writer.stdout is not None
        while told < 3000:
            told = int(writer.stdout.readline().split()[0])
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    told = max([told, *(int(line.split()[0]) for line in rest if line.count(" ") == 1)])
    store = SqliteStore(tmp_path)
    try:
        found = store.counts("job1")[0]
        assert found.running == 3
        total = found.active + found.running
        # A collection that was written and not told of any more may be there; never a part of one.
        assert total in (told, told + 100)
        assert all(store.get_task("job1", f"t{number}") for number in range(told))
        assert store.requeue_running() == 3
        assert store.counts("job1")[0] == Counts(active=total)
    finally:
        store.close()


def test_a_folder_is_open_once(tmp_path: Path) -> None:
    """A second store is refused with the process that holds it, until the first is closed."""
    first = SqliteStore(tmp_path / "data")
    with pytest.raises(DataFolderInUse, match=r"in use by another local Batch service \(process \d+\)"):
        SqliteStore(tmp_path / "data")
    first.close()
    first.close()
    SqliteStore(tmp_path / "data").close()


def test_it_is_open_once_across_processes(tmp_path: Path) -> None:
    """The lock is the kernel's, so another process is refused too."""
    store = SqliteStore(tmp_path)
    script = "import sys; from pathlib import Path; from batchtasks_local.store.sqlite import SqliteStore\n"
    script += "SqliteStore(Path(sys.argv[1]))"
    other = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"PYTHONPATH": str(SERVICE)},
        capture_output=True,
        text=True,
        check=False,
    )
    store.close()
    assert other.returncode == 1
    assert "DataFolderInUse" in other.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The error names the folder and the reason."""
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file" / "data", tmp_path / "file"):
        with pytest.raises(DataFolderUnusable, match=f"The data folder {folder} cannot be written"):
            SqliteStore(folder)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """Refused, and the folder is let go of."""
    (tmp_path / DATABASE).write_bytes(b"something else entirely, and long enough to be looked at" * 99)
    for _ in range(2):
        with pytest.raises(DataFolderUnusable, match="not a database"):
            SqliteStore(tmp_path)


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Rather than half understood."""
    SqliteStore(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()
    with pytest.raises(DataFolderUnusable, match="newer version"):
        SqliteStore(tmp_path)


def test_an_older_version_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, in one transaction, with what was there; a step that fails leaves the old version."""
    store = SqliteStore(tmp_path)
    Bench(store).job()
    Bench(store).add("t")
    store.close()

    def widen(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE job ADD COLUMN note TEXT")

    def stumble(db: sqlite3.Connection) -> None:
        widen(db)
        raise sqlite3.OperationalError("stumbled")

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    for step in (stumble, widen):
        monkeypatch.setattr(schema, "_STEPS", (*schema._STEPS[: schema.VERSION - 1], step))
        if step is stumble:
            with pytest.raises(DataFolderUnusable, match="stumbled"):
                SqliteStore(tmp_path)
    store = SqliteStore(tmp_path)
    assert store.get_task("job1", "t") is not None
    with store._db.read() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert db.execute("SELECT note FROM job").fetchall() == [(None,)]
    store.close()


def test_what_the_first_version_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without sums and without the later indexes: its tasks are found by them after the upgrade."""
    with monkeypatch.context() as before:
        before.setattr(schema, "VERSION", 1)
        before.setattr(schema, "_STEPS", schema._STEPS[:1])
        store = SqliteStore(tmp_path)
        Bench(store).job()
        Bench(store).add("a", "b")
        with store._db.write() as db:
            ended = "state = 'completed', result = 'failure', exit_code = 1, run = 1, started = created, ended = created + 10"
            db.execute(f"UPDATE task SET {ended} WHERE id = 'b'")
        store.close()
    store = SqliteStore(tmp_path)
    for text in ("executionInfo/result eq 'failure'", "executionInfo/endTime ge DateTime'2020-01-01T00:00:00Z'"):
        assert [task.id for task in store.list_tasks("job1", filtered(text), 0, 10)] == ["b"]
    assert store.counts("job1")[0] == Counts(active=1, failed=1)
    assert store.spent("job1") == JobUsage()
    store.close()


def test_a_full_disk(tmp_path: Path) -> None:
    """The write fails whole, what was there is there, and writing goes on once there is room."""
    store = SqliteStore(tmp_path)
    bench = Bench(store)
    bench.job()
    with store._db.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    store._db._commits.db.execute(f"PRAGMA max_page_count = {pages + 20}")
    collections = [[f"t{number}-{place}" for place in range(10)] for number in range(1000)]
    taken = iter(collections)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        _ = [bench.add(*ids, displayName="x" * 1000) for ids in taken]
    added = 10 * (len(collections) - 1 - len(list(taken)))
    assert 0 < added < 1000
    assert store.counts("job1")[0] == Counts(active=added)
    assert len(store.list_tasks("job1", None, 0, 10_000)) == added
    store._db._commits.db.execute("PRAGMA max_page_count = 1000000")
    bench.add("after")
    assert store.counts("job1")[0] == Counts(active=added + 1)
    store.close()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    """An error of the database, in reading and in writing."""
    store = SqliteStore(tmp_path)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.get_job("job1")
    with pytest.raises(sqlite3.ProgrammingError):
        store.add_job(lifecycle.new_job({"id": "j"}, clock.now()))


def test_numbers_are_not_used_again_after_reopening(tmp_path: Path) -> None:
    """Not even that of the latest task, deleted before the store was closed."""
    store = SqliteStore(tmp_path)
    bench = Bench(store)
    bench.job()
    [last] = bench.add("t")
    store.remove_task("job1", "t", lifecycle.check_delete)
    store.close()
    store = SqliteStore(tmp_path)
    [fresh] = Bench(store).add("t")
    store.close()
    assert fresh.seq > last.seq
    assert fresh.modified > last.modified
