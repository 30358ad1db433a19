"""The command line needs nothing that only POSIX has: it runs with all of that taken away."""

from __future__ import annotations

import ast
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from batchtasks.testing import RunningBatch
from batchtasks_cli import errors
from batchtasks_cli.account import settings
from tests.batchtasks_cli.windows_rules import POSIX_MODULES, POSIX_NAMES, POSIX_SIGNALS

RULES = Path(__file__).with_name("windows_rules.py")
PACKAGE = Path(errors.__file__).parent


def run(folder: Path, commands: list[tuple[str, str]], environment: dict[str, str]) -> list[dict[str, Any]]:
    """Run commands as if on Windows; each is a line of words and what it reads."""
    (folder / "commands.json").write_text(
        json.dumps([{"words": line.split(), "stdin": stdin} for line, stdin in commands])
    )
    done = subprocess.run(
        [sys.executable, "-X", "dev", str(RULES), "commands.json"],
        env={**os.environ, **environment, "APPDATA": str(folder / "appdata"), "LOCALAPPDATA": str(folder / "local")},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


@pytest.mark.slow
def test_every_command_runs(batch: RunningBatch, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes("id,command,env.WORD\r\nc1,/bin/sh -c 'echo $WORD',grüße→\r\n".encode())
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress(b"id,command\nz1,true\n"))
    commands = [
        ("--version", ""),
        ("--help", ""),
        ("job add win --pool p", ""),
        ("job list", ""),
        ("add win --id one /bin/sh -c exit", ""),
        ("add win --from rows.csv", ""),
        ("add win --from rows.csv.gz --json", ""),
        ("add win --from - --format lines --id l{line} echo {line}", "1\n2\n"),
        ("add win --from -", '{"id": "j1", "commandLine": "/bin/sh -c \'echo bad >&2; exit 3\'"}\n'),
        ("wait win --poll 50ms", ""),
        ("list win --sort-by id --ids", ""),
        ("list win --prefix c1 -o wide", ""),
        ("show win c1 --json", ""),
        ("describe win j1 -o yaml", ""),
        ("logs win c1 --stdout", ""),
        ("logs win j1 --follow", ""),
        ("files win c1 --csv", ""),
        ("files win c1 stdout.txt --save here.txt", ""),
        ("download win c1 l1 --to folder", ""),
        ("counts win", ""),
        ("watch win --interval 100ms", ""),
        ("run win /bin/sh -c exit", ""),
        ("retry win --failed --yes", ""),
        ("delete win -", "l1\r\nl2\r\n"),
        ("job wait win --timeout 10ms", ""),
        ("account add mine --url https://mine.batch.azure.com --default", "a2V5\n"),
        ("account list --json", ""),
        ("list win --account nope", ""),
        ("list", ""),
        ("job delete win", ""),
        ("job delete win --yes", ""),
    ]
    results = dict(zip([line for line, _ in commands], run(tmp_path, commands, batch.environment), strict=True))
    failed = {line: result["status"] for line, result in results.items() if result["status"]}
    expected = {"wait win --poll 50ms": 1, "logs win j1 --follow": 1, "watch win --interval 100ms": 1, "list": 2}
    expected |= {"job wait win --timeout 10ms": 1, "list win --account nope": 2, "job delete win": 2}
    assert failed == expected, {line: results[line] for line in failed.keys() ^ expected.keys()}
    assert results["list win --sort-by id --ids"]["out"].split() == ["c1", "j1", "l1", "l2", "one", "z1"]
    assert (
        "gr\u00fc\u00dfe\\u2192" in results["show win c1 --json"]["out"]
        or "\\u00fc" in results["show win c1 --json"]["out"]
    )
    assert (tmp_path / "here.txt").read_text(encoding="utf-8") == "grüße→\n"
    assert (tmp_path / "folder" / "c1" / "stdout.txt").exists()
    assert (tmp_path / "appdata" / "batchtasks" / "config.toml").exists()
    assert str(tmp_path / "appdata") in results["list win --account nope"]["err"]


def test_a_command_to_go_on_with_is_written_for_the_shell_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.batchtasks_cli.windows_rules import WindowsOs

    words = ["batchtasks", "add", "j", "--from", "my file.jsonl", "it's"]
    assert errors.shell_line(words) == "batchtasks add j --from 'my file.jsonl' 'it'\"'\"'s'"
    monkeypatch.setattr(errors, "os", WindowsOs("os"))
    assert errors.shell_line(words) == 'batchtasks add j --from "my file.jsonl" it\'s'


def test_files_are_where_windows_has_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.batchtasks_cli.windows_rules import WindowsOs

    monkeypatch.setattr(settings, "os", WindowsOs("os"))
    assert settings.config_path({"APPDATA": str(tmp_path)}) == tmp_path / "batchtasks" / "config.toml"


def test_nothing_of_posix_is_named_in_the_source() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            assert not {*names} & {*POSIX_MODULES}, path
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert not (node.value.id == "os" and node.attr in POSIX_NAMES), path
                assert not (node.value.id == "signal" and node.attr in POSIX_SIGNALS), path
                assert not (node.value.id == "select" and node.attr != "select"), path
