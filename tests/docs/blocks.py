"""Runs the code blocks of a page in order, as a reader would, and holds them to the output that the page shows.

- a `python` block runs in the page's own namespace, as in one Python session;
- a `console` block runs its lines that begin with `$`, all other lines are what they print; `export NAME=value` holds for
  the rest of the page, and `batchtasks serve` stays running beside it, on a free port in place of the one on the page; the
  `export` lines that it prints hold too, as if the reader had pasted them; other `batchtasks` commands run in this process,
  unless a shell has to do something with them;
- a `text` block is what the block before it prints; `...` in it stands for anything;
- a block below `<!-- not run: why -->` is not run, nor is one that shows a file of the repository.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from attrs import define, field, frozen

from batchtasks import BatchClient
from tests.batchtasks_cli.support import Cli, Ran
from tests.examples.support import ONLY_OURS

_BLOCK = re.compile(
    r"^(?P<mark><!-- not run: [^\n]+ -->\n+)?```(?P<language>\w+)[^\n]*\n(?P<code>.*?)^```$", re.M | re.S
)
_INCLUDED = "--8<--"
_EXPORT = re.compile(r"^ *export (\w+)=(\S+)$", re.M)
_PLAIN = re.compile(r"batchtasks [\w /.:-]+")  # nothing for a shell to do
_SERVED = re.compile(r"http://(127\.0\.0\.1:\d+)")


@frozen
class Block:
    """One fenced block of a page."""

    language: str
    code: str
    line: int
    run: bool
    printed: str | None = None

    @property
    def is_included(self) -> bool:
        """Whether it shows a file of the repository."""
        return self.code.startswith(_INCLUDED)


def blocks_of(text: str) -> list[Block]:
    """Read the blocks of a page; a `text` block goes with the one before it."""
    found: list[Block] = []
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start("code")) + 1
        if match["language"] == "text" and found and found[-1].run and found[-1].language == "python":
            last = found.pop()
            found.append(Block(last.language, last.code, last.line, last.run, match["code"]))
        else:
            runs = match["mark"] is None and not match["code"].startswith(_INCLUDED)
            found.append(Block(match["language"], match["code"], line, runs))
    return found


def agrees(shown: str, printed: str) -> bool:
    """Whether what was printed is what the page shows; a terminal shows blanks where a pipe gets tabs."""
    pattern = ".*?".join(re.escape(_one_blank(part)) for part in shown.strip().split("..."))
    return re.fullmatch(pattern, _one_blank(printed.strip()), re.S) is not None


def _one_blank(text: str) -> str:
    return re.sub(r"[ \t]+(?=\n|$)", "", re.sub(r"[ \t]+", " ", text))


@define
class Session:
    """A reader at work on one page."""

    name: str
    folder: Path
    environment: dict[str, str]
    replace: dict[str, str] = field(factory=dict)
    names: dict[str, Any] = field(factory=lambda: {"__name__": "__main__"})
    _stack: ExitStack = field(factory=ExitStack)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, blocks: list[Block]) -> int:
        """Run the blocks in order; how many there were to run."""
        count = 0
        for block in blocks:
            if block.run and block.language in {"python", "console"}:
                (self._python if block.language == "python" else self._console)(block)
                count += 1
        return count

    def _here(self, text: str) -> str:
        for old, new in self.replace.items():
            text = text.replace(old, new)
        return text

    def _python(self, block: Block) -> None:
        # Empty lines in front, so that a traceback names the line of the page.
        code = compile("\n" * (block.line - 1) + self._here(block.code), self.name, "exec")
        out = StringIO()
        try:
            with self._in_place(), redirect_stdout(out):
                exec(code, self.names)
        finally:
            self._close_at_the_end()
        if block.printed is not None:
            self._hold(block, block.printed, out.getvalue())

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """In the page's folder, with its environment."""
        with patch.dict(os.environ, self.environment), chdir(self.folder):
            yield

    def _close_at_the_end(self) -> None:
        """A reader's session just ends; here it would leave connections behind."""
        for value in self.names.values():
            if isinstance(value, BatchClient):
                self._stack.callback(value.close)

    def _hold(self, block: Block, shown: str, printed: str) -> None:
        shown = self._here(shown)
        assert agrees(shown, printed), f"{self.name}:{block.line} shows\n{shown}\nbut it prints\n{printed}"

    def _console(self, block: Block) -> None:
        for command, shown in commands_of(block.code):
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                self.environment[name] = self._here(value).strip("'\"")
            elif command.startswith("batchtasks serve"):
                self._serve(block, command, shown)
            else:
                ran = self._run(self._here(command))
                assert ran.status == 0, f"{self.name}:{block.line}: {command}\n{ran.out}{ran.err}"
                self._hold(block, shown, ran.out)

    def _path(self) -> Mapping[str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, **ONLY_OURS, **self.environment, "PATH": path, "COLUMNS": "120"}

    def _run(self, command: str) -> Ran:
        if _PLAIN.fullmatch(command):
            with self._in_place():
                return Cli()(*shlex.split(command)[1:], status=None)
        shell = ["/bin/sh", "-c", command]
        done = subprocess.run(
            shell, cwd=self.folder, env=self._path(), text=True, capture_output=True, timeout=60, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def _serve(self, block: Block, command: str, shown: str) -> None:
        arguments = ["exec", *command.split(), "--port", "0"]
        # In a terminal, as a reader has it; a pipe gets a line for programs.
        ours, theirs = pty.openpty()
        service = subprocess.Popen(
            ["/bin/sh", "-c", " ".join(arguments)], cwd=self.folder, env=self._path(), stdout=theirs
        )
        os.close(theirs)
        self._stack.callback(_end, service, ours)
        printed = ""
        while "Ctrl-C" not in printed:
            printed += os.read(ours, 65536).decode().replace("\r\n", "\n")
        there, here = _SERVED.search(shown), _SERVED.search(printed)
        assert there is not None, f"{self.name}:{block.line}: the page shows no address"
        assert here is not None, f"{self.name}:{block.line}: {command} prints {printed!r}"
        self.replace[there[1]] = here[1]
        self._hold(block, shown, printed)
        self.environment.update(_EXPORT.findall(printed))


def _end(service: subprocess.Popen[bytes], terminal: int) -> None:
    service.terminate()
    assert service.wait(20) == 0
    os.close(terminal)


def commands_of(code: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what is shown below it."""
    command, shown = "", ""
    for line in code.splitlines(keepends=True):
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:].rstrip("\n"), ""
        elif line.startswith("> ") and not shown:
            command += "\n" + line[2:].rstrip("\n")
        else:
            shown += line
    if command:
        yield command, shown
