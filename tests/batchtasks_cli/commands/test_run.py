"""`run`: one task from beginning to end, and its exit code is ours."""

from __future__ import annotations

import signal

import pytest

from tests.batchtasks_cli.support import Cli
from tests.batchtasks_cli.test_interrupt import read_until


@pytest.mark.parametrize("code", [0, 1, 3, 77, 255])
def test_the_exit_code_is_that_of_the_command(cli: Cli, job: str, code: int) -> None:
    ran = cli("run", job, "/bin/sh", "-c", f"echo out; echo err >&2; exit {code}", status=code)
    assert ran.out == "out\n"
    assert [line for line in ran.err.splitlines() if "waiting" not in line] == ["err"]


def test_the_task_stays_and_has_what_was_given(cli: Cli, job: str) -> None:
    ran = cli("run", job, "--id", "mine", "-e", "WORD=hi", "--", "/bin/sh", "-c", "echo $WORD")
    assert ran.out == "hi\n"
    assert cli("list", job, "--ids").out == "mine\n"
    cli("run", job, "-c", "true")
    names = cli("list", job, "--ids").out.split()
    assert len(names) == 2
    assert any(name.startswith("run-2") for name in names)


def test_a_program_that_cannot_be_run(cli: Cli, job: str) -> None:
    ran = cli("run", job, "--id", "t", "no-such-program", status=1)
    assert "Task t failed: CommandProgramNotFound: " in ran.err
    assert f"batchtasks describe {job} t" in ran.err


def test_a_task_that_was_ended_says_so(cli: Cli, job: str) -> None:
    ran = cli("run", job, "--id", "t", "--max-wall-clock", "200ms", "sleep", "60", status=None)
    assert ran.status in (1, 143)
    assert "Task t failed: TaskEnded: " in ran.err


@pytest.mark.parametrize(
    ("words", "status", "what"),
    [
        ((), 2, "--command is missing"),
        (("--id", "a b", "true"), 2, "'a b'"),
        (("-c", "true", "true"), 2, "given twice"),
    ],
)
def test_wrong_usage(cli: Cli, job: str, words: tuple[str, ...], status: int, what: str) -> None:
    assert what in cli("run", job, *words, status=status).error()[0]


def test_a_missing_job_is_a_refusal(cli: Cli) -> None:
    assert "JobNotFound" in cli("run", "no-such-job", "true", status=3).error()[0]


def test_ctrl_c_leaves_the_task_and_says_how_to_go_on(cli: Cli, job: str) -> None:
    process = cli.process("run", job, "--id", "slow", "/bin/sh", "-c", "echo begun >&2; sleep 60")
    first = read_until(process, "begun")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"batchtasks logs -f {job} slow" in first + err
    assert f"batchtasks terminate {job} slow" in first + err
    assert cli("show", job, "slow", "--json").document["state"] == "running"
    cli("delete", job, "slow")
