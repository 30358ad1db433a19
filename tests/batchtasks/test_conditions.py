"""Conditions: what is sent, what is refused, and the two helpers that stand on them."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpx import HTTPXMock

from batchtasks import Condition, ETag, if_match, if_modified_since, if_none_match, if_unmodified_since
from batchtasks import errors as e
from batchtasks._core.sync_async import run_sync
from batchtasks._operations.tasks import update_with
from batchtasks.models import CloudTask, TaskConstraints
from batchtasks_rest._call import Answer, Call, Response
from tests.batchtasks.support import Mode, ScriptedBackend, answer, body, executor, refusal

TAG = "0x8DC0DBE42D1E1FE"


@pytest.mark.parametrize("text", [TAG, f'"{TAG}"', f" {TAG} ", f'W/"{TAG}"'])
def test_tags_are_sent_without_quotes_however_they_came(text: str) -> None:
    assert ETag(text) == TAG
    assert ETag(text) == ETag(TAG)
    for source in (text, ETag(text), Response(None, 200, {"ETag": text}), CloudTask(e_tag=text)):
        assert if_match(source).if_match == TAG
        assert if_none_match(source).if_none_match == TAG


def test_a_tag_without_quotes_is_sent_as_it_is() -> None:
    """Also one that begins and ends with the same character."""
    assert if_match("0x8DC0DBE42D1E1F0").if_match == "0x8DC0DBE42D1E1F0"


@pytest.mark.parametrize("text", ["", '""', "a b", 'a"b', '"ab', 'ab"', "a\r\nb", "é", "\x00"])
def test_text_that_is_no_tag_is_refused(text: str) -> None:
    with pytest.raises(e.ConditionError):
        if_match(text)


@pytest.mark.parametrize("source", [CloudTask(id="t"), Response(None, 200, {}), None, 5])
def test_a_source_without_a_tag_is_refused_and_not_ignored(source: Any) -> None:
    with pytest.raises(e.ConditionError, match="has no ETag"):
        if_match(source)


MADE = {
    "if_match": if_match("*"),
    "if_none_match": if_none_match(TAG),
    "if_modified_since": if_modified_since("2024-01-05T00:00Z"),
    "if_unmodified_since": if_unmodified_since("2024-01-05T00:00Z"),
}
TAKEN = [{"if_match", "if_unmodified_since"}, {"if_none_match", "if_modified_since"}]


@pytest.mark.parametrize("pair", list(combinations(MADE, 2)), ids="+".join)
def test_only_pairs_that_the_service_takes_can_be_joined(pair: tuple[str, str]) -> None:
    first, second = (MADE[name] for name in pair)
    if set(pair) in TAKEN:
        joined = first & second
        assert {name for name in MADE if getattr(joined, name)} == set(pair)
    else:
        with pytest.raises(e.ConditionError, match="together"):
            first & second
    with pytest.raises(e.ConditionError, match="twice"):
        first & first


def test_only_what_is_given_twice_is_named() -> None:
    first, second = sorted(next(iter(TAKEN)))
    with pytest.raises(e.ConditionError) as caught:
        (MADE[first] & MADE[second]) & MADE[first]
    assert first in str(caught.value)
    assert second not in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"If-Match": "0x2"}, "if_match is given twice"),
        ({"if-match": "0x1"}, "if_match is given twice"),
        ({"IF-NONE-MATCH": "0x2"}, "together"),
        ({"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}, "together"),
    ],
)
def test_headers_of_the_caller_cannot_go_against_a_condition(mode: Mode, headers: dict[str, str], words: str) -> None:
    """Neither of two tags is dropped without a word, and no pair goes out that the service refuses."""
    with pytest.raises(e.ConditionError, match=words):
        mode.run(lambda c: c.task.delete("j", "t", condition=if_match("0x1"), headers=headers))
    if "together" in words:
        with pytest.raises(e.ConditionError, match=words):
            mode.run(lambda c: c.task.delete("j", "t", headers={**headers, "if-match": "0x1"}))


def test_conditions_may_be_headers_of_the_caller(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=200)
    mode.run(lambda c: c.task.delete("j", "t", headers={"if-match": "0x1"}))
    assert httpx_mock.get_requests()[0].headers["If-Match"] == "0x1"


@pytest.mark.parametrize(
    "when",
    [
        "2024-01-05T07:16:39.9Z",
        "Fri, 05 Jan 2024 07:16:39 GMT",
        "2024-01-05 08:16:39+01:00",
        "2024-W01-5T07:16:39,5Z",
        "20240105T071639Z",
        datetime(2024, 1, 5, 7, 16, 39, 999999, UTC),
        datetime(2024, 1, 5, 8, 16, 39, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_times_are_written_as_http_does(when: datetime | str) -> None:
    assert if_modified_since(when).if_modified_since == "Fri, 05 Jan 2024 07:16:39 GMT"


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones()))
def test_any_aware_time_can_be_written(when: datetime) -> None:
    text = if_unmodified_since(when).if_unmodified_since
    assert text is not None
    assert text.endswith(" GMT")
    assert len(text) == 29


@pytest.mark.parametrize("when", [datetime(2024, 1, 5), "Fri, 35 Jan 2024 07:16:39 GMT", "", 5])
def test_times_that_cannot_be_understood_are_refused(when: Any) -> None:
    with pytest.raises(e.InvalidInputError):
        if_modified_since(when)


@pytest.mark.parametrize(
    ("condition", "header", "value"),
    [
        (if_match(TAG), "If-Match", TAG),
        (if_match("*"), "If-Match", "*"),
        (ETag(TAG), "If-Match", TAG),
        (if_none_match(f'"{TAG}"'), "If-None-Match", TAG),
        (if_modified_since("2024-01-05T07:16:39Z"), "If-Modified-Since", "Fri, 05 Jan 2024 07:16:39 GMT"),
        (if_unmodified_since("2024-01-05T07:16:39Z"), "If-Unmodified-Since", "Fri, 05 Jan 2024 07:16:39 GMT"),
    ],
)
@pytest.mark.parametrize("name", ["get", "update", "delete", "terminate", "reactivate"])
def test_every_operation_that_takes_conditions_sends_them(
    mode: Mode, httpx_mock: HTTPXMock, name: str, condition: Condition, header: str, value: str
) -> None:
    statuses = {"terminate": 204, "reactivate": 204}
    httpx_mock.add_response(status_code=statuses.get(name, 200), json={"id": "t"} if name == "get" else None)
    mode.run(lambda c: getattr(c.task, name)("j", "t", condition=condition))
    assert httpx_mock.get_requests()[0].headers[header] == value


def test_raw_checks_conditions_too(mode: Mode) -> None:
    with pytest.raises(e.ConditionError):
        mode.run(lambda c: c.task.raw.update("j", "t", condition=TAG))


def test_get_if_changed(mode: Mode, httpx_mock: HTTPXMock) -> None:
    known = CloudTask(id="t", e_tag=TAG)
    httpx_mock.add_response(match_headers={"If-None-Match": TAG}, status_code=304)
    assert mode.run(lambda c: c.task.get_if_changed("j", "t", known)) is None
    httpx_mock.add_response(match_headers={"If-None-Match": "0x2"}, json={"id": "t", "state": "active"})
    assert mode.run(lambda c: c.task.get_if_changed("j", "t", "0x2")).state == "active"
    when = datetime(2024, 1, 5, 7, 16, 39, tzinfo=UTC)
    httpx_mock.add_response(
        match_headers={"If-Modified-Since": "Fri, 05 Jan 2024 07:16:39 GMT"}, status_code=304, json=None
    )
    assert mode.run(lambda c: c.task.get_if_changed("j", "t", when)) is None


def test_get_if_changed_lets_other_refusals_through(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=404, json=body("TaskNotFound"))
    with pytest.raises(e.TaskNotFoundError):
        mode.run(lambda c: c.task.get_if_changed("j", "t", TAG))


class OneTask:
    """A service with one task that somebody else changes behind our back."""

    def __init__(self, others: int = 0) -> None:
        self.version = 1
        self.others = others
        self.constraints: dict[str, Any] = {"maxTaskRetryCount": 0}
        self.lost = 0
        self.writes: list[Any] = []

    def serve(self, call: Call[Any]) -> Answer:
        if call.method == "GET":
            task = {"id": "t", "eTag": f"0x{self.version}", "constraints": self.constraints}
            found = answer(200, task, {"ETag": f"0x{self.version}"})
            if self.others:
                self.others -= 1
                self.version += 1
            return found
        if call.headers["If-Match"] != f"0x{self.version}":
            return refusal(412, "ConditionNotMet")
        self.constraints = json.loads(call.content or b"")["constraints"]
        self.writes.append(self.constraints)
        self.version += 1
        if self.lost:
            self.lost -= 1
            raise e.ConnectionFailedError("lost", sent=True)
        return answer(200, headers={"ETag": f"0x{self.version}"})


def _more(task: CloudTask) -> TaskConstraints:
    count = task.constraints.max_task_retry_count if task.constraints else None
    return TaskConstraints(max_task_retry_count=(count or 0) + 1)


def test_update_with_begins_again_when_somebody_else_was_faster() -> None:
    service = OneTask(others=3)
    written = run_sync(update_with(executor(ScriptedBackend(service.serve)), "j", "t", _more))
    assert written == TaskConstraints(max_task_retry_count=1)
    assert service.writes == [{"maxTaskRetryCount": 1}]


def test_update_with_gives_up_at_its_bound() -> None:
    backend = ScriptedBackend(OneTask(others=100).serve)
    with pytest.raises(e.ConditionNotMetError):
        run_sync(update_with(executor(backend), "j", "t", _more, attempts=3))
    assert [call.method for call in backend.calls] == ["GET", "PUT"] * 3


def test_update_with_knows_its_own_write_again_after_a_lost_answer() -> None:
    service = OneTask()
    service.lost = 1
    assert run_sync(update_with(executor(ScriptedBackend(service.serve)), "j", "t", _more)) == TaskConstraints(
        max_task_retry_count=1
    )
    assert service.writes == [{"maxTaskRetryCount": 1}], "written once, although the answer was lost"


@pytest.mark.parametrize("wanted", [{}, {"maxTaskRetryCount": 2}])
@pytest.mark.parametrize("theirs", [{"maxTaskRetryCount": 2, "retentionTime": "P1D"}, {"maxWallClockTime": "PT1H"}])
def test_update_with_does_not_take_the_write_of_somebody_else_for_its_own(wanted: Any, theirs: Any) -> None:
    """What is left out goes back to the default, so it must be there too."""
    service = OneTask()
    faults: list[Exception] = [e.ConnectionFailedError("the request itself was lost", sent=True)]

    def serve(call: Call[Any]) -> Answer:
        if call.method == "PUT" and faults:
            service.constraints, service.version = theirs, service.version + 1
            raise faults.pop()
        return service.serve(call)

    run_sync(update_with(executor(ScriptedBackend(serve)), "j", "t", lambda task: wanted))
    assert service.constraints == wanted


def test_update_with_writes_nothing_when_nothing_is_wanted() -> None:
    service = OneTask()
    assert run_sync(update_with(executor(ScriptedBackend(service.serve)), "j", "t", lambda task: None)) is None
    assert service.writes == []


def test_update_with_awaits_an_async_change(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, headers={"ETag": "0x1"})
    httpx_mock.add_response(status_code=200)

    async def change(task: Any) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"max_task_retry_count": 3}

    written = Mode("async").run(lambda c: c.task.update_with("j", "t", change))
    assert written.max_task_retry_count == 3
    with pytest.raises(e.InvalidInputError, match="change of the blocking BatchClient cannot be an async function"):
        Mode("sync").run(lambda c: c.task.update_with("j", "t", change))


def test_update_with_takes_a_dict_and_refuses_nonsense(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(method="GET", json={"id": "t", "eTag": TAG}, is_reusable=True)
    httpx_mock.add_response(method="PUT", match_headers={"If-Match": TAG})
    wanted = mode.run(lambda c: c.task.update_with("j", "t", lambda task: {"max_task_retry_count": 2}))
    assert wanted.max_task_retry_count == 2
    with pytest.raises(e.UnknownFieldError):
        mode.run(lambda c: c.task.update_with("j", "t", lambda task: {"retries": 2}))
    with pytest.raises(e.InvalidInputError, match="attempts"):
        mode.run(lambda c: c.task.update_with("j", "t", _more, attempts=0))


def test_update_with_refuses_to_write_without_a_guard(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(method="GET", json={"id": "t"})
    with pytest.raises(e.ConditionError, match="no ETag"):
        mode.run(lambda c: c.task.update_with("j", "t", _more))
