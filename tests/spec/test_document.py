"""The document as a whole: valid, clean, complete in its parts, and nothing in it that nobody uses."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.spec.document import VERBS, Operation, members, operations, spec, walk

COMMON = ("ApiVersion", "Timeout", "TimeOut", "ClientRequestId", "ReturnClientRequestId", "OcpDate")
each_operation = pytest.mark.parametrize("op", operations(), ids=lambda o: o.id)


def test_it_is_valid_openapi_3_1() -> None:
    assert spec()["openapi"] == "3.1.0"
    assert [str(error) for error in OpenAPIV31SpecValidator(spec()).iter_errors()] == []


def test_the_parts_stand_in_order() -> None:
    tops = ["openapi", "info", "servers", "security", "tags", "paths", "components", "x-error-codes", "x-failure-codes"]
    parts = ["securitySchemes", "parameters", "headers", "responses", "schemas", "examples"]
    assert list(spec()) == tops
    assert list(spec()["components"]) == parts


def test_operations_are_grouped_by_tag_in_the_order_of_the_tags() -> None:
    tags = [tag["name"] for tag in spec()["tags"]]
    order = [tags.index(o.node["tags"][0]) for o in operations()]
    assert order == sorted(order)


@each_operation
def test_an_operation_says_what_it_is(op: Operation) -> None:
    assert op.id.startswith(op.node["tags"][0] + "_")
    assert len(op.node["tags"]) == 1
    assert op.node["summary"].endswith(".")
    assert op.node["description"].endswith(".")
    assert op.node["description"] != op.node["summary"]


@each_operation
def test_an_operation_has_the_common_parameters_and_the_error(op: Operation) -> None:
    references = [p.get("$ref", "").rpartition("/")[2] for p in op.shared]
    assert [name for name in references if name in COMMON] == list(COMMON)
    assert op.node["responses"]["default"] == {"$ref": "#/components/responses/BatchError"}


@pytest.mark.parametrize("path", spec()["paths"])
def test_what_all_operations_of_a_path_take_stands_at_the_path(path: str) -> None:
    item = spec()["paths"][path]
    own = [[str(parameter) for parameter in item[verb].get("parameters", [])] for verb in VERBS if verb in item]
    assert len(own) == 1 or not set(own[0]).intersection(*own[1:])


@each_operation
def test_path_parameters_are_those_of_the_path(op: Operation) -> None:
    assert op.parameter_names("path") == re.findall(r"\{(\w+)\}", op.path)


@each_operation
def test_no_parameter_stands_twice(op: Operation) -> None:
    assert max(Counter((p["in"], p["name"]) for p in op.parameters()).values()) == 1


@each_operation
def test_every_answer_has_the_headers_of_every_answer(op: Operation) -> None:
    for status, response in op.responses().items():
        assert {"request-id", "client-request-id", "DataServiceVersion"} <= set(response["headers"]), status


def test_operation_ids_are_unique() -> None:
    assert max(Counter(o.id for o in operations()).values()) == 1


def test_everything_is_described() -> None:
    kinds = ("parameters", "headers", "responses", "schemas", "securitySchemes")
    described = [(f"{kind}/{name}", node) for kind in kinds for name, node in spec()["components"][kind].items()]
    described += [(f"{s}.{p}", node) for s in spec()["components"]["schemas"] for p, node in members(s).items()]
    described += [(f"{o.id} {p['name']}", p) for o in operations() for p in o.parameters()]
    described += [(f"{o.id} {status}", r) for o in operations() for status, r in o.responses().items()]
    assert [name for name, node in described if not str(node.get("description", "")).strip().endswith(".")] == []


def test_descriptions_are_short() -> None:
    long = [
        trail
        for trail, node in walk(spec())
        if isinstance(node.get("description"), str) and len(re.findall(r"\.(?= [A-Z]|$)", node["description"])) > 3
    ]
    assert long == []


def test_every_component_is_used() -> None:
    used = {node["$ref"] for _, node in walk(spec()) if isinstance(node.get("$ref"), str)}
    there = {
        f"#/components/{kind}/{name}"
        for kind, parts in spec()["components"].items()
        if kind != "securitySchemes"
        for name in parts
    }
    assert there == used


def test_both_ways_to_sign_in_are_offered() -> None:
    schemes = spec()["components"]["securitySchemes"]
    assert spec()["security"] == [{"SharedKey": []}, {"Entra": ["https://batch.core.windows.net//.default"]}]
    assert (schemes["SharedKey"]["type"], schemes["SharedKey"]["in"], schemes["SharedKey"]["name"]) == (
        "apiKey",
        "header",
        "Authorization",
    )
    assert schemes["Entra"]["type"] == "oauth2"
    for flow in schemes["Entra"]["flows"].values():
        assert list(flow["scopes"]) == ["https://batch.core.windows.net//.default"]
