"""How directories are deleted, whatever tasks have done to them; a temporary data folder leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from batchtasks_local.data_folder import LOCK, FolderLock
from batchtasks_local.runner import cleanup
from batchtasks_local.runner.cleanup import TemporaryFolder, remove_leftovers
from batchtasks_local.runner.files.directories import remove_tree
from batchtasks_local.runner.watchdog import VARIABLE
from tests.service.runner.harness import MakeRunner, RunnerHarness, alive, make_deep, pid_in, until

SERVICE = Path(__file__).parents[3] / "service"
# A service in memory with one task that runs, and one that has removed the rights of its directories.
PROGRAM = """
import sys, time
from batchtasks_local import Settings
from batchtasks_local.domain import checks, clock, job_moves
from batchtasks_local.runner.runner import Runner
from batchtasks_local.store.store import Store

store = Store(None)
runner = Runner(store, Settings(slots=2, port=4321))
store.add_job(job_moves.new_job({"id": "j", "poolInfo": {"poolId": "p"}}, clock.now()))
lines = ("sleep 600", "/bin/sh -c 'mkdir -p a/b; touch a/b/c; chmod 0 a/b a .'")
specs = [{"id": f"t{n}", "commandLine": line} for n, line in enumerate(lines)]
store.add_tasks("j", checks.check_add, specs)
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
    """Run a service in a new process group; yield it, and the process of its task."""
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
        until(lambda: processes("environ", f"AZ_BATCH_NODE_ROOT_DIR={temp}"))
        [task] = processes("environ", f"AZ_BATCH_NODE_ROOT_DIR={temp}")
        yield process, task
    finally:
        process.kill()
        process.communicate()


def processes(file: str, text: str) -> list[int]:
    """Return the processes with a text in their environment (`environ`) or in their arguments (`cmdline`)."""
    found = []
    for path in Path("/proc").glob(f"[0-9]*/{file}"):
        with suppress(OSError):
            if text.encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def kill_with_watchdog(process: subprocess.Popen[str], task: int) -> None:
    """Kill a service after its watchdog, so that nobody ends its task. The watchdog has the task's mark as argument."""
    variables = Path(f"/proc/{task}/environ").read_text().split("\0")
    [mark] = [one.partition(".")[0] for one in variables if one.startswith(f"{VARIABLE}=")]
    [watchdog] = processes("cmdline", mark)
    os.kill(watchdog, signal.SIGKILL)
    until(lambda: not alive(watchdog))
    process.kill()
    process.wait()


def without_rights(folder: Path) -> Path:
    """Make a tree with directories that nobody may read, one inside the other."""
    (folder / "wd" / "a" / "b").mkdir(parents=True)
    (folder / "wd" / "a" / "b" / "c").write_text("")
    for path in (folder / "wd" / "a" / "b", folder / "wd" / "a", folder / "wd"):
        path.chmod(0)
    return folder


def test_directories_without_rights(tmp_path: Path) -> None:
    """They are deleted; the target of a link is left alone."""
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o500)
    tree = without_rights(tmp_path / "tree")
    (tree / "link").symlink_to(outside)
    tree.chmod(0o500)
    remove_tree(tree)
    assert not tree.exists()
    assert outside.stat().st_mode & 0o777 == 0o500


def test_what_is_around_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the directory itself cannot be deleted."""
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


def test_a_directory_that_does_not_exist(tmp_path: Path) -> None:
    """It is no error."""
    remove_tree(tmp_path / "nothing")


def test_a_task_that_removes_the_rights_of_its_directory(make_runner: MakeRunner) -> None:
    """The directory is deleted, and another task with that id can run."""
    harness = make_runner()
    harness.run("/bin/sh -c 'chmod 0 .. . '")
    harness.remove()
    until(lambda: not os.listdir(harness.trash))
    assert harness.run("/bin/sh -c 'chmod 0 .. .'").exit_code == 0


def test_a_temporary_folder(temp: Path) -> None:
    """It is deleted with everything in it."""
    folder = TemporaryFolder()
    without_rights(folder.folder / "node" / "task")
    folder.remove()
    until(lambda: not os.listdir(temp))


def test_a_slow_disk_is_not_waited_for(temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not deleted in time is deleted later."""
    monkeypatch.setattr(cleanup, "_PATIENCE", 0.01)
    slow = 'remove() { while ! test -e "$1/go"; do sleep 0.01; done; rm -rf -- "$1"; }\n'
    monkeypatch.setattr(cleanup, "REMOVE", slow)
    folder = TemporaryFolder()
    folder.remove()
    assert folder.folder.exists()
    (folder.folder / "go").touch()
    until(lambda: not os.listdir(temp))


def test_no_process_is_free(temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is deleted in this process."""
    folder = TemporaryFolder()

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
    """Neither files nor processes, even if the whole group is interrupted, as by Ctrl-C in a terminal."""
    with service(temp) as (process, task):
        end(process.pid)
        process.wait(timeout=20)
    until(lambda: not os.listdir(temp))
    assert not alive(task)


@pytest.mark.linux
def test_the_next_service_removes_what_a_killed_one_has_left(temp: Path) -> None:
    """Also a folder that was partly deleted; not one that is in use, nor one that is just being created."""
    with service(temp) as (process, task):
        kill_with_watchdog(process, task)
        assert alive(task)
        [left] = temp.iterdir()
        shutil.rmtree(left / "node" / "shared")
        used, fresh, fresher = (temp / f"batchtasks-local-{name}" for name in ("used", "fresh", "fresher"))
        lock = FolderLock(used)
        fresh.mkdir()
        (fresh / LOCK).touch()  # about to be locked
        fresher.mkdir()
        remove_leftovers()
        assert sorted(temp.iterdir()) == [fresh, fresher, used]
        until(lambda: not alive(task))
        lock.close()


def test_directories_are_deleted_after_their_retention_time(harness: RunnerHarness) -> None:
    """Retention is counted from completion; the record stays."""
    harness.run("true", constraints={"retentionTime": "PT0S"})
    harness.run("true", "kept")
    harness.cleaner.wake()
    until(lambda: not harness.path().exists())
    assert harness.task("t").state == "completed"
    assert harness.path(task_id="kept").exists()


def test_the_directory_of_a_deleted_task_is_removed(harness: RunnerHarness) -> None:
    """Also if it is just starting, or ends slowly."""
    line = "/bin/sh -c 'trap : TERM; echo $$ > self; sleep 600; sleep 0.1'"
    for number in range(20):
        name = f"t{number}"
        harness.submit(line, name)
        if number % 2:
            pid_in(harness.path("wd/self", name))
        harness.remove(name)
    until(lambda: not harness.scheduler._runs and not os.listdir(harness.path().parent))


def test_a_new_task_keeps_its_files_when_the_old_one_goes(harness: RunnerHarness) -> None:
    """The directory of the old task is to be removed while a new one with that id has begun."""
    harness.run("true")
    harness.delete("t")
    harness.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    pid_in(harness.path("wd/self"))
    harness.runner.remove_task_files("job1", "t")
    until(lambda: harness.scheduler._removals.empty())
    harness.end()
    until(lambda: not harness.scheduler._runs)
    assert harness.path("wd/self").exists()


def test_directories_deeper_than_python_can_follow(harness: RunnerHarness) -> None:
    """They are deleted as well, and so is what is deleted later."""
    for name in ("t", "later"):
        harness.run("true", name)
        make_deep(harness.path("wd", name), 1100)
        harness.remove(name)
    until(lambda: not os.listdir(harness.path().parent) and not os.listdir(harness.trash))


def test_a_cleanup_that_fails(
    harness: RunnerHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and made again when there is something to clean up."""
    with monkeypatch.context() as trouble:
        trouble.setattr(harness.cleaner, "clean", lambda: 1 // 0)
        harness.cleaner.wake()
        until(lambda: "cleaning up failed" in caplog.text)
    harness.run("true")
    harness.remove()
    until(lambda: not os.listdir(harness.trash))


def test_directories_without_rights_are_deleted_too(harness: RunnerHarness) -> None:
    """Also if a task has removed its own rights."""
    harness.run("/bin/sh -c 'mkdir -p a/b; touch a/b/c; chmod 0 a/b a'")
    harness.remove()
    until(lambda: not harness.path().exists() and not os.listdir(harness.trash))
