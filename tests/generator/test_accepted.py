"""Known differences: what an entry takes, and that none outlives its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.drift import ACCEPTED, Drift, find_drift
from generator.diff.accepted import read_accepted
from generator.document import dump, load
from generator.make import SPEC
from generator.problem import Problem
from generator.versions import api_versions

VERSIONS = ("1", "2", "3")


def schema(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


def described(version: str, body: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}
    operation = {
        "operationId": "Job_Add",
        "requestBody": {"content": content},
        "responses": {"200": {"content": content}},
    }
    info = {"title": "t", "version": version, "x-api-versions": list(VERSIONS), "x-default-api-version": "3"}
    paths = {"/jobs": {"post": operation}}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": {"S": body}}}


OURS = schema(id={"type": "string", "maxLength": 64}, name={"type": "string", "maxLength": 64})
THEIRS = schema(id={"type": "string"}, name={"type": "string", "maxLength": 32})


def drift(tmp_path: Path, entries: Any, version: str = "2", theirs: Any = THEIRS) -> Drift:
    files = {"spec.yaml": described("3", OURS), "upstream.yaml": described(version, theirs), "accepted.yaml": entries}
    for name, content in files.items():
        (tmp_path / name).write_text(dump(content))
    spec, upstream, accepted = (tmp_path / name for name in files)
    return find_drift(str(upstream), None, spec, accepted)


def names(found: Drift) -> list[str]:
    return sorted(difference.name for difference in found.differences)


def entry(**more: Any) -> dict[str, Any]:
    return {"kind": "maxLength", "reason": "Known.", **more}


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, []),
        ({"ours": "present", "upstream": "absent"}, ["name"]),
        ({"ours": 64, "upstream": 32}, ["id"]),
        ({"ours": 63}, ["id", "name"]),
        ({"name": "id"}, ["name"]),
        ({"name": "n*"}, ["id"]),
        ({"where": "Job_Add request *"}, ["id", "name"]),  # the answer has them too
        ({"where": "Job_Add *"}, []),
        ({"where": ["Job_Add request id", "Job_Add answer 200 id"]}, ["name"]),
        ({"kind": ["maxLength", "minLength"]}, []),
        ({"kind": "minLength"}, ["id", "name"]),
        ({"since": "2"}, []),
        ({"since": "3"}, ["id", "name"]),
        ({"until": "2"}, ["id", "name"]),
        ({"since": "2", "until": "3"}, []),
    ],
)
def test_an_entry_takes_what_it_says_and_nothing_else(tmp_path: Path, more: dict[str, Any], left: list[str]) -> None:
    assert names(drift(tmp_path, [entry(**more)])) == left


@pytest.mark.parametrize(
    ("more", "stale"),
    [
        ({"ours": 63}, "entry 1 matches nothing any more (Known.)"),
        ({"kind": ["maxLength", "minLength"]}, "entry 1: 'minLength' matches nothing any more"),
        ({"name": ["id", "ident"]}, "entry 1: 'name ident' matches nothing any more"),
        ({"where": ["Job_Add *", "Job_List *"]}, "entry 1: 'where Job_List *' matches nothing any more"),
    ],
)
def test_what_an_entry_names_in_vain_is_an_error(tmp_path: Path, more: dict[str, Any], stale: str) -> None:
    found = drift(tmp_path, [entry(**more)])
    assert found.stale == [stale]
    assert not found.clean


def test_an_entry_of_other_versions_is_not_stale(tmp_path: Path) -> None:
    found = drift(tmp_path, [entry(since="3"), entry()])
    assert (found.stale, found.clean) == ([], True)


def test_an_accepted_place_does_not_hide_another_of_the_same_difference(tmp_path: Path) -> None:
    found = drift(tmp_path, [entry(where="Job_Add request *")])
    assert {place for d in found.differences for place in d.places} == {
        "Job_Add answer 200 id",
        "Job_Add answer 200 name",
    }


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (entry(reason=""), "entry 1: say in 'reason' why"),
        ({"kind": "maxLength"}, "entry 1: say in 'reason' why"),
        (entry(kind="length"), "entry 1: 'kind' must be of "),
        (entry(kind=None), "entry 1: 'kind' must be of "),
        (entry(place="x"), "entry 1: only kind, name, ours, reason, since, until, upstream, where may be said"),
        ("words", "entry 1: only "),
        (entry(since="9"), "entry 1: '9' is no API version of the spec; it knows 1, 2, 3"),
        (entry(until="9"), "entry 1: '9' is no API version"),
        (entry(since="3", until="2"), "entry 1: 'since' must come before 'until'"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_by_number(tmp_path: Path, row: Any, complaint: str) -> None:
    (tmp_path / "accepted.yaml").write_text(yaml.safe_dump([row]))
    with pytest.raises(Problem, match=complaint):
        read_accepted(tmp_path / "accepted.yaml", "1", VERSIONS)


@pytest.mark.parametrize(("text", "complaint"), [("a: b", "must hold a list"), ("[", "is not YAML")])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "accepted.yaml").write_text(text)
    with pytest.raises(Problem, match=complaint):
        read_accepted(tmp_path / "accepted.yaml", "1", VERSIONS)


def test_without_a_file_nothing_is_accepted(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "none.yaml", "1", VERSIONS) == []


def test_every_committed_entry_speaks_of_some_version_and_has_a_reason_of_its_own() -> None:
    versions = api_versions(load(SPEC))
    numbers = {entry.number for version in versions for entry in read_accepted(ACCEPTED, version, versions)}
    rows = yaml.safe_load(ACCEPTED.read_text())
    assert numbers == set(range(1, len(rows) + 1))
    assert all(len(str(row["reason"])) > 8 for row in rows)
    assert json.dumps(rows)
