"""`update`, `terminate`, `reactivate`, `delete`: one, many, by filter; asked before, and told after."""

from __future__ import annotations

import pytest

from batchtasks import BulkProgress
from batchtasks.testing import RunningBatch
from batchtasks_cli.output.progress import bulk_progress
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


@pytest.fixture
def job(job: str, batch: RunningBatch) -> str:
    """A job with five active tasks."""
    with batch.client() as client:
        client.task.add_collection(job, [{"id": f"t{n}", "commandLine": "x"} for n in range(5)])
    return job


def ids(batch: RunningBatch, job: str, state: str | None = None) -> list[str]:
    """The ids of tasks, of one state."""
    with batch.client() as client:
        found = client.task.list(job, filter=None if state is None else f"state eq '{state}'")
        return sorted(str(task.id) for task in found)


def test_update_keeps_what_is_not_given(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("update", job, "t1", "--max-wall-clock", "2h", "--retries", "4")
    assert "maxTaskRetryCount\t4" in cli("update", job, "t1", "--retention", "unlimited").out
    with batch.client() as client:
        limits = client.task.get(job, "t1").to_dict()["constraints"]
    assert limits["maxWallClockTime"] == "PT2H"
    assert limits["maxTaskRetryCount"] == 4
    assert limits["retentionTime"] == "P10675199DT2H48M5.4775807S"


def test_update_shows_the_request_and_what_was_written(cli: Cli, job: str) -> None:
    ran = cli("update", job, "t1", "--retries", "1", "--dry-run")
    assert ran.out.startswith("PUT ")
    assert "If-Match: 0x" in ran.out
    document = cli("update", job, "t1", "--retries", "1", "--json").document
    assert document["constraints"]["maxTaskRetryCount"] == 1


def test_update_only_if_nobody_changed_it(cli: Cli, job: str) -> None:
    tag = cli("show", job, "t1", "--json").document["eTag"]
    cli("update", job, "t1", "--retries", "1", "--if-match", tag)
    what, remedy = cli("update", job, "t1", "--retries", "2", "--if-match", tag, status=3).error()
    assert "ConditionNotMet" in what
    assert "It was changed" in remedy
    assert "is no ETag" in cli("update", job, "t1", "--retries", "2", "--if-match", "a b", status=2).err


def test_update_wants_something_to_change(cli: Cli, job: str) -> None:
    assert "Nothing to change" in cli("update", job, "t1", status=2).error()[0]
    assert "is not a duration" in cli("update", job, "t1", "--retention", "x", status=2).err


def test_one_task_by_id(cli: Cli, batch: RunningBatch, job: str) -> None:
    assert cli("terminate", job, "t1").out == "Task t1 was terminated.\n"
    assert cli("reactivate", job, "t1").out == "Task t1 was reactivated.\n"
    document = cli("delete", job, "t1", "--json").document
    assert (document["jobId"], document["done"], document["failed"]) == (job, 1, [])
    assert ids(batch, job) == ["t0", "t2", "t3", "t4"]
    assert "TaskNotFound" in cli("delete", job, "t1", status=3).error()[0]


def test_a_state_that_does_not_allow_it_is_told_with_advice(cli: Cli, job: str) -> None:
    what, remedy = cli("reactivate", job, "t1", status=3).error()
    assert what.startswith("409 TaskNotCompleted: ")
    assert remedy == "Nothing to do: it has not completed yet."
    cli("terminate", job, "t1")
    assert "batchtasks reactivate" in cli("terminate", job, "t1", status=3).error()[1]


def test_many_by_id_count_what_was_so_already(cli: Cli, batch: RunningBatch, job: str) -> None:
    assert cli("delete", job, "t1", "t2", "gone", status=1).out.startswith("2 deleted, 1 did not exist (job ")
    document = cli("terminate", job, "t0", "t3", "--json").document
    assert (document["done"], document["already"], document["failed"]) == (2, 0, [])
    assert cli("terminate", job, "t0", "t3").out.startswith("0 terminated, 2 had completed before")
    assert ids(batch, job, "active") == ["t4"]


def test_some_that_fail_give_status_1(cli: Cli, job: str) -> None:
    ran = cli("delete", job, "t1", "a b", status=1)
    assert ran.out.startswith("1 deleted, 1 failed")
    assert "'a b'" in ran.err


def test_a_filter_is_counted_and_asked_about(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("terminate", job, "t1", "t2")
    ran = cli("delete", job, "--state", "completed", status=2)
    assert f"Delete 2 tasks of job {job}? There is no terminal to ask on." in ran.error()[0]
    assert "--yes" in ran.error()[1]
    assert len(ids(batch, job)) == 5
    assert cli("delete", job, "--state", "completed", "--yes").out.startswith("2 deleted")
    assert ids(batch, job) == ["t0", "t3", "t4"]


@pytest.mark.parametrize(("answer", "status", "left"), [("n\n", 1, 5), ("\n", 1, 5), ("y\n", 0, 0), ("", 1, 5)])
def test_the_answer_counts(cli: Cli, batch: RunningBatch, job: str, answer: str, status: int, left: int) -> None:
    ran = cli("delete", job, "--all", answer=answer, status=status)
    assert f"Delete 5 tasks of job {job}? [y/N]:" in ran.err
    assert ("nothing was done" in ran.err) == (left == 5)
    assert len(ids(batch, job)) == left


def test_all_are_those_that_it_makes_sense_for(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("terminate", job, "t1")
    assert cli("terminate", job, "--all", "--yes").out.startswith("4 terminated (job ")
    assert cli("reactivate", job, "--all", "--yes").out.startswith("5 reactivated (job ")
    assert cli("reactivate", job, "--all", "--yes").out.startswith("0 reactivated (job ")
    assert ids(batch, job, "active") == ["t0", "t1", "t2", "t3", "t4"]


def test_progress_is_in_the_words_of_what_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("batchtasks_cli.output.progress._FIRST", 0.0)
    show = bulk_progress("Delete tasks", 2000)
    show(BulkProgress(sent=150, added=120, existed=7, failed=3, retried=4, per_second=65.0, verb="deleted"))
    assert capsys.readouterr().err == (
        "150 of 2,000 tasks sent: 120 deleted, 7 were so before, 3 failed, 4 sent again (65 a second).\n"
    )


def test_a_filter_that_finds_nothing_does_nothing(cli: Cli, job: str) -> None:
    assert cli("delete", job, "--failed").out.startswith("0 deleted")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ([], "no task is named"),
        (["t1", "--failed"], "exclude each other"),
        (["t1", "--all"], "exclude each other"),
        (["--all", "--failed"], "exclude each other"),
        ([""], "task id ''"),
        (["--prefix", "", "--yes"], "'--prefix': it is empty"),
        (["--filter", "", "--failed", "--yes"], "'--filter': it is empty"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("verb", ["terminate", "reactivate", "delete"])
def test_it_must_be_clear_which_tasks_are_meant(cli: Cli, verb: str, words: list[str], what: str) -> None:
    assert what in cli(verb, "j", *words, status=2).what()


def test_a_dry_run_shows_what_would_be_done_to_each(cli: Cli, batch: RunningBatch, job: str) -> None:
    ran = cli("delete", job, "--prefix", "t", "--dry-run", "--json")
    assert [request["method"] for request in ran.lines] == ["DELETE"] * 5
    assert sorted(request["url"].partition("?")[0][-2:] for request in ran.lines) == ["t0", "t1", "t2", "t3", "t4"]
    assert "/reactivate?" in cli("reactivate", job, "t1", "--dry-run").out
    assert len(ids(batch, job, "active")) == 5


def test_a_missing_job_is_a_refusal(cli: Cli) -> None:
    assert "JobNotFound" in cli("delete", "no-such-job", "a", "b", status=3).err
    assert "JobNotFound" in cli("delete", "no-such-job", "--all", "--yes", status=3).err
