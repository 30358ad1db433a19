"""The memory of ids: what it finds, and what it takes."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks._bulk import batch
from batchtasks._bulk.batch import SeenIds


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["a", "A", "b", "B", "c", "d-1", "D-1", "e", "f"]), max_size=6), max_size=12))
def test_it_finds_what_a_dict_finds(batches: list[list[str]]) -> None:
    seen_ids, known, position = SeenIds(), dict[str, int](), 0
    for ids in batches:
        wanted = {}
        for index, task_id in enumerate(ids):
            first = known.setdefault(task_id.lower(), position + index)
            if first != position + index:
                wanted[index] = first
        assert seen_ids.add(ids, position) == wanted
        position += len(ids)


def test_it_finds_all_again_when_it_has_grown() -> None:
    """Twice: it begins with room for eleven thousand."""
    ids, seen_ids = [f"task-{number}" for number in range(50_000)], SeenIds()
    for position in range(0, len(ids), 5_000):
        assert not seen_ids.add(ids[position : position + 5_000], position)
    assert seen_ids.add(ids[::1000], len(ids)) == dict(enumerate(range(0, len(ids), 1000)))


def test_it_takes_less_than_24_bytes_a_task() -> None:
    """At every size, beside what a small table takes."""
    ids = [[f"task-{number}" for number in range(at, at + 100)] for at in range(0, 100_000, 100)]
    # Only what is allocated there: threads of other tests, such as those of a local service, allocate too.
    there = [tracemalloc.Filter(True, batch.__file__)]
    tracemalloc.start()
    try:
        seen_ids = SeenIds()
        for number, some in enumerate(ids, 1):
            assert not seen_ids.add(some, 100 * (number - 1))
            if number % 100 == 0:
                used = sum(trace.size for trace in tracemalloc.take_snapshot().filter_traces(there).traces)
                assert used < 24 * 100 * number + 1_500_000
    finally:
        tracemalloc.stop()


def test_repeated_ids_are_found_where_hashes_are_shorter() -> None:
    """On a machine of 32 bits, on which Python's own hash is too short."""
    program = (
        "import sys, types, batchtasks._core.executor\n"
        "sys.hash_info = types.SimpleNamespace(width=32)\n"
        "from batchtasks._bulk.batch import SeenIds\n"
        "ids, seen_ids = [f'task-{number}' for number in range(100)], SeenIds()\n"
        "print(seen_ids.add(ids, 0), seen_ids.add(ids[90:], 100))"
    )
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert answer.strip() == f"{{}} {dict(enumerate(range(90, 100)))}"
