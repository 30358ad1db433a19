"""`add`: input that cannot be read, holds nothing, or is refused from beginning to end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.cli.support import Cli


@pytest.fixture(scope="session")
def batch(idle_batch: RunningBatch) -> RunningBatch:
    """Here nothing needs to run."""
    return idle_batch


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (
            b'{"id": "a", "commandLine": "x"\n',
            "line 1: this is not JSON: Expecting ',' delimiter (column 31).",
            "Nothing",
        ),
        ("x,y\n".encode("utf-16"), "has no header: this is not UTF-8.", "Save it as UTF-8."),
        (b"", "has no header: it is empty.", "The first line must name the columns."),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    cli: Cli, job: str, tmp_path: Path, content: bytes, what: str, remedy: str
) -> None:
    name = "rows.jsonl" if content.startswith(b"{") else "rows.csv"
    (tmp_path / name).write_bytes(content)
    told, advice = cli("add", job, "--from", name, "--id", "{n}", "-c", "x", status=2).error()
    assert told.startswith(name)
    assert told.endswith(what)
    assert advice.startswith(remedy)


def test_a_file_without_rows_is_noticed(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "head.csv").write_text("x,y\n")
    ran = cli("add", job, "--from", "head.csv", "--id", "{x}", "-c", "{y}")
    assert ran.out.startswith("0 added")
    assert ran.err == "batchtasks: head.csv holds no rows.\n"


def test_a_service_that_refuses_every_task_ends_the_work(cli: Cli, batch: RunningBatch, job: str) -> None:
    rows = "".join(f"{number}\n" for number in range(3000))
    words = ["add", job, "--from", "-", "--format", "lines", "--id", "t-{line}", "-c", "x"]
    refusal = {"status": 400, "code": "InvalidPropertyValue", "operations": ("Task_AddCollection",)}
    with batch.service.faults("error", **refusal):
        ran = cli(*words, stdin=rows, status=3)
    assert "the work was ended: InvalidPropertyValue" in ran.err
    counts = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:failed|not sent)", ran.out)]
    assert sum(counts) == 3000
    assert counts[0] < 2000


def test_what_a_flag_wants_is_named(cli: Cli, batch: RunningBatch, job: str) -> None:
    what, _ = cli("add", job, "--id", "t", "--resource-file", "x", "-c", "x", status=2).error()
    assert what == "--resource-file: 'x' is not PATH=URL."
    _, remedy = cli("add", job, "--id", "t", "--depends-on", "a", "-c", "x", status=3).error()
    assert "--dependencies" in remedy
