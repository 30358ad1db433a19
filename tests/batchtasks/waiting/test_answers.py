"""Waiting with both clients: functions of the caller, odd answers, and what is printed."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from pytest_httpx import HTTPXMock

import batchtasks as e
from batchtasks import WaitProgress, WaitResult
from tests.batchtasks.support import Mode, body
from tests.batchtasks.waiting.model import NEVER, Job, Task


def test_both_clients(mode: Mode, httpx_mock: HTTPXMock) -> None:
    counts = [{"active": 1, "running": 0, "completed": 0}, {"active": 0, "running": 0, "completed": 1, "succeeded": 1}]
    for count in counts:
        httpx_mock.add_response(json={"taskCounts": count})
    httpx_mock.add_response(json={"value": []})
    httpx_mock.add_response(json={"value": []})
    httpx_mock.add_response(json={"value": [{"id": "t", "state": "completed"}]})
    seen: list[WaitProgress] = []
    result = mode.run(lambda c: c.task.wait("j", poll=0.001, progress=seen.append))
    assert result.succeeded == ("t",)
    assert [progress.pending for progress in seen] == [1, 0]


@pytest.mark.parametrize("name", ["progress", "stop_when"])
def test_functions_are_looked_at_before_anything_is_sent(mode: Mode, name: str) -> None:
    async def told(progress: WaitProgress) -> bool:
        return True

    with pytest.raises(e.InvalidInputError, match=f"{name} must be a function, not int"):
        mode.run(lambda c: c.task.wait("j", **{name: 5}))
    if mode.name == "sync":
        with pytest.raises(
            e.InvalidInputError, match=f"{name} of the blocking BatchClient cannot be an async function"
        ):
            mode.run(lambda c: c.task.wait("j", **{name: told}))


def test_async_functions_are_awaited(httpx_mock: HTTPXMock) -> None:
    """One that says False does not end the wait, as its coroutine, which is true, would."""
    for completed in range(3):
        httpx_mock.add_response(json={"taskCounts": {"active": 9 - completed, "running": 0, "completed": completed}})
    httpx_mock.add_response(json={"value": []}, is_reusable=True)
    seen: list[int] = []

    async def tell(progress: WaitProgress) -> None:
        await asyncio.sleep(0)
        seen.append(progress.done)

    async def enough(progress: WaitProgress) -> bool:
        await asyncio.sleep(0)
        return progress.done == 2

    result = Mode("async").run(lambda c: c.task.wait("j", poll=0.001, progress=tell, stop_when=enough))
    assert result.stopped
    assert seen == [0, 1, 2]


@pytest.mark.parametrize(
    "counts",
    [None, "x", {"active": "1"}, {"active": [], "running": 1}, {"active": 1e400}],
    ids=str,
)
def test_odd_counts(mode: Mode, httpx_mock: HTTPXMock, counts: Any) -> None:
    httpx_mock.add_response(content=json.dumps({"taskCounts": counts}).encode())
    with pytest.raises(e.BatchTasksError, match=r"no task counts|cannot be read"):
        mode.run(lambda c: c.task.wait("j"))


ODD_TASKS: list[Any] = [
    {"id": 5, "state": "completed"},
    {"state": "completed"},
    {"id": "a", "state": 5, "executionInfo": "x"},
    {"id": "a", "state": "completed", "executionInfo": ["x"], "stateTransitionTime": "9999-12-31T23:59:59-14:00"},
    {"id": "a", "state": "completed", "executionInfo": {"result": {}, "exitCode": "x"}, "stateTransitionTime": 5},
    {"id": "a", "state": "completed", "stateTransitionTime": "0001-01-01T00:00:00Z"},
    {"id": "a", "state": "completed", "stateTransitionTime": "9999-12-31T23:59:59.9999999Z"},
]


@pytest.mark.parametrize("odd", ODD_TASKS, ids=str)
def test_odd_tasks(mode: Mode, httpx_mock: HTTPXMock, odd: Any) -> None:
    """More ids than go into one filter, so that times count; none of it is a foreign exception."""
    httpx_mock.add_response(json={"value": [odd]}, is_reusable=True)
    ids = ["a", *(f"t{n}" for n in range(20))]
    with pytest.raises(e.WaitTimeoutError):
        mode.run(lambda c: c.task.wait("j", ids, timeout=0.05, poll=10))


ODD_MEMBERS: list[dict[str, Any]] = [
    {"dependsOn": {"taskIds": 5, "taskIdRanges": [{"start": 1, "end": 2}]}},
    {"dependsOn": {"taskIds": ["gone"], "taskIdRanges": True}},
    {"state": "completed", "exitConditions": {"exitCodes": 5}},
    {"state": "completed", "exitConditions": {"exitCodeRanges": 1.5}},
    {"state": "completed", "exitConditions": {"exitCodeRanges": [5, {"start": "x", "end": "y"}]}},
]


@pytest.mark.parametrize("odd", ODD_MEMBERS, ids=str)
def test_odd_members_of_a_task_that_others_depend_on(mode: Mode, httpx_mock: HTTPXMock, odd: Any) -> None:
    """The search for blocked tasks goes on without them, and finds what the other tasks say."""
    tasks = [
        {"id": "odd", "state": "active", "executionInfo": {"exitCode": 0, "result": "failure"}, **odd},
        {"id": "a", "state": "active", "dependsOn": {"taskIds": ["gone"]}},
        {"id": "b", "state": "active", "dependsOn": {"taskIds": ["odd"]}},
    ]
    httpx_mock.add_response(json={"id": "j", "state": "active", "usesTaskDependencies": True})
    httpx_mock.add_response(json={"value": tasks})
    httpx_mock.add_response(json={"value": []})
    blocked = {found.task_id: found.reason for found in mode.run(lambda c: c.task.find_blocked("j"))}
    assert blocked["a"] == "depends on gone, which does not exist"
    assert "depends on odd" in blocked["b"]


@pytest.mark.parametrize("value", [5, "abc", {"a": 1}, [5], ["a"], [[]]], ids=str)
def test_a_list_of_something_else(mode: Mode, httpx_mock: HTTPXMock, value: Any) -> None:
    httpx_mock.add_response(json={"value": value})
    with pytest.raises(e.BatchTasksError, match="Task_List was answered with something else"):
        mode.run(lambda c: c.task.wait("j", ["a"]))


def test_a_bar_by_one_word(mode: Mode, httpx_mock: HTTPXMock, capsys: pytest.CaptureFixture[str]) -> None:
    httpx_mock.add_response(json={"value": [{"id": "a", "state": "completed"}]}, is_reusable=True)
    assert mode.run(lambda c: c.task.wait("j", ["a"], progress=True)).ok
    assert "1/1" in capsys.readouterr().err
    assert mode.run(lambda c: c.task.wait("j", ["a"], progress=False)).ok
    assert capsys.readouterr().err == ""


def test_values_print_as_one_plain_sentence() -> None:
    seen: list[WaitProgress] = []
    job = Job({"a": Task(0, 5), "b": Task(0, 5, exit_code=1), "c": Task(0, 9), "d": Task(NEVER, NEVER)})
    with pytest.raises(e.WaitTimeoutError):
        job.wait(progress=seen.append, timeout=7)
    assert str(seen[-1]) == "2 of 4 tasks done, 1 failed, 1 running, 2 pending after 7 s."
    result = Job(job.tasks).wait(["a", "b", "nope"])
    assert str(result) == "1 succeeded; 1 failed: b; 1 not found: nope."
    assert repr(result) == f"<WaitResult: {result}>"
    assert "<table>" in result._repr_html_()
    assert "not found: nope" in result._repr_html_()
    many = WaitResult(failed=tuple(f"t{n}" for n in range(5_000)))
    assert len(repr(many)) < 200


def test_odd_answers_while_waiting(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={})
    with pytest.raises(e.BatchTasksError, match="no task counts"):
        mode.run(lambda c: c.task.wait("j"))
    httpx_mock.add_response(status_code=403, json=body("InsufficientAccountPermissions"))
    with pytest.raises(e.PermissionDeniedError):
        mode.run(lambda c: c.task.wait("j"))
