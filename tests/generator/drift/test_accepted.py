"""Known differences: what an entry takes, and that none outlives its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.drift import ACCEPTED, Drift, find_drift, read_accepted
from generator.document import GeneratorError, dump, load
from generator.make import SPEC
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


def entry(*lines: str, **more: Any) -> dict[str, Any]:
    return {"accept": list(lines) or "maxLength of *", "reason": "Known.", **more}


@pytest.mark.parametrize(
    ("lines", "more", "left"),
    [
        (["*"], {}, []),
        (["maxLength of *"], {}, []),
        (["maxLength of *: * ours, not stated upstream at *"], {}, ["name"]),
        (["maxLength of *: 64 ours, 32 upstream at *"], {}, ["id"]),
        (["maxLength of *: 63 ours*"], {}, ["id", "name"]),
        (["maxLength of id: *"], {}, ["name"]),
        (["maxLength of n*: *"], {}, ["id"]),
        (["* at Job_Add request *"], {}, ["id", "name"]),  # the answer has them too
        (["* at Job_Add *"], {}, []),
        (["* at Job_Add request id", "* at Job_Add answer 200 id"], {}, ["name"]),
        (["maxLength of id: 64 ours, not stated upstream at Job_Add request id"], {}, ["id", "name"]),
        (["minLength of *"], {}, ["id", "name"]),
        (["MAXLENGTH of *"], {}, ["id", "name"]),
        (["*"], {"since": "2"}, []),
        (["*"], {"since": "3"}, ["id", "name"]),
        (["*"], {"until": "2"}, ["id", "name"]),
        (["*"], {"since": "2", "until": "3"}, []),
    ],
)
def test_an_entry_takes_what_it_says_and_nothing_else(
    tmp_path: Path, lines: list[str], more: dict[str, Any], left: list[str]
) -> None:
    assert names(drift(tmp_path, [entry(*lines, **more)])) == left


def test_characters_that_mean_something_elsewhere_mean_themselves(tmp_path: Path) -> None:
    assert names(drift(tmp_path, [entry("maxLength of [in][da]: ?? ours.+")])) == ["id", "name"]


def test_a_line_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    found = drift(tmp_path, [entry("maxLength of *", "minLength of *"), entry("pattern of *")])
    assert found.stale == [
        "entry 1: 'minLength of *' matches nothing any more",
        "entry 2: 'pattern of *' matches nothing any more",
    ]
    assert not found.clean


def test_an_entry_of_other_versions_is_not_stale(tmp_path: Path) -> None:
    found = drift(tmp_path, [entry("pattern of *", since="3"), entry()])
    assert (found.stale, found.clean) == ([], True)


def test_an_accepted_place_does_not_hide_another_of_the_same_difference(tmp_path: Path) -> None:
    found = drift(tmp_path, [entry("* at Job_Add request *")])
    assert {place for d in found.differences for place in d.places} == {
        "Job_Add answer 200 id",
        "Job_Add answer 200 name",
    }


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (entry(reason=""), "entry 1: say in 'accept' which lines"),
        ({"accept": "x"}, "entry 1: say in 'accept' which lines"),
        (entry(accept=[]), "entry 1: say in 'accept' which lines"),
        (entry(place="x"), "entry 1: only accept, reason, since, until may be said"),
        ("words", "entry 1: only "),
        (entry(since="9"), "entry 1: '9' is no API version of the spec; it knows 1, 2, 3"),
        (entry(until="9"), "entry 1: '9' is no API version"),
        (entry(since="3", until="2"), "entry 1: since '3' must come before until '2'"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_by_number(tmp_path: Path, row: Any, complaint: str) -> None:
    (tmp_path / "accepted.yaml").write_text(yaml.safe_dump([row]))
    with pytest.raises(GeneratorError, match=complaint):
        read_accepted(tmp_path / "accepted.yaml", "1", VERSIONS)


@pytest.mark.parametrize(("text", "complaint"), [("a: b", "must hold a list"), ("[", "neither JSON nor YAML")])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "accepted.yaml").write_text(text)
    with pytest.raises(GeneratorError, match=complaint):
        read_accepted(tmp_path / "accepted.yaml", "1", VERSIONS)


def test_without_a_file_nothing_is_accepted(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "none.yaml", "1", VERSIONS) == []


def test_every_committed_entry_is_about_some_version_and_has_a_reason() -> None:
    versions = api_versions(load(SPEC))
    numbers = {line.entry for version in versions for line in read_accepted(ACCEPTED, version, versions)}
    rows = yaml.safe_load(ACCEPTED.read_text())
    assert numbers == set(range(1, len(rows) + 1))
    assert all(len(str(row["reason"])) > 8 for row in rows)
