"""`logs`: both streams, the end of them, and following them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from batchtasks import InvalidRequestError, ServiceError, TaskFileNotFoundError, UnreadableAnswerError, WrongStateError
from batchtasks.models import FileProperties
from batchtasks.testing import RunningBatch
from batchtasks_cli.output.follow import GrowingFile, start_of_last
from tests.batchtasks_cli.support import Cli


def test_both_streams_go_where_they_belong(cli: Cli, job_with_tasks: str) -> None:
    ran = cli("logs", job_with_tasks, "good-1")
    assert (ran.out, ran.err) == ("one\ntwo\n", "note\n")


def test_one_stream_goes_to_standard_output(cli: Cli, job_with_tasks: str) -> None:
    ran = cli("logs", job_with_tasks, "bad", "--stderr")
    assert (ran.out, ran.err) == ("first\nlast words\n", "")
    assert cli("logs", job_with_tasks, "bad", "--stdout").out == ""
    assert cli("logs", job_with_tasks, "good-1", "--file", "stdout.txt").out == "one\ntwo\n"


@pytest.mark.parametrize(("lines", "text"), [(0, ""), (1, "two\n"), (2, "one\ntwo\n"), (9, "one\ntwo\n")])
def test_the_last_lines(cli: Cli, job_with_tasks: str, lines: int, text: str) -> None:
    assert cli("logs", job_with_tasks, "good-1", "--stdout", "-n", lines).out == text


@pytest.mark.parametrize(
    ("words", "status", "what"),
    [
        (["good-1", "--stdout", "--stderr"], 2, "exclude each other"),
        (["good-1", "--file", "nope"], 3, "Task good-1 has no file nope."),
        (["nope"], 3, "TaskNotFound"),
        (["good-1", "--follow", "--file", "nope"], 3, "has no file nope"),
        (["nope", "--follow"], 3, "TaskNotFound"),
    ],
)
def test_what_is_not_there_is_named(cli: Cli, job_with_tasks: str, words: list[str], status: int, what: str) -> None:
    assert what in cli("logs", job_with_tasks, *words, status=status).error()[0]


@pytest.mark.local_batch(run=False)
def test_a_task_that_has_not_run_has_no_logs(cli: Cli, job: str) -> None:
    cli("add", job, "--id", "t", "-c", "x")
    what, remedy = cli("logs", job, "t", status=1).error()
    assert what.startswith("Task t has not started. It waits for 1 free slot on a node of pool any: ")
    assert remedy.endswith(f"batchtasks logs {job} t --follow")


def test_following_waits_reads_on_and_ends_with_the_task(cli: Cli, batch: RunningBatch, job: str) -> None:
    command = "/bin/sh -c 'for i in 1 2 3; do echo out $i; echo err $i >&2; sleep 0.3; done'"
    with batch.client() as client:
        client.task.add(job, {"id": "t", "commandLine": command})
    ran = cli("logs", job, "t", "--follow")
    assert ran.out == "out 1\nout 2\nout 3\n"
    assert [line for line in ran.err.splitlines() if "waiting" not in line] == ["err 1", "err 2", "err 3"]


def test_following_a_task_that_fails_is_status_1(cli: Cli, job_with_tasks: str) -> None:
    assert cli("logs", job_with_tasks, "bad", "-f", "-n", "1", status=1).err == "last words\n"


def test_following_begins_anew_when_the_task_runs_again(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path
) -> None:
    # The second run begins once the first has been followed, and writes less than the first had: its file replaces that one.
    followed = tmp_path / "followed"
    script = (
        f"if [ -e {followed} ]; then echo again; exit 0; fi; "
        f"echo the first run; until [ -e {followed} ]; do sleep 0.02; done; exit 1"
    )
    with batch.client() as client:
        limits = {"maxTaskRetryCount": 1}
        task = {"id": "t", "commandLine": f"/bin/sh -c '{script}'", "constraints": limits}
        client.task.add(job, task)
    process = cli.process("logs", job, "t", "--follow", "--stdout")
    assert process.stdout is not None
    assert process.stdout.readline() == "the first run\n"
    followed.touch()
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "again\n"), err
    assert "task t runs again" in err


class BegunAnew:
    """A client with a file that the task's next run begins anew just while it is read on."""

    def __init__(self, error: ServiceError) -> None:
        self._error: ServiceError | None = error
        self.content = b"the first run"
        self.file = self

    def get_properties_from_task(self, *where: str) -> FileProperties:
        """Give the size of now."""
        return FileProperties(content_length=len(self.content))

    def stream_from_task(self, *where: str, start: int) -> Iterator[bytes]:
        """Give what is there from an offset on, but for once the first half of it."""
        if self._error is None:
            yield self.content[start:]
            return
        yield self.content[start:][:5]
        error, self._error, self.content = self._error, None, b"now"
        raise error


@pytest.mark.parametrize(
    "error",
    [
        TaskFileNotFoundError("gone", status_code=404),
        WrongStateError("gone", status_code=409),
        InvalidRequestError("shorter", status_code=416),
        UnreadableAnswerError("shorter", status_code=200),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_file_that_is_begun_anew_while_it_is_read_is_read_from_its_beginning(error: ServiceError) -> None:
    growing = GrowingFile(BegunAnew(error), "j", "t", "stdout.txt")  # type: ignore[arg-type]
    read = []
    for _ in range(3):
        growing.look()
        read.append(b"".join(growing.news(None)))
    assert read == [b"the f", b"now", b""]


class OneFile:
    """A client with one file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.file = self

    def stream_from_task(self, *where: str, start: int) -> list[bytes]:
        """Give what is there from an offset on."""
        return [self._content[start:]]


def test_the_beginning_of_the_last_lines_is_found_in_files_of_any_shape() -> None:
    chance = random.Random(7)
    for _ in range(60):
        lengths = [chance.choice([0, 1, 50, 3000, 90_000]) for _ in range(chance.randrange(12))]
        content = b"\n".join(b"x" * length for length in lengths) + (b"\n" if chance.random() < 0.5 else b"")
        whole = content.splitlines(keepends=True)
        for lines in range(5):
            start = start_of_last(OneFile(content), ("j", "t", "f"), len(content), lines)  # type: ignore[arg-type]
            assert content[start:] == b"".join(whole[len(whole) - lines :] if lines < len(whole) else whole)


def test_a_task_that_wrote_nothing_says_so(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--id", "t", "no-such-program")
    cli("wait", job, "--poll", "50ms", status=1)
    ran = cli("logs", job, "t")
    assert (ran.out, f"batchtasks describe {job} t" in ran.err) == ("", True)
