"""Held to the real azure-batch 14.2.0, by reflection; runs where that is installed (`make test` does, in its own environment)."""

from __future__ import annotations

import enum
import importlib
import inspect
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpx import HTTPXMock

from batchtasks import compat
from batchtasks.compat import exceptions, models, operations
from tests.batchtasks.support import body

azure: Any = pytest.importorskip("azure.batch", reason="azure-batch 14 is not installed")
if not hasattr(azure, "BatchServiceClient"):
    pytest.skip("azure-batch is installed, but not version 14", allow_module_level=True)
old: Any = importlib.import_module("azure.batch.models")
old_operations: Any = importlib.import_module("azure.batch.operations")
msrest: Any = importlib.import_module("msrest.exceptions")

WHOLE = ("TaskOperations", "JobOperations", "FileOperations")
IN_PART = (
    "PoolOperations",
    "ComputeNodeOperations",
    "AccountOperations",
    "JobScheduleOperations",
    "ApplicationOperations",
)


def _methods(kind: type) -> dict[str, Any]:
    return {name: one for name, one in vars(kind).items() if callable(one) and not name.startswith("_")}


def _shape(method: Any) -> list[tuple[str, Any, Any]]:
    return [(one.name, one.kind, one.default) for one in inspect.signature(method).parameters.values()]


def test_every_signature_is_the_same() -> None:
    seen = 0
    for name in (*WHOLE, *IN_PART):
        ours, theirs = _methods(getattr(operations, name)), _methods(getattr(old_operations, name))
        assert set(ours) <= set(theirs)
        assert name in IN_PART or set(ours) == set(theirs), name
        for method in ours:
            seen += 1
            assert _shape(ours[method]) == _shape(theirs[method]), f"{name}.{method}"
    assert seen == 29 + 14


def _reached() -> set[str]:
    """The names of all models that the operations on tasks, jobs and files reach, also through options and lists."""
    roots = {"CloudTask", "CloudJob", "NodeFile", "BatchError", "TaskAddParameter", "JobAddParameter"}
    roots |= {"JobPatchParameter", "JobUpdateParameter", "TaskCountsResult", "CloudTaskListSubtasksResult"}
    roots |= {"TaskAddCollectionResult", "JobPreparationAndReleaseTaskExecutionInformation", "DisableJobOption"}
    roots |= {"PoolAddParameter", "CloudPool", "ComputeNode", "ImageInformation"}
    found: set[str] = set()
    while roots:
        name = roots.pop()
        found.add(name)
        for description in getattr(getattr(old, name), "_attribute_map", {}).values():
            roots |= {part for part in [description["type"].strip("[]{}")] if hasattr(old, part)} - found
    lists = {f"{item}Paged" for item in ("CloudTask", "CloudJob", "NodeFile", "CloudPool", "ComputeNode")}
    options = {
        f"{kind}{method.title().replace('_', '')}Options"
        for kind in ("Task", "Job", "File")
        for method in _methods(getattr(old_operations, f"{kind}Operations"))
        if "compute_node" not in method and "schedule" not in method
    }
    return found | lists | options | {"BatchErrorException", "CreateTasksErrorException"}


def test_every_name_that_the_operations_reach_is_there() -> None:
    names = _reached()
    assert len(names) > 150
    assert sorted(names - set(models.__all__)) == []
    assert all(isinstance(getattr(models, name), type) for name in names)


# What 14.2.0 sends although it is the service's default.
DEFAULTS = {("max_parallel_tasks", -1), ("timeout", 120)}


@pytest.mark.parametrize("name", sorted(set(dir(old)) & set(models.__all__)))
def test_a_class_is_the_same(name: str) -> None:
    theirs, ours = getattr(old, name), getattr(models, name)
    if issubclass(theirs, enum.Enum):
        assert {one.name: one.value for one in theirs}.items() <= {one.name: one.value for one in ours}.items()
    elif name.endswith("Paged"):
        for method in ("advance_page", "get", "next", "reset"):
            assert callable(getattr(theirs, method))
            assert callable(getattr(ours, method))
    elif hasattr(theirs, "_attribute_map"):
        there = {
            one: p for one, p in inspect.signature(theirs.__init__).parameters.items() if one not in ("self", "kwargs")
        }
        here = inspect.signature(ours).parameters
        assert set(there) <= set(here)
        for one, parameter in there.items():
            if parameter.default is not parameter.empty and (one, parameter.default) not in DEFAULTS:
                assert here[one].default == parameter.default
        if not name.endswith("Options"):
            wires = {one: description["key"] for one, description in theirs._attribute_map.items()}
            assert {one: ours._fields[one].wire for one in wires} == wires


WHEN = datetime(2024, 1, 5, 7, 16, 39, 120_000, UTC)


def _task(models: Any) -> Any:
    return models.CloudTask(
        id="t",
        command_line="true",
        creation_time=WHEN,
        state=models.TaskState.completed,
        constraints=models.TaskConstraints(max_wall_clock_time=timedelta(hours=1, seconds=5), max_task_retry_count=0),
        environment_settings=[models.EnvironmentSetting(name="A", value="1")],
        user_identity=models.UserIdentity(auto_user=models.AutoUserSpecification(scope=models.AutoUserScope.pool)),
        depends_on=models.TaskDependencies(task_ids=["a"], task_id_ranges=[models.TaskIdRange(start=1, end=2)]),
    )


def test_plain_values_and_json_are_the_same() -> None:
    ours, theirs = _task(models), _task(old)
    assert ours.as_dict() == theirs.as_dict()
    assert ours.serialize() == theirs.serialize()
    transformer = importlib.import_module("msrest.serialization").full_restapi_key_transformer
    assert ours.as_dict(key_transformer=transformer) == theirs.as_dict(key_transformer=transformer)
    document = {
        "id": "t",
        "constraints": {"maxWallClockTime": "P10675199DT2H48M5.4775807S"},
        "executionInfo": {"result": "Success"},
    }
    here, there = models.CloudTask.deserialize(document), old.CloudTask.deserialize(document)
    assert here.constraints.max_wall_clock_time == there.constraints.max_wall_clock_time
    assert here.as_dict() == there.as_dict()
    assert here.execution_info.result == there.execution_info.result


def test_the_old_models_are_taken(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=201)
    task = old.TaskAddParameter(
        id="t", command_line="true", constraints=old.TaskConstraints(retention_time=timedelta(1))
    )
    client.task.add("j", task, old.TaskAddOptions(timeout=10))
    request = httpx_mock.get_requests()[0]
    sent = {"id": "t", "commandLine": "true", "constraints": {"retentionTime": "P1D"}}
    assert (json.loads(request.content), request.url.params["timeout"]) == (sent, "10")


def test_a_collection_of_the_old_models(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=409, json=body("JobCompleted"))
    given = [old.TaskAddParameter(id=f"t{n}", command_line="true") for n in range(150)]
    with pytest.raises(old.CreateTasksErrorException) as caught:
        client.task.add_collection("j", given, old.TaskAddCollectionOptions())
    assert all(any(task is one for one in given) for task in caught.value.pending_tasks), "as they were passed in"
    assert len(caught.value.pending_tasks) == 150
    request = httpx_mock.get_requests()[0]
    assert request.url.params["timeout"] == "30"
    assert json.loads(request.content)["value"][0] == {"id": "t0", "commandLine": "true"}


def test_programs_that_catch_the_old_exceptions_go_on_working(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=404, json=body("TaskNotFound"))
    with pytest.raises(old.BatchErrorException) as caught:
        client.task.get("j", "t")
    assert isinstance(caught.value, msrest.HttpOperationError)
    assert caught.value.error.code == "TaskNotFound"
    with pytest.raises(msrest.ValidationError):
        client.task.get("j", None)
    assert issubclass(exceptions.ClientRequestError, msrest.ClientRequestError)
    assert issubclass(models.CreateTasksErrorException, old.CreateTasksErrorException)


def test_the_old_credentials_are_taken(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    key = importlib.import_module("azure.batch.batch_auth").SharedKeyCredentials("myaccount", "AAAA")
    token = importlib.import_module("msrest.authentication").BasicTokenAuthentication({"access_token": "secret"})
    for credentials in (key, token):
        with compat.BatchServiceClient(credentials, "https://a.westeurope.batch.azure.com") as client:
            client.task.get("j", "t")
    headers = [request.headers["Authorization"] for request in httpx_mock.get_requests()]
    assert headers[0].startswith("SharedKey myaccount:")
    assert headers[1] == "Bearer secret"


def test_the_modules_have_the_same_names() -> None:
    for name in ("batch_auth", "models", "operations", "custom.custom_errors", "_batch_service_client"):
        importlib.import_module(f"azure.batch.{name}")
        importlib.import_module(f"batchtasks.compat.{name}")
    assert list(inspect.signature(azure.BatchServiceClient).parameters) == ["credentials", "batch_url"]
