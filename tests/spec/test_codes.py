"""The tables of error codes and failure codes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.spec.document import Operation, operations, spec, walk

ERRORS: list[dict[str, Any]] = spec()["x-error-codes"]
FAILURES: list[dict[str, Any]] = spec()["x-failure-codes"]
each_operation = pytest.mark.parametrize("op", operations(), ids=lambda o: o.id)


def codes_of(name: str) -> set[str]:
    return {entry["code"] for entry in ERRORS if entry["operations"] == "all" or name in entry["operations"]}


@pytest.mark.parametrize("entry", ERRORS, ids=lambda e: e["code"])
def test_an_error_code_is_complete(entry: dict[str, Any]) -> None:
    assert {"code", "status", "operations", "meaning"} <= set(entry)
    assert set(entry) <= {"code", "status", "operations", "about", "done", "meaning", "x-unconfirmed"}
    assert entry["code"].isalnum()
    assert entry["status"]
    assert all(status == 304 or 400 <= status < 600 for status in entry["status"])
    assert entry["meaning"].endswith(".")
    names = {o.id for o in operations()}
    assert entry["operations"] == "all" or set(entry["operations"]) <= names
    assert entry.get("about", "call") == "call"
    assert all(entry["code"] in codes_of(name) for name in entry.get("done", ()))


@pytest.mark.parametrize("entry", FAILURES, ids=lambda e: e["code"])
def test_a_failure_code_is_complete(entry: dict[str, Any]) -> None:
    assert {"code", "category", "meaning"} <= set(entry) <= {"code", "category", "meaning", "x-unconfirmed"}
    assert entry["category"] in spec()["components"]["schemas"]["ErrorCategory"]["x-written-as"].values()
    assert entry["meaning"].endswith(".")


@pytest.mark.parametrize("table", [ERRORS, FAILURES], ids=["errors", "failures"])
def test_no_code_stands_twice(table: list[dict[str, Any]]) -> None:
    assert max(Counter(entry["code"].lower() for entry in table).values()) == 1


def test_error_codes_stand_in_the_order_of_their_statuses() -> None:
    statuses = [max(entry["status"]) for entry in ERRORS if entry["code"] != "ConditionNotMet"]
    assert statuses == sorted(statuses)


@each_operation
def test_an_operation_on_a_thing_says_when_the_thing_is_missing(op: Operation) -> None:
    codes = codes_of(op.id)
    assert ("JobNotFound" in codes) == ("jobId" in op.parameter_names("path"))
    assert ("TaskNotFound" in codes) == ("taskId" in op.parameter_names("path"))
    assert ("FileNotFound" in codes) == ("filePath" in op.parameter_names("path"))
    # To a HEAD that asks whether there is a pool, 404 is an answer and no error.
    assert ("PoolNotFound" in codes) == ("poolId" in op.parameter_names("path") and op.id != "Pool_Exists")
    assert "NodeNotFound" in codes or "nodeId" not in op.parameter_names("path")


@each_operation
def test_conditions_are_refused_only_where_they_are_taken(op: Operation) -> None:
    conditional = "If-Modified-Since" in op.parameter_names("header")
    assert ("ConditionNotMet" in codes_of(op.id)) == conditional
    assert ("MultipleConditionHeadersNotSupported" in codes_of(op.id)) == conditional


@each_operation
def test_complaints_about_a_body_need_a_body(op: Operation) -> None:
    about_bodies = {"InvalidRequestBody", "MissingRequiredProperty", "InvalidPropertyValue", "RequestBodyTooLarge"}
    assert "requestBody" in op.node or not about_bodies & codes_of(op.id)


def test_the_codes_that_flows_depend_on_have_their_statuses() -> None:
    status = {entry["code"]: entry["status"] for entry in ERRORS}
    assert status["ConditionNotMet"] == [304, 412]
    assert status["TaskExists"] == status["JobExists"] == status["TaskCompleted"] == [409]
    assert status["ActiveJobAndScheduleQuotaReached"] == [409]
    assert status["RequestBodyTooLarge"] == [413]
    assert status["TooManyRequests"] == [429]
    assert status["OperationTimedOut"] == status["InternalError"] == [500]
    assert status["ServerBusy"] == [503]
    assert status["AuthenticationFailed"] == [403]


def test_codes_in_examples_are_in_the_tables() -> None:
    known = {entry["code"] for entry in (*ERRORS, *FAILURES)}
    used = {node["code"] for _, node in walk(spec()["components"]["examples"]) if isinstance(node.get("code"), str)}
    assert len(used) >= 4
    assert used <= known


def test_a_job_on_a_pool_that_does_not_exist_is_added() -> None:
    assert not {"Job_Add", "Job_Update", "Job_Patch"} & {o.id for o in operations() if "PoolNotFound" in codes_of(o.id)}
