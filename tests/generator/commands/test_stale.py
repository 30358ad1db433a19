"""What `make check` says: which input moved since the output was made, what differs, and what to run."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.commands.output import (
    API_CHANGES,
    HOW_TO_CORRECT,
    NOTHING_MOVED,
    SHOWN,
    check,
    first_lines,
    moved,
)
from generator.document import load
from generator.make import OUTPUT, SPEC, stamp
from generator.versions import api_versions


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A copy of the committed output with a stamp that a test can change."""
    return Path(shutil.copytree(OUTPUT, tmp_path / "generated", ignore=shutil.ignore_patterns("__pycache__")))


def with_stamp(output: Path, group: str, name: str, value: str | None) -> list[str]:
    """What is said of an output that was made with another input of this name, or without it."""
    then = stamp(SPEC)
    if value is None:
        del then[group][name]
    else:
        then[group][name] = value
    (output / "stamp.json").write_text(json.dumps(then))
    return moved(output, SPEC)


@pytest.mark.parametrize(
    "name",
    [
        "spec/openapi.yaml",
        "generator/templates/model.py.jinja",
        "generator/config.yaml",
        "generator/facade.yaml",
        "generator/runtime/_call.py",
    ],
)
def test_the_input_that_moved_is_named(output: Path, name: str) -> None:
    assert with_stamp(output, "inputs", name, "0") == [f"changed since: {name}"]
    assert with_stamp(output, "inputs", name, None) == [f"changed since: {name}"]


def test_another_version_of_a_tool_is_named(output: Path) -> None:
    (line,) = with_stamp(output, "tools", "openapi-python-client", "0.28.0")
    now = version("openapi-python-client")
    assert line == f"changed since: openapi-python-client 0.28.0 -> {now} (the generator's tools)"
    (line,) = with_stamp(output, "tools", "ruff", None)
    assert line.startswith("changed since: ruff (unknown) -> ")


def test_an_input_that_is_gone_is_named(output: Path) -> None:
    assert with_stamp(output, "inputs", "generator/runtime/gone.py", "0") == [
        "changed since: generator/runtime/gone.py"
    ]


def test_without_a_stamp_that_is_said(output: Path) -> None:
    (output / "stamp.json").write_text("{")
    assert moved(output, SPEC) == ["generated/stamp.json is missing or cannot be read"]


def test_when_no_input_moved_that_is_said(output: Path) -> None:
    assert moved(output, SPEC) == [NOTHING_MOVED]


def test_the_first_lines_that_differ_are_shown_and_the_rest_counted_out() -> None:
    fresh, found = "\n".join(f"new {n}" for n in range(50)), "\n".join(f"old {n}" for n in range(50))
    lines = first_lines(fresh, found)
    assert lines[0] == "    -old 0"
    assert (len(lines), lines[-1]) == (SHOWN + 1, "    ...")
    assert first_lines("a\nb", "a\nc") == ["    -c", "    +b"]


@pytest.mark.slow
def test_all_that_is_stale_comes_in_one_report_that_ends_with_what_to_run(output: Path, tmp_path: Path) -> None:
    spec, table = tmp_path / "openapi.yaml", tmp_path / "api-changes.md"
    spec.write_text(SPEC.read_text().replace("operationId: Task_Reactivate", "operationId: Task_Revive"))
    table.write_text(API_CHANGES.read_text() + "by hand\n")
    newest = api_versions(load(SPEC))[-1]
    (output / "openapi" / f"{newest}.yaml").unlink()
    text, clean = check(spec, output, table)
    lines = text.splitlines()
    assert not clean
    assert lines[0] == "changed since: spec/openapi.yaml"
    assert "differs: generated/batchtasks_rest/api/task/__init__.py" in lines
    assert f"missing: generated/openapi/{newest}.yaml" in lines
    assert lines[-3:] == ["differs: docs/api-changes.md", "    -by hand", HOW_TO_CORRECT]
    assert text.count(HOW_TO_CORRECT) == 1


@pytest.mark.slow
def test_the_committed_output_is_fresh() -> None:
    assert check() == ("generated/ and docs/api-changes.md are up to date", True)
