"""`download`: whole folders of many tasks; `logs` of several tasks at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batchtasks.models import NodeFile
from batchtasks.testing import RunningBatch
from batchtasks_cli.commands.files import Download, safe_path
from batchtasks_cli.errors import CliError
from tests.batchtasks_cli.support import Cli


@pytest.fixture
def many(batch: RunningBatch, job: str) -> str:
    """A job whose twelve tasks have written files into folders."""
    script = (
        "mkdir -p out/deep; echo $N > out/deep/n.txt; echo log > run.log; echo out $N; echo err $N >&2; exit $((N % 2))"
    )
    with batch.client() as client:
        tasks = [
            {
                "id": f"t{n:02}",
                "commandLine": f"/bin/sh -c '{script}'",
                "environmentSettings": [{"name": "N", "value": str(n)}],
            }
            for n in range(12)
        ]
        client.task.add_collection(job, tasks)
        client.task.wait(job, timeout=60, poll=0.05)
    return job


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_read(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "file" in cli("download", job, "--to", "file", status=2).error()[0]
    assert "file/below" in cli("download", job, "--to", "file/below", status=2).error()[0]
    (tmp_path / "closed").mkdir(mode=0o500)
    if not os.access(tmp_path / "closed", os.W_OK):  # root may write everywhere
        assert "you cannot write there" in cli("download", job, "--to", "closed", status=2).error()[0]


def test_tasks_that_have_not_started_have_no_files(cli: Cli, many: str) -> None:
    cli("job", "disable", many)
    cli("add", many, "--id", "later", "true")
    assert cli("download", many, "--to", "results").out.startswith("48 files of 12 tasks, ")
    assert "later: 409" in cli("download", many, "later", "--to", "results", status=1).err


def test_all_tasks_of_a_job(cli: Cli, many: str, tmp_path: Path) -> None:
    ran = cli("download", many, "--to", "results")
    assert ran.out.startswith("48 files of 12 tasks, ")
    assert ran.out.endswith(" in results.\n")
    assert names_in(tmp_path / "results" / "t07") == {"stdout.txt", "stderr.txt", "wd/run.log", "wd/out/deep/n.txt"}
    for n in range(12):
        assert (tmp_path / "results" / f"t{n:02}" / "wd/out/deep/n.txt").read_text() == f"{n}\n"


def test_some_tasks_and_some_files(cli: Cli, many: str, tmp_path: Path) -> None:
    cli("download", many, "t01", "t02", "--to", "named", "--include", "std*.txt")
    assert names_in(tmp_path / "named") == {f"t0{n}/{name}" for n in (1, 2) for name in ("stdout.txt", "stderr.txt")}
    cli("download", many, "--failed", "--to", "failed", "--include", "wd/*.log", "--include", "*/n.txt")
    assert {name.partition("/")[0] for name in names_in(tmp_path / "failed")} == {f"t{n:02}" for n in range(1, 12, 2)}
    assert {name.partition("/")[2] for name in names_in(tmp_path / "failed")} == {"wd/run.log", "wd/out/deep/n.txt"}


def test_it_can_be_run_again(cli: Cli, many: str, tmp_path: Path) -> None:
    cli("download", many, "--to", "again")
    (tmp_path / "again" / "t03" / "stdout.txt").write_text("changed, with another size")
    (tmp_path / "again" / "t04" / "stdout.txt").unlink()
    document = cli("download", many, "--to", "again", "--json").document
    assert (document["files"], document["unchanged"], document["tasks"], document["failed"]) == (2, 46, 12, [])
    assert (tmp_path / "again" / "t03" / "stdout.txt").read_text() == "out 3\n"


def test_a_task_that_does_not_exist_fails_alone(cli: Cli, many: str, tmp_path: Path) -> None:
    ran = cli("download", many, "t01", "nope", "--to", "some", "--json", status=1)
    (failure,) = ran.document["failed"]
    assert failure["id"] == "nope"
    assert "TaskNotFound" in failure["error"]
    assert "nope: 404 TaskNotFound" in ran.err
    assert len(names_in(tmp_path / "some" / "t01")) == 4


class OneTask:
    """A client with the files of one task."""

    def __init__(self, *names: str) -> None:
        self.file = self
        self._names = names

    def list_from_task(self, job: str, task: str, *, recursive: bool) -> Iterator[NodeFile]:
        yield from (NodeFile(name=name, is_directory=False) for name in self._names)

    def save_from_task(self, job: str, task: str, name: str, target: Path) -> int:
        return target.write_bytes(name.encode())


BAD = ["../x", "wd/../../x", "/etc/x", "wd//x", ".", "wd/.", ""]


def test_no_file_is_saved_outside_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "to" / "t").mkdir(parents=True)
    (tmp_path / "to" / "t" / "link").symlink_to(tmp_path)
    client: Any = OneTask(*BAD, "link/x", "good")
    work = Download(client, "j", tmp_path / "to", [])
    work.run(["t"], 2, lambda: None)
    assert (work.done["files"], sorted(name for _, name, _ in work.failed)) == (1, sorted([*BAD, "link/x"]))
    assert not (tmp_path / "x").exists()
    assert (tmp_path / "to" / "t" / "good").read_text() == "good"


def test_names_that_windows_does_not_take(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    odd = ["a:b", "what?", "pipe|x", "con", "wd/NUL.txt", "COM1", "ends.", "ends ", "back\\slash", 'quo"te', "<x>"]
    for name in odd:
        assert safe_path(tmp_path, name)
    monkeypatch.setattr("batchtasks_cli.commands.files.os", _Windows())
    for name in odd:
        with pytest.raises(CliError, match="cannot be the name of a file here"):
            safe_path(tmp_path, name)
    assert safe_path(tmp_path, "wd/console.txt")


class _Windows:
    name = "nt"

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def test_logs_of_several_tasks_have_prefixes(cli: Cli, many: str) -> None:
    ran = cli("logs", many, "t01", "t10")
    assert ran.out == "t01 | out 1\nt10 | out 10\n"
    assert ran.err == "t01 | err 1\nt10 | err 10\n"
    failed = cli("logs", many, "--failed", "--stderr").out.splitlines()
    assert sorted(failed) == [f"t{n:02} | err {n}" for n in range(1, 12, 2)]
    assert cli("logs", many, "--failed", "--stdout", "--tail", "0").out == ""


def test_logs_of_several_name_what_is_missing(cli: Cli, many: str) -> None:
    ran = cli("logs", many, "t02", "nope", "--stdout", status=1)
    assert ran.out == "t02  | out 2\n"
    assert "batchtasks: nope: " in ran.err
    assert "no task is named" in cli("logs", many, status=2).error()[0]


def test_several_are_followed_at_once(cli: Cli, batch: RunningBatch, job: str) -> None:
    with batch.client() as client:
        for name in ("a", "bb"):
            script = "for i in 1 2 3; do echo $0 $i; sleep 0.3; done; printf last"
            client.task.add(job, {"id": name, "commandLine": f"/bin/sh -c '{script}' {name}"})
    lines = cli("logs", job, "a", "bb", "--follow", "--stdout").out.splitlines()
    for name in ("a", "bb"):
        own = [line.partition("| ")[2] for line in lines if line.startswith(f"{name.ljust(2)} | ")]
        assert own == [f"{name} 1", f"{name} 2", f"{name} 3", "last"]
    assert len(lines) == 8


def test_following_several_is_status_1_if_one_failed(cli: Cli, many: str) -> None:
    cli("logs", many, "t02", "t03", "--follow", status=1)
    cli("logs", many, "t02", "t04", "--follow")
