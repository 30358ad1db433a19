"""The hints that a filter gives lead to the same tasks as reading all of them."""

from __future__ import annotations

import operator
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batchtasks_local.domain import clock
from batchtasks_local.domain.filters import OPERATORS
from batchtasks_local.store import queries
from batchtasks_local.store.queries import Hints
from batchtasks_local.store.store import Store
from tests.service.store.harness import StoreHarness, filtered

# They end with the exit codes -1, 0, 1, 2 and 3.
ENDED = ("a0", "a1", "a2", "b0", "b1")


@pytest.fixture(scope="module")
def moments() -> list[int]:
    """When something happened in the store below, to be filled."""
    return []


@pytest.fixture(scope="module")
def harness(moments: list[int]) -> Iterator[StoreHarness]:
    """A job with tasks in every state, which ended well and badly, at known moments."""
    made = StoreHarness(Store(None))
    made.job()
    made.add(*(f"{letter}{number}" for letter in "abC" for number in range(5)))
    made.start(10, 10)
    for number, task_id in enumerate(ENDED):
        moments.append(clock.now())
        made.finish(task_id, exit_code=number - 1)
    made.terminate("a4")
    made.terminate("C4")
    yield made
    made.store.close()


def texts(moments: list[int]) -> st.SearchStrategy[str]:
    """Filters of a few terms, in any nesting."""
    ids = st.sampled_from(["a0", "A1", "b4", "c0", "x", ""])
    times = st.sampled_from([*moments, 0, moments[-1] + 10**7]).map(lambda ticks: f"DateTime'{clock.to_text(ticks)}'")
    orders = st.sampled_from(["eq", "ne", "ge", "gt", "le", "lt"])
    states = st.sampled_from(["active", "running", "completed", "Completed", "preparing"])
    either = st.sampled_from(["eq", "ne"])
    term = st.one_of(
        st.builds("startswith(id,'{}')".format, st.sampled_from(["a", "B", "c1", "", "x"])),
        st.builds("id {} '{}'".format, orders, ids),
        st.builds("state {} '{}'".format, either, states),
        st.builds("executionInfo/result {} '{}'".format, either, st.sampled_from(["success", "failure"])),
        st.builds("executionInfo/exitCode {} {}".format, orders, st.integers(-2, 2)),
        st.builds("executionInfo/endTime {} {}".format, orders, times),
        st.builds("stateTransitionTime {} {}".format, orders, times),
    )
    return st.recursive(
        term,
        lambda part: st.builds("({} {} {})".format, part, st.sampled_from(["and", "or"]), part),
        max_leaves=6,
    )


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), few=st.sampled_from([0, 3, 2000]), limit=st.integers(1, 20))
def test_the_same_tasks(
    harness: StoreHarness,
    moments: list[int],
    monkeypatch: pytest.MonkeyPatch,
    data: st.DataObject,
    few: int,
    limit: int,
) -> None:
    """For any filter, any page size, and whether there are few or many."""
    monkeypatch.setattr(queries, "FEW", few)
    tree = filtered(data.draw(texts(moments)))
    hints = queries.hints
    after = ""
    while True:
        monkeypatch.setattr(queries, "hints", hints)
        short = [task.id for task in harness.store.list_tasks("job1", tree, after, limit)]
        monkeypatch.setattr(queries, "hints", lambda tree: Hints())
        full = harness.store.list_tasks("job1", tree, after, limit)
        assert short == [task.id for task in full]
        if not full:
            monkeypatch.setattr(queries, "hints", hints)
            return
        after = full[-1].id


@pytest.mark.parametrize("order", OPERATORS)
@pytest.mark.parametrize("value", [-2, -1, 0, 1, 2])
def test_exit_codes_on_both_sides_of_success(harness: StoreHarness, order: str, value: int) -> None:
    """A filter that leaves out 0 is read from the failed tasks; one that does not must not be."""
    compare = getattr(operator, order)
    expected = [task_id for task_id, code in zip(ENDED, range(-1, 4), strict=True) if compare(code, value)]
    tree = filtered(f"executionInfo/exitCode {order} {value}")
    assert [task.id for task in harness.store.list_tasks("job1", tree, "", 20)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("state ne 'completed'", Hints(states=("active", "preparing", "running"))),
        ("(executionInfo/exitCode lt 0) or (executionInfo/exitCode gt 0)", Hints(failed=True)),
        ("executionInfo/exitCode ge 0", Hints()),
        ("executionInfo/result eq 'failure'", Hints(failed=True)),
        ("executionInfo/result ne 'success'", Hints(failed=True)),
        ("executionInfo/result eq 'success'", Hints()),
        ("executionInfo/result eq 'failure' or state eq 'completed'", Hints()),
        ("id eq 'A' or id eq 'b'", Hints(ids=("a", "b"))),
        ("id eq 'a' or startswith(id,'b')", Hints()),
        ("startswith(id,'Run-1') or startswith(id,'run-2')", Hints(prefix="run-")),
        ("stateTransitionTime ge DateTime'0001-01-01T00:00:00.000001Z'", Hints()),
        (
            "state ne 'active' and stateTransitionTime ge DateTime'0001-01-01T00:00:00.000001Z'",
            Hints(states=("preparing", "running", "completed")),
        ),
        (
            "(state eq 'completed' or state eq 'running') and stateTransitionTime ge DateTime'0001-01-01T00:00:00.000001Z'",
            Hints(states=("running", "completed")),
        ),
        (
            "state eq 'completed' and stateTransitionTime gt DateTime'0001-01-01T00:00:00.000001Z'",
            Hints(states=("completed",), ended=10),
        ),
    ],
)
def test_what_a_filter_implies(text: str, expected: Hints) -> None:
    """Nothing more, and of what is useful nothing less."""
    assert queries.hints(filtered(text)) == expected
