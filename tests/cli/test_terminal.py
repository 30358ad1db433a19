"""What is different on a terminal: questions, colours, the live view, the line about a slow answer."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from batchtasks.testing import RunningBatch
from tests.cli.support import PROGRAM, Cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo terminals")


class Terminal:
    """A command with a terminal in front of it."""

    def __init__(self, words: tuple[str, ...]) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
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
def terminal(*words: str) -> Iterator[Terminal]:
    """Run a command on a terminal."""
    opened = Terminal(words)
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
    with terminal("list", job_with_tasks) as at:
        assert "\x1b[31mfailure" in at.to_end()[1]
    monkeypatch.setenv("NO_COLOR", "1")
    with terminal("list", job_with_tasks) as at:
        assert "\x1b[31m" not in at.to_end()[1]


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


def test_a_slow_answer_is_waited_for_in_sight(cli: Cli) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with terminal("list", "j", "--url", url) as at:
            at.until(f"waiting for {url} ...")
            at.process.send_signal(signal.SIGINT)
            status, text = at.to_end()
    assert status == 130
    assert text.rstrip().endswith("batchtasks: interrupted.")
