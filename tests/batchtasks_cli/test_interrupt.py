"""Ctrl-C and SIGTERM while tasks are being added, in a process of its own: nothing is lost, and it is said how to go on."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import PROGRAM, Cli, Ran

COUNT = 1200

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


def ids_in(batch: RunningBatch, job: str) -> set[str]:
    """The ids that the service has."""
    with batch.client() as client:
        return {str(task.id) for task in client.task.list(job, select="id")}


def rows(count: int = COUNT) -> str:
    """So many tasks as JSON Lines."""
    return "".join(json.dumps({"id": f"t{n}", "commandLine": "x"}) + "\n" for n in range(count))


def wait_for_tasks(batch: RunningBatch, job: str, number: int) -> None:
    """Wait until the service has so many tasks of the job."""
    with batch.client() as client:
        for _ in range(1000):
            counts = client.job.get_task_counts(job).task_counts
            if counts is not None and (counts.active or 0) >= number:
                return
            time.sleep(0.02)
    raise AssertionError("the tasks did not arrive")


def end(process: subprocess.Popen[str], number: signal.Signals) -> Ran:
    """Send a signal and wait for the end."""
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    return Ran(process.returncode, out, err)


def again(cli: Cli, ran: Ran) -> Ran:
    """Run the command line that an interrupted command names."""
    line = next(line for line in ran.err.splitlines() if ": batchtasks add " in line)
    words = shlex.split(line.partition(": batchtasks ")[2])
    return cli(*words)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_file_is_gone_on_with_by_the_same_command(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    count = 2 * COUNT
    (tmp_path / "a.jsonl").write_text(rows(count))
    # 200 tasks are added at once, and the others in three seconds: on a busy machine the signal comes late.
    with batch.service.faults("latency", seconds=0.3, skip=2, operations=("Task_AddCollection",)):
        process = cli.process("add", job, "--from", "a.jsonl", "--concurrency", 2)
        wait_for_tasks(batch, job, 200)
        ran = end(process, number)
    assert ran.status == status
    assert "batchtasks: interrupted." in ran.err
    before = ids_in(batch, job)
    assert 200 <= len(before) < count
    told = int(ran.out.split()[0].replace(",", ""))
    # What was under way is told as unknown, and may be in.
    assert told == len(before) or (told < len(before) and "of unknown outcome" in ran.out)
    parts = re.findall(r"([\d,]+) (added|of unknown outcome|not sent)", ran.out)
    assert sum(int(number.replace(",", "")) for number, _ in parts) == count, ran.out
    rest = again(cli, ran)
    assert f"{len(before):,} existed before" in rest.out
    assert ids_in(batch, job) == {f"t{n}" for n in range(count)}


@contextmanager
def producer(script: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program before the pipe; ended at the end, whatever it waits for."""
    with subprocess.Popen(["/bin/sh", "-c", script], stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Read standard error until this text has come; all that was read."""
    assert process.stderr is not None
    found = ""
    while text not in found:
        ready, _, _ = select.select([process.stderr], [], [], 20)
        # Past the buffers of the stream, which `select` knows nothing of.
        block = os.read(process.stderr.fileno(), 4096) if ready else b""
        assert block, f"{text!r} does not come; there is: {found}"
        found += block.decode()
    return found


def test_what_a_pipe_has_given_and_still_gives_is_kept(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(rows())
    # The program before the pipe goes on, as it would if it had not been interrupted too.
    with producer("head -500 a.jsonl; while [ ! -e go ]; do sleep 0.05; done; tail -n +501 a.jsonl") as source:
        process = cli.process("add", job, "--from", "-", stdin=source.stdout)
        wait_for_tasks(batch, job, 500)
        process.send_signal(signal.SIGINT)
        first = read_until(process, "saving the rest of the input")
        (tmp_path / "go").touch()
        out, err = process.communicate(timeout=30)
    ran = Ran(process.returncode, out, first + err)
    assert ran.status == 130
    assert ids_in(batch, job) == {f"t{n}" for n in range(500)}
    kept = tmp_path / f"{job}-rest.jsonl"
    assert [json.loads(line)["id"] for line in kept.read_text().splitlines()] == [f"t{n}" for n in range(500, COUNT)]
    again(cli, ran)
    assert ids_in(batch, job) == {f"t{n}" for n in range(COUNT)}


def test_a_pause_of_a_pipe_that_does_not_block_is_not_its_end(cli: Cli, batch: RunningBatch, job: str) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with open(reading, "rb") as stdin, open(writing, "wb", buffering=0) as source:
        process = cli.process("add", job, "--from", "-", stdin=stdin)
        first, second = rows(2).encode().splitlines(keepends=True)
        source.write(first)
        time.sleep(1)
        source.write(second[:9])
        time.sleep(0.5)
        source.write(second[9:])
        source.close()
        out, _ = process.communicate(timeout=30)
    assert out.startswith("2 added")
    assert ids_in(batch, job) == {"t0", "t1"}


def test_a_second_ctrl_c_stops_keeping(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(rows(300))
    with producer("cat a.jsonl; exec sleep 60") as source:
        process = cli.process("add", job, "--from", "-", stdin=source.stdout)
        wait_for_tasks(batch, job, 300)
        process.send_signal(signal.SIGINT)
        read_until(process, "saving the rest")
        ran = end(process, signal.SIGINT)
    assert ran.status == 130
    assert "the input has not ended" in ran.err


def test_ctrl_c_that_also_ends_the_producer_says_where_the_input_ended(
    cli: Cli, batch: RunningBatch, job: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text(rows(250) + '{"id": "cut", "comm')
    # As a terminal does it: the signal goes to the whole pipeline.
    with producer("cat a.jsonl; exec sleep 60") as source:
        process = cli.process("add", job, "--from", "-", stdin=source.stdout)
        wait_for_tasks(batch, job, 200)
        process.send_signal(signal.SIGINT)
        source.kill()
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "batchtasks: the input ended after line 251. If Ctrl-C also ended the program before the pipe" in err
    assert "Run the whole pipeline again" in err
    assert "line 251: this is not JSON" in err
    saved = tmp_path / f"{job}-rest.jsonl"
    left = [json.loads(line)["id"] for line in saved.read_text().splitlines()] if saved.exists() else []
    assert ids_in(batch, job) | {*left} == {f"t{n}" for n in range(250)}


def test_a_last_line_that_may_be_cut_off_is_not_saved(cli: Cli, batch: RunningBatch, job: str, tmp_path: Path) -> None:
    """A line of plain text that is cut off is a line too: 12 of 1234."""
    (tmp_path / "lines").write_text("".join(f"{n}\n" for n in range(1000, 1150)) + "12")
    words = ["add", job, "--from", "-", "--format", "lines", "--id", "t{line}", "-c", "do {line}"]
    with producer("head -c 500 lines; while [ ! -e go ]; do sleep 0.05; done; tail -c +501 lines") as source:
        process = cli.process(*words, stdin=source.stdout)
        wait_for_tasks(batch, job, 100)
        process.send_signal(signal.SIGINT)
        first = read_until(process, "saving the rest of the input")
        (tmp_path / "go").touch()
        _, err = process.communicate(timeout=30)
    assert "line 151 has no line end and may be cut off; it is not saved." in first + err
    saved = {json.loads(line)["id"] for line in (tmp_path / f"{job}-rest.jsonl").read_text().splitlines()}
    assert ids_in(batch, job) | saved == {f"t{n}" for n in range(1000, 1150)}


def test_ctrl_c_anywhere_else_ends_quietly(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("add", job, "--id", "t", "-c", "x")
    process = cli.process("wait", job, "--poll", "50ms")
    read_until(process, "0 of 1 tasks done")
    ran = end(process, signal.SIGINT)
    assert ran.status == 130
    assert ran.err.endswith("batchtasks: interrupted.\n")
    assert "Traceback" not in ran.err


def test_a_reader_that_goes_away_is_no_error(cli: Cli, job: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(rows(3000))  # more than a pipe holds
    cli("add", job, "--from", "a.jsonl")
    line = f"{shlex.join(PROGRAM)} list {job} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=30)
    first, status = done.stdout.splitlines()
    assert first.startswith("ID\t")
    assert status == "141"
    # On a slow machine there may be a line of progress.
    assert [line for line in done.stderr.splitlines() if not line.endswith("listed ...")] == []


@pytest.mark.parametrize("words", [["--help"], ["add", "--help"]], ids=" ".join)
def test_help_whose_reader_goes_away_ends_in_the_same_way(words: list[str]) -> None:
    line = f"({shlex.join([*PROGRAM, *words])}; echo $? >&2) | true"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=30)
    assert done.stderr.splitlines()[-1:] == ["141"]
