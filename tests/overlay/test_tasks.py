"""`task(...)` builds what is meant, and says what cannot be meant."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks import UNLIMITED, task
from batchtasks import errors as e
from batchtasks._validation.models import members, structure
from batchtasks.models import (
    ExitConditions,
    JobAddParameter,
    JobPatchParameter,
    OutputFile,
    ResourceFile,
    TaskAddParameter,
    TaskConstraints,
    TaskContainerSettings,
    TaskIdRange,
)
from tests.overlay.support import unhurried


def test_everything_at_once() -> None:
    made = task(
        "t1",
        "/bin/sh -c 'echo $A'",
        env={"A": 1, "B": 0.5, "C": "x", "D": Path("/tmp/x")},
        display_name="Größe",
        max_wall_clock_time=timedelta(hours=1),
        retention_time=timedelta(days=2),
        max_task_retry_count=-1,
        depends_on=["t0", 5, range(1, 5), TaskIdRange(start=7, end=9)],
        resource_files={"in/a.txt": "https://example.com/a"},
        output_files=[
            {
                "filePattern": "../std*.txt",
                "destination": {"container": {"containerUrl": "https://example.com/c"}},
                "upload_options": {"uploadCondition": "taskCompletion"},
            }
        ],
        container="ubuntu:24.04",
        required_slots=2,
        user_identity={"username": "me"},
        application_packages=["blender:2.7", "tools", {"applicationId": "x"}],
        exit_conditions={"default": {"jobAction": "terminate"}},
        multi_instance_settings={"coordinationCommandLine": "true", "numberOfInstances": 2},
        affinity_id="TVM:n1",
    )
    assert made.to_dict() == {
        "id": "t1",
        "commandLine": "/bin/sh -c 'echo $A'",
        "displayName": "Größe",
        "environmentSettings": [
            {"name": "A", "value": "1"},
            {"name": "B", "value": "0.5"},
            {"name": "C", "value": "x"},
            {"name": "D", "value": "/tmp/x"},
        ],
        "constraints": {"maxWallClockTime": "PT1H", "retentionTime": "P2D", "maxTaskRetryCount": -1},
        "dependsOn": {"taskIds": ["t0", "5"], "taskIdRanges": [{"start": 1, "end": 4}, {"start": 7, "end": 9}]},
        "resourceFiles": [{"httpUrl": "https://example.com/a", "filePath": "in/a.txt"}],
        "outputFiles": [
            {
                "filePattern": "../std*.txt",
                "destination": {"container": {"containerUrl": "https://example.com/c"}},
                "uploadOptions": {"uploadCondition": "taskcompletion"},
            }
        ],
        "containerSettings": {"imageName": "ubuntu:24.04"},
        "requiredSlots": 2,
        "userIdentity": {"username": "me"},
        "applicationPackageReferences": [
            {"applicationId": "blender", "version": "2.7"},
            {"applicationId": "tools"},
            {"applicationId": "x"},
        ],
        "exitConditions": {"default": {"jobAction": "terminate"}},
        "multiInstanceSettings": {"coordinationCommandLine": "true", "numberOfInstances": 2},
        "affinityInfo": {"affinityId": "TVM:n1"},
    }


def test_the_least() -> None:
    assert task("t", "true").to_dict() == {"id": "t", "commandLine": "true"}


def test_models_are_taken_as_they_are() -> None:
    settings, conditions, file = TaskContainerSettings("u"), ExitConditions(), ResourceFile(http_url="u", file_path="f")
    made = task("t", "true", container=settings, exit_conditions=conditions, resource_files=[file])
    assert made.container_settings is settings
    assert made.exit_conditions is conditions
    assert made.resource_files == [file]


@pytest.mark.parametrize(("given_", "ids"), [("a", ["a"]), (["a"], ["a"]), (("a", 2), ["a", "2"]), ({"a"}, ["a"])])
def test_dependencies_on_ids(given_: Any, ids: list[str]) -> None:
    made = task("t", "true", depends_on=given_).depends_on
    assert made is not None
    assert made.task_ids == ids
    assert made.task_id_ranges is None


def test_a_range_alone() -> None:
    made = task("t", "true", depends_on=range(3)).depends_on
    assert made is not None
    assert made.task_id_ranges == [TaskIdRange(start=0, end=2)]


def test_no_limit_is_sent_as_the_service_writes_it() -> None:
    made = task("t", "true", max_wall_clock_time=UNLIMITED)
    assert made.to_dict()["constraints"] == {"maxWallClockTime": "P10675199DT2H48M5.4775807S"}


BAD: list[tuple[dict[str, Any], str]] = [
    ({"id": ""}, "task id ''"),
    ({"id": "a b"}, "task id 'a b'"),
    ({"command_line": " "}, "needs a command line"),
    ({"env": [("A", "1")]}, "env must map names to values"),
    ({"env": {"A=B": "1"}}, "'A=B' cannot be the name"),
    ({"env": {"": "1"}}, "'' cannot be the name"),
    ({"env": {"A": True}}, "env A must be text, a number or a path, not bool"),
    ({"env": {"A": None}}, "env A must be text, a number or a path, not NoneType"),
    ({"env": {"A": b"x"}}, "not bytes"),
    ({"max_wall_clock_time": 3600}, "max_wall_clock_time must be a timedelta above zero"),
    ({"retention_time": timedelta(0)}, "retention_time must be a timedelta above zero"),
    ({"max_task_retry_count": -2}, "max_task_retry_count must be a whole number of -1 or more"),
    ({"max_task_retry_count": True}, "not True"),
    ({"required_slots": 0}, "required_slots must be a whole number of 1 or more"),
    ({"depends_on": ["a b"]}, "depends_on: id 'a b'"),
    ({"depends_on": [1.5]}, "depends_on: id must be text, not float"),
    ({"depends_on": [True]}, "depends_on: id must be text, not bool"),
    ({"depends_on": 1.5}, "depends_on: id must be text, not float"),
    ({"depends_on": range(0)}, "not be empty"),
    ({"depends_on": range(0, 9, 2)}, "go up by 1"),
    ({"depends_on": range(-1, 9)}, "from 0 or more"),
    ({"depends_on": [f"{n:064}" for n in range(1001)]}, "64,000 characters"),
    ({"resource_files": [{"httpurl": "x"}]}, r"resource_files\[0\] has no member 'httpurl'"),
    ({"resource_files": {"a": 5.5j}}, "must be text"),
    ({"output_files": [5]}, r"output_files\[0\] must be a OutputFile or a dict, not int"),
    ({"output_files": [{"filePattern": "x"}]}, r"output_files\[0\] needs destination"),
    ({"container": {"image": "x"}}, "has no member 'image'. Did you mean 'imageName'"),
    ({"container": 5}, "container must be a TaskContainerSettings or a dict, not int"),
    ({"multi_instance_settings": {"numberOfInstances": 2}}, "multi_instance_settings needs coordination_command_line"),
    ({"display_name": 5}, "display_name must be text, not int"),
    ({"affinity_id": 5}, "affinity_id must be text, not int"),
    ({"user_identity": "me"}, "user_identity must be a UserIdentity or a dict"),
    ({"application_packages": "blender"}, "must be a list"),
]


@pytest.mark.parametrize(("options", "words"), BAD)
def test_mistakes_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(e.InvalidInputError, match=words):
        task(**{"id": "t", "command_line": "true", **options})


SIMPLE = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)


@unhurried
@given(
    st.dictionaries(
        st.sampled_from(["id", "commandLine", "constraints", "dependsOn", "requiredSlots", "resource_files", "x", ""]),
        SIMPLE | st.dictionaries(st.sampled_from(["taskIds", "maxTaskRetryCount", "y"]), SIMPLE),
    )
)
def test_any_dictionary_is_taken_or_refused_in_our_words(mapping: dict[str, Any]) -> None:
    try:
        model = structure(TaskAddParameter, mapping, "task")
    except e.InvalidInputError:
        return
    known = {"id", "commandLine", "constraints", "dependsOn", "requiredSlots", "resourceFiles"}
    assert set(model.to_dict()) <= known
    assert model.id is not None


def _reachable(kind: type, found: set[type]) -> set[type]:
    if kind not in found:
        found.add(kind)
        for member in members(kind):
            if member.is_model:
                _reachable(member.kind, found)
    return found


@pytest.mark.parametrize("kind", [TaskAddParameter, JobAddParameter, JobPatchParameter, TaskConstraints, OutputFile])
def test_no_member_of_a_request_is_unknown_to_dictionaries(kind: type) -> None:
    for model in _reachable(kind, set()):
        fields = {field.name for field in attrs.fields(model)} - {"additional_properties"}
        assert {member.name for member in members(model)} == fields, model
