"""The x- keys: each is known, stands where it means something, and says something that can be true."""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.document import RECORDED, members, operation, operations, recorded, resolve, sent, spec, walk

VERSIONS: list[str] = spec()["info"]["x-api-versions"]
KNOWN = {
    "x-api-versions", "x-default-api-version", "x-since", "x-until", "x-enum-marks", "x-filter", "x-example",
    "x-written-as", "x-always", "x-unconfirmed", "x-error-codes", "x-failure-codes",
}  # fmt: skip
SINCE_19, SINCE_20, SINCE_2025 = ("2024-02-01.19.0", None), ("2024-07-01.20.0", None), ("2025-06-01", None)
UNTIL_20, UNTIL_2025 = (None, "2024-07-01.20.0"), (None, "2025-06-01")
ONLY_19_AND_20 = ("2024-02-01.19.0", "2025-06-01")

# What changed between the versions, written down a second time so that a slip in the document is seen.
PROPERTIES = {
    ("TaskAddParameter", "authenticationTokenSettings"): UNTIL_2025,
    ("CloudTask", "authenticationTokenSettings"): UNTIL_2025,
    ("JobManagerTask", "authenticationTokenSettings"): UNTIL_2025,
    ("TaskContainerSettings", "containerHostBatchBindMounts"): SINCE_20,
    ("CloudTaskListSubtasksResult", "odata.nextLink"): SINCE_20,
    ("JobPatchParameter", "networkConfiguration"): SINCE_20,
    ("JobNetworkConfiguration", "skipWithdrawFromVNet"): SINCE_20,
    ("CloudPool", "currentNodeCommunicationMode"): ONLY_19_AND_20,
    ("TaskSchedulingPolicy", "jobDefaultOrder"): SINCE_2025,
    ("VirtualMachineConfiguration", "securityProfile"): SINCE_19,
    ("VirtualMachineConfiguration", "serviceArtifactReference"): SINCE_19,
    ("ImageReference", "sharedGalleryImageId"): SINCE_20,
    ("ImageReference", "communityGalleryImageId"): SINCE_20,
    ("ComputeNode", "certificateReferences"): UNTIL_2025,
    ("ComputeNode", "ipv6Address"): SINCE_2025,
    ("VirtualMachineInfo", "scaleSetVmResourceId"): SINCE_19,
}
for _schema in ("PoolAddParameter", "PoolSpecification", "CloudPool"):
    PROPERTIES |= {
        (_schema, "cloudServiceConfiguration"): UNTIL_20,
        (_schema, "applicationLicenses"): UNTIL_20,
        (_schema, "certificateReferences"): UNTIL_2025,
        (_schema, "targetNodeCommunicationMode"): ONLY_19_AND_20,
        (_schema, "resourceTags"): ONLY_19_AND_20,
        (_schema, "upgradePolicy"): SINCE_19,
    }
PROPERTIES |= {
    ("PoolPatchParameter", "certificateReferences"): UNTIL_2025,
    ("PoolPatchParameter", "targetNodeCommunicationMode"): ONLY_19_AND_20,
    ("PoolPatchParameter", "resourceTags"): ("2024-07-01.20.0", "2025-06-01"),
}
for _name in ("displayName", "vmSize", "virtualMachineConfiguration", "taskSlotsPerNode", "taskSchedulingPolicy",
              "enableInterNodeCommunication", "networkConfiguration", "userAccounts", "mountConfiguration",
              "upgradePolicy"):  # fmt: skip
    PROPERTIES["PoolPatchParameter", _name] = SINCE_20
VALUES = {
    ("ComputeNodeState", "upgradingos"): SINCE_19,
    ("ComputeNodeState", "deallocated"): SINCE_20,
    ("ComputeNodeState", "deallocating"): SINCE_20,
    ("ComputeNodeDeallocationOption", "retaineddata"): (None, "2026-10-01"),
}
PARAMETERS = {"Timeout": UNTIL_2025, "TimeOut": SINCE_2025, "Force": SINCE_20}


def mark(node: dict[str, Any]) -> tuple[str | None, str | None]:
    return node.get("x-since"), node.get("x-until")


def test_versions_stand_in_order_and_one_is_the_default() -> None:
    assert sorted(set(VERSIONS)) == VERSIONS
    assert RECORDED in VERSIONS
    assert spec()["info"]["x-default-api-version"] == spec()["info"]["version"]
    assert spec()["info"]["version"] in VERSIONS


def test_every_x_key_is_known() -> None:
    used = {key for _, node in walk(spec()) for key in node if key.startswith("x-")}
    assert used <= KNOWN


def test_every_mark_names_a_known_version_and_leaves_some() -> None:
    for trail, node in walk(spec()):
        since, until = mark(node)
        assert since in (None, *VERSIONS[1:]), trail
        assert until in (None, *VERSIONS[1:]), trail
        assert since is None or until is None or since < until, trail


def test_the_marked_properties_are_those_that_changed() -> None:
    found = {
        (schema, name): mark(node)
        for schema in recorded()["components"]["schemas"]
        for name, node in members(schema, recorded()).items()
        if any(mark(node))
    }
    assert found == PROPERTIES


def test_the_marked_values_are_those_that_changed() -> None:
    schemas = recorded()["components"]["schemas"]
    marks = {
        (name, value): mark(row)
        for name, node in schemas.items()
        for value, row in node.get("x-enum-marks", {}).items()
    }
    assert marks == VALUES


def test_the_marked_parameters_are_those_that_changed() -> None:
    parts = recorded()["components"]["parameters"]
    assert {name: mark(node) for name, node in parts.items() if any(mark(node))} == PARAMETERS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_has_one_spelling_of_the_server_timeout(version: str) -> None:
    spelled = [
        node["name"]
        for node in spec()["components"]["parameters"].values()
        if node["name"].lower() == "timeout" and node.get("x-since", "") <= version < node.get("x-until", "9")
    ]
    assert len(spelled) == 1
    assert version > RECORDED or spelled == ["timeout" if version < "2025-06-01" else "timeOut"]


def test_enum_marks_name_values_of_their_enum() -> None:
    for trail, node in walk(spec()):
        assert set(node.get("x-enum-marks", {})) <= set(node.get("enum", [])), trail


def test_written_as_differs_from_the_value_in_letter_case_only() -> None:
    for trail, node in walk(spec()):
        for value, written in node.get("x-written-as", {}).items():
            assert value in node["enum"], trail
            assert value != written, trail
            assert value == written.lower(), trail


def test_what_answers_always_have_are_members_that_every_version_has() -> None:
    for name, schema in spec()["components"]["schemas"].items():
        always = schema.get("x-always", ())
        assert set(always) <= {member for member, node in members(name).items() if mark(node) == (None, None)}, name
        assert not always or name not in sent(), name


def test_what_is_unconfirmed_is_said_in_words() -> None:
    notes = [(trail, node["x-unconfirmed"]) for trail, node in walk(spec()) if "x-unconfirmed" in node]
    assert len(notes) > 20
    assert [trail for trail, note in notes if not isinstance(note, str) or len(note.split()) < 2] == []


FILTERED = {o.id: p["x-filter"] for o in operations() for p in o.parameters() if "x-filter" in p}


def test_every_listing_with_a_filter_says_what_can_be_filtered() -> None:
    with_filter = {o.id for o in operations() if "$filter" in o.parameter_names("query")}
    assert with_filter == set(FILTERED) >= {"Task_List", "Job_List", "File_ListFromTask"}


@pytest.mark.parametrize(
    ("name", "property_", "row"), [(o, p, row) for o, rows in FILTERED.items() for p, row in rows.items()]
)
def test_what_can_be_filtered_is_a_member_of_that_type(name: str, property_: str, row: dict[str, Any]) -> None:
    node: dict[str, Any] = resolve(resolve(operation(name).answer_schema())["properties"]["value"]["items"])
    for part in row.get("member", property_).split("/"):
        node = resolve(node["properties"][part])
    kind = {"string": "string", "integer": "int"}[node["type"]]
    assert row["type"] == ("DateTime" if node.get("format") == "date-time" else kind)
    assert set(row["operators"]) <= {"eq", "ne", "ge", "gt", "le", "lt", "startswith"}
    assert len(set(row["operators"])) == len(row["operators"])
    assert "startswith" not in row["operators"] or row["type"] == "string"
    assert row.keys() <= {"type", "operators", "member"}
