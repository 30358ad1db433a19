"""`list`, `show`, `counts`, `subtasks`, `files`: what they write, in every form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from batchtasks.testing import RunningBatch
from batchtasks_cli.output.columns import TASKS
from batchtasks_cli.output.table import Column, write_table
from tests.batchtasks_cli.support import Cli

NAMES = ["good-1", "good-2", "bad"]


def test_a_table_for_people(cli: Cli, job_with_tasks: str) -> None:
    head, *rows = cli("list", job_with_tasks).rows
    assert head[:4] == ["ID", "STATE", "RESULT", "EXIT CODE"]
    assert {row[0] for row in rows} == set(NAMES)
    bad = next(row for row in rows if row[0] == "bad")
    assert bad[1:4] == ["completed", "failure", "3"]
    assert bad[-1] == "FailureExitCode"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes standard output a terminal of a width."""

    def make(width: int) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("NO_COLOR", "1")

    return make


@pytest.mark.parametrize(("width", "last"), [(30, "what went wrong in the en…"), (80, None), (10, None)])
def test_the_last_column_is_cut_to_the_terminal(
    narrow: Callable[[int], None], capsys: pytest.CaptureFixture[str], width: int, last: str | None
) -> None:
    narrow(width)
    sentence = "what went wrong in the end, at length"
    columns = [Column(name, itemgetter(index)) for index, name in enumerate(("id", "failure"))]
    write_table(columns, [["t1", sentence]])
    assert capsys.readouterr().out.splitlines()[1] == f"t1  {last or sentence}"


SINCE, SHORT = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC), "2020-02-03 04:05Z"
ROWS = [
    ["a", "completed", "failure", "3", "0", SINCE, "1 h 12 m", "tvmps_0c5ce0f6_d", "FailureExitCode"],
    [
        "b",
        "completed",
        "failure",
        "",
        "0",
        SINCE,
        "0.1 s",
        "tvmps_0c5ce0f6_d",
        "ResourceContainerNotFound: nothing there",
    ],
]


@pytest.mark.parametrize(
    ("width", "heads", "last"),
    [
        (200, "ID STATE RESULT EXIT CODE RETRIES SINCE DURATION NODE FAILURE", ROWS[1][-1]),
        (118, "ID STATE RESULT EXIT CODE RETRIES SINCE DURATION NODE FAILURE", "ResourceContainerNotFound:…"),
        (108, "ID STATE RESULT EXIT CODE RETRIES SINCE DURATION FAILURE", "ResourceContainerNotFound: nothing…"),
        (96, "ID STATE RESULT EXIT CODE SINCE DURATION FAILURE", "ResourceContainerNotFound: noth…"),
        (80, "ID STATE RESULT EXIT CODE SINCE FAILURE", "ResourceContainerNotFound…"),
        (72, "ID STATE RESULT EXIT CODE FAILURE", "ResourceContainerNotFound: nothing t…"),
        (50, "ID STATE RESULT EXIT CODE FAILURE", "ResourceContai…"),
    ],
)
def test_columns_give_way_on_a_narrow_terminal(
    narrow: Callable[[int], None], capsys: pytest.CaptureFixture[str], width: int, heads: str, last: str
) -> None:
    narrow(width)
    shown = [column for column in TASKS if not column.wide]
    columns = [replace(column, value=itemgetter(index), show=None) for index, column in enumerate(shown)]
    write_table(columns, ROWS)
    head, _, row = capsys.readouterr().out.splitlines()
    assert " ".join(head.split()) == heads
    assert (f"  {SHORT}  " in row) == ("SINCE" in heads)
    assert row.endswith(f"  {last}")
    assert len(row) <= width


def test_json_lines_hold_what_the_service_gave(cli: Cli, batch: RunningBatch, job_with_tasks: str) -> None:
    found = {task["id"]: task for task in cli("list", job_with_tasks, "--json").lines}
    with batch.client() as client:
        expected = client.task.get(job_with_tasks, "bad").to_dict()
    expected.pop("odata.metadata", None)
    assert found["bad"] == expected


def test_json_can_be_narrowed(cli: Cli, job_with_tasks: str) -> None:
    ran = cli("list", job_with_tasks, "--json", "--select", "id,state", "--prefix", "bad")
    assert ran.lines == [{"id": "bad", "state": "completed"}]


def test_csv_has_a_header_and_plain_values(cli: Cli, job_with_tasks: str) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("list", job_with_tasks, "--csv").out)))
    bad = next(row for row in rows if row["id"] == "bad")
    assert (bad["state"], bad["result"], bad["exitCode"], bad["retries"]) == ("completed", "failure", "3", "0")
    assert bad["since"].endswith("Z")
    assert bad["failure"].startswith("FailureExitCode: The task exited")
    assert float(bad["duration"]) >= 0


def test_ids_alone_are_for_other_commands(cli: Cli, job_with_tasks: str) -> None:
    ids = cli("list", job_with_tasks, "--succeeded", "--ids").out
    assert sorted(ids.split()) == ["good-1", "good-2"]
    assert cli("delete", job_with_tasks, "-", stdin=ids).out.startswith("2 deleted")
    assert cli("list", job_with_tasks, "--ids").out == "bad\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--state", "completed"], NAMES),
        (["--state", "active", "--state", "running"], []),
        (["--state", "active", "--state", "completed", "--failed"], ["bad"]),
        (["--failed"], ["bad"]),
        (["--succeeded"], ["good-1", "good-2"]),
        (["--exit-code", "3"], ["bad"]),
        (["--exit-code", "0", "--exit-code", "3"], NAMES),
        (["--exit-code", "7"], []),
        (["--since", "1h"], NAMES),
        (["--since", "2999-01-01T00:00Z"], []),
        (["--prefix", "good-"], ["good-1", "good-2"]),
        (["--filter", "id eq 'bad'"], ["bad"]),
        (["--filter", "id eq 'bad' or id eq 'good-1'", "--succeeded"], ["good-1"]),
        (["--limit", "1", "--failed"], ["bad"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_filters_are_plain_flags(cli: Cli, job_with_tasks: str, words: list[str], names: list[str]) -> None:
    assert sorted(cli("list", job_with_tasks, "--ids", *words).out.split()) == sorted(names)


def test_a_filter_is_one_condition_for_the_service(cli: Cli) -> None:
    words = ["--state", "active", "--state", "running", "--exit-code", "1", "--prefix", "a'b"]
    text = cli("list", "j", *words, "--dry-run").out
    query = parse_qs(urlsplit(text.split()[1]).query)
    expected = "(state eq 'active' or state eq 'running') and executionInfo/exitCode eq 1 and startswith(id,'a''b')"
    assert query["$filter"] == [expected]
    assert query["$select"] == ["id,state,executionInfo,stateTransitionTime,nodeInfo"]
    (request,) = cli("list", "j", *words, "--dry-run", "--json").lines
    assert request["body"] is None
    assert "select" not in request["url"]


def test_nothing_found_is_said_beside_the_output(cli: Cli, job: str) -> None:
    assert (ran := cli("list", job)).out == ""
    assert ran.err == "batchtasks: the job has no tasks.\n"
    assert cli("list", job, "--failed").err == "batchtasks: no task matches.\n"
    assert cli("list", job, "--json") == cli("list", job, "--ids")
    assert cli("list", job, "--csv").out.startswith("id,state,")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--json", "--csv"], "exclude each other"),
        (["--ids", "--json"], "exclude each other"),
        (["--select", "id"], "is for JSON"),
        (["--json", "--select", "stat"], "'stat'"),
        (["--failed", "--succeeded"], "exclude each other"),
        (["--since", "someday"], "'someday' is not a time"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_named(cli: Cli, words: list[str], what: str) -> None:
    ran = cli("list", "j", *words, status=2)
    assert what in ran.what()
    assert ran.out == ""


def test_a_filter_that_the_service_refuses_is_told_as_it_says(cli: Cli, job: str) -> None:
    what, remedy = cli("list", job, "--filter", "colour eq 'red'", status=3).error()
    assert "InvalidQueryParameterValue" in what
    assert "QueryParameterName: $filter" in what
    assert "--dry-run" in remedy


def test_show_tells_of_one_task(cli: Cli, job_with_tasks: str) -> None:
    text = cli("show", job_with_tasks, "bad").out
    lines = dict(line.split("\t") for line in text.splitlines())
    assert lines["id"] == "bad"
    assert lines["executionInfo.exitCode"] == "3"
    assert lines["constraints.maxWallClockTime"] == "unlimited"
    assert lines["environmentSettings"] == "WORD=hi"
    assert "last words" in lines["commandLine"]


@pytest.mark.local_batch(run=False)
def test_show_has_no_signature_of_a_url(cli: Cli) -> None:
    cli("job", "add", "signed", "--pool", "p")
    url = "https://a.blob.core.windows.net/c/x.csv?sv=1&sig=SECRET"
    cli("add", "signed", "--id", "t", "--resource-file", f"x.csv={url}", "-c", "x")
    for command in ("show", "describe"):
        (line,) = [line for line in cli(command, "signed", "t").out.splitlines() if line.startswith("resourceFiles")]
        assert "x.csv?sv=1&sig=***" in line
        assert "file_path='x.csv'" in line
    assert cli("show", "signed", "t", "--json").document["resourceFiles"] == [{"httpUrl": url, "filePath": "x.csv"}]


def test_show_writes_one_document(cli: Cli, job_with_tasks: str) -> None:
    document = cli("show", job_with_tasks, "bad", "--json").document
    assert document["executionInfo"]["exitCode"] == 3
    narrow = cli("show", job_with_tasks, "bad", "--json", "--select", "id,state").document
    assert narrow["state"] == "completed"
    assert "executionInfo" not in narrow
    assert "is for JSON" in cli("show", "j", "t", "--select", "id", status=2).err


def test_show_of_what_is_not_there(cli: Cli, job: str) -> None:
    what, remedy = cli("show", job, "nope", status=3).error()
    assert what.startswith(
        f"404 TaskNotFound: The specified task does not exist. (GET /jobs/{job}/tasks/nope, request-id "
    )
    assert remedy == f"See the tasks of the job: batchtasks list {job}."
    remedy = cli("show", "no-such-job", "t", status=3).error()[1]
    assert remedy == "See the jobs: batchtasks job list. Make it: batchtasks job add no-such-job --pool POOL."
    assert "'a b'" in cli("show", job, "a b", status=2).error()[0]


def test_counts_in_every_form(cli: Cli, job_with_tasks: str) -> None:
    head, tasks, slots = cli("counts", job_with_tasks).rows
    assert head == ["WHAT", "ACTIVE", "RUNNING", "COMPLETED", "SUCCEEDED", "FAILED"]
    assert tasks == ["tasks", "0", "0", "3", "2", "1"]
    assert slots == ["slots", "0", "0", "3", "2", "1"]
    document = cli("counts", job_with_tasks, "--json").document
    assert document["taskCounts"]["failed"] == document["taskSlotCounts"]["failed"] == 1
    assert cli("counts", job_with_tasks, "--csv").out.splitlines()[1] == "tasks,0,0,3,2,1"
    assert cli("counts", job_with_tasks, "-o", "csv") == cli("counts", job_with_tasks, "--csv")
    assert "exclude each other" in cli("counts", job_with_tasks, "--csv", "--json", status=2).error()[0]


def test_subtasks_of_a_task_that_has_none(cli: Cli, job_with_tasks: str) -> None:
    ran = cli("subtasks", job_with_tasks, "good-1")
    assert ran.out == ""
    assert "no subtasks" in ran.err
    assert cli("subtasks", job_with_tasks, "good-1", "--json").out == ""


def test_subtasks_of_a_multi_instance_task(cli: Cli, batch: RunningBatch, job: str) -> None:
    with batch.client() as client:
        settings = {"numberOfInstances": 3, "coordinationCommandLine": "/bin/sh -c 'exit 0'"}
        client.task.add(job, {"id": "mpi", "commandLine": "/bin/sh -c 'exit 0'", "multiInstanceSettings": settings})
        client.task.wait(job, timeout=30, poll=0.05)
    assert [each["id"] for each in cli("subtasks", job, "mpi", "--json").lines] == [1, 2]
    assert cli("subtasks", job, "mpi").out.startswith("ID\tSTATE\t")


def test_files_are_listed_written_and_saved(cli: Cli, job_with_tasks: str, tmp_path: Path) -> None:
    names = [line.split()[0] for line in cli("files", job_with_tasks, "good-1").out.splitlines()[1:]]
    assert {"stdout.txt", "stderr.txt", "wd"} <= set(names)
    found = cli("files", job_with_tasks, "good-1", "--prefix", "std", "--json").lines
    assert {each["name"] for each in found} == {"stdout.txt", "stderr.txt"}
    assert "stdout.txt,false,8," in cli("files", job_with_tasks, "good-1", "--csv").out
    assert cli("files", job_with_tasks, "good-1", "stdout.txt").out == "one\ntwo\n"
    ran = cli("files", job_with_tasks, "good-1", "stdout.txt", "--save", tmp_path)
    assert (tmp_path / "stdout.txt").read_text() == "one\ntwo\n"
    assert ran.out == ""


@pytest.mark.parametrize(
    ("words", "status", "what"),
    [
        (["--save", "x"], 2, "needs the name of a file"),
        (["stdout.txt", "--json"], 2, "are for lists"),
        (["nope.txt"], 3, "has no file nope.txt"),
        (["wd"], 2, "wd is a directory; choose one of the files in it"),
    ],
)
def test_what_is_wrong_with_files_is_named(
    cli: Cli, job_with_tasks: str, words: list[str], status: int, what: str
) -> None:
    assert what in cli("files", job_with_tasks, "good-1", *words, status=status).error()[0]


def test_a_dry_run_of_reading_reads_nothing(cli: Cli, batch: RunningBatch) -> None:
    for words in (["list", "j"], ["show", "j", "t"], ["counts", "j"], ["subtasks", "j", "t"], ["files", "j", "t"]):
        ran = cli(*words, "--dry-run")
        assert ran.out.startswith(f"GET {batch.url}/jobs/j/")
        assert "uthorization" not in ran.out
