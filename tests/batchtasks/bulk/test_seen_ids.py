"""The memory of ids: what it finds, and what it takes."""

from __future__ import annotations

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks._bulk.batch import SeenIds


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", "A", "b", "B", "c", "d-1", "D-1", "e", "f", None]), max_size=60))
def test_it_finds_what_a_dict_finds(ids: list[str | None]) -> None:
    """None stands for a task whose id is not known."""
    seen_ids, known = SeenIds(), dict[str, int]()
    for position, task_id in enumerate(ids):
        if task_id is not None:
            first = known.setdefault(task_id.lower(), position)
            assert seen_ids.add(task_id, position) == (None if first == position else first)


def test_it_finds_all_of_many() -> None:
    """Also after its table has grown."""
    seen_ids, number = SeenIds(), 50_000
    assert all(seen_ids.add(f"task-{place}", place) is None for place in range(number))
    assert all(seen_ids.add(f"TASK-{place}", number + place) == place for place in range(number))


def test_it_takes_less_than_24_bytes_a_task() -> None:
    """At every size, beside what a small table takes."""
    tracemalloc.start()
    try:
        seen_ids, before = SeenIds(), tracemalloc.get_traced_memory()[0]
        for number in range(100_000):
            assert seen_ids.add(f"task-{number}", number) is None
            if number % 5_000 == 4_999:
                used = tracemalloc.get_traced_memory()[0] - before
                assert used < 24 * number + 1_500_000
    finally:
        tracemalloc.stop()
