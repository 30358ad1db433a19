"""`add`: input that cannot be read, holds nothing, or is refused from beginning to end."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (
            b'{"id": "a", "commandLine": "x"\n',
            "line 1: this is not JSON: Expecting ',' delimiter (column 31).",
            "Nothing",
        ),
        (
            "x,y\n".encode("utf-16"),
            "has no header: this is not UTF-8.",
            "The first line must name the columns, in UTF-8.",
        ),
        (b"", "has no header: it is empty.", "The first line must name the columns"),
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


@pytest.mark.slow
def test_a_service_that_refuses_every_task_ends_the_work(cli: Cli, batch: RunningBatch, job: str) -> None:
    rows = "".join(f"{number}\n" for number in range(3000))
    words = ["add", job, "--from", "-", "--format", "lines", "--id", "t-{line}", "-c", "x"]
    refusal = {"status": 400, "code": "InvalidPropertyValue", "operations": ("Task_AddCollection",)}
    with batch.service.faults("error", **refusal):
        ran = cli(*words, stdin=rows, status=3)
    assert "the work was ended: 400 InvalidPropertyValue" in ran.err
    counts = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:failed|not sent)", ran.out)]
    assert sum(counts) == 3000
    assert counts[0] < 2000


def test_what_a_flag_wants_is_named(cli: Cli, batch: RunningBatch, job: str) -> None:
    what = cli("add", job, "--id", "t", "--resource-file", "x", "-c", "x", status=2).usage_error()
    assert "Invalid value for '--resource-file': 'x' is not PATH=URL." in what
    _, remedy = cli("add", job, "--id", "t", "--depends-on", "a", "-c", "x", status=3).error()
    assert "--dependencies" in remedy


PACKED = gzip.compress("".join(f'{{"id": "t{n}", "commandLine": "x {n}"}}\n' for n in range(5000)).encode())


@pytest.mark.parametrize(
    "content",
    [
        PACKED[:-4],
        PACKED[: len(PACKED) // 2],
        b"not packed",
        PACKED[:100] + b"\0" * 50 + PACKED[150:],
        PACKED[:-8] + b"\0" * 8,
    ],
    ids=["without its end", "half", "never packed", "damaged", "wrong checksum"],
)
@pytest.mark.parametrize("words", [[], ["--no-check"]], ids=" ".join)
def test_a_packed_file_that_is_broken_is_named(
    cli: Cli, job: str, tmp_path: Path, content: bytes, words: list[str]
) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    ran = cli("add", job, "--from", "a.jsonl.gz", *words, status=2)
    last = ran.err.splitlines()[-2 if not words else -4 :]
    assert any("a.jsonl.gz: the compressed data are broken or cut off" in line for line in last), ran.err
    assert "defect" not in ran.err


def test_input_that_is_no_text_is_two_lines_and_status_2(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "job.json").write_bytes(b'{"poolInfo": "\xff"}')
    what, remedy = cli("job", "add", "j2", "--from", "job.json", status=2).error()
    assert what == r"the input is not UTF-8: b'\xff' is no text."
    assert remedy == "Save it as UTF-8."
    for words in (["delete", job, "-"], ["job", "add", "j2", "--from", "-"]):
        assert "not UTF-8" in cli(*words, stdin=b"t\xff1\n", status=2).error()[0]
    (tmp_path / "key").write_bytes(b"\xff")
    assert "not UTF-8" in cli("serve", "--key-file", "key", status=2).error()[0]
    (tmp_path / "no.csv.gz").write_bytes(b"")
    assert cli("add", job, "--from", "no.csv.gz", status=2).error()[0].startswith("no.csv.gz has no header")


def test_a_folder_or_nothing_in_place_of_a_file(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "dir.csv").mkdir()
    for name in ("dir.csv", "nothing.gz", "nothing.tar.gz", "no/such/folder.jsonl", "noway.xlsx", "nosuffix"):
        ran = cli("add", job, "--from", name, status=2)
        assert name in ran.error()[0]
