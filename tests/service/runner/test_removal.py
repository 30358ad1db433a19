"""How directories go, whatever tasks have made of them; and that a service that keeps nothing leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from batchtasks_local.runner import removal
from batchtasks_local.runner.removal import Temporary, clear_leftovers, remove_tree
from batchtasks_local.store.opening import FolderLock
from tests.service.runner.ground import MakeGround, alive, until

SERVICE = Path(__file__).parents[3] / "service"
# A service in memory with one task that runs and one that has closed its directories; it tells the task's process.
PROGRAM = """
import sys, time
from batchtasks_local import clock, lifecycle
from batchtasks_local.runner import Runner
from batchtasks_local.settings import Settings
from batchtasks_local.store.sqlite import SqliteStore

store = SqliteStore(None)
runner = Runner(store, Settings(slots=2, port=4321))
store.add_job(lifecycle.new_job({"id": "j", "poolInfo": {"poolId": "p"}}, clock.now()))
lines = ("sleep 600", "/bin/sh -c 'mkdir -p a/b; touch a/b/c; chmod 0 a/b a .'")
specs = [{"id": f"t{n}", "commandLine": line} for n, line in enumerate(lines)]
store.add_tasks("j", lifecycle.check_add, specs)
runner.start()
while store.counts("j")[0].running != 1 or store.counts("j")[0].succeeded != 1:
    time.sleep(0.005)
print(runner.task_dir("j", "t0"), flush=True)
time.sleep(600)
"""


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@contextmanager
def service(temp: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A service in a process of its own, the first of a group, and the process of its task."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={"PYTHONPATH": str(SERVICE), "PATH": "/usr/bin:/bin", "TMPDIR": str(temp)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        yield process, task_process(temp)
    finally:
        process.kill()
        process.communicate()


def task_process(temp: Path) -> int:
    """The process whose environment names a folder below this one."""
    found: list[int] = []

    def look() -> bool:
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"AZ_BATCH_NODE_ROOT_DIR={temp}".encode() in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return bool(found)

    until(look)
    return found[0]


def closed(folder: Path) -> Path:
    """A tree with directories in it that nobody may enter, one inside the other."""
    (folder / "wd" / "a" / "b").mkdir(parents=True)
    (folder / "wd" / "a" / "b" / "c").write_text("")
    for path in (folder / "wd" / "a" / "b", folder / "wd" / "a", folder / "wd"):
        path.chmod(0)
    return folder


def test_closed_directories(tmp_path: Path) -> None:
    """They are opened first; where a link leads is left alone."""
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o500)
    tree = closed(tmp_path / "tree")
    (tree / "link").symlink_to(outside)
    tree.chmod(0o500)
    remove_tree(tree)
    assert not tree.exists()
    assert outside.stat().st_mode & 0o777 == 0o500


def test_what_is_around_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the directory itself cannot be deleted."""
    around = tmp_path / "around"
    tree = around / "tree"
    (tree / "a").mkdir(parents=True)
    around.chmod(0o755)
    real = os.rmdir

    def rmdir(path: str, *, dir_fd: int | None = None) -> None:
        if Path(path).name == "tree":
            raise PermissionError(path)
        real(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "rmdir", rmdir)
    remove_tree(tree)
    assert (tree.exists(), os.listdir(tree)) == (True, [])
    assert around.stat().st_mode & 0o777 == 0o755


def test_what_is_not_there(tmp_path: Path) -> None:
    """It is no error."""
    remove_tree(tmp_path / "nothing")


def test_a_task_that_has_closed_its_directory(make_ground: MakeGround) -> None:
    """Even its top goes, and another task of that id can run."""
    ground = make_ground()
    ground.run("/bin/sh -c 'chmod 0 .. . '")
    ground.bench.store.remove_task("job1", "t", lambda task, job: None)
    ground.runner.remove_task_files("job1", "t")
    until(lambda: not os.listdir(ground.path().parents[3] / "trash"))
    assert ground.run("/bin/sh -c 'chmod 0 .. .'").exit_code == 0


def test_a_temporary_folder(temp: Path) -> None:
    """It is gone, with all that was in it."""
    folder = Temporary()
    closed(folder.folder / "node" / "task")
    folder.remove()
    until(lambda: not os.listdir(temp))


def test_a_slow_disk_is_not_waited_for(temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not been deleted in time is deleted all the same."""
    monkeypatch.setattr(removal, "_PATIENCE", 0.01)
    monkeypatch.setattr(
        removal, "REMOVE", 'remove() { while ! test -e "$1/go"; do sleep 0.01; done; rm -rf -- "$1"; }\n'
    )
    folder = Temporary()
    folder.remove()
    assert folder.folder.exists()
    (folder.folder / "go").touch()
    until(lambda: not os.listdir(temp))


def test_without_a_process_to_be_had(temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is deleted here."""
    folder = Temporary()

    def none(*arguments: object, **keywords: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(subprocess, "Popen", none)
    folder.remove()
    assert os.listdir(temp) == []


@pytest.mark.parametrize(
    "end",
    [lambda pid: os.killpg(pid, signal.SIGINT), lambda pid: os.kill(pid, signal.SIGINT)],
    ids=["group", "process"],
)
def test_nothing_is_left_after_an_interruption(temp: Path, end: Callable[[int], None]) -> None:
    """Neither files nor processes, though the whole group is interrupted, as by Ctrl-C in a terminal."""
    with service(temp) as (process, task):
        end(process.pid)
        process.wait(timeout=20)
    until(lambda: not os.listdir(temp))
    assert not alive(task)


def test_the_next_service_clears_what_kill_9_has_left(temp: Path) -> None:
    """Also a folder that was deleted in part; not one that is in use, nor one that is just being made."""
    with service(temp) as (process, task):
        process.kill()
        process.wait()
        assert alive(task)
        [left] = temp.iterdir()
        shutil.rmtree(left / "node" / "shared")
        used, fresh = temp / "batchtasks-local-used", temp / "batchtasks-local-fresh"
        lock = FolderLock(used)
        fresh.mkdir()
        clear_leftovers()
        assert sorted(temp.iterdir()) == [fresh, used]
        until(lambda: not alive(task))
        lock.close()
