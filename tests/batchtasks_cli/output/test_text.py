"""Durations, times and numbers as people read and write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_cli.input.readers import Row, UnfitRowError
from batchtasks_cli.input.tasks import Template
from batchtasks_cli.output.table import Column
from batchtasks_cli.output.text import (
    count,
    escape,
    escape_json,
    one_line,
    read_moment,
    read_span,
    show_bytes,
    show_span,
)


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


def test_a_point_in_time_is_an_age_or_a_time_with_its_zone() -> None:
    before = datetime.now(UTC)
    for text, seconds in (("2h", 7200), ("90m", 5400), ("3d", 259_200), ("1h30m", 5400)):
        moment = read_moment(text)
        assert moment is not None
        assert timedelta(seconds=seconds - 60) < before - moment < timedelta(seconds=seconds + 60)
    for text in ("2026-01-31T12:00Z", "2026-01-31 13:00+01:00", "2026-01-31T07:00:00.000-05:00", "2026-01-31t12:00z"):
        assert read_moment(text) == datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "yesterday or so",
            "90",
            "2026",
            "10",
            "",
            "-1h",
            "1.5",
            "PT1H",
            "GMT+3",
            "07:16 EST",
            "01/02/2024",
            "12:00Z",
        ),
        *(
            "2026-01-31",
            "2026-01-31T12:00",
            "2026-01-31x12:00Z",
            "2026-02-30T12:00Z",
            "20260131T1200Z",
            "2026-01-31T25:00Z",
        ),
    ],
)
def test_what_would_have_to_be_guessed_is_no_time(text: str) -> None:
    assert read_moment(text) is None


def test_numbers_and_names() -> None:
    assert [count(n, "task") for n in (0, 1, 1000)] == ["0 tasks", "1 task", "1,000 tasks"]
    assert [show_bytes(n) for n in (None, 5, 2048, 5 * 1024**3)] == ["", "5 B", "2.0 KiB", "5.0 GiB"]
    assert Column("exitCode", str).heading == "EXIT CODE"


STEERING = [*range(32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF]


@given(st.text(st.characters() | st.sampled_from([chr(code) for code in STEERING])))
def test_no_text_of_others_steers_the_terminal(text: str) -> None:
    for shown in (one_line(text), escape(text), escape_json(json.dumps(text, ensure_ascii=False))):
        assert not {ord(sign) for sign in shown} & {*STEERING, *range(0xD800, 0xE000)}


@given(st.text(st.characters() | st.sampled_from([chr(code) for code in STEERING])))
def test_escaped_json_is_the_same_value(text: str) -> None:
    assert json.loads(escape_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))) == {text: [text]}


def test_what_is_escaped_can_be_read() -> None:
    assert one_line(" a\tb\n c\x1b[31m\u202e\x9b ") == r"a b  c\x1b[31m\u202e\x9b"
    assert one_line("grüße→ 日本") == "grüße→ 日本"


@given(st.dictionaries(st.sampled_from(["a", "b c", "é"]), st.text(max_size=5), min_size=3), st.integers(0, 9999))
def test_a_template_puts_values_in_place_and_nothing_else(values: dict[str, str], number: int) -> None:
    template = Template("{{{a}}}-{b c}-{é}-{n:06}", None)
    assert template.names == {"a", "b c", "é", "n"}
    assert template.fill(Row(number, 1, values)) == f"{{{values['a']}}}-{values['b c']}-{values['é']}-{number:06}"


def test_a_template_does_not_reach_into_values() -> None:
    assert Template("{a.upper}", None).names == {"a.upper"}
    with pytest.raises(UnfitRowError, match=r"'a\.upper'"):
        Template("{a.upper}", None).fill(Row(1, 1, {"a": "v"}))
    assert Template("{a!q} {n}", None).fill(Row(1, 1, {"a": "it's", "n": "own"})) == "'it'\"'\"'s' own"


def test_texts_that_are_numbers_are_written_as_numbers() -> None:
    def fill(text: str, value: object) -> str:
        return Template(text, None).fill(Row(1, 1, {"a": value}))

    assert [fill("{a:06}", "10"), fill("{a:06}", 10), fill("{a:.2f}", "1.5"), fill("{a:+d}", "7")] == [
        *("000010", "000010"),
        *("1.50", "+7"),
    ]
    # What is for texts stays so.
    assert [fill("{a:>4}", "10"), fill("{a:-<4}", "10"), fill("{a:.1}", "10")] == ["  10", "10--", "1"]
    with pytest.raises(UnfitRowError, match=r"'a' cannot be written as \{a:06\}: .*'ten'"):
        fill("{a:06}", "ten")
