"""What the start costs, as a budget on imported modules: times depend on the machine, imports do not."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Each of these would cost more than all the rest of a command that only shows what it can do.
HEAVY = (
    "httpx",
    "batchtasks",
    "batchtasks_rest",
    "batchtasks_local",
    "asyncio",
    "ssl",
    "dateutil",
    "tomllib",
)
# Measured: 58 with Python 3.11 and typer 0.27, besides what typer itself imports.
MOST = 90

# A program of typer with nothing of ours, whose help it writes: what that takes differs from version to version, from rich
# (before 0.21) to pydantic (since 0.29).
PROBE = """
import contextlib, enum, io, sys
from typing import Annotated
import typer, typer.completion, typer.core, typer.main

Letter = enum.StrEnum("Letter", ["A"])
app = typer.Typer(rich_markup_mode="rich")

@app.command()
def small(
    text: Annotated[str, typer.Argument()],
    some: Annotated[list[int] | None, typer.Option(min=1)] = None,
    letter: Annotated[Letter, typer.Option()] = Letter.A,
): ...

with contextlib.redirect_stdout(io.StringIO()):
    for words in (["--help"], ["text", "--some", "3", "--letter", "A"]):
        with contextlib.suppress(SystemExit):
            app(words)
before = set(sys.modules)
sys.argv = ["batchtasks", *{words!r}]
from batchtasks_cli.__main__ import run
try:
    run()
except SystemExit as end:
    status = end.code
print("STATUS", status)
print("MODULES", *sorted(set(sys.modules) - before))
"""


def modules_after(*words: str) -> tuple[int, set[str]]:
    """The exit status and the modules that a command has imported besides those of typer."""
    script = PROBE.format(words=list(words))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    lines = done.stdout.splitlines()
    status = next(line for line in reversed(lines) if line.startswith("STATUS ")).split()[1]
    names = next(line for line in reversed(lines) if line.startswith("MODULES ")).split()[1:]
    return int(status), set(names)


@pytest.mark.parametrize("words", [["--help"], ["add", "--help"], ["lst"], ["list"]], ids=" ".join)
def test_help_and_wrong_usage_import_nothing_heavy(words: list[str]) -> None:
    status, names = modules_after(*words)
    assert status == (0 if "--help" in words else 2)
    assert not sorted(name for name in names if name.partition(".")[0] in HEAVY)
    assert len(names) <= MOST, len(names)


def test_a_command_that_reads_does_not_import_the_service() -> None:
    status, names = modules_after("list", "j", "--dry-run", "--url", "http://127.0.0.1:1")
    assert status == 2  # no account is configured
    _, names = modules_after("list", "j", "--account", "local", "--dry-run")
    assert "httpx" in names
    # The service's settings hold the public account of --account local; nothing else of it is needed.
    local = {name for name in names if name.startswith("batchtasks_local")}
    assert local <= {"batchtasks_local", "batchtasks_local.settings"}
    assert not any(name.partition(".")[0] in ("uvicorn", "starlette", "jsonschema_rs") for name in names)
