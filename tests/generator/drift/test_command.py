"""`python -m generator drift` from the outside: what it prints, how it ends, and what it says of input it cannot use."""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import threading
import time
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
from generator.diff.reader import Part, read_api
from generator.diff.report import UPSTREAM, line_of
from generator.diff.source import LARGEST, Document
from generator.document import GeneratorError, dump, load, walk
from generator.make import ROOT, SPEC
from generator.versions import project
from tests.generator.drift.test_mutants import keep_tasks
from tests.generator.drift.upstream import BY_TYPESPEC, FORMS, upstream_like

Json = dict[str, Any]
OLD, NEW = FORMS[0][0], BY_TYPESPEC[0]
FORM = {OLD: "by hand", NEW: "3.1.0"}


def fresh(version: str = OLD) -> Json:
    return upstream_like(version, FORM[version])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "upstream.json"


def run(file: Path, document: Any, *options: str) -> int:
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return main(["drift", str(file), *options])


@pytest.mark.parametrize(("version", "form"), FORMS)
def test_what_is_known_and_accepted_is_no_drift(
    file: Path, version: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, upstream_like(version, form)) == 0
    printed = capsys.readouterr().out
    assert f"generated/openapi/{version}.yaml" in printed
    assert printed.rstrip().endswith("drift:    no differences")


def test_the_forms_of_one_description_differ_in_nothing() -> None:
    """TypeSpec's emitters write Swagger 2.0, OpenAPI 3.0 and 3.1; the same facts are found in each."""
    ours = read_api(Document(project(load(SPEC), NEW)), {"jobs"})
    found = [
        {
            line_of(finding, UPSTREAM)
            for finding in compare(ours, read_api(Document(upstream_like(NEW, form)), {"jobs"}))
        }
        for version, form in FORMS
        if version == NEW
    ]
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 500


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


def test_an_operation_that_is_gone_is_not_taken_for_another(file: Path) -> None:
    """PUT on a job is no other form of PATCH."""
    document = fresh()
    del document["paths"]["/jobs/{jobId}"]["patch"]
    file.write_text(json.dumps(document))
    (found,) = find_drift(str(file)).differences
    assert (found.kind, found.each("left"), found.each("right"), found.places) == (
        "operation",
        ["PATCH /jobs/{}"],
        [None],
        ["Job_Patch"],
    )


def test_what_is_passed_on_as_it_is_is_not_compared(file: Path) -> None:
    document = fresh()
    document["definitions"]["NetworkConfiguration"]["properties"]["more"] = {"type": "string"}
    assert run(file, document) == 0
    document["definitions"]["PoolAddParameter"]["properties"]["more"] = {"type": "string"}
    assert run(file, document) == 1


def test_members_of_any_name_say_nothing(file: Path) -> None:
    document = fresh()
    for schema in document["definitions"].values():
        schema["additionalProperties"] = {}
    assert run(file, document) == 0


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("{endpoint}", 0),
        ("https://{account}.{region}.batch.azure.com", 0),
        ("{scheme}://{host}:{port}/", 0),
        ("/", 0),
        ("{endpoint}/v1", 2),
        ("https://x.example/{prefix}", 2),
        ("/v1", 2),
    ],
)
def test_what_stands_in_front_of_paths_is_what_follows_the_host(file: Path, url: str, status: int) -> None:
    assert run(file, fresh(NEW) | {"servers": [{"url": url}]}) == status


def test_another_version_can_be_named_to_compare_with(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = fresh() | {"info": {"title": "BatchServiceClient", "version": "2023-05-01.17.0"}}
    assert run(file, document) == 2
    complaint = capsys.readouterr().err
    assert "is of API version '2023-05-01.17.0', and the spec knows 2022-01-01.15.0, " in complaint
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
    assert found.each("right_pointer") == ["./common/types.json#/definitions/TaskConstraints/properties/retentionTime"]


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
        if self.path == "/dripping-head.json":
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
            return
        content = json.dumps(fresh()).encode() if self.path == "/good.json" else b"<html>no</html>"
        self.send_response(404 if self.path == "/missing.json" else 200)
        self.send_header("Content-Length", str(LARGEST * 2 if self.path == "/large.json" else len(content)))
        self.end_headers()
        if self.path == "/dripping.json":
            for byte in content:
                self.wfile.write(bytes([byte]))
                time.sleep(0.5)
        elif self.path == "/large.json":
            for _ in range(LARGEST * 2 // 2**20):
                self.wfile.write(bytes(2**20))
        self.wfile.write(content)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

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
    assert f"{address}/missing.json cannot be read: Client error '404 Not Found'" in capsys.readouterr().err
    assert main(["drift", f"{address}/page.html"]) == 2
    assert "is not an OpenAPI document" in capsys.readouterr().err


def test_an_address_that_does_not_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "http://127.0.0.1:9/BatchService.json"]) == 2
    assert (
        "http://127.0.0.1:9/BatchService.json cannot be read: All connection attempts failed" in capsys.readouterr().err
    )


@pytest.mark.parametrize("name", ["dripping.json", "dripping-head.json"])
def test_a_server_that_takes_for_ever_is_given_up(
    address: str, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.diff.source.SECONDS", 0.3)
    assert main(["drift", f"{address}/{name}"]) == 2
    assert f"{name} cannot be read: it was not complete after 0.3 seconds" in capsys.readouterr().err


def test_what_is_too_large_is_not_read_to_its_end(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(200 * 2**20)
    for location in (f"{address}/large.json", str(tmp_path / "large.json")):
        assert main(["drift", location]) == 2
        assert f"{location} is larger than 16 MiB" in capsys.readouterr().err


@pytest.mark.parametrize(
    "location", ["http://[::1/x", "http://", "https://a b/", "ftp://x/y.json", "\0", "", "http://x:y/"]
)
def test_an_address_that_is_none_is_refused_in_one_sentence(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", location]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("depth", [3000, 200_000])
@pytest.mark.parametrize("shape", ['{"a": %s1%s}', '{"swagger": "2.0", "info": {}, "paths": %s1%s}', "a: %s1%s"])
def test_what_is_nested_too_deeply_is_refused_in_one_sentence(
    file: Path, shape: str, depth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, shape % ("[" * depth, "]" * depth)) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "nested too deeply" in error or "nesting depth" in error


def test_schemas_inside_schemas_without_end_are_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = fresh()
    names = [f"S{number}" for number in range(2000)]
    for name, other in itertools.pairwise(names):
        document["definitions"][name] = {"allOf": [{"$ref": f"#/definitions/{other}"}]}
    document["definitions"][names[-1]] = {"type": "object"}
    document["definitions"]["CloudTask"]["allOf"] = [{"$ref": "#/definitions/S0"}]
    assert run(file, document) == 2
    assert "nested too deeply" in capsys.readouterr().err


def test_make_says_the_exit_status_of_the_command(file: Path) -> None:
    """Make itself ends with 2 whenever a command does not end with 0; what the command ended with is on its last line."""
    for document, status in ((fresh(), 0), (fresh() | {"security": []}, 1), ({}, 2)):
        file.write_text(json.dumps(document))
        command = ["make", "--silent", "drift", f"UPSTREAM={file}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == (2 if status else 0)
        assert (f"Error {status}" in done.stderr) == bool(status)


@cache
def ways(version: str) -> list[tuple[str | int, ...]]:
    """Every way into the part of a description that is ours."""
    return [trail for trail, _ in walk(keep_tasks(fresh(version))) if trail]


@cache
def ours(version: str) -> Part:
    return read_api(Document(keep_tasks(project(load(SPEC), version))), {"jobs"})


ODD: st.SearchStrategy[Any] = st.sampled_from([None, True, 3, 1.5, "", "x", [], [1], [[]], [{}], {}, {"x": 1}])


@settings(max_examples=25)
@given(data=st.data(), version=st.sampled_from([OLD, NEW]))
def test_whatever_a_description_holds_there_is_a_report_or_a_clear_refusal(data: st.DataObject, version: str) -> None:
    document = keep_tasks(fresh(version))
    *way, last = data.draw(st.sampled_from(ways(version)))
    holder: Any = document
    for key in way:
        holder = holder[key]
    member = st.sampled_from(["$ref", "type", "enum", "required", "properties", "items", "allOf", "in", "headers"])
    holder[last] = data.draw(ODD | st.dictionaries(member, ODD, max_size=2))
    with contextlib.suppress(GeneratorError):
        for found in compare(ours(version), read_api(Document(document), {"jobs"})):
            assert found.severity


@pytest.mark.parametrize(
    ("marks", "complaint"),
    [
        ({"x-since": "2030-01-01"}, "'2030-01-01' is no API version of the spec"),
        ({"x-since": "2025-06-01", "x-until": "2024-02-01.19.0"}, "since '2025-06-01' must come before until"),
    ],
)
def test_a_mark_of_ours_that_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, file: Path, marks: Json, complaint: str
) -> None:
    spec = load(SPEC)
    spec["components"]["schemas"]["TaskConstraints"]["properties"]["retentionTime"].update(marks)
    (tmp_path / "openapi.yaml").write_text(dump(spec))
    file.write_text(json.dumps(fresh()))
    with pytest.raises(
        GeneratorError, match=f"components/schemas/TaskConstraints/properties/retentionTime: .*{complaint}"
    ):
        find_drift(str(file), None, tmp_path / "openapi.yaml")
