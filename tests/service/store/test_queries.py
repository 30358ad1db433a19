"""Filters as SQL."""

from __future__ import annotations

from batchtasks_local.domain.filters import Compare
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.store.queries import JOB_COLUMN_OF, TASK_COLUMN_OF
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
    """Thousands of terms in a row are no deeper than a few of them."""
    harness.job()
    harness.add("T4321", "other")
    tree = filtered(" or ".join(f"id eq 't{n}'" for n in range(5000)))
    assert [task.id for task in harness.store.list_tasks("job1", tree, "", 10)] == ["T4321"]


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
