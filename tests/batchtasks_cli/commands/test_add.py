"""`add`: one task from flags, many from every format, and what is wrong with rows."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


def tasks_of(batch: RunningBatch, job: str) -> dict[str, str]:
    """The tasks of a job: command lines by id."""
    with batch.client() as client:
        return {str(task.id): str(task.command_line) for task in client.task.list(job)}


def test_one_task_from_flags(cli: Cli, batch: RunningBatch, job: str) -> None:
    words = ["--env", "A=1", "-e", "B=x=y", "--display-name", "One", "--retries", 2, "--slots", 1]
    words += ["--max-wall-clock", "1h30m", "--retention", "2d"]
    ran = cli("add", job, "--id", "t1", "--command", "/bin/true", *words)
    assert ran.out == "Task t1 was added.\n"
    with batch.client() as client:
        task = client.task.get(job, "t1").to_dict()
    assert task["commandLine"] == "/bin/true"
    assert task["displayName"] == "One"
    assert task["environmentSettings"] == [{"name": "A", "value": "1"}, {"name": "B", "value": "x=y"}]
    limits = {"maxWallClockTime": "PT1H30M", "retentionTime": "P2D", "maxTaskRetryCount": 2}
    assert task["constraints"] == limits


def test_the_command_line_may_follow_as_words(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--id", "t1", "--", "/bin/sh", "-c", "echo 'a b' | wc -l")
    assert tasks_of(batch, job) == {"t1": """/bin/sh -c 'echo '"'"'a b'"'"' | wc -l'"""}


def test_dependencies_are_ids_and_ranges(cli: Cli, job: str) -> None:
    ran = cli("add", job, "--id", "t", "-c", "x", "--depends-on", "a-b", "--depends-on", "3-9", "--dry-run", "--json")
    (request,) = ran.lines
    assert request["body"]["dependsOn"] == {"taskIds": ["a-b"], "taskIdRanges": [{"start": 3, "end": 9}]}


def test_json_tells_what_was_added(cli: Cli, job: str) -> None:
    ran = cli("add", job, "--id", "t1", "-c", "x", "--json")
    assert (ran.document["jobId"], ran.document["added"], ran.document["failed"]) == (job, 1, [])
    # The same members, whether one was added or many.
    many = cli("add", job, "--from", "-", "--json", stdin='{"id": "t2", "commandLine": "x"}\n')
    assert many.document.keys() == ran.document.keys()


def test_an_id_that_is_taken_is_refused_by_the_service(cli: Cli, job: str) -> None:
    cli("add", job, "--id", "t1", "-c", "x")
    what, remedy = cli("add", job, "--id", "T1", "-c", "x", status=3).error()
    assert what.startswith("409 TaskExists: ")
    assert "request-id " in what
    assert "letter case" in remedy


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ([], "--id and --command are missing"),
        (["--id", "t"], "--command is missing"),
        (["-c", "x"], "--id is missing"),
        (["--id", "t", "-c", "x", "--", "y"], "given twice"),
        (["--id", "a b", "-c", "x"], "'a b'"),
        (["--id", "t", "-c", "  "], "needs a command line"),
        (["--id", "t", "-c", "x", "--depends-on", "a", "--depends-on", ""], "'--depends-on': it is empty"),
        (["--id", "t", "-c", "x", "--container", ""], "'--container': it is empty"),
        (["--id", "t", "-c", "x", "-e", "A"], "not NAME=VALUE"),
        (["--id", "t", "-c", "x", "--max-wall-clock", "soon"], "'soon' is not a duration"),
        (["--id", "t", "-c", "x", "--max-wall-clock", "0s"], "above zero"),
        (["--id", "t", "-c", "x", "--rest", "f"], "is for --from only"),
        (["--from", "no-such.jsonl"], "No such file"),
        (["--from", "no-such.xls"], "No such file"),
        (["--from", "/dev/null"], "does not say how it is written"),
    ],
)
def test_wrong_usage_is_named_and_sends_nothing(cli: Cli, job: str, words: list[str], what: str) -> None:
    ran = cli("add", job, *words, status=2)
    assert what in ran.what()
    assert ran.out == ""


def test_a_value_that_is_no_number_is_named_by_click(cli: Cli, job: str) -> None:
    assert "--retries" in cli("add", job, "--id", "t", "-c", "x", "--retries", "many", status=2).usage_error()


ROWS = [{"id": f"r{n}", "commandLine": f"run {n}"} for n in range(250)]
EXPECTED = {row["id"]: row["commandLine"] for row in ROWS}
FORMS = {
    "tasks.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS),
    "tasks.ndjson": "\n\n".join(json.dumps(row) for row in ROWS),
    "tasks.json": json.dumps(ROWS, indent=2),
    "envelope.json": json.dumps({"value": ROWS}),
    "late.json": json.dumps({"odata.metadata": "x", "value": ROWS}),
    "several.json": "".join(json.dumps(row, indent=1) for row in ROWS),
    "tasks.csv": "\ufeffid,commandLine\r\n" + "".join(f"{row['id']},{row['commandLine']}\r\n" for row in ROWS),
    "tasks.tsv": "command\tid\n" + "".join(f"{row['commandLine']}\t{row['id']}\n" for row in ROWS),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_format_brings_in_the_same_tasks(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(FORMS[name], newline="")
    ran = cli("add", job, "--from", name)
    assert ran.out.startswith("250 added (job ")
    assert tasks_of(batch, job) == EXPECTED


def test_a_packed_file_is_read_too(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "tasks.jsonl.gz").write_bytes(gzip.compress(FORMS["tasks.jsonl"].encode()))
    cli("add", job, "--from", "tasks.jsonl.gz")
    assert tasks_of(batch, job) == EXPECTED


def test_standard_input_is_json_lines_unless_told_otherwise(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--from", "-", stdin=FORMS["tasks.jsonl"])
    assert tasks_of(batch, job) == EXPECTED
    ran = cli("add", job, "--from", "-", "--format", "json", "--json", stdin=FORMS["tasks.json"])
    assert ran.document["existed"] == 250
    assert ran.document["added"] == 0


def test_csv_fills_in_a_template(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text('x,note\n1,plain\n2,"two words"\n3,"it\'s\nlong"\n')
    words = ["--id", "p-{n:03}-{x}", "-c", "echo {x} {note!q} {{}}", "-e", "NOTE={note}"]
    cli("add", job, "--from", "points.csv", *words)
    commands = {"p-001-1": "echo 1 plain {}", "p-002-2": "echo 2 'two words' {}"}
    commands["p-003-3"] = "echo 3 'it'\"'\"'s\nlong' {}"
    assert tasks_of(batch, job) == commands
    with batch.client() as client:
        settings = client.task.get(job, "p-002-2").environment_settings or []
    assert [(each.name, each.value) for each in settings] == [("NOTE", "two words")]


def test_lines_and_json_fill_in_a_template_too(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--from", "-", "--format", "lines", "--id", "l{line}", "-c", "do {line}", stdin="1\n2\n")
    rows = '{"k": 7, "on": true}\n{"k": 8, "on": [1]}\n'
    cli("add", job, "--from", "-", "--id", "j{k}", "-c", "go {on}", stdin=rows)
    assert tasks_of(batch, job) == {"l1": "do 1", "l2": "do 2", "j7": "go true", "j8": "go [1]"}


@pytest.mark.parametrize(
    ("name", "text", "words", "what"),
    [
        ("a.csv", "x\n1\n", ["-c", "do {y}", "--id", "{x}"], "there is no column 'y'"),
        ("a.csv", "x\n1\n", ["-c", "do {x", "--id", "{x}"], "'do {x': "),
        ("a.csv", "x\n1\n", ["-c", "do {x!r}", "--id", "{x}"], "there is no conversion !r"),
        ("a.csv", "x\n1\n", ["-c", "do {x}"], "--id is missing, and the input has no column id"),
        ("a.csv", "x\n1\n", ["--id", "{x}"], "--command is missing"),
        ("a.csv", "", ["--id", "{x}", "-c", "x"], "has no header"),
        ("a.csv", "x,x\n", ["--id", "{x}"], "empty or occur twice"),
        ("a.csv", "x,y\n1,2\n3\n", ["--id", "{x}", "-c", "{y}"], "a.csv, line 3: 1 values for 2 columns"),
        ("a.csv", 'x\n"1"2\n', ["--id", "{x}", "-c", "go"], "a.csv, line 2: this is not CSV"),
        ("a.csv", "x\na b\n", ["--id", "{x}", "-c", "go"], "a.csv, line 2: 'a b' is not an id"),
        ("a.csv", "x\n1\n", ["--id", "{x:%%}", "-c", "go"], "a.csv, line 2: 'x' cannot be written"),
        ("a.jsonl", '{"id":"a","commandLine":"x"}\n{"id":\n', [], "a.jsonl, line 2: this is not JSON"),
        ("a.jsonl", '\n[{"id":"a"}]\n', [], "a.jsonl, line 2: this is not a JSON object"),
        ("a.jsonl", '[\n{"id":"a"}]\n', [], "read with --format json"),
        ("a.jsonl", '{"commandLine":"x"}', [], "a.jsonl, line 1: task needs id"),
        ("a.jsonl", '{"id":"a"}', [], "task a needs command_line"),
        ("a.jsonl", '{"id":"a","commandLine":"x","comandLine":"y"}', [], "comandLine"),
        ("a.jsonl", '{"id":"a","commandLine":"x"}', ["--retries", "1"], "--retries would not be used"),
        (
            "a.jsonl",
            '{"id":"a","comandLine":"x"}',
            [],
            "task a has no member 'comandLine'. Did you mean 'commandLine'?",
        ),
        ("a.jsonl", '{"ID":"a","commandLine":"x"}', [], "task has no member 'ID'. Did you mean 'id'?"),
        ("a.jsonl", '{"x":1}', ["--id", "a{x}", "-c", "do {y}"], "line 1: it has no 'y', which 'do {y}' needs"),
        ("a.csv", "x\n1\n", ["--id", "a", "-c", "do {x}"], "--id has no {column}"),
        (
            "a.json",
            '[{"id":"a","commandLine":"x"},\n{"id":"b" "c"}]',
            [],
            "a.json: this is not JSON: Expecting ',' delimiter: line 2",
        ),
        ("a.json", '[{"id":"a","commandLine":"x"}', [], "this is not JSON: Expecting ',' delimiter: line 1"),
        ("a.json", '[{"id":"a","commandLine":"x"}\n{}]', [], "this is not JSON: Expecting ',' delimiter: line 2"),
        ("a.json", "[1]", [], "a.json, row 1: this is not a JSON object"),
        ("a.json", '{"value": [] x', [], "Expecting ',' delimiter"),
    ],
)
def test_a_file_is_looked_through_before_anything_is_sent(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path, name: str, text: str, words: list[str], what: str
) -> None:
    (tmp_path / name).write_text(text)
    ran = cli("add", job, "--from", name, *words, status=2)
    assert what in ran.error()[0]
    assert "?." not in ran.error()[0]
    assert tasks_of(batch, job) == {}


def test_bytes_that_are_not_utf_8_are_named_by_line(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id":"a","commandLine":"x"}\n{"id":"\xff"}\n')
    assert "a.jsonl, line 2: this is not UTF-8" in cli("add", job, "--from", "a.jsonl", status=2).err
    (tmp_path / "a.csv").write_bytes(b"x\n1\n\xff\n")
    assert (
        "a.csv, line 3: this is not UTF-8" in cli("add", job, "--from", "a.csv", "--id", "{x}", "-c", "y", status=2).err
    )
    (tmp_path / "a.json").write_bytes(b'[{"id":"a","commandLine":"\xff"}]')
    assert "not UTF-8" in cli("add", job, "--from", "a.json", status=2).err


def test_ids_that_occur_twice_are_named_with_their_lines(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("x\none\ntwo\nONE\n")
    ran = cli("add", job, "--from", "a.csv", "--id", "{x}", "-c", "go", status=2)
    assert "a.csv, lines 2 and 4: two tasks have the id 'ONE'" in ran.err
    assert tasks_of(batch, job) == {}


def test_without_the_look_a_bad_row_fails_alone(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    text = '{"id":"a","commandLine":"x"}\nnonsense\n{"id":"b c","commandLine":"x"}\n{"id":"d","commandLine":"x"}\n'
    (tmp_path / "a.jsonl").write_text(text)
    for words, stdin in ((["a.jsonl", "--no-check"], None), (["-"], text)):
        ran = cli("add", job, "--from", *words, "--json", stdin=stdin, status=1)
        assert ran.document["added"] + ran.document["existed"] == 2
        where = "a.jsonl" if stdin is None else "standard input"
        assert [each["id"] for each in ran.document["failed"]] == [f"{where}, line 2", f"{where}, line 3"]
        assert "this is not JSON" in ran.err
    assert set(tasks_of(batch, job)) == {"a", "d"}


def test_too_many_bad_rows_end_the_work(cli: Cli, job: str) -> None:
    ran = cli("add", job, "--from", "-", stdin="nonsense\n" * 1200, status=2)
    assert "1,000 rows before it could not be used either" in ran.err


def test_what_exists_is_left_as_it_is_and_counted(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FORMS["tasks.jsonl"])
    cli("add", job, "--id", "r7", "-c", "mine")
    assert cli("add", job, "--from", "a.jsonl").out.startswith("249 added, 1 existed before (job ")
    assert tasks_of(batch, job)["r7"] == "mine"
    ran = cli("add", job, "--from", "a.jsonl", "--fail-existing", status=1)
    assert ran.out.startswith("0 added, 250 failed")
    assert ran.err.count(": 409 TaskExists: ") == 10
    assert "and 240 more" in ran.err


def test_existing_tasks_can_be_compared_with_those_to_be_added(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("id,command\nr1,x\nr2,x\n")
    words = ["add", job, "--from", "a.csv", "--verify-existing"]
    if "existing must be" in cli(*words, status=None).err:
        pytest.skip("the client of this checkout cannot compare them yet")
    assert cli(*words).out.startswith("0 added, 2 existed before (job ")
    (tmp_path / "a.csv").write_text("id,command\nr1,x\nr2,another\nr3,x\n")
    ran = cli(*words, status=1)
    assert ran.out.startswith("1 added, 1 existed before, 1 failed (job ")
    assert "  r2: " in ran.err
    assert "commandLine" in ran.err
    assert tasks_of(batch, job)["r2"] == "x"
    cli(*words, "--fail-existing", status=2)


def test_tasks_that_did_not_get_in_can_be_kept(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FORMS["tasks.jsonl"])
    cli("add", job, "--id", "r7", "-c", "mine")
    ran = cli("add", job, "--from", "a.jsonl", "--fail-existing", "--rest", "left.jsonl", status=1)
    assert (tmp_path / "left.jsonl").read_text() == json.dumps(ROWS[7]) + "\n"
    assert f"batchtasks add {job} --from left.jsonl" in ran.err
    (tmp_path / "left.jsonl").unlink()
    cli("add", job, "--from", "a.jsonl", "--rest", "left.jsonl")
    assert not (tmp_path / "left.jsonl").exists()


def test_a_missing_job_ends_the_work_and_says_how_to_go_on(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FORMS["tasks.jsonl"])
    ran = cli("add", "no-such-job", "--from", "a.jsonl", status=3)
    what, remedy = ran.error()  # once, and not for every task
    assert "the work was ended: 404 JobNotFound" in what
    assert "batchtasks job add no-such-job --pool POOL" in remedy
    assert "Then run the same command again; what was added counts as existed." in remedy


def test_a_pipe_that_cannot_be_read_again_is_kept_whole(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path
) -> None:
    ran = cli("add", "no-such-job", "--from", "-", stdin=FORMS["tasks.jsonl"], status=3)
    kept = tmp_path / "no-such-job-rest.jsonl"
    assert {json.loads(line)["id"] for line in kept.read_text().splitlines()} == EXPECTED.keys()
    assert f"batchtasks add no-such-job --from {kept.name}" in ran.err
    assert sum(int(number) for number in re.findall(r"(\d+) (?:failed|not sent)", ran.out)) == len(EXPECTED)
    cli("add", job, "--from", kept.name)
    assert tasks_of(batch, job) == EXPECTED
    # A file of that name is not written over.
    cli("add", "no-such-job", "--from", "-", stdin=FORMS["tasks.jsonl"], status=3)
    assert (tmp_path / "no-such-job-rest-2.jsonl").exists()


def test_a_dry_run_shows_the_requests(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FORMS["tasks.jsonl"])
    ran = cli("add", job, "--from", "a.jsonl", "--dry-run", "--json")
    assert [len(request["body"]["value"]) for request in ran.lines] == [100, 100, 50]
    assert ran.lines[0]["url"].startswith(f"{batch.url}/jobs/{job}/addtaskcollection?api-version=")
    assert ran.lines[0]["method"] == "POST"
    assert "Authorization" not in ran.lines[0]["headers"]
    sent = [task for request in ran.lines for task in request["body"]["value"]]
    assert sent == ROWS
    text = cli("add", job, "--id", "t", "-c", "x", "--dry-run").out
    assert text.startswith(f"POST {batch.url}/jobs/{job}/tasks?api-version=")
    assert '"commandLine": "x"' in text
    assert tasks_of(batch, job) == {}


def test_a_dry_run_halves_what_is_too_large(cli: Cli, job: str, tmp_path: Path) -> None:
    rows = [{"id": f"b{n}", "command_line": "x" * 20_000} for n in range(100)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ran = cli("add", job, "--from", "a.jsonl", "--dry-run", "--json")
    assert [len(request["body"]["value"]) for request in ran.lines] == [50, 50]
    assert ran.lines[0]["body"]["value"][0]["commandLine"] == "x" * 20_000
