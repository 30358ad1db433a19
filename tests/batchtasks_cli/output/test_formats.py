"""-o, --columns and --sort-by; and what --json, --csv and -o yaml promise to programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import COMMAND, Cli

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "command-line.md").read_text(encoding="utf-8")


def test_every_form_holds_the_same_tasks(cli: Cli, job_with_tasks: str) -> None:
    as_json = cli("list", job_with_tasks, "-o", "json").lines
    assert cli("list", job_with_tasks, "--json").lines == as_json
    assert list(yaml.safe_load_all(cli("list", job_with_tasks, "-o", "yaml").out)) == as_json
    assert cli("list", job_with_tasks, "-o", "csv") == cli("list", job_with_tasks, "--csv")
    assert cli("list", job_with_tasks, "-o", "ids") == cli("list", job_with_tasks, "--ids")
    assert cli("list", job_with_tasks, "-o", "table") == cli("list", job_with_tasks)
    head, *rows = cli("list", job_with_tasks, "-o", "wide").rows
    assert head[-6:] == ["NAME", "SLOTS", "CREATED", "STARTED", "ENDED", "COMMAND"]
    assert {row[0]: row[-1] for row in rows} == {task["id"]: task["commandLine"] for task in as_json}


def test_single_objects_in_json_and_yaml(cli: Cli, job_with_tasks: str) -> None:
    for words in (["show", job_with_tasks, "bad"], ["job", "show", job_with_tasks], ["counts", job_with_tasks]):
        document = cli(*words, "--json").document
        assert yaml.safe_load(cli(*words, "-o", "yaml").out) == document
        assert "exclude each other" in cli(*words, "-o", "yaml", "--json", status=2).error()[0]
        assert "'ids' is not one of 'table', 'json', 'yaml'" in cli(*words, "-o", "ids", status=2).usage_error()


def test_columns_by_their_names_and_by_members(cli: Cli, job_with_tasks: str) -> None:
    names = "id,EXITCODE,commandLine,constraints.max_task_retry_count,nodeInfo.nodeId,env.WORD"
    rows = cli("list", job_with_tasks, "--prefix", "bad", "--columns", names).rows
    assert rows[0] == ["ID", "EXIT CODE", "COMMAND LINE", *rows[0][3:5], "ENV.WORD"]
    assert rows[0][3:5] == ["CONSTRAINTS.MAX TASK RETRY COUNT", "NODE INFO.NODE ID"]
    assert rows[1][:2] + rows[1][3:] == ["bad", "3", "0", "localnode", "hi"]
    (row,) = csv.DictReader(
        io.StringIO(cli("list", job_with_tasks, "--prefix", "bad", "--columns", names, "--csv").out)
    )
    assert row["constraints.maxTaskRetryCount"] == "0"
    assert row["env.WORD"] == "hi"
    request = cli("list", job_with_tasks, "--columns", "env.WORD,slots", "--dry-run", "--csv").out
    assert request.startswith("GET ")
    assert "$select=id,environmentSettings,requiredSlots" in request
    assert cli("job", "list", "--prefix", job_with_tasks, "--columns", "id,poolInfo.poolId,maxParallel").rows[1][
        :2
    ] == [*(job_with_tasks, "any")]
    what, remedy = cli("list", job_with_tasks, "--columns", "id,exitcod", status=2).error()
    assert what == "There is no column or member 'exitcod'."
    assert remedy.startswith("Columns: id, state, ")
    what, _ = cli("files", job_with_tasks, "bad", "--columns", "nmae", status=2).error()
    assert "Did you mean 'name'?" in what


def test_lists_can_be_sorted(cli: Cli, job_with_tasks: str) -> None:
    def ids(*words: str) -> list[str]:
        return cli("list", job_with_tasks, "--ids", *words).out.split()

    assert ids("--sort-by", "id") == ["bad", "good-1", "good-2"]
    assert ids("--sort-by", "-id") == ["good-2", "good-1", "bad"]
    assert ids("--sort-by", "-exitCode", "--limit", "1") == ["bad"]
    assert ids("--sort-by", "executionInfo.exitCode")[-1] == "bad"
    assert ids("--sort-by", "failure")[-1] == "bad"  # what is missing comes first
    assert sorted(ids("--sort-by", "duration")) == ["bad", "good-1", "good-2"]
    assert "There is no column or member 'x'" in cli("list", job_with_tasks, "--sort-by", "x", status=2).error()[0]
    names = cli("files", job_with_tasks, "bad", "--sort-by", "-name", "-o", "ids").out.split()
    assert names == sorted(names, reverse=True)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["-o", "json", "--csv"], "exclude each other"),
        (["--json", "--columns", "id"], "--columns is not for -o json"),
        (["--ids", "--columns", "id"], "--columns is not for -o ids"),
        (["-o", "csv", "--select", "id"], "--select is for JSON and YAML"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_would_go_unused_is_refused(cli: Cli, words: list[str], what: str) -> None:
    assert what in cli("list", "j", *words, status=2).error()[0]


@pytest.mark.local_batch(run=False)
def test_yaml_keeps_texts_that_look_like_something_else(cli: Cli, batch: RunningBatch) -> None:
    texts = ["yes", "007", "1e3", "2026-01-31", "null", "a: b", "- x", "grüße →", "\u202e\x85x", "# no", "'", '"']
    with batch.client() as client:
        client.job.add({"id": "yaml", "poolInfo": {"poolId": "p"}})
        env = [{"name": f"V{n}", "value": text} for n, text in enumerate(texts)]
        client.task.add("yaml", {"id": "t", "commandLine": "x", "environmentSettings": env})
        out = cli("show", "yaml", "t", "-o", "yaml").out
    assert yaml.safe_load(out)["environmentSettings"] == env
    assert not re.search("[\u202e\x85]", out)


# What a program may rely on: the members of the JSON of each command, and the header of each CSV.
REPORT = {"jobId", "failed", "unknown", "unsent", "requests", "retried", "seconds", "stopped"}
DONE = {"done", "failed"}
TASK = {"id", "state", "commandLine", "creationTime", "stateTransitionTime", "constraints", "executionInfo"}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_contract_of_json(cli: Cli, batch: RunningBatch, job_with_tasks: str, tmp_path: Path) -> None:
    job = job_with_tasks
    seen: dict[str, set[str]] = {}

    def members(*words: object, status: int = 0, stdin: str | None = None) -> set[str]:
        text = cli(*words, "--json", status=status, stdin=stdin).out
        name = " ".join(map(str, words[:2] if words[0] in ("job", "account") else words[:1]))
        found = set(json.loads(text)) if text.startswith("{\n") else set.union(*map(set, lines(text)))
        assert seen.setdefault(name, found) == found or name in ("list", "files"), name
        return found

    assert REPORT | {"added", "existed"} == members("add", job, "--id", "x1", "-c", "true")
    assert REPORT | {"added", "existed"} == members("add", job, "--from", "-", stdin='{"id":"x2","commandLine":"true"}')
    cli("wait", job, "--poll", "50ms", status=1)
    for words in (["delete", job, "x1"], ["terminate", job, "bad", "good-1"], ["reactivate", job, "bad"]):
        assert REPORT | {"done", "already"} == members(*words)
    retried = REPORT | {"done", "already", "addedAgain"}
    assert retried == members("retry", job, "bad", "x2", "--yes") == members("retry", job, "bad")
    cli("wait", job, "--poll", "50ms", status=1)
    assert members("update", job, "bad", "--retries", "1") == {"jobId", "id", "constraints"}
    waited = {"end", "total", "succeeded", "failed", "pending", "missing", "failures", "pendingIds"}
    assert members("wait", job, status=1) == waited
    watched = {"jobId", "state", "active", "running", "succeeded", "failed", "slots", "rate", "failures"}
    assert members("watch", job, status=1) == watched
    assert members("list", job) & members("show", job, "bad") >= TASK
    assert members("describe", job, "bad") == {"task", "reasons", "stderr", "stdout"}
    assert members("counts", job) == {"taskCounts", "taskSlotCounts"}
    assert {"name", "isDirectory", "url"} <= members("files", job, "bad")
    downloaded = {"jobId", "tasks", "files", "unchanged", "bytes", "failed"}
    assert members("download", job, "bad", "--to", "d") == downloaded
    for words in (["add", "c-1", "--pool", "p"], ["add", "c-2", "--pool", "p"], ["update", "c-1", "--priority", "1"]):
        assert members("job", *words) == DONE
    for verb in ("disable", "enable", "terminate"):
        assert members("job", verb, "c-1", "c-2") == DONE
    assert members("job", "wait", "c-1") == {"jobId", "state"}
    assert members("job", "delete", "c-2", "--yes") == DONE
    assert {"id", "state", "poolInfo"} <= members("job", "list") & members("job", "show", job)
    assert members("account", "list") == {"name", "default", "url", "account", "credential", "apiVersion"}
    # Every command that has --json is in this test, and on the page.
    have = {name for name, command in _commands() if any("--json" in option.opts for option in command.params)}
    assert have - {"subtasks"} == seen.keys()
    for name in have:
        assert re.search(rf"^\| [^|]*`{name}`[^|]*\| [^|]+\|$", PAGE, re.MULTILINE), (
            f"{name} is not in the table of JSON"
        )


def test_the_contract_of_csv(cli: Cli, job_with_tasks: str) -> None:
    headers = {
        "list": ["list", job_with_tasks],
        "subtasks": ["subtasks", job_with_tasks, "good-1"],
        "job list": ["job", "list"],
        "files": ["files", job_with_tasks, "bad"],
        "counts": ["counts", job_with_tasks],
        "account list": ["account", "list"],
    }
    for name, words in headers.items():
        header = cli(*words, "--csv").out.splitlines()[0]
        assert f"| `{name}` | `{header}` |" in PAGE, f"the page does not show the CSV header of {name}: {header}"


def _commands() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, command in COMMAND.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [(name, command)] if inner is None else [(f"{name} {each}", inner[each]) for each in inner]
    return found
