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
    CloudTask,
    EnvironmentSetting,
    ExitConditions,
    ExitOptions,
    JobAddParameter,
    JobPatchParameter,
    OutputFile,
    ResourceFile,
    TaskAddParameter,
    TaskConstraints,
    TaskContainerSettings,
    TaskDependencies,
    TaskIdRange,
)


def output_file(url: str = "https://x/c") -> dict[str, Any]:
    return {
        "filePattern": "*",
        "destination": {"container": {"containerUrl": url}},
        "uploadOptions": {"uploadCondition": "tasksuccess"},
    }


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
    settings, conditions, file = (
        TaskContainerSettings("u"),
        ExitConditions(),
        ResourceFile(http_url="https://u", file_path="f"),
    )
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


def test_the_most_characters_of_ids_that_are_depended_on() -> None:
    """64,000 together (documented); with one id more it is refused, see `BAD`."""
    made = task("t", "true", depends_on=[f"{n:064}" for n in range(1000)]).depends_on
    assert made is not None
    assert len(made.task_ids or ()) == 1000


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
    ({"id": b"t"}, "task id must be text, not bytes"),
    ({"command_line": " "}, "needs a command line"),
    ({"command_line": None}, "needs a command line"),
    ({"command_line": ["echo", "a b"]}, r"shlex.join\(\[...\]\), here \"echo 'a b'\""),
    ({"command_line": b"true"}, "command_line must be text, not bytes"),
    ({"env": [("A", "1")]}, "env must map names to values"),
    ({"env": "A=1"}, "env must map names to values"),
    ({"env": b"A"}, "env must map names to values"),
    ({"env": {"name": "A", "value": "1"}}, r"can mean one variable or two: write \{'A': ...\}"),
    ({"env": {"A=B": "1"}}, "'A=B' cannot be the name"),
    ({"env": {"": "1"}}, "'' cannot be the name"),
    ({"env": {b"A": "1"}}, "b'A' cannot be the name"),
    ({"env": {"A": True}}, "env A must be text, a number or a path, not bool"),
    ({"env": {"A": None}}, "env A must be text, a number or a path, not NoneType"),
    ({"env": {"A": b"x"}}, "not bytes"),
    ({"env": [{"nam": "A"}]}, r"env\[0\] has no member 'nam'. Did you mean 'name'"),
    ({"max_wall_clock_time": -1}, "max_wall_clock_time must be a duration above zero"),
    ({"retention_time": timedelta(0)}, "retention_time must be a duration above zero"),
    ({"retention_time": "7 days"}, "retention_time must be a duration .*, not '7 days'"),
    ({"max_task_retry_count": -2}, "max_task_retry_count must be a whole number of -1 or more"),
    ({"max_task_retry_count": True}, "not True"),
    ({"constraints": {"maxRetries": 1}}, "constraints has no member 'maxRetries'"),
    ({"constraints": timedelta(1)}, "constraints must be an object with maxWallClockTime or"),
    ({"required_slots": 0}, "required_slots must be a whole number of 1 or more"),
    ({"depends_on": ["a b"]}, "depends_on: id 'a b'"),
    ({"depends_on": [1.5]}, "depends_on: id must be text, not float"),
    ({"depends_on": [True]}, "depends_on: id must be text, not bool"),
    ({"depends_on": 1.5}, "depends_on: id must be text, not float"),
    ({"depends_on": b"ab"}, "depends_on: id must be text, not bytes"),
    ({"depends_on": {"taskids": ["a"]}}, "depends_on has no member 'taskids'. Did you mean 'taskIds'"),
    ({"depends_on": {"taskIds": "a"}}, "depends_on: task_ids must be a list, not text 'a'. If there is one only"),
    ({"depends_on": "T"}, "names the task itself"),
    ({"depends_on": {"taskIds": ["a", "T"]}}, "names the task itself"),
    ({"depends_on": range(0)}, "not be empty"),
    ({"depends_on": range(0, 9, 2)}, "go up by 1"),
    ({"depends_on": range(-1, 9)}, "from 0 or more"),
    ({"depends_on": [f"{n:064}" for n in range(1001)]}, "64,000 characters"),
    ({"resource_files": [{"httpurl": "x"}]}, r"resource_files\[0\] has no member 'httpurl'"),
    ({"resource_files": {"a": 5.5j}}, "must be text"),
    ({"resource_files": "https://x/a"}, r"resource_files\[0\] must be an object with .* or httpUrl, not text 'https"),
    ({"resource_files": {"https://x/a": "a"}}, "must map paths to URLs"),
    ({"resource_files": {"a": "/home/me/a"}}, r"resource_files\[0\]: '/home/me/a' is a path of this machine; upload"),
    ({"resource_files": {"a": Path("/x/a")}}, "path of this machine"),
    ({"resource_files": {"a": "C:\\data\\a"}}, "path of this machine"),
    ({"resource_files": {"a": "file:a"}}, "path of this machine"),
    ({"resource_files": [ResourceFile(http_url="x.org/a", file_path="a")]}, "'x.org/a' is no URL: write https://"),
    ({"resource_files": {"a": "x.org/a?sig=SECRET"}}, r"\?sig=\*\*\*"),
    ({"output_files": [5]}, r"output_files\[0\] must be an object with filePattern and .*, not int 5"),
    ({"output_files": [{"filePattern": "x"}]}, r"output_files\[0\] needs destination"),
    ({"output_files": output_file("/out")}, r"output_files\[0\]: '/out' is a path of this machine"),
    ({"container": {"image": "x"}}, "has no member 'image'. Did you mean 'imageName'"),
    ({"container": 5}, "container_settings must be an object with imageName, not int 5"),
    ({"multi_instance_settings": {"numberOfInstances": 2}}, "multi_instance_settings needs coordination_command_line"),
    ({"display_name": 5}, "display_name must be text, not int 5"),
    ({"affinity_id": 5}, "affinity_id must be text, not int 5"),
    ({"user_identity": "me"}, "user_identity must be an object with username or autoUser, not text 'me'"),
    (
        {"application_packages": [5]},
        r"application_package_references\[0\] must be an object with applicationId, not int",
    ),
    (
        {"exit_conditions": {"default": {"jobAction": "kill"}}},
        "exit_conditions.default.job_action must be one of none, disable, terminate, not text",
    ),
    ({"of": "t1"}, "of must be a task that was read"),
    ({"of": {}, "command_line": None}, "needs a command line"),
]


@pytest.mark.parametrize(("options", "words"), BAD)
def test_mistakes_are_named_with_the_task(options: dict[str, Any], words: str) -> None:
    with pytest.raises(e.InvalidInputError, match=words) as caught:
        task(**{"id": "t", "command_line": "true", **options})
    assert "id" in options or str(caught.value).startswith("task t")
    assert ".." not in str(caught.value).replace("...", "")
    assert "SECRET" not in str(caught.value)


FILE = {"httpUrl": "https://x/a", "filePath": "a"}
SETTING = {"name": "A", "value": "1"}
CONSTRAINTS = {"maxWallClockTime": "PT1H", "maxTaskRetryCount": 2}
SAME: list[tuple[str, list[Any], dict[str, Any]]] = [
    (
        "resource_files",
        [
            {"a": "https://x/a"},
            FILE,
            [FILE],
            (FILE,),
            ResourceFile.from_dict(FILE),
            [ResourceFile.from_dict(FILE)],
            iter([FILE]),
        ],
        {"resourceFiles": [FILE]},
    ),
    (
        "output_files",
        [output_file(), [output_file()], OutputFile.from_dict(output_file())],
        {"outputFiles": [output_file()]},
    ),
    (
        "env",
        [{"A": 1}, {"A": "1"}, [SETTING], (EnvironmentSetting("A", "1"),), EnvironmentSetting("A", "1")],
        {"environmentSettings": [SETTING]},
    ),
    (
        "constraints",
        [CONSTRAINTS, TaskConstraints.from_dict(CONSTRAINTS), {"max_wall_clock_time": 3600, "max_task_retry_count": 2}],
        {"constraints": CONSTRAINTS},
    ),
    (
        "depends_on",
        [
            ["a", range(1, 5)],
            {"taskIds": ["a"], "taskIdRanges": [{"start": 1, "end": 4}]},
            ("a", {"start": 1, "end": 4}),
            [task("a", "x"), TaskIdRange(1, 4)],
            [CloudTask(id="a"), range(1, 5)],
            [{"id": "a"}, range(1, 5)],
            TaskDependencies(["a"], [TaskIdRange(1, 4)]),
        ],
        {"dependsOn": {"taskIds": ["a"], "taskIdRanges": [{"start": 1, "end": 4}]}},
    ),
    ("depends_on", [task("a", "x"), "a", {"id": "a"}], {"dependsOn": {"taskIds": ["a"]}}),
    ("depends_on", [range(1, 5), {"start": 1, "end": 4}], {"dependsOn": {"taskIdRanges": [{"start": 1, "end": 4}]}}),
    (
        "application_packages",
        ["tools:1", ["tools:1"], {"applicationId": "tools", "version": "1"}],
        {"applicationPackageReferences": [{"applicationId": "tools", "version": "1"}]},
    ),
    ("container", ["u", {"imageName": "u"}, TaskContainerSettings("u")], {"containerSettings": {"imageName": "u"}}),
    (
        "exit_conditions",
        [{"default": {"jobAction": "TERMINATE"}}, ExitConditions(default=ExitOptions(job_action="terminate"))],
        {"exitConditions": {"default": {"jobAction": "terminate"}}},
    ),
]


@pytest.mark.parametrize(("name", "values", "sent"), SAME)
def test_each_form_is_taken_as_what_it_plainly_is(name: str, values: list[Any], sent: dict[str, Any]) -> None:
    for value in values:
        assert task("t", "true", **{name: value}).to_dict() == {"id": "t", "commandLine": "true", **sent}, value


def test_single_limits_go_before_constraints() -> None:
    made = task("t", "true", constraints=CONSTRAINTS, max_task_retry_count=5, retention_time=60)
    assert made.to_dict()["constraints"] == {
        "maxWallClockTime": "PT1H",
        "retentionTime": "PT1M",
        "maxTaskRetryCount": 5,
    }


@pytest.mark.parametrize("command_line", ["", None])
def test_a_container_may_run_its_own_program(command_line: Any) -> None:
    assert task("t", command_line, container="u").to_dict()["commandLine"] == ""


READ: dict[str, Any] = {
    "odata.metadata": "x",
    "id": "old",
    "url": "https://x/old",
    "eTag": "0x1",
    "state": "completed",
    "executionInfo": {"exitCode": 1, "retryCount": 0, "requeueCount": 0},
    "nodeInfo": {"nodeId": "n"},
    "commandLine": "run it",
    "environmentSettings": [SETTING],
    "constraints": {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "retentionTime": "P7D", "maxTaskRetryCount": 1},
    "requiredSlots": 2,
    "userIdentity": {"autoUser": {"scope": "pool", "newer": 1}},
    "unknown": 5,
}
KEPT = {
    name: READ[name] for name in ("commandLine", "environmentSettings", "constraints", "requiredSlots", "userIdentity")
}


@pytest.mark.parametrize("read", [READ, CloudTask.from_dict(READ), TaskAddParameter.from_dict({"id": "old", **KEPT})])
def test_a_task_that_was_read_becomes_a_new_one(read: Any) -> None:
    assert task("new", of=read).to_dict() == {"id": "new", **KEPT}
    changed = task("new", "other", of=read, env={}, max_task_retry_count=3, required_slots=1)
    assert changed.command_line == "other"
    assert (changed.environment_settings, changed.required_slots) == ([], 1)
    assert changed.to_dict()["constraints"] == {**READ["constraints"], "maxTaskRetryCount": 3}
    assert task("new", of=read).to_dict() == {"id": "new", **KEPT}, "what was read is as before"


SIMPLE = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)


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
