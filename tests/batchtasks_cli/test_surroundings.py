"""Surroundings that a command does not choose: terminals that are not UTF-8, full disks, wrong usage."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from batchtasks_cli.errors import explain
from batchtasks_cli.output.table import console
from tests.batchtasks_cli.support import Cli

COMMAND = "/bin/echo grüße→"

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", r"gr\xfc\xdfe\u2192"), ("latin-1", "grüße\\u2192")])
def test_what_a_terminal_cannot_show_is_escaped(cli: Cli, job: str, encoding: str, shown: str) -> None:
    cli("add", job, "--id", "t", "--command", COMMAND)
    surroundings = {"env": {**os.environ, "PYTHONIOENCODING": encoding}, "encoding": "latin-1"}
    table = cli.run("show", job, "t", **surroundings)
    assert (table.status, table.err) == (0, "")
    assert f"/bin/echo {shown}" in table.out
    ran = cli.run("list", job, "--json", **surroundings)
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["commandLine"] == COMMAND


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", [["--json"], ["--ids"]])
def test_a_full_disk_is_told_in_two_lines(cli: Cli, job: str, words: list[str]) -> None:
    cli("add", job, "--from", "-", stdin="".join(f'{{"id": "t{n}", "commandLine": "x"}}\n' for n in range(300)))
    with open("/dev/full", "w", encoding="utf-8") as full:
        ran = cli.process("list", job, *words, stdout=full)
        _, err = ran.communicate(timeout=30)
    assert ran.returncode == 1
    what, remedy = err.splitlines()
    assert what == "batchtasks: reading or writing failed: No space left on device"
    assert "output" in remedy


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["list", "j", "--state", "foo"], "'foo' is not one of 'active', 'preparing', 'running', 'completed'."),
        (["list", "j", "--exit-code", "foo"], "Invalid value for '--exit-code': "),
        (["update", "j", "t", "--retries", "-2"], "Invalid value for '--retries': "),
        (["list", "j", "--stat", "active"], "No such option: --stat"),
        (["list"], "Missing argument 'JOB'"),
        (["lst"], "No such command 'lst'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_explained_by_click(words: list[str], what: str) -> None:
    assert what in Cli()(*words, status=2).usage_error()


def test_nothing_that_listens_on_this_machine_is_advised_on(cli: Cli) -> None:
    _, remedy = cli("list", "j", "--url", "http://127.0.0.1:1", "--patience", "0", status=4).error()
    assert "batchtasks serve" in remedy


def test_an_error_of_the_system_without_a_file_is_no_defect() -> None:
    assert explain(OSError(28, "No space left on device")).status == 1
    assert explain(OSError("odd")).status == 70


def test_an_empty_no_color_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, colourless in (("", False), ("1", True)):
        monkeypatch.setenv("NO_COLOR", value)
        assert console().no_color is colourless
