"""The service and the specification agree: operations, error codes, statuses; what is checked of a body."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local.http import routing
from batchtasks_local.http.contract.documents import SAME_AS, Contract, Contracts, default_folder, operation_names
from batchtasks_local.http.errors import MESSAGES, BatchError
from batchtasks_local.operations.context import HANDLERS
from tests.service.api import operations

CONTRACTS = Contracts()
VERSIONS = CONTRACTS.versions


def contract(version: str) -> Contract:
    """A contract that is there."""
    found = CONTRACTS.get(version)
    assert found is not None
    return found


def document(version: str) -> Any:
    """A document as it is."""
    return json.loads((default_folder() / f"{version}.json").read_text())


@pytest.mark.parametrize("version", VERSIONS)
def test_every_operation_is_handled(version: str) -> None:
    """In every version, each operation of the document has a handler and a path that leads to it."""
    stated = operations(document(version))
    assert set(contract(version).operations) == set(stated) <= set(HANDLERS) == set(operation_names())
    for name, (method, template, _) in stated.items():
        path = template.replace("{jobId}", "j").replace("{taskId}", "t").replace("{filePath}", "f")
        assert routing.find(contract(version), method, path.lstrip("/").split("/"))[0] == name


@pytest.mark.parametrize("version", VERSIONS)
def test_every_code_is_known_with_its_status(version: str) -> None:
    """The specification's table of errors and the service's are the same."""
    stated = {row["code"]: row["status"] for row in document(version)["x-error-codes"]}
    assert set(stated) == set(MESSAGES)
    for code, (status, text) in MESSAGES.items():
        assert status in stated[code], code
        assert text


def test_captured_texts() -> None:
    """The four texts that are known of the real service."""
    assert MESSAGES["ConditionNotMet"][1] == "The condition specified using HTTP conditional header(s) is not met."
    assert MESSAGES["TaskExists"][1] == "The specified task already exists."
    assert MESSAGES["RequestBodyTooLarge"][1] == (
        "The request body is too large and exceeds the maximum permissible limit."
    )
    assert MESSAGES["AuthenticationFailed"][1].startswith("Server failed to authenticate the request. Make sure")


def test_versions_in_between_have_a_document() -> None:
    """Versions without a document are served by the document of a version with the same tasks."""
    assert set(SAME_AS.values()) <= set(VERSIONS)
    assert not set(SAME_AS) & set(VERSIONS)
    assert CONTRACTS.get("2023-11-01.18.0") is CONTRACTS.get("2024-02-01.19.0")
    assert CONTRACTS.get("1999-01-01") is None


def test_no_documents(tmp_path: Path) -> None:
    """A folder without documents is an error at once."""
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        Contracts(tmp_path)


@pytest.mark.parametrize("version", VERSIONS)
def test_request_examples_pass(version: str) -> None:
    """What the specification shows as a request, the service takes."""
    shown = document(version)
    seen = 0
    for name, operation in contract(version).operations.items():
        example = shown["components"].get("examples", {}).get(f"{name}.request")
        if example is not None and operation.body is not None:
            operation.body.read(as_json(example["value"]))
            seen += 1
    assert seen >= 5


def as_json(value: Any) -> bytes:
    """An example as a client sends it."""
    return json.dumps(value).encode()


_words = st.sampled_from(["id", "commandLine", "constraints", "value", "odata.x", "maxTaskRetryCount", "env", "0"])
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**70) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(_words, parts, max_size=4),
    max_leaves=10,
)


@given(_json, st.sampled_from(["Task_Add", "Task_AddCollection", "Task_Update", "Job_Add", "Job_Patch"]))
def test_any_json_is_read_or_refused(value: Any, name: str) -> None:
    """No body makes the check fall over, and every refusal is one of the five that bodies have."""
    body = contract("2025-06-01").operations[name].body
    assert body is not None
    try:
        body.read(as_json(value))
    except BatchError as fault:
        code = fault.code
    else:
        code = "taken"
    assert code in (
        "taken",
        "InvalidRequestBody",
        "MissingRequiredProperty",
        "UnsupportedProperty",
        "InvalidPropertyValue",
    )


@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Nor do bytes that are no JSON at all."""
    body = contract("2025-06-01").operations["Job_Add"].body
    assert body is not None
    with pytest.raises(BatchError):
        body.read(raw)
