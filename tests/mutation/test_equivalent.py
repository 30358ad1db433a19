"""What the mutation run reads: mutants that mean the same as the code, and the tests near each module."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.mutation.near import NEAR

ROOT = Path(__file__).parents[2]


def test_each_equivalent_mutant_changes_a_line_that_is_there() -> None:
    """An entry whose line has changed keeps nothing out of the count; it is to be corrected or removed."""
    rows = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))["mutant"]
    missing = []
    for row in rows:
        lines = (ROOT / row["module"]).read_text(encoding="utf-8").splitlines()
        # A mutant of several lines has them in one, as the run writes them.
        if row["before"] not in " ".join(line.strip() for line in lines):
            missing.append((row["module"], row["before"]))
    assert not missing
    assert len({(row["module"], row["before"], row["after"]) for row in rows}) == len(rows)


def test_the_modules_and_the_tests_near_them_are_there() -> None:
    """A path that has moved would leave a module without mutants, or a mutant without tests."""
    paths = {*NEAR, *(path for tests in NEAR.values() for path in tests)}
    assert [path for path in sorted(paths) if not (ROOT / path).is_file()] == []
