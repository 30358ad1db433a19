"""Command lines are cut as the standard library cuts them, at any length."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local.runner.command import split


@given(st.text(st.sampled_from(" \t\r\nab'\"\\$#é"), max_size=30))
def test_as_the_standard_library_does(line: str) -> None:
    """The same words, or a complaint where it has one; which of two faults of one line is named may differ."""
    try:
        expected = shlex.split(f"p{line}")
    except ValueError:
        with pytest.raises(ValueError, match=r"No closing quotation|No escaped character"):
            split(f"p{line}")
    else:
        assert split(f"p{line}") == expected


@pytest.mark.parametrize("line", ["", "  ", "''", "'' x", "\0", "a\0b"])
def test_no_program(line: str) -> None:
    """Whatever is written, something must be there to start."""
    with pytest.raises(ValueError, match="The command line"):
        split(line)


@pytest.mark.parametrize("long", ["x" * 1_000_000, "\\\\" * 250_000, "a' '\"b\"" * 20_000])
def test_long_arguments(long: str) -> None:
    """A megabyte takes no longer than reading it does."""
    for quote in ("", '"'):
        assert len(split(f"/bin/sh -c {quote}{long}{quote}")) >= 3
