"""`python -m generator drift` from the outside: what it prints, how it ends, and what it says of input it cannot use."""

from __future__ import annotations

import contextlib
import copy
import json
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.__main__ import main
from generator.commands.drift import find_drift
from generator.diff.compare import compare
from generator.diff.reader import Api, read_api
from generator.diff.source import Document
from generator.document import dump, load, walk
from generator.make import SPEC
from generator.problem import Problem
from generator.versions import project
from tests.generator.upstream import VERSIONS, upstream_like

Json = dict[str, Any]
OLD, _, NEW = VERSIONS


@cache
def made(version: str) -> str:
    return json.dumps(upstream_like(version))


def fresh(version: str = OLD) -> Json:
    document: Json = json.loads(made(version))
    return document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upstream.json"


def run(file: Path, document: Any, *options: str) -> int:
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return main(["drift", str(file), *options])


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_known_and_accepted_is_no_drift(file: Path, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, fresh(version)) == 0
    printed = capsys.readouterr().out
    assert f"generated/openapi/{version}.yaml" in printed
    assert printed.rstrip().endswith("drift:    no differences")


def test_yaml_is_read_as_json_is(file: Path) -> None:
    assert run(file, dump(fresh(NEW))) == 0


def test_drift_is_told_worst_first_with_places_and_pointers(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = fresh()
    document["definitions"]["TaskConstraints"]["properties"]["maxTaskRetryCount"]["type"] = "string"
    document["definitions"]["TaskAddParameter"]["properties"]["colour"] = {"type": "string"}
    assert run(file, document) == 1
    printed = capsys.readouterr().out
    assert "drift:    1 breaking, 1 additive" in printed
    assert printed.index("breaking (1)") < printed.index("additive (1)")
    assert "type of maxTaskRetryCount: integer ours, string upstream  [request and answer]" in printed
    assert "at Task_Add request constraints.maxTaskRetryCount" in printed
    assert "ours     #/components/schemas/TaskConstraints/properties/maxTaskRetryCount" in printed
    assert "upstream #/definitions/TaskConstraints/properties/maxTaskRetryCount" in printed
    assert "field colour: only upstream  [request]" in printed


def test_the_report_for_machines_holds_every_place_and_pointer(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = fresh()
    del document["paths"]["/jobs/{jobId}/tasks/{taskId}"]["delete"]
    document["parameters"]["ApiVersionParameter"]["type"] = "integer"
    assert run(file, document, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["upstream"] == {
        "location": str(file),
        "title": "BatchServiceClient",
        "version": OLD,
        "dialect": "Swagger 2.0",
    }
    by_kind = {row["kind"]: row for row in report["drift"]}
    assert by_kind["operation"]["ours"] == "DELETE /jobs/{}/tasks/{}"
    assert by_kind["operation"]["upstream"] is None
    assert by_kind["operation"]["places"] == ["Task_Delete"]
    assert by_kind["type"]["pointers"]["upstream"] == ["#/parameters/ApiVersionParameter"]
    assert len(by_kind["type"]["places"]) == 21
    assert by_kind["type"]["severities"] == {"request": "breaking"}
    assert all(row["facts"] and row["reason"] for row in report["accepted"])


def test_another_version_can_be_named_to_compare_with(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = fresh() | {"info": {"title": "BatchServiceClient", "version": "2023-05-01.17.0"}}
    assert run(file, document) == 2
    complaint = capsys.readouterr().err
    assert "is of API version '2023-05-01.17.0'; the spec knows 2022-01-01.15.0, " in complaint
    assert "--against VERSION" in complaint
    assert run(file, document, "--against", OLD) == 0
    assert run(file, document, "--against", "1999-01-01") == 2
    assert "--against '1999-01-01' is no API version of the spec" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<html>Not found</html>", "is not an OpenAPI document: it holds no object"),
        ("[1, 2]", "is not an OpenAPI document: it holds no object"),
        ("{'a': [", "is neither JSON nor YAML"),
        ("{}", "is not an OpenAPI document: 'swagger"),
        ('{"swagger": "1.2", "info": {}, "paths": {}}', "is not an OpenAPI document: 'swagger"),
        ('{"openapi": "3.0.0", "info": {}}', "is not a whole OpenAPI document: it needs 'info' and 'paths'"),
        (
            '{"swagger": "2.0", "info": {"title": "Storage", "version": "2025-06-01"}, "paths": {"/blobs": {"get": {}}}}',
            "('Storage') describes another service: it has none of our operations",
        ),
        (
            '{"swagger": "2.0", "info": {}, "paths": {"/jobs": []}}',
            "should be the operations of a path, and is no object",
        ),
        ('{"swagger": "2.0", "info": {}, "paths": {"/jobs": {"get": 1}}}', "should be an operation, and is no object"),
    ],
)
def test_a_file_that_cannot_be_judged_is_refused_with_the_reason(
    file: Path, content: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, content) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(file) in printed.err or "#/paths" in printed.err
    assert complaint in printed.err


def test_a_missing_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "no/such/file.json"]) == 2
    assert "no/such/file.json cannot be read: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        ("#/definitions/Nowhere", "the $ref '#/definitions/Nowhere' points to nothing"),
        ("#/definitions/Circle", "comes back to itself"),
        ("other.json#/definitions/A", "other.json cannot be read"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_its_place(
    file: Path, reference: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = fresh()
    document["definitions"]["Circle"] = {"$ref": "#/definitions/Circle"}
    document["definitions"]["CloudTask"]["properties"]["constraints"] = {"$ref": reference}
    assert run(file, document) == 2
    assert complaint in capsys.readouterr().err


def test_references_to_other_files_are_followed(file: Path) -> None:
    document = fresh()
    shared = {"definitions": {"TaskConstraints": document["definitions"].pop("TaskConstraints")}}
    (file.parent / "common").mkdir()
    (file.parent / "common" / "types.json").write_text(json.dumps(shared))
    for _, node in walk(document):
        if node.get("$ref") == "#/definitions/TaskConstraints":
            node["$ref"] = "./common/types.json#/definitions/TaskConstraints"
    assert run(file, document) == 0
    shared["definitions"]["TaskConstraints"]["properties"]["retentionTime"]["format"] = "date-time"
    (file.parent / "common" / "types.json").write_text(json.dumps(shared))
    (found,) = find_drift(str(file)).differences
    assert found.right_pointers == ("./common/types.json#/definitions/TaskConstraints/properties/retentionTime",)


def test_schemas_that_lead_back_to_themselves_end(file: Path) -> None:
    document = fresh()
    again = {"$ref": "#/definitions/CloudTask"}
    document["definitions"]["CloudTask"]["properties"]["parent"] = again
    document["definitions"]["CloudTask"]["allOf"] = [again]
    assert run(file, document) == 1
    assert [d.name for d in find_drift(str(file)).differences] == ["parent"]


def test_paths_may_stand_in_extensions_behind_a_base_and_share_parameters(file: Path) -> None:
    document = fresh()
    item = document["paths"].pop("/jobs/{jobId}/tasks/{taskId}/terminate")
    item["parameters"] = [p for p in item["post"]["parameters"] if p.get("in") == "path"]
    item["post"]["parameters"] = [p for p in item["post"]["parameters"] if p.get("in") != "path"]
    document["x-ms-paths"] = {"/jobs/{jobId}/tasks/{taskId}/terminate?now": item}
    assert run(file, document) == 0
    document["basePath"] = "/v1"
    assert run(file, document) == 2  # nothing of ours is below /v1


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/good.json"
        content = made(OLD).encode() if found else b"<html>no</html>"
        self.send_response(404 if self.path == "/missing.json" else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_read_as_a_file_is(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", f"{address}/good.json"]) == 0
    assert main(["drift", f"{address}/missing.json"]) == 2
    assert f"{address}/missing.json answered 404 Not Found: is the address right?" in capsys.readouterr().err
    assert main(["drift", f"{address}/page.html"]) == 2
    assert "is not an OpenAPI document" in capsys.readouterr().err


def test_an_address_that_does_not_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "http://127.0.0.1:9/BatchService.json"]) == 2
    assert "http://127.0.0.1:9/BatchService.json cannot be read: [Errno 111]" in capsys.readouterr().err


@cache
def ways(version: str) -> list[tuple[str | int, ...]]:
    """Every way into the part of a description that is ours."""
    document = fresh(version)
    return [trail for trail, _ in walk(document) if trail and (trail[0] != "paths" or str(trail[1:2])[3:7] == "jobs")]


@cache
def ours(version: str) -> Api:
    return read_api(Document(project(load(SPEC), version)))


ODD: st.SearchStrategy[Any] = st.sampled_from([None, True, 3, 1.5, "", "x", [], [1], [[]], [{}], {}, {"x": 1}])


@settings(max_examples=150, deadline=None)
@given(data=st.data(), version=st.sampled_from([OLD, NEW]))
def test_whatever_a_description_holds_there_is_a_report_or_a_clear_refusal(data: st.DataObject, version: str) -> None:
    document = copy.deepcopy(fresh(version))
    *way, last = data.draw(st.sampled_from(ways(version)))
    holder: Any = document
    for key in way:
        holder = holder[key]
    member = st.sampled_from(["$ref", "type", "enum", "required", "properties", "items", "allOf", "in", "headers"])
    holder[last] = data.draw(ODD | st.dictionaries(member, ODD, max_size=2))
    with contextlib.suppress(Problem):
        for found in compare(ours(version), read_api(Document(document), {"jobs"})):
            assert found.severity


@pytest.mark.parametrize(
    ("marks", "complaint"),
    [
        ({"x-since": "2030-01-01"}, r"the mark '2030-01-01' is not one of info\.x-api-versions"),
        ({"x-since": "2025-06-01", "x-until": "2024-02-01.19.0"}, "x-since '2025-06-01' must come before x-until"),
    ],
)
def test_a_mark_of_ours_that_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, file: Path, marks: Json, complaint: str
) -> None:
    spec = load(SPEC)
    spec["components"]["schemas"]["TaskConstraints"]["properties"]["retentionTime"].update(marks)
    (tmp_path / "openapi.yaml").write_text(dump(spec))
    file.write_text(made(OLD))
    with pytest.raises(Problem, match=f"components/schemas/TaskConstraints/properties/retentionTime: .*{complaint}"):
        find_drift(str(file), None, tmp_path / "openapi.yaml")
