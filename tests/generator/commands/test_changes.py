"""The table of API versions side by side, its freshness, and the comment on a pull request."""

from __future__ import annotations

import copy
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.commands.changes import api_changes, compare_specs, spec_at
from generator.commands.output import API_CHANGES, compare
from generator.document import GeneratorError, dump, load
from tests.generator.conftest import SMALL_SPEC

MARKED = {
    "A": {"type": "string"},
    "B": {"type": "string", "x-since": "2"},
    "C": {"type": "string", "x-since": "2", "x-until": "3"},
    "D": {"type": "string", "enum": ["x", "y", "z"], "x-enum-marks": {"y": {"x-since": "2"}, "z": {"x-since": "3"}}},
    "E": {"type": "string", "x-until": "3"},
}


def spec(**more: Any) -> dict[str, Any]:
    body = {"type": "object", "required": ["E"], "properties": copy.deepcopy({**MARKED, **more})}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}
    post = {"operationId": "Job_Add", "requestBody": {"content": content}, "responses": {"200": {"content": content}}}
    listed = {"operationId": "Job_List", "x-since": "2", "responses": {"200": {"description": "All."}}}
    info = {"title": "t", "version": "3", "x-api-versions": ["1", "2", "3"], "x-default-api-version": "3"}
    paths = {"/jobs": {"post": post, "get": listed}}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": {"S": body}}}


def rows(text: str) -> dict[str, list[str]]:
    """The rows of the last table by their first cell."""
    table = text[text.index("## Side by side") :] if "## Side by side" in text else text
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in cells}


def test_all_versions_stand_side_by_side() -> None:
    table = rows(api_changes(spec()))
    both = "`Job_Add request {0}`<br>`Job_Add answer 200 {0}`"
    assert table["what"] == ["where", "for requests", "for answers", "1", "2", "3"]
    assert table["field `B`"] == [both.format("B"), "additive", "additive", "-", "yes", "yes"]
    assert table["field `C`"] == [both.format("C"), *["additive, then breaking"] * 2, "-", "yes", "-"]
    assert table["enum value `y`"] == [both.format("D"), "additive", "additive", "-", "yes", "yes"]
    assert table["enum value `z`"] == [both.format("D"), "additive", "additive", "-", "-", "yes"]
    assert table["field `E`"] == [both.format("E"), "breaking", "breaking", "yes", "yes", "-"]
    assert table["operation `Job_List`"] == ["`Job_List`", "additive", "-", "-", "yes", "yes"]
    assert "field `A`" not in table
    assert "| 1 | 2 | 0 | 4 | 0 |" in api_changes(spec())
    assert "| 2 | 3 | 2 | 1 | 0 |" in api_changes(spec())


def test_versions_that_do_not_differ_say_so() -> None:
    alike = spec()
    alike["info"]["x-api-versions"] = ["3", "4"]
    alike["components"]["schemas"]["S"] = {"type": "object"}
    del alike["paths"]["/jobs"]["get"]
    assert "The versions do not differ." in api_changes(alike)


def test_the_real_table_knows_what_2024_07_brought() -> None:
    table = rows(API_CHANGES.read_text(encoding="utf-8"))
    assert "additive" in table["parameter `force`"]
    assert table["parameter `force`"][3:7] == ["-", "-", "yes", "yes"]
    assert "breaking" in table["field `authenticationTokenSettings`"]


def test_a_stale_or_missing_table_is_told_with_its_first_lines(tmp_path: Path) -> None:
    fresh, stale, name = tmp_path / "fresh.md", tmp_path / "stale.md", "docs/api-changes.md"
    table = api_changes(load(SMALL_SPEC))
    fresh.write_text(table, encoding="utf-8")
    assert compare(fresh, stale, name) == ["missing: docs/api-changes.md"]
    stale.write_text(table.replace("| parameter `timeout` |", "| parameter `timeouts` |"), encoding="utf-8")
    complaints = compare(fresh, stale, name)
    assert complaints[0] == "differs: docs/api-changes.md"
    assert complaints[1].startswith("    -| parameter `timeouts` |")
    assert complaints[2].startswith("    +| parameter `timeout` |")


def test_a_comment_has_each_change_once_with_the_versions_that_have_it() -> None:
    after = spec(A={"type": "integer"}, F={"type": "string", "x-since": "3"})
    text = compare_specs(spec(), after, "main")
    first, second = text.split("```text")[1:]
    assert text.count("\n1, 2: 1 breaking\n") == text.count("\n3: 1 breaking, 1 additive\n") == 1
    for report in (first, second):
        assert "type of A: string before, integer after  [request and answer]" in report
        assert "at Job_Add request A\n      at Job_Add answer 200 A" in report
    assert "field F" not in first
    assert "field F: only after" in second


def test_a_comment_tells_new_and_lost_versions_and_another_default() -> None:
    after = spec()
    after["info"] |= {"x-api-versions": ["2", "3", "4"], "x-default-api-version": "4"}
    text = compare_specs(spec(), after, "main")
    assert "- The default API version moves from `3` to `4`." in text
    assert "- API version `1` is gone: **breaking**" in text
    assert "- API version `4` is new; compared with `3`: no differences" in text
    assert "Nothing changes within the API versions that both have." in text


def test_the_spec_of_a_commit_is_read(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "openapi.yaml").write_text(dump(spec()))
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    assert spec_at("HEAD", tmp_path) == spec()
    with pytest.raises(GeneratorError, match=r"there is no spec/openapi\.yaml in 'no-such-branch'"):
        spec_at("no-such-branch", tmp_path)


def test_the_command_ends_well_and_complains_of_an_unknown_base(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "--base", "no-such-branch"]) == 2
    assert "no-such-branch" in capsys.readouterr().err


def test_the_table_of_the_small_spec_can_be_made() -> None:
    table = rows(api_changes(load(SMALL_SPEC)))
    assert table["parameter `timeout`"][-2:] == ["`timeout`", "`timeOut`"]
