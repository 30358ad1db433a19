"""`python -m generator bump`: one more version in the spec by the smallest edit, everything made anew, and told."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

import generator.commands.output
from generator.__main__ import main
from generator.commands.bump import bump, edited
from generator.document import GeneratorError, load
from generator.make import FACADE, SPEC, make
from generator.versions import api_versions
from tests.generator.conftest import SMALL_FACADE, SMALL_SPEC

NEWEST = api_versions(load(SPEC))[-1]
TEXT = """\
openapi: 3.1.0
info:  # what it is
  title: t
  version: "2"   # the default
  x-api-versions:  # oldest first
    - "1"
    - "2"  # newest
  x-default-api-version: "2"
paths: {}
"""


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_the_list_of_versions_grows_and_nothing_else_changes() -> None:
    assert changed_lines(TEXT, edited(TEXT, "3", default=False)) == ['+    - "3"']


def test_the_default_moves_only_when_asked() -> None:
    assert changed_lines(TEXT, edited(TEXT, "3", default=True)) == [
        '-  version: "2"   # the default',
        '+  version: "3"   # the default',
        '-  x-default-api-version: "2"',
        '+    - "3"',
        '+  x-default-api-version: "3"',
    ]


def test_the_real_spec_gets_one_line() -> None:
    text = SPEC.read_text(encoding="utf-8")
    assert changed_lines(text, edited(text, "2099-01-01", default=False)) == ['+    - "2099-01-01"']


def test_a_list_that_cannot_be_continued_is_refused_and_left_as_it_is(small: tuple[Path, Path, Path]) -> None:
    spec, output, table = small
    before = SMALL_SPEC.read_text().replace('x-api-versions:\n    - "1"\n    - "2"', 'x-api-versions: ["1", "2"]')
    spec.write_text(before)
    with pytest.raises(GeneratorError, match="must be a list with one version a line"):
        bump("2026-10-01", False, spec, output, table)
    assert spec.read_text() == before


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ("2026", "is no API version: they read YYYY-MM-DD"),
        ("latest", "is no API version"),
        (NEWEST, "info.x-api-versions must be in order and without repeats"),
        ("2023-05-01.17.0", "info.x-api-versions must be in order and without repeats"),
    ],
)
def test_a_version_that_cannot_be_added_is_refused(
    version: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is not written for a moment even: other programs may be reading it."""
    before = SPEC.read_bytes(), SPEC.stat().st_mtime_ns
    assert main(["bump", version]) == 2
    assert complaint in capsys.readouterr().err
    assert (SPEC.read_bytes(), SPEC.stat().st_mtime_ns) == before


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """A spec, its output and its table of changes, in a folder of their own."""
    spec = tmp_path / "openapi.yaml"
    spec.write_text(SMALL_SPEC.read_text())

    def make_small(target: Path, spec_path: Path = SPEC, facade: Path = FACADE) -> None:
        make(target, spec_path, SMALL_FACADE)

    monkeypatch.setattr(generator.commands.output, "make", make_small)
    return spec, tmp_path / "generated", tmp_path / "docs" / "api-changes.md"


@pytest.mark.slow
def test_everything_is_regenerated_and_the_change_reported(small: tuple[Path, Path, Path]) -> None:
    spec, output, table = small
    report, _ = bump("2026-10-01", False, spec, output, table)
    assert load(spec)["info"]["x-api-versions"] == ["1", "2", "2026-10-01"]
    assert (output / "openapi" / "2026-10-01.yaml").exists()
    assert "| 2 | 2026-10-01 | 0 | 0 | 0 |" in table.read_text()
    assert "- API version `2026-10-01` is new; compared with `2`: no differences." in report
    assert "The default API version moves" not in report
    again, _ = bump("2027-01-01", True, spec, output, table)
    assert "The default API version moves from `2` to `2027-01-01`." in again


def test_a_spec_that_cannot_be_made_is_put_back(
    small: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, output, table = small
    before = spec.read_text()

    def fails(*_: object) -> None:
        raise GeneratorError("no")

    monkeypatch.setattr(generator.commands.output, "make", fails)
    with pytest.raises(GeneratorError, match="no"):
        bump("2026-10-01", False, spec, output, table)
    assert spec.read_text() == before
    assert not output.exists()
