"""The exit statuses: one table, true for every command."""

from __future__ import annotations

import re
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from batchtasks.testing import RunningBatch
from batchtasks_cli import errors
from tests.batchtasks_cli.support import COMMAND, Cli

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
# The smallest sensible arguments of each command that talks to a service.
SERVED = {
    "add": ["j", "--id", "t", "-c", "x"],
    "run": ["j", "x"],
    "list": ["j"],
    "show": ["j", "t"],
    "describe": ["j", "t"],
    "counts": ["j"],
    "wait": ["j"],
    "watch": ["j"],
    "logs": ["j", "t"],
    "files": ["j", "t"],
    "download": ["j", "--to", "d"],
    "subtasks": ["j", "t"],
    "update": ["j", "t", "--retries", "1"],
    "terminate": ["j", "t"],
    "reactivate": ["j", "t"],
    "retry": ["j", "t", "u"],
    "delete": ["j", "t"],
    "job add": ["j", "--pool", "p"],
    "job list": [],
    "job show": ["j"],
    "job update": ["j", "--priority", "1"],
    "job enable": ["j"],
    "job disable": ["j"],
    "job terminate": ["j"],
    "job delete": ["j", "--yes"],
    "job wait": ["j"],
}
OTHERS = {"account add", "account list", "account use", "serve", "open"}


def test_every_command_is_here() -> None:
    names = {
        f"{name} {inner}" if inner else name
        for name, command in COMMAND.commands.items()  # type: ignore[attr-defined]
        for inner in getattr(command, "commands", None) or [""]
    }
    assert names == SERVED.keys() | OTHERS


def test_the_page_has_the_table() -> None:
    ours = [errors.DONE, errors.INCOMPLETE, errors.USAGE, errors.REFUSED, errors.UNREACHABLE]
    ours += [errors.DEFECT, errors.INTERRUPTED, errors.PIPE_CLOSED, errors.TERMINATED]
    assert re.findall(r"^\| (\d+) \| .+ \|$", PAGE, re.MULTILINE) == [str(status) for status in ours]


@pytest.mark.parametrize("name", SERVED)
def test_nobody_answers_is_4(name: str, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    cli(*name.split(), "--url", "http://127.0.0.1:1", "--patience", "0", *SERVED[name], status=4)


@pytest.mark.parametrize("name", sorted(SERVED.keys() - {"job add", "job list"}))
def test_a_job_that_does_not_exist_is_3(name: str, cli: Cli) -> None:
    words = ["no-such-job" if word == "j" else word for word in SERVED[name]]
    assert "JobNotFound" in cli(*name.split(), *words, status=3).err


@pytest.mark.parametrize("name", [*SERVED, *sorted(OTHERS)])
def test_wrong_usage_is_2(name: str, cli: Cli) -> None:
    cli(*name.split(), "--no-such-option", status=2)


@pytest.mark.parametrize("name", [name for name in SERVED if "t" in SERVED[name] and name not in ("add", "retry")])
def test_a_single_task_that_does_not_exist_is_3(name: str, cli: Cli, job: str) -> None:
    words = [{"j": job, "t": "nope"}.get(word, word) for word in SERVED[name]]
    assert "TaskNotFound" in cli(*name.split(), *words, status=3).error()[0]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        *(("terminate", []), ("delete", []), ("retry", []), ("reactivate", []), ("logs", ["--stdout"])),
        *(("download", ["--to", "d"]), ("wait", ["--poll", "20ms"])),
    ],
)
def test_one_of_several_that_does_not_exist_is_1(
    name: str, more: list[str], cli: Cli, batch: RunningBatch, job_with_tasks: str
) -> None:
    cli(name, job_with_tasks, "good-1", "nope", *more, status=1)


def test_a_single_one_to_wait_for_that_does_not_exist_is_3(cli: Cli, job: str) -> None:
    assert "nope: there is no such task" in cli("wait", job, "nope", "--poll", "20ms", status=3).out


def test_a_defect_is_70(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("x")

    monkeypatch.setattr("batchtasks_cli.account.session.find_account", broken)
    assert "a defect in batchtasks: RuntimeError: x" in cli("list", "j", status=70).err


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 0)])
def test_serve_is_done_when_it_is_stopped(number: signal.Signals, status: int) -> None:
    cli = Cli()
    process = cli.process("serve", "--port", "0", "--in-memory")
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(number)
        assert process.wait(20) == status
    finally:
        cli.close()


def test_serve_that_cannot_start_is_1_and_wrong_settings_are_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        Cli()("serve", "--port", taken.getsockname()[1], "--in-memory", status=1)
    Cli()("serve", "--host", "0.0.0.0", status=2)
    (tmp_path / "file").write_text("x")
    assert Cli().run("serve", "--port", "0", "--data", tmp_path / "file").status == 1


def test_open_without_a_service_is_4() -> None:
    what, remedy = Cli()("open", "--url", "http://127.0.0.1:1", status=4).error()
    assert what.startswith("No service answers at http://127.0.0.1:1/")
    assert "batchtasks serve" in remedy
    assert "is not on this machine" in Cli()("open", "--url", "https://mine.batch.azure.com", status=2).error()[0]


def test_open_shows_the_page(batch: RunningBatch, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    assert cli("open").out == f"{batch.url}/\n"
    assert opened == [f"{batch.url}/"]
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    assert cli("open", status=1).error() == ("No browser could be started.", f"Open {batch.url}/ by hand.")
