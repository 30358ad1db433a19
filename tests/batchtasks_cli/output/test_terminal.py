"""What is different on a terminal: questions, colours, the live view."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import PROGRAM, Cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo terminals")


class Terminal:
    """A command with a terminal in front of it."""

    def __init__(self, words: tuple[str, ...], width: int) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, width, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width)}
        self.process = subprocess.Popen([*PROGRAM, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        self._ours = ours
        self.seen = ""

    def until(self, text: str) -> str:
        """Read until something is to be seen; what has been seen so far."""
        while text not in self.seen:
            assert self._read(), f"{text!r} does not come; there is: {self.seen}"
        return self.seen

    def to_end(self) -> tuple[int, str]:
        """Read to the end: the exit status and all that was to be seen."""
        while self._read():
            pass
        return self.process.wait(10), self.seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 20)
        try:
            block = os.read(self._ours, 65536) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.seen += block.decode("utf-8", "replace")
        return bool(block)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._ours, text.encode())

    def close(self) -> None:
        """Take the terminal away."""
        self.process.kill()
        self.process.wait(10)
        os.close(self._ours)


@contextmanager
def terminal(*words: str, width: int = 100) -> Iterator[Terminal]:
    """Run a command on a terminal."""
    opened = Terminal(words, width)
    try:
        yield opened
    finally:
        opened.close()


def test_a_question_is_asked_and_answered(cli: Cli, batch: RunningBatch, job_with_tasks: str) -> None:
    with terminal("delete", job_with_tasks, "--succeeded") as at:
        at.until(f"Delete 2 tasks of job {job_with_tasks}? [y/N]:")
        at.type("y\n")
        status, text = at.to_end()
    assert (status, "2 deleted" in text) == (0, True)
    assert cli("list", job_with_tasks, "--ids").out == "bad\n"


def test_a_list_has_colours_unless_they_are_not_wanted(
    cli: Cli, job_with_tasks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[31mfailure" in cli("list", job_with_tasks, width=100).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in cli("list", job_with_tasks, width=100).out


def test_watch_is_a_live_view(cli: Cli, batch: RunningBatch, job: str) -> None:
    with batch.client() as client:
        client.task.add(job, {"id": "bad", "commandLine": "/bin/sh -c 'echo the reason >&2; exit 5'"})
        client.task.add(job, {"id": "slow", "commandLine": "/bin/sh -c 'sleep 1'"})
    with terminal("watch", job, "--interval", "200ms") as at:
        status, text = at.to_end()
    assert status == 1
    assert "2 of 2 tasks" in text
    assert "exit code 5" in text
    assert "the reason" in text


def plain(text: str) -> list[str]:
    """The lines on a terminal without their colours."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n").splitlines()]


@pytest.mark.local_batch(run=False)
@pytest.mark.parametrize("width", [50, 80, 160])
def test_show_wraps_within_its_column(cli: Cli, batch: RunningBatch, width: int) -> None:
    command = " ".join(f"--option-{n}=value-{n}" for n in range(30)) + " " + "x" * 200
    with batch.client() as client:
        client.job.add({"id": f"wrap{width}", "poolInfo": {"poolId": "p"}})
        client.task.add(f"wrap{width}", {"id": "t", "commandLine": command})
        lines = plain(cli("show", f"wrap{width}", "t", width=width).out)
    assert max(map(len, lines)) <= width
    first = next(index for index, line in enumerate(lines) if line.startswith("commandLine "))
    column = len(lines[first]) - len(lines[first].removeprefix("commandLine").lstrip())
    wrapped, after = [lines[first][column:]], first + 1
    while lines[after].startswith(" " * column):
        wrapped.append(lines[after][column:])
        after += 1
    assert "".join(wrapped).replace(" ", "") == command.replace(" ", "")
    assert len(wrapped) > 1


def test_serve_says_how_to_use_it_on_a_terminal(tmp_path: Path) -> None:
    key = tmp_path / "my key"
    key.write_text("bXkgb3du")
    for words in ([], ["--key-file", str(key)]):
        with terminal("serve", "--port", "0", "--in-memory", *words) as at:
            at.until("Ctrl-C stops it.")
            at.process.send_signal(signal.SIGINT)
            status, text = at.to_end()
        assert status == 0
        exports = re.findall(r"^  (export BATCH_ACCOUNT_\w+=.+)$", "\n".join(plain(text)), re.MULTILINE)
        script = "\n".join([*exports, "echo $BATCH_ACCOUNT_URL $BATCH_ACCOUNT_NAME $BATCH_ACCOUNT_KEY"])
        shown = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True).stdout.split()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", shown[0])
        assert shown[1] == "localbatch"
        assert (shown[2] == "bXkgb3du") == bool(words)
        assert ("bXkgb3du" in text) is False
        assert f"Its page: {shown[0]}/" in text


EVIL = "\x1b[31mred\x1b[0m \x9b2J \u202egnp.exe\u2069 \x07 \u2028next"


@pytest.mark.local_batch(run=False)
def test_nothing_that_the_service_sends_steers_the_terminal(
    cli: Cli, batch: RunningBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with batch.client() as client:
        client.job.add({"id": "evil", "poolInfo": {"poolId": "p"}, "displayName": EVIL})
        env = [{"name": "X", "value": EVIL}]
        client.task.add(
            "evil", {"id": "t", "commandLine": f"x {EVIL}", "displayName": EVIL, "environmentSettings": env}
        )
        for words in (
            *(
                ["show", "evil", "t"],
                ["list", "evil", "-o", "wide"],
                ["describe", "evil", "t"],
                ["show", "evil", "t", "--json"],
            ),
            *(
                ["list", "evil", "--json"],
                ["list", "evil", "-o", "yaml"],
                ["list", "evil", "--csv", "--columns", "commandLine"],
            ),
            *(["job", "list", "-o", "wide"], ["job", "show", "evil"], ["list", "evil", "--columns", "env.X,name"]),
        ):
            # rich writes bold text, and nothing else.
            text = cli(*words, width=250).out.replace("\x1b[1m", "").replace("\x1b[0m", "")
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", text), (
                words
            )
            assert "u202egnp.exe" in text or "\\u202Egnp.exe" in text, words
        # A program gets what there is.
        assert cli("list", "evil", "--json").lines[0]["commandLine"] == f"x {EVIL}"


@pytest.mark.local_batch(run=False)
def test_messages_of_errors_do_not_steer_it_either(cli: Cli, batch: RunningBatch) -> None:
    body = {"code": "Evil", "message": {"value": EVIL}, "values": [{"key": "Reason", "value": EVIL}]}
    with batch.service.faults("error", status=400, body=json.dumps(body), operations=("Job_List",)):
        ran = cli("job", "list", status=3)
    assert r"\x1b[31mred\x1b[0m" in ran.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", ran.err)
