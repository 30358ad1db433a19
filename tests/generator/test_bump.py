"""`python -m generator bump`: one more version in the spec by the smallest edit, everything made anew, and told."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml

import generator.commands.output
from generator.__main__ import main
from generator.commands.bump import bump, edited
from generator.document import load
from generator.make import FACADE, SPEC, make
from generator.problem import Problem
from tests.generator.conftest import SMALL_FACADE, SMALL_SPEC

TEXT = """\
openapi: 3.1.0
info:  # what it is
  title: t
  version: '2'   # the default
  x-api-versions: ["1", "2"]  # oldest first
  x-default-api-version: "2"
paths: {}
"""


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_the_list_of_versions_grows_and_nothing_else_changes() -> None:
    assert changed_lines(TEXT, edited(TEXT, "3", default=False)) == [
        '-  x-api-versions: ["1", "2"]  # oldest first',
        '+  x-api-versions: ["1", "2", "3"]  # oldest first',
    ]


def test_the_default_moves_only_when_asked() -> None:
    assert changed_lines(TEXT, edited(TEXT, "3", default=True)) == [
        "-  version: '2'   # the default",
        '-  x-api-versions: ["1", "2"]  # oldest first',
        '-  x-default-api-version: "2"',
        "+  version: '3'   # the default",
        '+  x-api-versions: ["1", "2", "3"]  # oldest first',
        '+  x-default-api-version: "3"',
    ]


@pytest.mark.parametrize(
    ("listed", "grown"),
    [
        ("[1.0, 2.0]", '[1.0, 2.0, "3"]'),
        ("['1', '2']", "['1', '2', '3']"),
        ('\n    - "1"\n    - "2"  # newest\n', '\n    - "1"\n    - "2"\n    - "3"  # newest\n'),
        ('[\n    "1",\n    "2",\n  ]', '[\n    "1",\n    "2", "3",\n  ]'),
    ],
)
def test_a_list_is_continued_as_it_is_written(listed: str, grown: str) -> None:
    text = TEXT.replace('["1", "2"]', listed)
    new = edited(text, "3", default=False)
    assert yaml.safe_load(new)["info"]["x-api-versions"][-1] == "3"
    assert new == TEXT.replace('["1", "2"]', grown) or yaml.safe_load(new) == yaml.safe_load(
        TEXT.replace('["1", "2"]', grown)
    )


def test_a_line_that_would_be_too_long_is_broken() -> None:
    versions = [f"20{year}-01-01.{year}.0" for year in range(18, 23)]
    listed = "[" + ", ".join(f'"{version}"' for version in versions) + "]"
    new = edited(TEXT.replace('["1", "2"]', listed), "2026-10-01", default=False)
    assert max(map(len, new.splitlines())) <= 120
    assert yaml.safe_load(new)["info"]["x-api-versions"] == [*versions, "2026-10-01"]


def test_the_real_spec_changes_in_one_line() -> None:
    text = SPEC.read_text(encoding="utf-8")
    gone, come = changed_lines(text, edited(text, "2099-01-01", default=False))
    assert "x-api-versions" in gone
    assert come.endswith('"2099-01-01"]')


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ("2026", "is no API version: they read YYYY-MM-DD"),
        ("latest", "is no API version"),
        ("2025-06-01", "the spec has API version 2025-06-01 already"),
        ("2023-05-01.17.0", "is older than"),
    ],
)
def test_a_version_that_cannot_be_added_is_refused(
    version: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = SPEC.read_bytes()
    assert main(["bump", version]) == 2
    assert complaint in capsys.readouterr().err
    assert SPEC.read_bytes() == before


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """A spec, its output and its table of changes, in a folder of their own."""
    spec = tmp_path / "openapi.yaml"
    spec.write_text(SMALL_SPEC.read_text())

    def make_small(target: Path, spec_path: Path = SPEC, facade: Path = FACADE) -> None:
        make(target, spec_path, SMALL_FACADE)

    monkeypatch.setattr(generator.commands.output, "make", make_small)
    return spec, tmp_path / "generated", tmp_path / "docs" / "api-changes.md"


def test_everything_is_made_anew_and_told(small: tuple[Path, Path, Path]) -> None:
    spec, output, table = small
    report = bump("2026-10-01", False, spec, output, table)
    assert load(spec)["info"]["x-api-versions"] == ["1", "2", "2026-10-01"]
    assert (output / "openapi" / "2026-10-01.yaml").exists()
    assert "| 2 | 2026-10-01 | 0 | 0 | 0 |" in table.read_text()
    assert "API version 2026-10-01 is in the spec; the default is 2." in report
    assert "  new      generated/openapi/2026-10-01.yaml" in report
    assert "For users, compared with 2: no differences" in report
    again = bump("2027-01-01", True, spec, output, table)
    assert "the default is 2027-01-01." in again
    assert [line for line in again.splitlines() if line.startswith("  changed") and "models" in line] == []


def test_a_spec_that_cannot_be_made_is_put_back(
    small: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, output, table = small
    before = spec.read_text()

    def fails(*_: object) -> None:
        raise Problem("no")

    monkeypatch.setattr(generator.commands.output, "make", fails)
    with pytest.raises(Problem, match="no"):
        bump("2026-10-01", False, spec, output, table)
    assert spec.read_text() == before
    assert not output.exists()
