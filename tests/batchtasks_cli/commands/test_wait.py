"""`wait` and `watch`: until all have completed, with the failures told."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli


def add(batch: RunningBatch, job: str, **commands: str) -> None:
    """Add tasks by id and shell command."""
    with batch.client() as client:
        client.task.add_collection(job, [{"id": k, "commandLine": f"/bin/sh -c '{v}'"} for k, v in commands.items()])


def test_a_whole_job_that_succeeds(cli: Cli, batch: RunningBatch, job: str) -> None:
    add(batch, job, a="exit 0", b="exit 0")
    assert cli("wait", job, "--poll", "50ms").out == "2 succeeded, 0 failed of 2 tasks.\n"


def test_failures_are_told_and_are_status_1(cli: Cli, job_with_tasks: str) -> None:
    ran = cli("wait", job_with_tasks, status=1)
    assert ran.out == "2 succeeded, 1 failed of 3 tasks.\n  bad: exit code 3\n"
    document = cli("wait", job_with_tasks, "--json", status=1).document
    assert document["end"] == "done"
    assert (document["succeeded"], document["failed"], document["pending"]) == (2, 1, 0)
    (failure,) = document["failures"]
    assert (failure["id"], failure["exitCode"]) == ("bad", 3)


def test_a_task_that_was_ended_has_the_same_reason_everywhere(cli: Cli, batch: RunningBatch, job: str) -> None:
    add(batch, job, long="exec sleep 60")
    cli("wait", job, "--until", "running", "--poll", "20ms")
    cli("terminate", job, "long")
    # The exit code comes when the process has ended; it is not why the task failed.
    end = time.monotonic() + 60
    while not cli("list", job, "--columns", "exitCode").rows[1][0]:
        assert time.monotonic() < end
        time.sleep(0.02)
    reason = cli("list", job, "--columns", "failure").rows[1][0]
    assert reason.startswith("TaskEnded: ")
    assert f"  long: {reason}\n" in cli("wait", job, status=1).out
    assert f"  long: {reason}\n" in cli("watch", job, status=1).out
    assert f"why\tIt failed: {reason}.\n" in cli("describe", job, "long").out


def test_single_tasks(cli: Cli, job_with_tasks: str) -> None:
    assert cli("wait", job_with_tasks, "good-1").out == "1 succeeded, 0 failed of 1 task.\n"
    ran = cli("wait", job_with_tasks, "good-1", "nope", "--poll", "20ms", status=1)
    assert "nope: there is no such task" in ran.out


def test_the_time_may_run_out(cli: Cli, batch: RunningBatch, job: str) -> None:
    add(batch, job, slow="sleep 20")
    ran = cli("wait", job, "--timeout", "200ms", "--poll", "50ms", "--json", status=1)
    assert ran.document["end"] == "timeout"
    assert ran.document["pendingIds"] == ["slow"]
    what, remedy = ran.error()
    assert "1 of 1 tasks" in what
    assert "to wait longer" in remedy
    assert "1 succeeded" not in cli("wait", job, "--until", "running", "--poll", "50ms").out
    cli("delete", job, "slow")


def test_the_first_failure_may_end_it(cli: Cli, batch: RunningBatch, job: str) -> None:
    add(batch, job, slow="sleep 20", bad="exit 2")
    ran = cli("wait", job, "--fail-fast", "--poll", "50ms", "--json", status=1)
    assert ran.document["end"] == "failed"
    assert ran.document["failures"][0]["id"] == "bad"
    cli("delete", job, "slow")


@pytest.mark.local_batch(run=False)
def test_a_job_that_ends_first_is_told(cli: Cli) -> None:
    cli("job", "add", "ends", "--pool", "p")
    cli("add", "ends", "--id", "never", "-c", "x")
    cli("job", "terminate", "ends")
    ran = cli("wait", "ends", "--poll", "20ms", status=None)
    # The service either ends the tasks with the job, or leaves them active for ever.
    assert ran.status == 1
    assert "1 failed" in ran.out or "1 pending" in ran.out


@pytest.mark.parametrize("words", [["--timeout", "soon"], ["--until", "never"], ["--poll", "x"]], ids=" ".join)
def test_wrong_usage_is_named(cli: Cli, words: list[str]) -> None:
    assert words[0] in cli("wait", "j", *words, status=2).err


def test_watch_writes_a_line_for_every_change(cli: Cli, batch: RunningBatch, job: str) -> None:
    add(batch, job, a="sleep 0.3", bad="echo some reason >&2; exit 4")
    ran = cli("watch", job, "--interval", "100ms", status=1)
    lines = ran.out.splitlines()
    assert "1 succeeded, 1 failed" in [line for line in lines if job in line][-1]
    assert lines.count("  bad: exit code 4") == 1
    assert lines[lines.index("  bad: exit code 4") + 1] == "    some reason"
    assert ran.err == ""


def test_watch_writes_json_lines(cli: Cli, job_with_tasks: str) -> None:
    (view,) = cli("watch", job_with_tasks, "--json", status=1).lines
    assert (view["active"], view["running"], view["succeeded"], view["failed"]) == (0, 0, 2, 1)
    (failure,) = view["failures"]
    assert failure["id"] == "bad"
    assert failure["stderr"] == ["first", "last words"]
    assert view["slots"] == {"running": 0, "active": 0}


def test_watch_goes_on_through_passing_trouble(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    add(batch, job, a=f"until [ -e {tmp_path}/over ]; do sleep 0.02; done")
    with batch.service.faults("busy", skip=2, count=3) as met:

        def end_task() -> None:
            while met() < 3:
                time.sleep(0.02)
            (tmp_path / "over").touch()

        threading.Thread(target=end_task, daemon=True).start()
        ran = cli("watch", job, "--interval", "100ms", "--patience", "0")
    assert "ServerBusy" in ran.err
    assert "1 succeeded" in ran.out


def test_watch_of_a_job_that_is_not_there(cli: Cli) -> None:
    assert "JobNotFound" in cli("watch", "no-such-job", status=3).error()[0]


def test_the_live_view_shows_all_of_it() -> None:
    from rich.console import Console

    from batchtasks_cli.commands.wait import _picture

    failure = {"id": "t9", "what": "exit code 3", "stderr": ["line one", "last [line]"]}
    counts, slots = {"active": 10, "running": 4, "succeeded": 80, "failed": 6}, {"running": 4, "active": 10}
    seen = {"jobId": "job1", "state": "active", **counts, "slots": slots, "rate": 2.5, "failures": [failure]}
    console = Console(width=80, file=None, record=True, force_terminal=False)
    with console.capture() as captured:
        console.print(_picture(seen))
    text = captured.get()
    for part in (
        "job job1 is active: 86 of 100 tasks completed",
        "10 active, 4 running, 80 succeeded, 6 failed",
        "4 slots in use, 10 needed by active tasks",
        "2.5 tasks/s, 5.6 s left",
        "t9: exit code 3",
        "last [line]",
    ):
        assert part in text


def test_ids_come_from_standard_input(cli: Cli, job_with_tasks: str) -> None:
    ids = cli("list", job_with_tasks, "--succeeded", "--ids").out
    assert cli("wait", job_with_tasks, "-", stdin=ids).out == "2 succeeded, 0 failed of 2 tasks.\n"
    assert cli("wait", job_with_tasks, "-", stdin="").out == "0 succeeded, 0 failed of 0 tasks.\n"
