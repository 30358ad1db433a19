"""Which member of a task differs from what the service has: a comparison without requests."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks._bulk.operations import first_difference

SAME: list[tuple[Any, Any]] = [
    ({}, {}),
    ({"commandLine": "a"}, {"commandLine": "a", "state": "active"}),
    ({"id": "A"}, {"id": "a"}),
    ({"resourceFiles": []}, {}),
    ({"displayName": ""}, {}),
    ({"constraints": {}}, {"constraints": {"retentionTime": "P7D"}}),
    ({"resourceFiles": [{"httpUrl": "https://x/y?sig=1"}]}, {"resourceFiles": [{"httpUrl": "https://x/y?sig=2"}]}),
    (
        {"containerSettings": {"registry": {"username": "u", "password": "p"}}},
        {"containerSettings": {"registry": {"username": "u"}}},
    ),
]
OTHER: list[tuple[Any, Any, str]] = [
    ({"commandLine": "a"}, {"commandLine": "A"}, "commandLine"),
    ({"commandLine": "a"}, {}, "commandLine"),
    ({"requiredSlots": 2}, {"requiredSlots": 1}, "requiredSlots"),
    ({"constraints": {"maxTaskRetryCount": 0}}, {"constraints": {}}, "constraints.maxTaskRetryCount"),
    (
        {"environmentSettings": [{"name": "A", "value": "1"}]},
        {"environmentSettings": [{"name": "A", "value": "2"}]},
        "environmentSettings[0].value",
    ),
    ({"dependsOn": {"taskIds": ["a"]}}, {"dependsOn": {"taskIds": ["a", "b"]}}, "dependsOn.taskIds"),
    (
        {"resourceFiles": [{"httpUrl": "https://x/y?sig=1"}]},
        {"resourceFiles": [{"httpUrl": "https://x/z?sig=1"}]},
        "resourceFiles[0].httpUrl",
    ),
    ({"constraints": {"a": 1}}, {"constraints": "text"}, "constraints"),
]


@pytest.mark.parametrize(("sent", "found"), SAME)
def test_what_is_the_same(sent: Any, found: Any) -> None:
    assert first_difference(sent, found) is None


@pytest.mark.parametrize(("sent", "found", "member"), OTHER)
def test_what_is_another(sent: Any, found: Any, member: str) -> None:
    assert first_difference(sent, found) == member


JSON = st.recursive(
    st.integers(-3, 3) | st.text("ab", max_size=3) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.sampled_from("abcd"), JSON, max_size=4)


@settings(max_examples=150)
@given(DOCUMENTS, DOCUMENTS)
def test_a_task_is_the_same_as_itself_with_more_members(sent: dict[str, Any], more: dict[str, Any]) -> None:
    assert first_difference(sent, {**more, **sent}) is None


@settings(max_examples=150)
@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_is_found(sent: dict[str, Any], found: dict[str, Any]) -> None:
    """If none is found, everything sent is there."""
    if first_difference(sent, found) is None:
        assert all(name in found or value in ("", [], {}) for name, value in sent.items())
        assert all(
            found[name] == value
            for name, value in sent.items()
            if name in found and not isinstance(value, (dict, list))
        )
