"""Looking through an input: twins are found however small the table is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks_cli.checking import Check
from batchtasks_cli.errors import Complaint
from batchtasks_cli.making import AsItIs
from batchtasks_cli.rows import BadRow, Row


class Given:
    """Rows from a list of ids."""

    name = "input"
    columns = None

    def __init__(self, ids: list[str]) -> None:
        rows = [Row(n, n, {"id": task_id, "commandLine": "x"}) for n, task_id in enumerate(ids, 1)]
        self._rows = iter(rows)

    def __next__(self) -> Row | BadRow:
        return next(self._rows)


@settings(deadline=None)
@given(
    ids=st.lists(st.text(st.sampled_from("abAB"), min_size=1, max_size=3), max_size=30), bits=st.sampled_from([8, 64])
)
def test_twins_are_found_and_nothing_else(ids: list[str], bits: int) -> None:
    folded = [task_id.casefold() for task_id in ids]
    check = Check(lambda: Given(ids), AsItIs(), lambda text: None, lambda row: None, bits)
    if len(set(folded)) == len(folded):
        assert check.run() == len(ids)
        return
    with pytest.raises(Complaint) as caught:
        check.run()
    second = next(n for n, each in enumerate(folded) if each in folded[:n])
    lines = f"lines {folded.index(folded[second]) + 1} and {second + 1}"
    assert caught.value.what == f"input, {lines}: both tasks have the id {ids[second]!r}."


def test_progress_is_told_on_the_way() -> None:
    told: list[str] = []
    number = Check(lambda: Given([f"t{n}" for n in range(2500)]), AsItIs(), told.append, lambda row: None).run()
    assert number == 2500
    assert told == ["1,000 rows looked through ...", "2,000 rows looked through ..."]
