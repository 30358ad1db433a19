"""One test for each thing that the generator does not do well by itself, on a client made of a small spec."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
import yaml

from generator import make as make_module
from generator.document import GeneratorError, dump, load

from .conftest import SMALL_FACADE, SMALL_SPEC

Modules = Callable[[str], ModuleType]


def test_a_header_with_format_date_time_does_not_drop_its_endpoint(small: Modules) -> None:
    call = small("api.task").TaskCalls().get("j", "t", condition=small_condition("Tue, 05 Nov 2024 10:00:00 GMT"))
    assert call.headers["If-Modified-Since"] == "Tue, 05 Nov 2024 10:00:00 GMT"


def test_a_warning_of_the_generator_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_module.lowered(load(SMALL_SPEC))
    document["paths"]["/Task_Get"]["get"]["parameters"] = [{"name": "x", "in": "query", "schema": {"type": "wrong"}}]
    monkeypatch.setattr(make_module, "lowered", lambda spec: document)
    with pytest.raises(GeneratorError, match="the generator refused"):
        make_module.make(tmp_path, SMALL_SPEC, SMALL_FACADE)


def test_a_header_with_format_uuid_is_text_that_httpx_can_send(small: Modules) -> None:
    call = small("api.task").TaskCalls().get("j", "t", client_request_id="6b6fbd60-0000-4000-8000-000000000000")
    request = httpx.Request(call.method, "http://x" + call.path, params=dict(call.query), headers=dict(call.headers))
    assert request.headers["client-request-id"] == "6b6fbd60-0000-4000-8000-000000000000"
    assert request.headers["return-client-request-id"] == "true"


def test_an_answer_that_is_not_json_is_a_value_error_naming_what_came(small: Modules) -> None:
    call = small("api.task").TaskCalls().get("j", "t")
    answer = small("_call").Answer
    with pytest.raises(ValueError, match=r"(?i)json|expect"):
        call.read(answer(200, {}, b"<html>502</html>"))
    with pytest.raises(ValueError, match="holds list"):
        call.read(answer(200, {}, b"[]"))


def test_a_status_that_python_does_not_know_is_a_plain_number(small: Modules) -> None:
    assert small("_call").Answer(529, {}).status_code == 529


@pytest.mark.parametrize(("text", "equal_to"), [("active", "active"), ("Active", "active"), ("thawing", "thawing")])
def test_an_enum_takes_any_value_in_any_letter_case(small: Modules, text: str, equal_to: str) -> None:
    state = small("models").CloudTask.from_dict({"state": text}).state
    assert state == equal_to
    assert isinstance(state, small("models").TaskState)
    assert pickle.loads(pickle.dumps(state)) == state
    assert small("models").CloudTask(state=state).to_dict() == {"state": equal_to}


def test_null_in_any_member_reads_as_not_set(small: Modules) -> None:
    members = ("id", "state", "creationTime", "constraints", "all")
    assert small("models").CloudTask.from_dict(dict.fromkeys(members)) == small("models").CloudTask()
    assert small("models").CloudTask.from_dict({"all": [None, {"n": "x"}]}).all_[0].n == "x"


def test_a_missing_required_member_reads_as_none(small: Modules) -> None:
    assert small("models").TaskConstraints.from_dict({}).n is None


def test_a_list_in_the_query_is_joined_with_commas(small: Modules) -> None:
    calls = small("api.task").TaskCalls()
    assert calls.get("j", "t", select=["id", "state"]).query["$select"] == "id,state"
    assert calls.get("j", "t", select="id").query["$select"] == "id"


def test_a_default_of_the_service_is_documented_and_never_sent(small: Modules) -> None:
    model = small("models").TaskConstraints
    assert model(n="x").to_dict() == {"n": "x"}
    assert "Default: PT1H." in Path(str(sys.modules[model.__module__].__file__)).read_text()


def test_durations_are_timedelta_and_64_bit_numbers_int(small: Modules) -> None:
    model = small("models").TaskConstraints
    source = {"n": "x", "maxWallClockTime": "P1DT2H", "big": "9007199254740993", "waits": ["PT1H", None, "PT2M"]}
    value = model.from_dict(source)
    assert value.max_wall_clock_time == datetime.timedelta(days=1, hours=2)
    assert value.big == 9007199254740993
    assert value.waits == [datetime.timedelta(hours=1), datetime.timedelta(minutes=2)]
    assert value.to_dict()["maxWallClockTime"] == "P1DT2H"
    assert value.to_dict()["waits"] == ["PT1H", "PT2M"]
    assert model.__annotations__["max_wall_clock_time"] == "timedelta | None"
    assert model.__annotations__["big"] == "int | None"
    assert model.__annotations__["waits"] == "list[timedelta] | None"


def test_values_of_enumerations_stand_in_the_order_of_the_spec(small: Modules) -> None:
    assert list(small("models").TaskState) == ["running", "active"]
    documentation = small("models").TaskState.__doc__
    assert max(map(len, documentation.splitlines())) <= 120
    assert len(documentation.splitlines()) > 1


def test_unknown_members_are_kept_and_sent_back(small: Modules) -> None:
    model = small("models").CloudTask
    assert model.from_dict({"id": "a", "shape": 1}).to_dict() == {"id": "a", "shape": 1}


def test_values_of_a_wrong_shape_pass_instead_of_losing_the_page(small: Modules) -> None:
    odd = {"creationTime": "yesterday", "constraints": "none", "all": {"a": 1}, "state": 7}
    value = small("models").CloudTask.from_dict(odd)
    assert (value.creation_time, value.constraints, value.all_, value.state) == ("yesterday", "none", {"a": 1}, 7)


def test_importing_the_package_does_not_import_its_http_client(small: Modules, small_output: Path) -> None:
    code = "import sys, small_batchtasks_rest.api.task as t; t.TaskCalls(); sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=small_output, check=False).returncode == 0


def test_a_reference_out_of_the_document_is_refused(tmp_path: Path) -> None:
    spec = load(SMALL_SPEC)
    spec["paths"]["/jobs/{jobId}/terminate"]["post"]["requestBody"] = {"$ref": "other.yaml#/x"}
    (tmp_path / "spec.yaml").write_text(dump(spec))
    (tmp_path / "out").mkdir()
    with pytest.raises(GeneratorError, match=r"other\.yaml#/x.* leaves the document"):
        make_module.make(tmp_path / "out", tmp_path / "spec.yaml", SMALL_FACADE)


def test_a_spec_that_says_a_thing_twice_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    text = SMALL_SPEC.read_text()
    for number, (twice, complaint) in enumerate(
        (
            (
                text.replace("operationId: Job_Terminate", "operationId: Task_Get"),
                "operationId 'Task_Get' is used 2 times",
            ),
            (
                text.replace("      operationId: Job_Terminate", "      tags: [Job]\n      operationId: X"),
                "'tags' stands twice",
            ),
            (text.replace("schemas/TaskState", "schemas/TaskStatus"), "TaskStatus' points to nothing"),
        )
    ):
        (tmp_path / "spec.yaml").write_text(twice)
        target = tmp_path / str(number)
        target.mkdir()
        with pytest.raises(GeneratorError, match=complaint):
            make_module.make(target, tmp_path / "spec.yaml", SMALL_FACADE)
        assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("section", "wish"),
    [("hidden", "x-gone"), ("rename", {"gone": "went"}), ("body", {"Task_Gone": "x"}), ("flatten", "Task_Gone")],
)
def test_a_wish_that_matches_nothing_is_an_error(tmp_path: Path, section: str, wish: Any) -> None:
    wishes = yaml.safe_load(SMALL_FACADE.read_text())
    wishes[section] = {**wishes[section], **wish} if isinstance(wish, dict) else [*wishes[section], wish]
    (tmp_path / "facade.yaml").write_text(yaml.safe_dump(wishes))
    (tmp_path / "out").mkdir()
    with pytest.raises(GeneratorError, match=f"{section} names"):
        make_module.make(tmp_path / "out", SMALL_SPEC, tmp_path / "facade.yaml")


class small_condition:
    """The four header texts, as the protocol `Condition` has them."""

    if_match = if_none_match = if_unmodified_since = None

    def __init__(self, modified_since: str) -> None:
        self.if_modified_since = modified_since


def test_descriptions_name_operations_as_python_does(small: Modules) -> None:
    assert "Reads it whole, after task.update." in (small("api.task").TaskOperations.get.__doc__ or "")
