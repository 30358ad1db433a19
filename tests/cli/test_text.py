"""Durations, times and numbers as people read and write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_cli.errors import Complaint
from batchtasks_cli.selection import moment_of
from batchtasks_cli.template import Template, Unfit
from batchtasks_cli.text import count, heading, one_line, read_span, show_bytes, show_span


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90), ("1.5", 1.5), ("90s", 90), ("15m", 900), ("2h", 7200), ("2h30m", 9000), ("1d", 86400),
        ("1w", 604800), ("250ms", 0.25), ("1H 5M", 3900), ("PT15M", 900), ("p1d", 86400), ("0s", 0),
    ],
)  # fmt: skip
def test_durations_are_read(text: str, seconds: float) -> None:
    assert read_span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", " ", "soon", "5x", "h", "P", "-3s", "1h soon", "1e9", "9" * 400, "9" * 300 + "w"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "40 ms"), (0.0, "0.0 s"), (0.0004, "0 ms"),
        (59.9, "59.9 s"), (60, "1 m"), (61, "1 m 01 s"), (3600, "1 h"), (3725, "1 h 02 m"),
        (86400 * 2 + 3600 * 5, "2 d 05 h"), (86400 * 7, "7 d"),
    ],
)  # fmt: skip
def test_durations_are_shown(seconds: float, text: str) -> None:
    assert show_span(seconds) == text


def test_the_longest_duration_is_none_at_all() -> None:
    from batchtasks import UNLIMITED

    assert show_span(UNLIMITED) == "unlimited"
    assert show_span(None) == ""


def test_a_point_in_time_is_a_duration_back_or_a_time() -> None:
    before = datetime.now(UTC)
    two_hours_ago = moment_of("2h", "--since")
    assert timedelta(hours=1, minutes=59) < before - two_hours_ago < timedelta(hours=2, minutes=1)
    assert moment_of("2026-01-31T12:00", "--since") == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert moment_of("2026-01-31 12:00+02:00", "--since") == datetime(2026, 1, 31, 10, tzinfo=UTC)
    for text in ("yesterday or so", "90", "2026"):
        with pytest.raises(Complaint, match=f"'{text}' is no time"):
            moment_of(text, "--since")


def test_numbers_and_names() -> None:
    assert [count(n, "task") for n in (0, 1, 1000)] == ["0 tasks", "1 task", "1,000 tasks"]
    assert [show_bytes(n) for n in (None, 5, 2048, 5 * 1024**3)] == ["", "5 B", "2.0 KiB", "5.0 GiB"]
    assert heading("exitCode") == "EXIT CODE"


@given(st.text())
def test_no_text_of_others_steers_the_terminal(text: str) -> None:
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in one_line(text))


@given(st.dictionaries(st.sampled_from(["a", "b c", "é"]), st.text(max_size=5), min_size=3), st.integers(0, 9999))
def test_a_template_puts_values_in_place_and_nothing_else(values: dict[str, str], number: int) -> None:
    template = Template("{{{a}}}-{b c}-{é}-{n:06}", "--x")
    assert template.names == {"a", "b c", "é"}
    assert template.fill(values, number) == f"{{{values['a']}}}-{values['b c']}-{values['é']}-{number:06}"


def test_a_template_does_not_reach_into_values() -> None:
    assert Template("{a.upper}", "--x").names == {"a.upper"}
    with pytest.raises(Unfit, match=r"'a\.upper'"):
        Template("{a.upper}", "--x").fill({"a": "v"}, 1)
    assert Template("{a!q} {n}", "--x").fill({"a": "it's", "n": "own"}, 1) == "'it'\"'\"'s' own"


def test_texts_that_are_numbers_are_written_as_numbers() -> None:
    def fill(text: str, value: object) -> str:
        return Template(text, "--x").fill({"a": value}, 1)

    assert [fill("{a:06}", "10"), fill("{a:06}", 10), fill("{a:.2f}", "1.5"), fill("{a:+d}", "7")] == [
        *("000010", "000010"),
        *("1.50", "+7"),
    ]
    # What is for texts stays so.
    assert [fill("{a:>4}", "10"), fill("{a:-<4}", "10"), fill("{a:.1}", "10")] == ["  10", "10--", "1"]
    with pytest.raises(Unfit, match=r"'a' cannot be written as \{a:06\}: .*'ten'"):
        fill("{a:06}", "ten")
