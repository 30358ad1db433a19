"""Ids that stand twice in the input of one call: the later task fails, and nothing else changes."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks import BulkAddError, BulkReport, DuplicateIdError, RetryPolicy
from tests.batchtasks.bulk import scripted as s

both_modes = pytest.mark.usefixtures("both_modes")


def repeated(report: BulkReport) -> list[tuple[str | None, int | None, int | None]]:
    """The id and both positions of each failure."""
    errors = [outcome.error for outcome in report.failed]
    return [
        (outcome.task_id, error.first_position, error.position)
        for outcome, error in zip(report.failed, errors, strict=True)
        if isinstance(error, DuplicateIdError)
    ]


def named(*ids: str) -> list[dict[str, Any]]:
    return [{"id": task_id, "commandLine": f"echo {place}"} for place, task_id in enumerate(ids)]


@both_modes
def test_the_later_task_fails_whatever_its_letter_case() -> None:
    service = s.Service()
    tasks = named("a", "b", "A", "c", "b")
    with pytest.raises(BulkAddError) as caught:
        s.add(service, tasks, raise_on_failure=True)
    report = caught.value.report
    assert (report.added, report.existed) == (3, 0)
    assert repeated(report) == [("A", 0, 2), ("b", 1, 4)]
    assert [outcome.position for outcome in report.failed] == [2, 4]
    assert [outcome.task for outcome in report.failed] == [tasks[2], tasks[4]]
    assert "'A'" in str(report)
    assert "positions 0 and 2" in str(report)
    assert [task["commandLine"] for task in service.tasks.values()] == ["echo 0", "echo 1", "echo 3"]


@both_modes
def test_however_far_they_are_apart() -> None:
    """In other requests, long after the first was added; freed places of a request are filled up."""
    service = s.Service()
    tasks = [*s.make_tasks(30_000), *named("T-0", "t-29999", "new", "T-15000")]
    report = s.add(service, tasks, concurrency=4)
    assert repeated(report) == [("T-0", 0, 30_000), ("t-29999", 29_999, 30_001), ("T-15000", 15_000, 30_003)]
    assert report.added == len(service.tasks) == 30_001


@both_modes
def test_ids_cut_to_a_length_meet() -> None:
    service = s.Service()
    tasks = [{"id": f"simulation-run-{n:04}"[:17], "commandLine": "true"} for n in range(1200)]
    report = s.add(service, tasks)
    assert report.added == len(service.tasks) == 12
    assert len(repeated(report)) == 1188
    assert report.stopped is None
    assert report.requests == 1


@both_modes
def test_one_id_for_all() -> None:
    """As with a template that has no placeholder."""
    service = s.Service()
    report = s.add(service, ({"id": "same", "commandLine": "true"} for _ in range(20_000)))
    assert (report.added, len(report.failed), report.requests) == (1, 19_999, 1)
    assert repeated(report)[-1] == ("same", 0, 19_999)


@both_modes
def test_existed_is_for_what_was_there_before() -> None:
    service = s.Service()
    service.has("b")
    report = s.add(service, named("a", "b", "B"))
    assert (report.added, report.existed) == (1, 1)
    assert repeated(report) == [("B", 1, 2)]


@both_modes
def test_a_task_that_could_not_be_sent_takes_a_position_but_no_id() -> None:
    bad: dict[str, Any] = {"id": "a"}
    report = s.add(s.Service(), [bad, 5, *named("a", "a")])
    assert report.added == 1
    assert repeated(report) == [("a", 2, 3)]
    assert [outcome.position for outcome in report.failed] == [0, 1, 3]


@both_modes
def test_attempts_are_no_repetitions() -> None:
    """Tasks that are sent again, alone or with others, are not taken for new ones."""
    service = s.Service()
    service.faults = [s.lost(), s.some_server_errors(0.5), s.page(502), s.forgotten_rows(0.5), s.too_many_for_it(7)]
    report = s.add(service, s.make_tasks(500), concurrency=2)
    assert report.ok
    assert report.added == 500


@both_modes
def test_a_resumed_input_goes_on_where_it_was() -> None:
    """What the first call took is not repeated; what repeats it is, with its place in the whole input."""
    service = s.Service()
    service.faults = [None, s.lost(), s.nothing_done(409, "JobDisabled")]
    tasks = iter([*s.make_tasks(300), *named("T-5", "T-150", "new", "NEW")])
    first = s.add(service, tasks, concurrency=1, retry=RetryPolicy(attempts=1))
    assert (first.added, len(first.unknown), len(first.failed)) == (100, 100, 100)
    second = s.add(service, first.resume)
    assert repeated(second) == [("T-5", 5, 300), ("T-150", 150, 301), ("NEW", 302, 303)]
    assert (second.added, second.existed) == (201, 0)
    assert first.added + second.added == len(service.tasks) == 301


@both_modes
def test_a_resumed_input_that_is_resumed_again() -> None:
    service = s.Service()
    tasks = iter([*s.make_tasks(500), *named("T-0", "t-499")])
    rest: Any = tasks
    for _ in range(3):
        service.faults = [None, s.nothing_done(401, "AuthenticationFailed")]
        report = s.add(service, rest, concurrency=1)
        assert (report.added, repeated(report)) == (100, [])
        rest = report.resume
    report = s.add(service, rest)
    assert (report.added, repeated(report)) == (200, [("T-0", 0, 500), ("t-499", 499, 501)])


def test_an_async_input() -> None:
    async def tasks() -> AsyncIterator[dict[str, Any]]:
        for task in [*s.make_tasks(250), *named("T-7", "x", "X")]:
            yield task

    report = s.add(s.ScriptedBackend(s.Service(), is_async=True), tasks(), concurrency=3)
    assert repeated(report) == [("T-7", 7, 250), ("X", 251, 252)]
    assert report.added == 251


@both_modes
def test_the_other_operations_may_meet_a_task_twice() -> None:
    """To delete it twice is no mistake that matters."""
    service = s.Service()
    service.has("a", "b")
    report = s.delete(service, ["a", "A", "b"], concurrency=1)
    assert (report.done, report.already, report.ok) == (2, 1, True)


def test_the_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(DuplicateIdError("A", 1, 1_000_000)))
    assert (error.first_position, error.position) == (1, 1_000_000)
    assert (
        str(error)
        == "The id 'A' stands twice in the input, at positions 1 and 1,000,000 (counted from 0); letter case does not count."
    )


@st.composite
def inputs(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[int]]:
    """Tasks of which some repeat an id, and the positions of those."""
    ids = draw(st.lists(st.sampled_from([f"{letter}{n}" for letter in "abAB" for n in range(9)]), max_size=60))
    seen: set[str] = set()
    repeats = [place for place, task_id in enumerate(ids) if task_id.lower() in seen or seen.add(task_id.lower())]  # type: ignore[func-returns-value]
    return named(*ids), repeats


FAULTS = [
    None,
    s.lost(),
    s.some_server_errors(0.3),
    s.page(502),
    s.refused(),
    s.forgotten_rows(0.3),
    s.nothing_done(429),
]


@settings(max_examples=300)
@given(inputs(), st.lists(st.sampled_from(FAULTS), max_size=6), st.integers(1, 3), st.booleans(), st.integers(0, 99))
def test_under_any_faults_the_later_ones_fail_and_the_others_are_in(
    case: tuple[list[dict[str, Any]], list[int]], faults: list[Any], concurrency: int, is_async: bool, seed: int
) -> None:
    tasks, repeats = case
    service = s.Service(seed)
    service.faults = list(faults)
    report = s.add(s.ScriptedBackend(service, is_async=is_async), iter(tasks), concurrency=concurrency)
    assert report.stopped is None
    assert sorted(outcome.position or 0 for outcome in report.failed) == repeats
    assert report.added == len(service.tasks) == len(tasks) - len(repeats)
    assert not report.unknown
    for task in tasks:
        assert tasks[[t["id"].lower() for t in tasks].index(task["id"].lower())] in service.tasks.values()
