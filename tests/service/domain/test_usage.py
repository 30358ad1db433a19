"""What tasks have used, added up."""

from __future__ import annotations

from batchtasks_local.domain.records import Usage


def test_nothing_is_used_at_first() -> None:
    used = Usage(1.5, 2.5, 3, 4, 5)
    assert Usage() + used == used == used + Usage()
    assert used + used == Usage(3.0, 5.0, 6, 8, 10)
