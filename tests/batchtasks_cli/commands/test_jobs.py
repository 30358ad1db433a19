"""`job add`, `list`, `show`, `terminate`, `delete`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


def test_a_job_from_flags(cli: Cli) -> None:
    words = ["--pool", "p", "--display-name", "Mine", "--priority", "5", "--max-parallel", "3", "--retries", "2"]
    words += ["--max-wall-clock", "2h", "--dependencies", "--env", "A=1"]
    assert cli("job", "add", "flags", *words).out == "Job flags was added.\n"
    job = cli("job", "show", "flags", "--json").document
    assert (job["displayName"], job["priority"], job["maxParallelTasks"]) == ("Mine", 5, 3)
    assert job["usesTaskDependencies"] is True
    assert job["constraints"] == {"maxWallClockTime": "PT2H", "maxTaskRetryCount": 2}
    assert job["commonEnvironmentSettings"] == [{"name": "A", "value": "1"}]
    text = cli("job", "show", "flags").out
    assert "maxParallelTasks\t3" in text
    assert "usesTaskDependencies\tyes" in text


def test_the_pool_may_come_from_the_environment(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_POOL_ID", "from-env")
    cli("job", "add", "env-pool")
    assert cli("job", "show", "env-pool", "--json").document["poolInfo"] == {"poolId": "from-env"}


def test_a_job_from_json_with_flags_on_top(cli: Cli, tmp_path: Path) -> None:
    document = {
        "id": "other",
        "poolInfo": {"poolId": "p"},
        "onTaskFailure": "performexitoptionsjobaction",
        "priority": 1,
    }
    (tmp_path / "job.json").write_text(json.dumps(document))
    cli("job", "add", "from-json", "--from", "job.json", "--priority", "7")
    job = cli("job", "show", "from-json", "--json").document
    assert (job["id"], job["priority"]) == ("from-json", 7)
    assert job["onTaskFailure"] == "performexitoptionsjobaction"
    cli("job", "add", "from-pipe", "--from", "-", stdin=json.dumps(document))


@pytest.mark.parametrize(
    ("words", "stdin", "what"),
    [
        ([], None, "No pool was given"),
        (["--from", "no.json"], None, "No such file"),
        (["--from", "-"], "[1", "this is not a JSON object: Expecting"),
        (["--from", "-"], "[1]", "not a JSON object"),
        (["--from", "-"], '{"pool": 1}', "No pool"),
        (["--from", "-", "--pool", "p"], '{"poolinfo": {}}', "poolinfo"),
        (["--pool", "p", "--env", "x"], None, "not NAME=VALUE"),
        (["--pool", "p", "--max-wall-clock", "x"], None, "is not a duration"),
    ],
)
def test_wrong_usage_is_named(cli: Cli, words: list[str], stdin: str | None, what: str) -> None:
    assert what in cli("job", "add", "j", *words, stdin=stdin, status=2).what()


def test_an_id_that_cannot_be(cli: Cli) -> None:
    assert "'a b'" in cli("job", "add", "a b", "--pool", "p", status=2).error()[0]
    cli("job", "add", "twice", "--pool", "p")
    assert "JobExists" in cli("job", "add", "twice", "--pool", "p", status=3).error()[0]


def test_lists_in_every_form(cli: Cli) -> None:
    for name in ("list-a", "list-b"):
        cli("job", "add", name, "--pool", "p")
    cli("job", "terminate", "list-b", "--reason", "had enough")
    rows = cli("job", "list", "--prefix", "list-").out.splitlines()
    assert rows[0].startswith("ID\t")
    assert [row.split()[0] for row in rows[1:]] == ["list-a", "list-b"]
    assert "had enough" in rows[2]
    done = cli("job", "list", "--prefix", "list-", "--state", "completed", "--state", "terminating", "--json").lines
    assert [job["id"] for job in done] == ["list-b"]
    narrow = cli("job", "list", "--filter", "id eq 'list-a'", "--json", "--select", "id").lines
    assert narrow == [{"id": "list-a"}]
    assert cli("job", "list", "--prefix", "list-a", "--csv").out.startswith("id,state,pool,")
    assert cli("job", "list", "--prefix", "nothing").err == "batchtasks: no job matches.\n"
    assert "is for JSON" in cli("job", "list", "--select", "id", status=2).err


def test_terminate_and_delete(cli: Cli) -> None:
    cli("job", "add", "doomed", "--pool", "p")
    cli("add", "doomed", "--id", "t", "-c", "x")
    assert cli("job", "terminate", "doomed").out == "Job doomed is being terminated.\n"
    assert cli("job", "terminate", "doomed", status=3).error()[0].startswith("409 Job")
    what, _ = cli("job", "delete", "doomed", status=2).error()
    assert what == "Delete job doomed with 1 task? There is no terminal to ask on."
    assert cli("job", "delete", "doomed", "--yes").out == "Job doomed is being deleted.\n"
    assert "JobNotFound" in cli("job", "delete", "no-such-job", "--yes", status=3).err
    assert "JobNotFound" in cli("job", "delete", "no-such-job", status=3).err


def test_dry_runs(cli: Cli, batch: RunningBatch) -> None:
    shown = cli("job", "add", "dry", "--pool", "p", "--dry-run").out
    assert shown.startswith(f"POST {batch.url}/jobs?api-version=")
    assert '"poolId": "p"' in shown
    assert cli("job", "delete", "a", "b", "--dry-run").out.count("DELETE ") == 2
    assert '"terminateReason": "why"' in cli("job", "terminate", "a", "--reason", "why", "--dry-run").out
    assert cli("job", "list", "--dry-run").out.startswith("GET ")
    assert "JobNotFound" in cli("job", "show", "dry", status=3).err


def test_force_is_refused_where_the_api_version_lacks_it(cli: Cli) -> None:
    what, remedy = cli("job", "delete", "x", "--yes", "--force", "--api-version", "2022-01-01.15.0", status=2).error()
    assert "2022-01-01.15.0 has no" in what
    assert "--api-version" in remedy
    assert "is not one of" in cli("job", "list", "--api-version", "1999", status=2).error()[0]


def test_update_changes_what_is_given(cli: Cli) -> None:
    cli("job", "add", "change", "--pool", "p", "--retries", "2", "--max-wall-clock", "1h")
    words = ["--priority", "7", "--max-parallel", "3", "--when-all-done", "terminatejob", "--max-wall-clock", "2h"]
    assert cli("job", "update", "change", *words).out == "Job change was updated.\n"
    job = cli("job", "show", "change", "--json").document
    assert (job["priority"], job["maxParallelTasks"], job["onAllTasksComplete"]) == (7, 3, "terminatejob")
    assert job["constraints"] == {"maxWallClockTime": "PT2H", "maxTaskRetryCount": 2}
    assert "Nothing to change" in cli("job", "update", "change", status=2).error()[0]
    shown = cli("job", "update", "change", "--retries", "1", "--dry-run").out
    assert shown.startswith("PATCH ")
    assert "If-Match: " in shown


def test_disable_and_enable(cli: Cli) -> None:
    cli("job", "add", "switch", "--pool", "p")
    assert cli("job", "disable", "switch", "--running", "wait").out == "Job switch is being disabled.\n"
    assert cli("job", "wait", "switch", "--until", "disabled", "--poll", "20ms").out == "Job switch is disabled.\n"
    assert cli("job", "enable", "switch").out == "Job switch was enabled.\n"
    assert cli("job", "wait", "switch", "--until", "active", "--poll", "20ms", "--json").document["state"] == "active"
    assert '"disableTasks": "requeue"' in cli("job", "disable", "switch", "--dry-run").out


def test_wait_ends_in_time(cli: Cli, job: str) -> None:
    ran = cli("job", "wait", job, "--timeout", "50ms", "--poll", "1h", status=1)
    assert ran.out == f"Job {job} is active.\n"
    assert ran.error() == (f"job {job} is not completed.", f"See: batchtasks job show {job}")
    cli("job", "terminate", job)
    cli("job", "wait", job, "--poll", "10ms")
    # It will never be active again, so nothing is waited for.
    assert "is not active" in cli("job", "wait", job, "--until", "active", status=1).error()[0]
    assert cli("job", "enable", job, status=3).error()[1].startswith("A completed job stays completed")
    cli("job", "delete", job, "--yes")
    assert cli("job", "wait", job, "--until", "deleted", "--poll", "10ms").out == f"Job {job} is deleted.\n"
    assert "JobNotFound" in cli("job", "wait", job, status=3).error()[0]


def test_several_jobs_at_once(cli: Cli) -> None:
    for name in ("many-a", "many-b"):
        cli("job", "add", name, "--pool", "p")
    ran = cli("job", "disable", "many-a", "nope", "many-b", "--json", status=1)
    assert ran.document["done"] == ["many-a", "many-b"]
    assert [(each["id"], each["code"]) for each in ran.document["failed"]] == [("nope", "JobNotFound")]
    assert "nope: 404 JobNotFound" in ran.err
    assert "JobNotFound" in cli("job", "disable", "nope", status=3).error()[0]
