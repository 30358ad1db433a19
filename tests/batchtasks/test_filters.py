"""`F` makes exactly the filters that the service documents."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpx import HTTPXMock

from batchtasks import F, FileF, Filter, InvalidInputError, JobF, any_of
from batchtasks.filters import ImageF, JobScheduleF, NodeF, PoolF, PreparationF, Property
from batchtasks.models import JobState, TaskExecutionResult, TaskState
from batchtasks_rest._fields import FILTERS
from tests.batchtasks.support import Mode

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "startswith": lambda field, value: field.startswith(value),
}
FIELDS: dict[str, Any] = {
    "Task_List": F,
    "Job_List": JobF,
    "File_ListFromTask": FileF,
    "Pool_List": PoolF,
    "ComputeNode_List": NodeF,
    "Account_ListSupportedImages": ImageF,
    "JobSchedule_List": JobScheduleF,
    "Job_ListPreparationAndReleaseTaskStatus": PreparationF,
}


def _properties(operation: str) -> dict[str, Property]:
    return {name: getattr(FIELDS[operation], name) for name in FILTERS[operation]}


CASES = [
    (operation, field, path, kind, operators, name)
    for operation, table in FILTERS.items()
    for field, (path, kind, operators, _) in table.items()
    for name in OPERATORS
]


@pytest.mark.parametrize(("operation", "field", "path", "kind", "operators", "name"), CASES)
def test_operators_are_those_of_the_spec(
    operation: str, field: str, path: str, kind: str, operators: tuple[str, ...], name: str
) -> None:
    property_ = getattr(FIELDS[operation], field)
    known = FILTERS[operation][field][3]
    value: Any = {"DateTime": datetime(2024, 1, 5, tzinfo=UTC), "int": 1}.get(kind, known[0] if known else "a")
    if name in operators:
        text = str(OPERATORS[name](property_, value))
        assert text.startswith(f"startswith({path}," if name == "startswith" else f"{path} {name} ")
    else:
        with pytest.raises(TypeError, match=name):
            OPERATORS[name](property_, value)


def test_states_are_those_of_the_models() -> None:
    assert set(FILTERS["Task_List"]["state"][3]) == set(TaskState)
    assert set(FILTERS["Job_List"]["state"][3]) == set(JobState)
    for state in TaskState:
        assert str(F.state == state) == f"state eq '{state}'"
    for result in TaskExecutionResult:
        assert str(F.result != result) == f"executionInfo/result ne '{result}'"


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (F.state == "completed", "state eq 'completed'"),
        (F.id == "o'brien", "id eq 'o''brien'"),
        (F.id.startswith("render-"), "startswith(id,'render-')"),
        ((F.exit_code < 0) | (F.exit_code > 0), "executionInfo/exitCode lt 0 or executionInfo/exitCode gt 0"),
        (
            (F.state == "running") & ((F.id == "a") | (F.id == "b")),
            "state eq 'running' and (id eq 'a' or id eq 'b')",
        ),
        (
            (F.state == "running") | (F.id == "a") & (F.id == "b"),
            "state eq 'running' or (id eq 'a' and id eq 'b')",
        ),
        ((F.id == "a") & (F.id == "b") & (F.id == "c"), "id eq 'a' and id eq 'b' and id eq 'c'"),
        (any_of([F.id == "a"]), "id eq 'a'"),
        (any_of(F.id == name for name in "ab"), "id eq 'a' or id eq 'b'"),
        (F.creation_time >= "2024-01-05 08:16+01:00", "creationTime ge DateTime'2024-01-05T07:16:00Z'"),
        (
            F.end_time < datetime(2024, 1, 5, 8, 0, 0, 5, timezone(timedelta(hours=1))),
            "executionInfo/endTime lt DateTime'2024-01-05T07:00:00.000005Z'",
        ),
        (F.last_modified_time == "2024-01-05T00Z", "lastModifiedTime eq DateTime'2024-01-05T00:00:00Z'"),
        (JobF.last_modified == "20240105T000000Z", "lastModified eq DateTime'2024-01-05T00:00:00Z'"),
        (JobF.pool_id == "p", "executionInfo/poolId eq 'p'"),
        (FileF.name.startswith("wd/"), "startswith(name,'wd/')"),
    ],
)
def test_text_of_filters(made: Filter, text: str) -> None:
    assert str(made) == text


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: operator.attrgetter("stat")(F), TypeError, "Did you mean 'state'"),
        (lambda: operator.attrgetter("node_info")(F), TypeError, "There is: id, state"),
        (lambda: F.exit_code == "1", TypeError, "whole number, not with str"),
        (lambda: F.exit_code == True, TypeError, "not with bool"),  # noqa: E712
        (lambda: F.exit_code == 1.0, TypeError, "not with float"),
        (lambda: F.id == 1, TypeError, "text, not with int"),
        (lambda: F.creation_time > 5, TypeError, "with a datetime"),
        (lambda: F.creation_time > datetime(2024, 1, 5), InvalidInputError, "no time zone"),
        (lambda: F.state == "complete", InvalidInputError, "Did you mean 'completed'"),
        (lambda: (F.id == "a") and (F.id == "b"), TypeError, "&"),
        (lambda: operator.not_(F.id == "a"), TypeError, "&"),
        (lambda: "a" < F.id < "c", TypeError, "&"),
        (lambda: ~(F.id == "a"), TypeError, "no 'not'"),
        (lambda: bool(F.state), TypeError, "compare it"),
        (lambda: operator.and_(F.id == "a", "id eq 'b'"), TypeError, "only with a filter"),
        (lambda: (F.id == "a") & (JobF.id == "a"), TypeError, "Task_List cannot be joined with one for Job_List"),
        (lambda: any_of([]), InvalidInputError, "at least one"),
        (lambda: any_of(["id eq 'a'"]), TypeError, "built with F"),  # type: ignore[list-item]
        (lambda: setattr(F, "state", "completed"), TypeError, "write =="),
        (lambda: {F.id: 1}, TypeError, "unhashable"),
    ],
)
def test_mistakes_are_errors_at_once(make: Callable[[], Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        make()


@given(st.text())
def test_any_text_is_quoted_so_that_it_ends_where_it_should(text: str) -> None:
    made = str(F.id == text)
    assert made.startswith("id eq '")
    assert made.endswith("'")
    inside = made.removeprefix("id eq '").removesuffix("'")
    assert inside.replace("''", "'") == text
    assert "'" not in inside.replace("''", "")


def test_filters_are_sent(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"value": []}, is_reusable=True)
    mode.run(lambda c: c.task.list("j", filter=(F.state == "active") | (F.id == "ä&b=c+d")))
    mode.run(lambda c: c.task.list("j", filter="state eq 'active'"))
    mode.run(lambda c: c.job.list(filter=JobF.state == "active"))
    mode.run(lambda c: c.file.list_from_task("j", "t", recursive=True, filter=FileF.name.startswith("wd/")))
    sent = [request.url.params["$filter"] for request in httpx_mock.get_requests()]
    assert sent == [
        "state eq 'active' or id eq 'ä&b=c+d'",
        "state eq 'active'",
        "state eq 'active'",
        "startswith(name,'wd/')",
    ]


@pytest.mark.parametrize(
    "use",
    [
        lambda c: c.task.list("j", filter=JobF.state == "active"),
        lambda c: c.job.list(filter=F.state == "active"),
        lambda c: c.file.list_from_task("j", "t", filter=F.id == "a"),
        lambda c: c.task.list("j", filter=5),
    ],
)
def test_a_filter_for_something_else_is_refused(mode: Mode, use: Any) -> None:
    with pytest.raises(TypeError, match="filter"):
        mode.run(use)
