"""Running the command line in this process, or as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import typer.main
from attrs import frozen
from typer.testing import CliRunner

from batchtasks_cli.app import app

# Made once: a test may call a dozen commands.
COMMAND = typer.main.get_command(app)
PROGRAM = [sys.executable, "-c", "from batchtasks_cli.__main__ import run; run()"]


@frozen
class Ran:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def rows(self) -> list[list[str]]:
        """Standard output as a table's rows of cells, the heading first."""
        return [line.split("\t") for line in self.out.splitlines()]

    def error(self) -> tuple[str, str]:
        """The two lines of an error, the only ones on standard error."""
        what, remedy = self.err.splitlines()
        assert what.startswith("batchtasks: "), what
        assert remedy.startswith("  "), remedy
        return what.removeprefix("batchtasks: "), remedy.strip()

    def what(self) -> str:
        """What was wrong: the first line of an error, or what click says of wrong usage."""
        return self.usage_error() if self.err.startswith("Usage: ") else self.error()[0]

    def usage_error(self) -> str:
        """What click says of wrong usage, without the frame around it."""
        assert self.err.startswith("Usage: "), self.err
        return " ".join(line.strip("│ ") for line in self.err.splitlines())


class Cli:
    """Calls commands."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[str]] = []

    def __call__(
        self,
        *words: object,
        stdin: str | bytes | None = None,
        answer: str | None = None,
        status: int | None = 0,
        width: int | None = None,
    ) -> Ran:
        """Run in this process; `status` is what it must end with, None for anything.

        With a `width`, standard output is a terminal of so many columns; with an `answer`, standard input is a terminal where
        that is typed.
        """
        typed = stdin if answer is None else answer
        with pytest.MonkeyPatch.context() as patch, CliRunner().isolation(input=typed) as (out, err, *_):
            if answer is not None:
                patch.setattr(sys.stdin, "isatty", lambda: True)
            if width is not None:
                patch.setattr(sys.stdout, "isatty", lambda: True)
                patch.setenv("COLUMNS", str(width))
                patch.setenv("TERM", "xterm-256color")
            try:
                COMMAND.main([str(word) for word in words], prog_name="batchtasks")
            except SystemExit as end:
                ended = end.code
            sys.stdout.flush()
            sys.stderr.flush()
            ran = Ran(int(ended or 0), out.getvalue().decode(), err.getvalue().decode())
        assert status is None or ran.status == status, ran
        return ran

    def process(self, *words: object, **options: Any) -> subprocess.Popen[str]:
        """Start a process of its own."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen([*PROGRAM, *map(str, words)], **{**pipes, **options})
        self._processes.append(process)
        return process

    def close(self) -> None:
        """End what is still running."""
        for process in self._processes:
            with process:
                process.kill()

    def run(self, *words: object, **options: Any) -> Ran:
        """Run a process of its own to its end."""
        process = self.process(*words, **options)
        out, err = process.communicate(timeout=30)
        return Ran(process.returncode, out, err)
