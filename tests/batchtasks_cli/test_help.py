"""Help, and completion for the three shells."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.testing import CliRunner

from batchtasks_cli.app import app
from tests.batchtasks_cli.support import COMMAND, Cli

TOP = sorted(COMMAND.commands)  # type: ignore[attr-defined]
GROUPS = {name: sorted(COMMAND.commands[name].commands) for name in ("job", "account")}  # type: ignore[attr-defined]
ALL = [[name] for name in TOP if name not in GROUPS] + [[group, name] for group in GROUPS for name in GROUPS[group]]


def command_at(words: list[str]) -> Any:
    """The command of a name."""
    command: Any = COMMAND
    for word in words:
        command = command.commands[word]
    return command


def test_the_commands_are_those() -> None:
    top = (
        "account add counts delete describe download files job list logs open reactivate retry run serve show subtasks"
    )
    assert [*top.split(), "terminate", "update", "wait", "watch"] == TOP
    assert " ".join(GROUPS["job"]) == "add delete disable enable list show terminate update wait"
    assert GROUPS["account"] == ["add", "list", "use"]


def test_help_lists_every_command_with_a_sentence() -> None:
    text = Cli()("--help").out
    for name in TOP:
        assert re.search(rf"^│ {name} +[A-Z]\w+,? ", text, re.MULTILINE), name
    assert "Exit status" in text
    assert "<bool>" not in text
    assert re.findall(r"^╭─ (.+?) ─+╮$", text, re.MULTILINE) == [
        "Options",
        "Add",
        "Look and wait",
        "Change",
        "Jobs, accounts and the local service",
    ]


def test_help_uses_the_width_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (60, 100, 160):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = Cli()("list", "--help").out.splitlines()
        assert max(map(len, lines)) == width


def test_the_version() -> None:
    from batchtasks import __version__

    assert Cli()("--version").out == f"batchtasks {__version__}\n"


def test_a_bare_call_shows_the_help_and_is_wrong_usage() -> None:
    assert "Usage: batchtasks" in Cli()(status=2).out


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_is_explained(words: list[str]) -> None:
    command = command_at(words)
    assert command.help
    for parameter in command.params:
        # What typer makes of the help of an argument depends on its version.
        assert parameter.param_type_name == "argument" or parameter.help, parameter.name
    text = Cli()(*words, "--help").out
    arguments = [parameter.metavar for parameter in command.params if parameter.param_type_name == "argument"]
    assert f"Usage: {' '.join(['batchtasks', *words, '[OPTIONS]', *arguments])}" in map(str.strip, text.splitlines())
    # Some versions of typer mark flags and arguments so.
    assert "<bool>" not in text
    assert "<list[" not in text


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_no_option_takes_a_key(words: list[str]) -> None:
    command = command_at(words)
    names = {option for parameter in command.params for option in parameter.opts}
    assert not {name for name in names if "key" in name or "password" in name} - {"--key-file", "--key-command"}


def complete(shell: str, line: str, **environment: str) -> list[str]:
    """What the shell would offer at the end of a line."""
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_TYPER_COMPLETE_ARGS": line}
    variables |= {"_BATCHTASKS_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    result = CliRunner().invoke(app, [], env={**variables, **environment}, prog_name="batchtasks")
    return result.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(shell: str) -> None:
    found = " ".join(complete(shell, "batchtasks rea"))
    assert "reactivate" in found
    assert "delete" not in found


def test_jobs_and_tasks_are_completed_from_the_service(cli: Cli, job_with_tasks: str) -> None:
    assert complete("bash", f"batchtasks show {job_with_tasks}") == [job_with_tasks]
    assert complete("bash", f"batchtasks show {job_with_tasks} go") == ["good-1", "good-2"]


def test_completion_is_silent_when_there_is_no_service() -> None:
    away = {"BATCH_ACCOUNT_URL": "http://127.0.0.1:1", "BATCH_ACCOUNT_NAME": "n", "BATCH_ACCOUNT_KEY": "a2V5"}
    assert complete("bash", "batchtasks show j", **away) == []


def test_states_and_accounts_are_completed() -> None:
    assert complete("bash", "batchtasks list j --state comp") == ["completed"]
    assert complete("bash", "batchtasks list j --account lo") == ["local"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_can_be_shown(shell: str) -> None:
    result = CliRunner().invoke(app, [], env={"_BATCHTASKS_COMPLETE": f"source_{shell}"}, prog_name="batchtasks")
    assert "_BATCHTASKS_COMPLETE" in result.stdout
    assert {"bash": "complete -o default", "zsh": "#compdef batchtasks", "fish": "complete --command"}[
        shell
    ] in result.stdout


def test_no_choice_is_broken_into_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for words in (["add"], ["list"], ["job", "list"], ["job", "wait"], ["job", "add"], ["wait"], ["job", "disable"]):
        for line in Cli()(*words, "--help").out.splitlines():
            # typer writes choices as <a|b> or [a|b].
            assert line.count("<") == line.count(">") or "[x>=" in line or "<=x<=" in line, line
