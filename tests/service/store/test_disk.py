"""What a data folder survives: a second service, a killed writer, a full disk, another version, a broken file."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from batchtasks_local.data_folder import LOCK, DataFolderInUseError, DataFolderUnusableError
from batchtasks_local.domain import clock, job_moves
from batchtasks_local.domain.records import Counts
from batchtasks_local.store import schema
from batchtasks_local.store.store import Store
from batchtasks_local.store.transactions import DATABASE
from tests.service.store.harness import StoreHarness

SERVICE = Path(__file__).parents[3] / "service"

# Adds tasks without end, a collection at a time, and prints a line once the store has taken it; starts some in between.
WRITER = """
import sys
from pathlib import Path
from batchtasks_local.domain import checks, clock, job_moves
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import Store

store = Store(Path(sys.argv[1]))
store.add_job(job_moves.new_job({"id": "job1"}, clock.now()))
capacity = Capacity(3, 3, lambda job, task: True, lambda job, task: {})
for start in range(0, 10**9, 100):
    specs = [{"id": f"t{number}", "commandLine": "true"} for number in range(start, start + 100)]
    added = store.add_tasks("job1", checks.check_add, specs)
    started = store.advance([], capacity) if start == 0 else []
    print(start + 100, len(started), flush=True)
"""


def test_everything_acknowledged_is_there_after_kill_9(tmp_path: Path) -> None:
    """A writer is killed during its work; the folder opens at once and has every task that was acknowledged."""
    acknowledged = 0
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(SERVICE)},
        text=True,
    ) as writer:
        assert writer.stdout is not None
        while acknowledged < 3000:
            acknowledged = int(writer.stdout.readline().split()[0])
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    acknowledged = max([acknowledged, *(int(line.split()[0]) for line in rest if line.count(" ") == 1)])
    store = Store(tmp_path)
    try:
        found = store.counts("job1")[0]
        assert found.running == 3
        total = found.active + found.running
        # A collection that was written but not acknowledged any more may be there; never a part of one.
        assert total in (acknowledged, acknowledged + 100)
        assert all(store.get_task("job1", f"t{number}") for number in range(acknowledged))
        assert store.requeue_running() == 3
        assert store.counts("job1")[0] == Counts(active=total)
    finally:
        store.close()


def test_a_folder_is_open_once(tmp_path: Path) -> None:
    """A second store is refused, with the process that has the folder, until the first is closed."""
    first = Store(tmp_path / "data")
    with pytest.raises(DataFolderInUseError, match=r"in use by another local Batch service \(process \d+\)"):
        Store(tmp_path / "data")
    first.close()
    first.close()
    Store(tmp_path / "data").close()


def test_it_is_open_once_across_processes(tmp_path: Path) -> None:
    """The lock is the kernel's, so another process is refused too."""
    store = Store(tmp_path)
    script = "import sys; from pathlib import Path; from batchtasks_local.store.store import Store\n"
    script += "Store(Path(sys.argv[1]))"
    other = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"PYTHONPATH": str(SERVICE)},
        capture_output=True,
        text=True,
        check=False,
    )
    store.close()
    assert other.returncode == 1
    assert "DataFolderInUseError" in other.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The error names the folder and the reason."""
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file" / "data", tmp_path / "file"):
        with pytest.raises(DataFolderUnusableError, match=f"The data folder {folder} cannot be written"):
            Store(folder)


def test_a_disk_that_does_not_keep_the_names_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused at the start, and the folder is released."""

    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(DataFolderUnusableError, match="cannot be used: Input/output error"):
            Store(tmp_path)
    Store(tmp_path).close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is refused, and the folder is released."""
    (tmp_path / DATABASE).write_bytes(b"something else entirely, and long enough to be looked at" * 99)
    for _ in range(2):
        with pytest.raises(
            DataFolderUnusableError, match=r"is damaged \(file is not a database\)\. Move the folder away"
        ):
            Store(tmp_path)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_damaged_database(tmp_path: Path, place: float) -> None:
    """It is refused with what to do, not used until it breaks."""
    store = Store(tmp_path)
    harness = StoreHarness(store)
    harness.job()
    for number in range(300):
        harness.add(f"t{number}", commandLine="x" * 2_000)
    store.close()
    with (tmp_path / DATABASE).open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(int(size * place) // 4096 * 4096)
        file.write(os.urandom(3 * 4096))
    with pytest.raises(DataFolderUnusableError, match=r"is damaged \(.*\)\. Move the folder away .* \.recover"):
        Store(tmp_path)


def test_nobody_else_may_read(tmp_path: Path) -> None:
    """The folder is for its owner only, and so is what the service keeps in it, whatever was there before."""
    for folder in (tmp_path / "new", tmp_path / "empty"):
        if folder.name == "empty":
            folder.mkdir(0o755)
        store = Store(folder)
        StoreHarness(store).job()
        modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}
        store.close()
        assert modes.pop(folder.name) == 0o700
        assert len(modes) == 4
        assert set(modes.values()) == {0o600}
    (folder / DATABASE).chmod(0o644)
    folder.chmod(0o755)
    Store(folder).close()
    assert (folder / DATABASE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_other_things_keeps_its_mode(tmp_path: Path) -> None:
    """It may be somebody's home."""
    folder = tmp_path / "home"
    folder.mkdir(0o755)
    (folder / "letter").write_text("")
    Store(folder).close()
    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / DATABASE).stat().st_mode & 0o777 == 0o600


def test_a_deleted_lock_lets_no_second_service_in(tmp_path: Path) -> None:
    """The folder is locked, too."""
    store = Store(tmp_path)
    (tmp_path / LOCK).unlink()
    with pytest.raises(DataFolderInUseError):
        Store(tmp_path)
    store.close()
    Store(tmp_path).close()


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()
    with pytest.raises(DataFolderUnusableError, match="newer version"):
        Store(tmp_path)


def test_an_older_version_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, in one transaction, and nothing is lost; a step that fails leaves the old version."""
    store = Store(tmp_path)
    StoreHarness(store).job()
    StoreHarness(store).add("t")
    store.close()

    def widen(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE job ADD COLUMN note TEXT")

    def fail(db: sqlite3.Connection) -> None:
        widen(db)
        raise sqlite3.OperationalError("the step failed")

    with monkeypatch.context() as newer:
        newer.setattr(schema, "_STEPS", (*schema._STEPS, fail))
        with pytest.raises(DataFolderUnusableError, match="the step failed"):
            Store(tmp_path)
    monkeypatch.setattr(schema, "_STEPS", (*schema._STEPS, widen))
    store = Store(tmp_path)
    assert store.get_task("job1", "t") is not None
    with store.database.read() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION + 1,)
        assert db.execute("SELECT note FROM job").fetchall() == [(None,)]
    store.close()


def test_a_full_disk(tmp_path: Path) -> None:
    """A write fails as a whole, everything before it is kept, and writing continues once there is room."""
    store = Store(tmp_path)
    harness = StoreHarness(store)
    harness.job()
    with store.database.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 20}")
    collections = [[f"t{number}-{place}" for place in range(10)] for number in range(1000)]
    remaining = iter(collections)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        _ = [harness.add(*ids, displayName="x" * 1000) for ids in remaining]
    added = 10 * (len(collections) - 1 - len(list(remaining)))
    assert 0 < added < 1000
    assert store.counts("job1")[0] == Counts(active=added)
    assert len(store.list_tasks("job1", None, "", 10_000)) == added
    db.execute("PRAGMA max_page_count = 1000000")
    harness.add("after")
    assert store.counts("job1")[0] == Counts(active=added + 1)
    store.close()


def test_a_closed_store(tmp_path: Path) -> None:
    """Reading and writing are errors of the database."""
    store = Store(tmp_path)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.get_job("job1")
    with pytest.raises(sqlite3.ProgrammingError):
        store.add_job(job_moves.new_job({"id": "j"}, clock.now()))


def test_numbers_are_not_used_again_after_reopening(tmp_path: Path) -> None:
    """Not even that of the latest task, which was deleted before the store was closed."""
    store = Store(tmp_path)
    harness = StoreHarness(store)
    harness.job()
    [last] = harness.add("t")
    harness.delete("t")
    store.close()
    store = Store(tmp_path)
    [later] = StoreHarness(store).add("t")
    store.close()
    assert later.seq > last.seq
    assert later.modified > last.modified
