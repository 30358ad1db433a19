"""What `make check` says: what differs, in which inputs, and what to run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.commands.output import API_CHANGES, HOW_TO_CORRECT, SHOWN, check, compare
from generator.document import load
from generator.make import OUTPUT, SPEC, stamp
from generator.versions import api_versions


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A copy of the committed output."""
    return Path(shutil.copytree(OUTPUT, tmp_path / "generated", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_stamp_has_every_input_and_the_tools() -> None:
    found = stamp(SPEC)
    assert found == json.loads((OUTPUT / "stamp.json").read_text())
    assert {
        "spec/openapi.yaml",
        "templates/model.py.jinja",
        "templates/overrides.yaml",
        "generator/config.yaml",
        "generator/facade.yaml",
        "generator/compat.json",
        "runtime/_call.py",
    } <= found["inputs"].keys()
    assert found["tools"].keys() == {"openapi-python-client", "ruff"}


@pytest.mark.parametrize(
    ("group", "name"),
    [("inputs", "spec/openapi.yaml"), ("inputs", "runtime/_call.py"), ("tools", "openapi-python-client")],
)
def test_the_input_that_moved_is_named(output: Path, group: str, name: str) -> None:
    then = stamp(SPEC)
    now, then[group][name] = then[group][name], "0"
    (output / "stamp.json").write_text(json.dumps(then, indent=2) + "\n")
    differs, before, after = compare(OUTPUT, output)
    assert differs == "differs: generated/stamp.json"
    assert before.split() == ["-", f'"{name}":', *before.split()[2:]]
    assert f'"{name}": "{now}"' in after


def test_the_first_lines_that_differ_are_shown_and_the_rest_counted_out(tmp_path: Path) -> None:
    def compared(fresh: str, found: str) -> list[str]:
        for name, text in (("fresh", fresh), ("found", found)):
            (tmp_path / name).write_bytes(text.encode())
        return compare(tmp_path / "fresh", tmp_path / "found", "x")

    lines = compared("\n".join(f"new {n}" for n in range(50)), "\n".join(f"old {n}" for n in range(50)))
    assert lines[:2] == ["differs: x", "    -old 0"]
    assert (len(lines), lines[-1]) == (SHOWN + 2, "    ...")
    assert compared("a\nb", "a\nc") == ["differs: x", "    -c", "    +b"]
    assert compared("a\n", "a") == ["differs: x", "    -a", "    +a"]
    assert compared("a\r\n", "a\n") == ["differs: x", "    -a", "    +a\r"]
    assert max(map(len, compared("a" * 9999, "b"))) < 250


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
    assert "differs: generated/stamp.json" in lines
    assert any(line.startswith(f'    -    "{name}/openapi.yaml"') for line in lines for name in ("spec",))
    assert "differs: generated/batchtasks_rest/api/task/__init__.py" in lines
    assert f"missing: generated/openapi/{newest}.yaml" in lines
    assert lines[-3:] == ["differs: docs/api-changes.md", "    -by hand", HOW_TO_CORRECT]
    assert text.count(HOW_TO_CORRECT) == 1


@pytest.mark.slow
def test_the_committed_output_is_fresh() -> None:
    assert check() == ("generated/ and docs/api-changes.md are up to date", True)
