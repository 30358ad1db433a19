"""Filters as SQL."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks_local.domain.filters import Compare
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.store.queries import JOB_COLUMN_OF, TASK_COLUMN_OF
from batchtasks_local.store.store import Store
from tests.service.store.harness import StoreHarness, filtered


def test_every_property_of_the_specification_has_a_column() -> None:
    """The store can filter by everything that the specification lists."""
    contract = Contracts().get("2025-06-01")
    assert contract is not None
    filters = {name: set(operation.filter) for name, operation in contract.operations.items()}
    assert filters["Task_List"] <= set(TASK_COLUMN_OF)
    assert filters["Job_List"] <= set(JOB_COLUMN_OF)
    assert filters["File_ListFromTask"] == {"name"}


def test_a_long_chain_is_not_too_deep_for_sqlite(harness: StoreHarness) -> None:
    """More terms in a row than levels that SQLite takes (1,000) are no deeper than a few of them."""
    harness.job()
    harness.add("T1234", "other")
    tree = filtered(" or ".join(f"id eq 't{n}'" for n in range(1500)))
    assert [task.id for task in harness.store.list_tasks("job1", tree, "", 10)] == ["T1234"]


def test_wildcards_of_sql_mean_themselves(harness: StoreHarness) -> None:
    """Percent, underscore and backslash."""
    harness.job()
    harness.add("a_1", "aX1")
    assert [task.id for task in harness.store.list_tasks("job1", filtered("startswith(id,'A_')"), "", 10)] == ["a_1"]
    for text in ("startswith(id,'a%')", "startswith(id,'a\\')"):
        assert harness.store.list_tasks("job1", filtered(text), "", 10) == []
    harness.job(id="job2", poolInfo={"poolId": "p_1"})
    harness.job(id="job3", poolInfo={"poolId": "pX1"})
    tree = Compare("executionInfo/poolId", "startswith", "p_")
    assert [job.id for job in harness.store.list_jobs(tree, 0, 10)] == ["job2"]


@pytest.mark.parametrize("number", [2**63, 10**20, 10**40, -(2**63) - 1, -(10**20)])
def test_a_number_beyond_64_bits_is_beyond_every_exit_code(harness: StoreHarness, number: int) -> None:
    """No error of SQLite, and the result that arithmetic says."""
    harness.job()
    harness.add("a")
    harness.start()
    harness.finish("a", exit_code=1)
    for operator, holds in (("eq", False), ("ne", True), ("lt", number > 1), ("ge", number < 1)):
        tree = filtered(f"executionInfo/exitCode {operator} {number}")
        assert [task.id for task in harness.store.list_tasks("job1", tree, "", 10)] == ["a"] * holds


@settings(max_examples=60)
@given(sizes=st.lists(st.integers(0, 6), min_size=2, max_size=4), data=st.data())
def test_a_page_never_shows_tasks_of_another_job(sizes: list[int], data: st.DataObject) -> None:
    """Wherever the page begins: the place may come from a list of another job, before or behind this one."""
    harness = StoreHarness(Store(None))
    tasks = []
    for number, size in enumerate(sizes):
        harness.job(id=f"j{number}")
        tasks.append(harness.add(*(f"{number}-{place}" for place in range(size)), job=f"j{number}") if size else [])
    after = data.draw(st.sampled_from(["", *(task.id for some in tasks for task in some)]))
    tree = data.draw(st.sampled_from([None, filtered("state eq 'active'"), filtered("startswith(id,'1')")]))
    for number, own in enumerate(tasks):
        listed = harness.store.list_tasks(f"j{number}", tree, after, 100)
        wanted = sorted(task.id for task in own if task.id > after)
        if tree is not None and "startswith" in repr(tree):
            wanted = [task_id for task_id in wanted if task_id.startswith("1")]
        assert [task.id for task in listed] == wanted
    harness.store.close()
