"""Columns of a file: each is used by a template, sets a member of the task, or is refused by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks import models
from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


def sent(cli: Cli, content: str, *words: str, form: str = "csv", status: int = 0) -> list[dict[str, Any]]:
    """The tasks that would be sent."""
    ran = cli("add", "j", "--from", "-", "--format", form, "--dry-run", "--json", *words, stdin=content, status=status)
    return [task for line in ran.out.splitlines() for task in json.loads(line)["body"]["value"]]


MEMBERS: dict[str, tuple[str, dict[str, Any]]] = {
    "displayName": ("A name", {"displayName": "A name"}),
    "display_name": ("A name", {"displayName": "A name"}),
    "requiredSlots": ("2", {"requiredSlots": 2}),
    "required_slots": ("2", {"requiredSlots": 2}),
    "maxTaskRetryCount": ("-1", {"constraints": {"maxTaskRetryCount": -1}}),
    "constraints.maxTaskRetryCount": ("3", {"constraints": {"maxTaskRetryCount": 3}}),
    "constraints.max_wall_clock_time": ("2h30m", {"constraints": {"maxWallClockTime": "PT2H30M"}}),
    "retentionTime": ("PT15M", {"constraints": {"retentionTime": "PT15M"}}),
    "env.GREETING": ("it's me", {"environmentSettings": [{"name": "GREETING", "value": "it's me"}]}),
    "containerSettings.imageName": ("python:3", {"containerSettings": {"imageName": "python:3"}}),
    "userIdentity.autoUser.elevationLevel": ("admin", {"userIdentity": {"autoUser": {"elevationLevel": "admin"}}}),
    "dependsOn": ("a 3-7 b", {"dependsOn": {"taskIds": ["a", "b"], "taskIdRanges": [{"start": 3, "end": 7}]}}),
    "dependsOn.taskIds": ("a b", {"dependsOn": {"taskIds": ["a", "b"]}}),
    "multiInstanceSettings.numberOfInstances": ("2", {"multiInstanceSettings": {"numberOfInstances": 2}}),
}


@pytest.mark.parametrize("column", MEMBERS)
def test_a_column_named_as_a_member_sets_it(cli: Cli, column: str) -> None:
    text, members = MEMBERS[column]
    more = ",multiInstanceSettings.coordinationCommandLine" if "multi" in column else ""
    (with_it, without) = sent(
        cli, f'id,command,{column}{more}\na,x,"{text}"{",y" if more else ""}\nb,x,{"," if more else ""}\n'
    )
    if more:
        members = {"multiInstanceSettings": {**members["multiInstanceSettings"], "coordinationCommandLine": "y"}}
    assert with_it == {"id": "a", "commandLine": "x", **members}
    # What a row leaves empty is left out.
    assert without == {"id": "b", "commandLine": "x"}


@pytest.mark.parametrize(
    ("columns", "words", "what", "remedy"),
    [
        ("id,command,nmae", [], "no template uses column 'nmae', and a task has no such member.", "--ignore nmae"),
        ("id,command,dislayName", [], "Did you mean 'displayName'?", "correct its name"),
        (
            "id,command,constraints.maxTaskRetry",
            [],
            "Did you mean 'constraints.maxTaskRetryCount'?",
            "correct its name",
        ),
        ("id,command,state", [], "'state'", "--ignore state"),
        ("id,command,resourceFiles", [], "is an object, which only JSON can hold", "--ignore resourceFiles"),
        ("id,command,env.", [], "'env.'", "--ignore env."),
        ("id,command,retries", ["--retries", "2"], "'retries'", "{retries}"),
        ("id,command,maxTaskRetryCount", ["--retries", "2"], "both --retries and column 'maxTaskRetryCount' set", ""),
        ("id,command,env.A", ["--env", "A=1"], "both --env and column 'env.A' set env.A", ""),
        ("id,x", ["--id", "t-{n}", "-c", "do {x}"], "both --id and column 'id' set id", "{id}"),
        ("id,command,x", ["-c", "do {x}"], "both --command and column 'command' set commandLine", ""),
    ],
)
def test_a_column_that_would_be_dropped_is_refused(
    cli: Cli, columns: str, words: list[str], what: str, remedy: str
) -> None:
    row = ",".join("1" for _ in columns.split(","))
    ran = cli("add", "j", "--from", "-", "--format", "csv", *words, stdin=f"{columns}\n{row}\n", status=2)
    assert what in ran.error()[0]
    assert remedy in ran.error()[1]
    assert ran.out == ""


def test_columns_can_be_ignored_and_used_twice(cli: Cli) -> None:
    content = "id,script,note,displayName\na,fit.py,whatever,First\n"
    (task,) = sent(cli, content, "-c", "python3 {script} --title {displayName!q}", "--ignore", "note")
    assert task == {"id": "a", "commandLine": "python3 fit.py --title First", "displayName": "First"}


@pytest.mark.parametrize(
    ("column", "text", "what"),
    [
        ("requiredSlots", "two", "column 'requiredSlots': 'two' is not a whole number"),
        ("maxWallClockTime", "soon", "'soon' is not a duration such as 90s"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_before_anything_is_sent(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path, column: str, text: str, what: str
) -> None:
    (tmp_path / "a.csv").write_text(f"id,command,{column}\na,x,\nb,x,{text}\n")
    ran = cli("add", job, "--from", "a.csv", status=2)
    assert ran.error()[0].startswith(f"a.csv, line 3: {what}" if "line" in what else "a.csv, line 3: ")
    assert what in ran.error()[0]
    with batch.client() as client:
        assert list(client.task.list(job)) == []


def test_json_rows_that_fill_in_a_template_follow_the_same_rule(cli: Cli) -> None:
    rows = [
        {"k": 1, "displayName": "One", "constraints": {"maxTaskRetryCount": 2}, "note": None},
        {"k": 2, "environmentSettings": [{"name": "A", "value": "1"}], "note": "x"},
    ]
    content = "".join(json.dumps(row) + "\n" for row in rows)
    words = ["--id", "t{k}", "-c", "do {k}", "--env", "K={k}"]
    ran = cli("add", "j", "--from", "-", *words, "--dry-run", stdin=content, status=2)
    assert "line 1: no template uses column 'note', and a task has no such member" in ran.error()[0]
    first, second = sent(cli, content, *words[:4], "--ignore", "note", form="jsonl")
    assert first == {"id": "t1", "commandLine": "do 1", "displayName": "One", "constraints": {"maxTaskRetryCount": 2}}
    assert second["environmentSettings"] == [{"name": "A", "value": "1"}]
    ran = cli(
        "add", "j", "--from", "-", *words, "--ignore", "note", "--dry-run", stdin=content.splitlines()[1], status=2
    )
    assert "both --env and column 'environmentSettings'" in ran.error()[0]


def test_every_member_of_a_task_can_be_named_in_both_ways() -> None:
    from batchtasks_cli.output.columns import find_member

    for member in models.members(models.TaskAddParameter):
        assert find_member("TaskAddParameter", member.name) == find_member("TaskAddParameter", member.wire) == [member]


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda text: text.strip()
)


@settings(max_examples=30)
@given(rows=st.lists(st.tuples(cells, cells | st.just("")), min_size=1, max_size=4))
def test_what_stands_in_a_cell_is_what_is_sent(rows: list[tuple[str, str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([("displayName", "env.X"), *rows])
    account = {"BATCH_ACCOUNT_URL": "http://127.0.0.1:1", "BATCH_ACCOUNT_NAME": "n", "BATCH_ACCOUNT_KEY": "a2V5"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in account.items():
            patch.setenv(name, value)
        tasks = sent(Cli(), out.getvalue(), "--id", "t{n}", "-c", "x")
    for task, (name, variable) in zip(tasks, rows, strict=True):
        assert task["displayName"] == name
        expected = [{"name": "X", "value": variable}] if variable.strip() else None
        assert task.get("environmentSettings") == expected


def test_a_task_that_was_read_can_be_added_again(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--id", "t1", "-c", "run it", "--env", "A=1", "--retries", "2", "--slots", "1")
    for words in (["show", job, "t1", "--json"], ["list", job, "--json"], ["list", job, "-o", "json"]):
        text = cli(*words).out
        cli("delete", job, "t1")
        cli("add", job, "--from", "-", stdin=text)
        again = cli("show", job, "t1", "--json").document
        assert (again["commandLine"], again["constraints"]["maxTaskRetryCount"]) == ("run it", 2)
        assert again["environmentSettings"] == [{"name": "A", "value": "1"}]
