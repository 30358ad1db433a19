"""Marks, and the document of one API version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from generator.document import GeneratorError, load, walk
from generator.facts import facts
from generator.make import OUTPUT, SPEC
from generator.versions import api_versions, check_spec, project


def spec_with(**schema: Any) -> dict[str, Any]:
    """A spec of three versions with one schema in use."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "3", "x-api-versions": ["1", "2", "3"], "x-default-api-version": "3"},
        "paths": {
            "/a": {
                "get": {
                    "parameters": [{"$ref": "#/components/parameters/New"}],
                    "responses": {"200": {"content": {"j": {"schema": {"$ref": "#/components/schemas/S"}}}}},
                }
            },
            "/b": {"get": {"x-since": "2", "responses": {}}},
        },
        "components": {
            "parameters": {"New": {"name": "new", "in": "query", "x-since": "3"}},
            "schemas": {"S": {"type": "object", **schema}, "Unused": {"type": "object"}},
        },
    }


def schema_in(version: str, **schema: Any) -> Any:
    return project(spec_with(**schema), version)["components"]["schemas"]["S"]


def test_a_property_is_there_from_since_and_until_until() -> None:
    properties = {"old": {"type": "string", "x-until": "2"}, "new": {"type": "string", "x-since": "3"}, "all": {}}
    assert set(schema_in("1", properties=properties)["properties"]) == {"old", "all"}
    assert set(schema_in("2", properties=properties)["properties"]) == {"all"}
    assert schema_in("3", properties=properties)["properties"] == {"new": {"type": "string"}, "all": {}}


def test_a_required_property_goes_with_its_property() -> None:
    properties = {"old": {"x-until": "2"}, "later": {"x-since": "3"}, "always": {}}
    required = ["old", "later", "always"]
    assert schema_in("1", properties=properties, required=required)["required"] == ["old", "always"]
    assert schema_in("2", properties=properties, required=required)["required"] == ["always"]
    assert schema_in("3", properties=properties, required=required)["required"] == ["later", "always"]
    assert "required" not in schema_in("3", properties={"old": {"x-until": "2"}}, required=["old"])


def test_an_enum_value_has_its_own_mark() -> None:
    shape = {"enum": ["a", "b"], "x-enum-marks": {"b": {"x-since": "2"}}}
    assert schema_in("1", **shape) == {"type": "object", "enum": ["a"]}
    assert schema_in("2", **shape) == {"type": "object", "enum": ["a", "b"]}


def test_operations_parameters_and_components_go_with_their_version() -> None:
    first, last = project(spec_with(), "1"), project(spec_with(), "3")
    assert set(first["paths"]) == {"/a"}
    assert first["paths"]["/a"]["get"]["parameters"] == []
    assert set(last["paths"]) == {"/a", "/b"}
    assert last["paths"]["/a"]["get"]["parameters"] == [{"$ref": "#/components/parameters/New"}]
    assert "Unused" not in last["components"]["schemas"]
    assert first["info"] == {"title": "t", "version": "1"}


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ({"x-since": "9"}, "'9' is no API version"),
        ({"x-until": "0"}, "'0' is no API version"),
        ({"x-since": "2", "x-until": "2"}, "must come before"),
        ({"x-since": "3", "x-until": "2"}, "must come before"),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused_with_its_place(mark: dict[str, str], complaint: str) -> None:
    with pytest.raises(GeneratorError, match=f"components/schemas/S/properties/p: .*{complaint}"):
        check_spec(spec_with(properties={"p": mark}))


@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        ("#/components/schemas/Nowhere", "points to nothing: there is no 'Nowhere'"),
        ("other.yaml#/x", "leaves the document"),
        (7, "leaves the document"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_with_its_place(reference: Any, complaint: str) -> None:
    with pytest.raises(GeneratorError, match=f"components/schemas/S/properties/p: .*{complaint}"):
        check_spec(spec_with(properties={"p": {"$ref": reference}}))


def test_an_operation_id_that_is_used_twice_is_refused() -> None:
    spec = spec_with()
    for path in ("/a", "/b"):
        spec["paths"][path]["get"]["operationId"] = "Task_Get"
    with pytest.raises(GeneratorError, match="the operationId 'Task_Get' is used 2 times"):
        check_spec(spec)


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    text = SPEC.read_text().replace("      operationId: Task_Terminate\n", "      operationId: Task_Terminate\n" * 2)
    (tmp_path / "openapi.yaml").write_text(text)
    line = text.splitlines().index("      operationId: Task_Terminate") + 2
    with pytest.raises(GeneratorError, match=rf"openapi\.yaml, line {line}: the key 'operationId' stands twice"):
        load(tmp_path / "openapi.yaml")


@pytest.mark.parametrize("versions", [[], ["2", "1"], ["1", "1"], "1", None, [1]])
def test_a_bad_list_of_versions_is_refused(versions: Any) -> None:
    with pytest.raises(GeneratorError, match="x-api-versions"):
        api_versions({"info": {"x-api-versions": versions}})


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(GeneratorError, match="'9' is not an API version of the spec; it has 1, 2, 3"):
        project(spec_with(), "9")


OLDEST, *BETWEEN, NEWEST = api_versions(load(SPEC))


@pytest.mark.parametrize(
    "version", [OLDEST, *(pytest.param(version, marks=pytest.mark.slow) for version in BETWEEN), NEWEST]
)
def test_each_projection_is_a_valid_document_without_our_marks(version: str) -> None:
    document = load(OUTPUT / "openapi" / f"{version}.yaml")
    validate(document)
    assert document["info"]["version"] == version
    assert not [key for _, node in walk(document) for key in node if key in ("x-since", "x-until", "x-enum-marks")]


def test_the_tables_of_facts_hold_what_differs_between_versions() -> None:
    tables = {name: value for name, (_, value) in facts(load(SPEC)).items()}
    assert tables["SERVER_TIMEOUT_NAME"]["2024-02-01.19.0"] == "timeout"
    assert tables["SERVER_TIMEOUT_NAME"]["2025-06-01"] == "timeOut"
    marks = tables["MARKS"]
    assert (("params", "force"), None, "2024-07-01.20.0", None) in marks["Job_Delete"]
    mounts = ("containerSettings", "containerHostBatchBindMounts")
    assert (("json", *mounts), None, "2024-07-01.20.0", None) in marks["Task_Add"]
    assert (("json", "value", "*", *mounts), None, "2024-07-01.20.0", None) in marks["Task_AddCollection"]
    assert (("json", "authenticationTokenSettings"), None, None, "2025-06-01") in marks["Task_Add"]
    for operation in ("Task_List", "Task_Get"):
        selected = ("params", "$select", "*")
        assert (selected, "authenticationTokenSettings", None, "2025-06-01") in marks[operation]
    assert tables["ERROR_CODES"]["ConditionNotMet"] == (304, 412)
    assert "executionInfo" in tables["SELECTABLE"]["Task_List"]
    assert tables["EXPANDABLE"]["Task_List"] == ("stats",)


def test_what_only_some_versions_have_is_in_the_tables_of_marks() -> None:
    spec = load(SPEC)
    old, *_, new = api_versions(spec)
    spec["paths"]["/jobs"]["get"]["x-since"] = new
    state = spec["components"]["schemas"]["OnAllTasksComplete"]
    state["x-enum-marks"] = {state["enum"][0]: {"x-until": new}}
    spec["components"]["schemas"]["CloudJob"]["properties"]["metadata"]["x-since"] = new
    tables = {name: value for name, (_, value) in facts(spec).items()}
    marks = tables["MARKS"]
    metadata = (("params", "$select", "*"), "metadata", new, None)
    assert marks["Job_List"] == (((), None, new, None), metadata)
    assert marks["Job_Get"] == (metadata,)
    assert (("json", "onAllTasksComplete"), state["enum"][0], None, new) in marks["Job_Add"]
    assert "metadata" in tables["SELECTABLE"]["Job_List"]
    assert "/jobs" in project(spec, old)["paths"]
    assert "get" not in project(spec, old)["paths"]["/jobs"]
