"""The schemas: the right names, complete, strict in requests and loose in answers, in shapes that are easy to generate."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.spec.document import answered, members, operation, reachable, recorded, resolve, sent, spec, walk

SCHEMAS: dict[str, dict[str, Any]] = spec()["components"]["schemas"]
ENUMS = {name: schema["enum"] for name, schema in SCHEMAS.items() if "enum" in schema}
OBJECTS = sorted(set(SCHEMAS) - set(ENUMS))
# Schemas that a caller sends and the service shows again keep what they require of the caller.
ANSWER_ONLY = sorted(set(OBJECTS) - sent())
CHANGEABLE = {
    "CloudTask": {"constraints"},
    "CloudJob": {
        "priority", "allowTaskPreemption", "maxParallelTasks", "constraints", "poolInfo", "onAllTasksComplete", "metadata",
    },
}  # fmt: skip
TASK = {
    "id", "displayName", "url", "eTag", "lastModified", "creationTime", "exitConditions", "state",
    "stateTransitionTime", "previousState", "previousStateTransitionTime", "commandLine", "containerSettings",
    "resourceFiles", "outputFiles", "environmentSettings", "affinityInfo", "constraints", "requiredSlots",
    "userIdentity", "executionInfo", "nodeInfo", "multiInstanceSettings", "stats", "dependsOn",
    "applicationPackageReferences", "authenticationTokenSettings",
}  # fmt: skip
SET_BY_SERVICE = {
    "url", "eTag", "lastModified", "creationTime", "state", "stateTransitionTime", "previousState",
    "previousStateTransitionTime", "executionInfo", "nodeInfo", "stats",
}  # fmt: skip
JOB_ADD = {
    "id", "displayName", "usesTaskDependencies", "priority", "allowTaskPreemption", "maxParallelTasks", "constraints",
    "jobManagerTask", "jobPreparationTask", "jobReleaseTask", "commonEnvironmentSettings", "poolInfo",
    "onAllTasksComplete", "onTaskFailure", "networkConfiguration", "metadata",
}  # fmt: skip
REQUIRED = {
    "TaskAddParameter": ["id", "commandLine"],
    "TaskAddCollectionParameter": ["value"],
    "TaskContainerSettings": ["imageName"],
    "ExitCodeMapping": ["code", "exitOptions"],
    "ExitCodeRangeMapping": ["start", "end", "exitOptions"],
    "OutputFile": ["filePattern", "destination", "uploadOptions"],
    "OutputFileBlobContainerDestination": ["containerUrl"],
    "OutputFileUploadOptions": ["uploadCondition"],
    "HttpHeader": ["name"],
    "EnvironmentSetting": ["name"],
    "AffinityInformation": ["affinityId"],
    "MultiInstanceSettings": ["coordinationCommandLine"],
    "TaskIdRange": ["start", "end"],
    "ApplicationPackageReference": ["applicationId"],
    "JobAddParameter": ["id", "poolInfo"],
    "JobDisableParameter": ["disableTasks"],
    "JobManagerTask": ["id", "commandLine"],
    "JobPreparationTask": ["commandLine"],
    "JobReleaseTask": ["commandLine"],
    "JobUpdateParameter": ["poolInfo"],
    "JobNetworkConfiguration": ["subnetId"],
    "AutoPoolSpecification": ["poolLifetimeOption"],
    "PoolSpecification": ["vmSize"],
    "PoolAddParameter": ["id", "vmSize"],
    "StartTask": ["commandLine"],
    "TaskSchedulingPolicy": ["nodeFillType"],
    "VirtualMachineConfiguration": ["imageReference", "nodeAgentSKUId"],
    "JobScheduleAddParameter": ["id", "schedule", "jobSpecification"],
    "MetadataItem": ["name", "value"],
}


def test_a_task_has_all_its_members() -> None:
    assert set(members("CloudTask", recorded())) == TASK | {"odata.metadata"}
    assert set(members("TaskAddParameter", recorded())) == TASK - SET_BY_SERVICE
    assert set(members("TaskUpdateParameter", recorded())) == {"constraints"}


def test_a_job_has_all_its_members() -> None:
    assert set(members("JobAddParameter", recorded())) == JOB_ADD
    assert set(members("CloudJob", recorded())) == JOB_ADD | (SET_BY_SERVICE - {"nodeInfo"}) | {"odata.metadata"}


def test_required_is_what_the_service_requires_of_a_caller() -> None:
    schemas = recorded()["components"]["schemas"]
    assert {name: schema["required"] for name, schema in schemas.items() if "required" in schema} == REQUIRED


@pytest.mark.parametrize("name", ANSWER_ONLY)
def test_schemas_of_answers_require_nothing(name: str) -> None:
    assert name in answered()
    assert not [trail for trail, node in walk(SCHEMAS[name]) if isinstance(node.get("required"), list)]


@pytest.mark.parametrize("name", sorted(set(ANSWER_ONLY) - set(CHANGEABLE)))
def test_what_the_service_alone_writes_is_read_only(name: str) -> None:
    assert SCHEMAS[name]["readOnly"] is True


@pytest.mark.parametrize("name", sorted(CHANGEABLE))
def test_what_a_caller_can_change_is_not_read_only(name: str) -> None:
    assert {p for p, node in members(name, recorded()).items() if not node.get("readOnly")} == CHANGEABLE[name]


def test_nothing_that_is_sent_is_read_only() -> None:
    """But for the version of an image: an image is sent as it is shown."""
    found = {(name, *trail) for name in sent() for trail, node in walk(SCHEMAS[name]) if node.get("readOnly")}
    assert found == {("ImageReference", "properties", "exactVersion")}


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_are_plain(name: str) -> None:
    assert SCHEMAS[name]["type"] == "object"
    for trail, node in walk(SCHEMAS[name]):
        if "properties" not in trail and not trail:
            assert not {"allOf", "nullable", "patternProperties"} & set(node), trail
        elif trail[0] == "properties" and trail[-1] not in ("properties", "x-example"):
            assert not {"allOf", "oneOf", "anyOf", "not", "nullable", "patternProperties"} & set(node), trail
            assert isinstance(node.get("type", ""), str), trail


@pytest.mark.parametrize("name", OBJECTS)
def test_properties_have_a_type_or_a_schema_of_their_own(name: str) -> None:
    for property_, node in members(name).items():
        kind = resolve(node)["type"]
        assert ("$ref" in node) != ("type" in node), property_
        assert kind in ("string", "integer", "number", "boolean", "array", "object"), property_
        assert kind != "object" or "$ref" in node, property_
        assert kind != "array" or "items" in node, property_
        assert kind != "integer" or node["format"] == "int32", property_


@pytest.mark.parametrize("name", OBJECTS)
def test_names_tell_times_and_durations(name: str) -> None:
    for property_, node in members(name).items():
        wanted = {node.get("format")}
        if property_.endswith(("CPUTime", "ClockTime", "waitTime", "retentionTime")):
            wanted = {"duration"}
        elif property_.endswith("Time") or property_ == "lastModified":
            # Of what later versions bring nothing but the schema says which of the two it is.
            known = property_ in recorded()["components"]["schemas"].get(name, {}).get("properties", {})
            wanted = {"date-time"} if known else {"date-time", "duration"}
        assert node.get("format") in wanted, property_


def test_defaults_fit_their_schemas() -> None:
    for name in OBJECTS:
        for property_, node in members(name).items():
            schema = resolve(node)
            if "default" in schema:
                assert "enum" not in schema or schema["default"] in schema["enum"], (name, property_)
                assert schema["type"] != "integer" or schema["default"] >= schema.get("minimum", 0), (name, property_)
                assert (
                    type(schema["default"]).__name__
                    == {"string": "str", "integer": "int", "boolean": "bool"}[schema["type"]]
                ), (name, property_)


def test_enums_describe_each_of_their_values() -> None:
    for name, values in ENUMS.items():
        text = SCHEMAS[name]["description"]
        assert name == "SubtaskState" or [value for value in values if value not in text] == [], name


def test_limits_are_those_of_the_service() -> None:
    add = members("TaskAddParameter")
    assert (add["id"]["minLength"], add["id"]["maxLength"], add["id"]["pattern"]) == (1, 64, "^[A-Za-z0-9_-]+$")
    assert add["displayName"]["maxLength"] == 1024
    assert members("TaskAddCollectionParameter")["value"]["maxItems"] == 100
    assert members("TaskConstraints")["maxTaskRetryCount"]["minimum"] == -1
    job = members("JobAddParameter")
    assert (job["priority"]["minimum"], job["priority"]["maximum"], job["priority"]["default"]) == (-1000, 1000, 0)
    assert (job["maxParallelTasks"]["minimum"], job["maxParallelTasks"]["default"]) == (-1, -1)


def test_all_schemas_can_be_reached() -> None:
    assert sent() | answered() == set(SCHEMAS)
    assert "ContainerHostDataPath" in reachable(operation("Task_Add").request_schema())


# What members say about one another: bodies that keep the rule, and bodies that break it.
COMMAND = ("TaskAddParameter", "JobManagerTask", "JobPreparationTask", "JobReleaseTask", "StartTask")
TOGETHER: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    (
        "PoolInformation",
        [{"poolId": "p"}],
        [{}, {"poolId": "p", "autoPoolSpecification": {"poolLifetimeOption": "job"}}],
    ),
    ("UserIdentity", [{}, {"username": "u"}, {"autoUser": {}}], [{"username": "u", "autoUser": {}}]),
    (
        "ResourceFile",
        [{"autoStorageContainerName": "c"}, {"storageContainerUrl": "c"}, {"httpUrl": "h", "filePath": "f"}],
        [{}, {"httpUrl": "h"}, {"httpUrl": "h", "filePath": "f", "storageContainerUrl": "c"}],
    ),
    *[
        (
            name,
            list[Any](
                [
                    {"id": "t", "commandLine": "x"},
                    {"id": "t", "commandLine": "", "containerSettings": {"imageName": "i"}},
                ]
            ),
            [{"id": "t", "commandLine": ""}],
        )
        for name in COMMAND
    ],
    ("JobPatchParameter", [{"networkConfiguration": {"skipWithdrawFromVNet": True}}], []),
    ("JobAddParameter", [], [{"id": "j", "poolInfo": {"poolId": "p"}, "networkConfiguration": {}}]),
]


@pytest.mark.parametrize(("name", "good", "bad"), TOGETHER, ids=[row[0] for row in TOGETHER])
def test_members_that_depend_on_one_another(name: str, good: list[dict[str, Any]], bad: list[dict[str, Any]]) -> None:
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": spec()["components"]})
    assert [body for body in good if not validator.is_valid(body)] == []
    assert [body for body in bad if validator.is_valid(body)] == []


@pytest.mark.parametrize(
    ("name", "member", "format_"),
    [
        ("ResourceFile", "httpUrl", "uri"),
        ("ResourceFile", "storageContainerUrl", "uri"),
        ("OutputFileBlobContainerDestination", "containerUrl", "uri"),
        ("ComputeNodeIdentityReference", "resourceId", "arm-id"),
    ],
)
def test_addresses_have_their_formats(name: str, member: str, format_: str) -> None:
    assert members(name)[member]["format"] == format_
