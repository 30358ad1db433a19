"""The models: constructors, plain values, JSON, enumerations, and names that are not there."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest

from batchtasks.compat import models

UNLIMITED = timedelta(10675199, 10085, 477581)
TASK: dict[str, Any] = {
    "odata.metadata": "x",
    "id": "t",
    "eTag": "0x1",
    "state": "Completed",
    "commandLine": "true",
    "creationTime": "2024-01-05T07:16:39.1234567Z",
    "constraints": {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "retentionTime": "P7D", "maxTaskRetryCount": "5"},
    "executionInfo": {"exitCode": 1, "result": "failure", "failureInfo": {"category": "UserError", "code": "c"}},
    "userIdentity": {"username": "u"},
    "dependsOn": {"taskIds": ["a"], "taskIdRanges": [{"start": 1, "end": 2}]},
    "somethingNew": {"a": 1},
}


def test_reading() -> None:
    task: Any = models.CloudTask.deserialize(json.dumps(TASK))
    assert (task.id, task.e_tag, task.command_line, task.url) == ("t", "0x1", "true", None)
    assert task.state is models.TaskState.completed
    assert task.creation_time == datetime(2024, 1, 5, 7, 16, 39, 123456, UTC)
    assert task.constraints.max_wall_clock_time == UNLIMITED
    assert task.constraints.max_task_retry_count == 5
    assert task.execution_info.failure_info.category is models.ErrorCategory.user_error
    assert isinstance(task.execution_info, models.TaskExecutionInformation)
    assert task.user_identity.user_name == "u"
    assert task.depends_on.task_id_ranges[0] == models.TaskIdRange(start=1, end=2)
    assert task.additional_properties == {"somethingNew": {"a": 1}}


def test_what_is_odd_passes() -> None:
    task: Any = models.CloudTask.from_dict(
        {"id": None, "state": "paused", "constraints": "?", "resourceFiles": 3, "ETAG": 1}
    )
    assert (task.id, task.state, task.constraints, task.resource_files, task.e_tag) == (None, "paused", "?", 3, 1)


def test_plain_values() -> None:
    task: Any = models.CloudTask.from_dict(TASK)
    shown = task.as_dict()
    assert shown["execution_info"]["result"] == "failure"
    assert shown["constraints"] == {
        "max_wall_clock_time": "P10675199DT2H48M5.477581S",
        "retention_time": "P7D",
        "max_task_retry_count": 5,
    }
    assert shown["creation_time"] == "2024-01-05T07:16:39.123456Z"
    assert task.serialize()["executionInfo"] == {
        "exitCode": 1,
        "result": "failure",
        "failureInfo": {"category": "usererror", "code": "c"},
    }
    assert models.CloudTask.from_dict(shown) == task, "Python's names are read too"
    assert json.loads(json.dumps(shown)) == shown
    upper = task.as_dict(key_transformer=lambda name, description, value: name.upper())
    assert upper["USER_IDENTITY"] == {"USER_NAME": "u"}
    nested = task.as_dict(key_transformer=lambda name, description, value: ([description["key"]], value))
    assert nested == task.serialize(), "as full_restapi_key_transformer of msrest returns it"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (datetime(2024, 1, 5), "2024-01-05T00:00:00.000Z"),
        (datetime(2024, 1, 5, 0, 0, 0, 120_000, UTC), "2024-01-05T00:00:00.120Z"),
        (datetime(2024, 1, 5, 0, 0, 0, 123_450, UTC), "2024-01-05T00:00:00.12345Z"),
    ],
)
def test_times(when: datetime, text: str) -> None:
    assert models.CloudTask(creation_time=when).as_dict() == {"creation_time": text}


def test_constructors() -> None:
    task = models.TaskAddParameter(id="t", command_line="true")
    assert task.display_name is None
    task.display_name = "name"
    assert task.serialize() == {"id": "t", "commandLine": "true", "displayName": "name"}
    assert models.TaskListOptions().max_results == 1000
    with pytest.raises(TypeError, match=r"TaskAddParameter has no member 'comand_line'. Did you mean 'command_line'"):
        models.TaskAddParameter(id="t", comand_line="true")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="TaskAddParameter needs id, command_line"):
        models.TaskAddParameter()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        models.TaskAddParameter("t", "true")  # type: ignore[call-arg]


def test_equality_copies_and_pickles() -> None:
    task: Any = models.CloudTask.from_dict(TASK)
    for other in (copy.deepcopy(task), pickle.loads(pickle.dumps(task))):
        assert other == task
        assert other.state is models.TaskState.completed
    assert task != models.CloudTask(id="t")
    assert task != "t"
    assert "CloudTask(id='t'" in repr(task)
    registry = models.ContainerRegistry(user_name="u", password="secret")
    assert "secret" not in repr(registry) + str(registry)


def test_enumerations() -> None:
    assert models.TaskState.completed == "completed"
    assert models.TaskState("completed") is models.TaskState.completed
    assert models.TaskAddStatus.client_error.value == "clienterror"
    assert isinstance(models.TaskState.active, str)
    action: Any = models.OnTaskFailure.perform_exit_options_job_action
    assert action == "performexitoptionsjobaction"
    assert models.ContainerWorkingDirectory.task_working_directory.value == "taskWorkingDirectory"


def test_a_user_may_build_on_a_model() -> None:
    class Mine(models.TaskAddParameter):
        pass

    assert Mine(id="t", command_line="true").serialize() == {"id": "t", "commandLine": "true"}


def test_names_that_are_not_there() -> None:
    with pytest.raises(AttributeError, match=r"azure\.batch\.models\.CertificateAddParameter of azure-batch 14\.2\.0"):
        _ = vars(models)["__getattr__"]("CertificateAddParameter")
    with pytest.raises(AttributeError, match="Did you mean 'CloudTask'"):
        _ = vars(models)["__getattr__"]("CloudTasc")


def test_every_name_is_a_class() -> None:
    kinds = [getattr(models, name) for name in models.__all__]
    assert len(kinds) > 100
    assert all(isinstance(kind, type) for kind in kinds)
    assert any(issubclass(kind, Enum) for kind in kinds)
    assert [kind.__name__ for kind in kinds] == list(models.__all__)


def test_the_client_alone_does_not_load_this_package() -> None:
    program = """
import sys, batchtasks
with batchtasks.BatchClient("https://a.westeurope.batch.azure.com", batchtasks.SharedKeyCredential("a", "AAAA")) as client:
    client.task, client.job, client.file
assert not [name for name in sys.modules if name.startswith(("batchtasks.compat", "batchtasks_rest.azure14"))]
"""
    subprocess.run([sys.executable, "-c", program], check=True)
