"""Numbers, times and durations of the user: each is taken as what it plainly is, or refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks import UNLIMITED, InvalidInputError, TaskNotFoundError, task
from batchtasks._validation.values import to_seconds, to_timedelta, to_utc, validate_int
from batchtasks.models import TaskAddParameter, TaskConstraints
from tests.batchtasks.support import Mode

OFFSETS = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-1439, 1439))
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=OFFSETS)


@given(MOMENTS, st.sampled_from(["T", " "]), st.sampled_from(["milliseconds", "microseconds", "auto"]))
def test_iso_8601_with_an_offset_is_that_moment(moment: datetime, separator: str, precision: str) -> None:
    read = to_utc(moment.isoformat(separator, precision), "when")
    assert read.tzinfo is UTC
    assert abs(read - moment) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "text",
    ["2024-01-05T07:16Z", "20240105T0716z", "2024-W01-5T07:16Z", "2024-005T02:16-05", "2024-01-05T07:16:00.0000000Z"],
)
def test_the_forms_of_iso_8601(text: str) -> None:
    assert to_utc(text, "when") == datetime(2024, 1, 5, 7, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "07:16 EST",
            "GMT+3",
            "2h",
            "10",
            "01/02/2024",
            "-1h",
            "now",
            "",
            "2024",
            "2024-01-05",
            "2024-01-05T07:16:00",
        ),
        "2024-01-05T07:16:60Z",
        "2024-13-05T07:16Z",
        "2024-01-05x07:16Z",
        "٢٠٢٤-01-05T07:16:00Z",
        "Fri, 05 Jan 2024 07:16:00 GMT",
    ],
)
def test_no_time_is_guessed(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"when .*such as 2024-01-05T07:16:00Z"):
        to_utc(text, "when")


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00+14:00", datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-23)))]
)
def test_a_moment_outside_of_all_years_is_refused(moment: Any) -> None:
    with pytest.raises(InvalidInputError, match="years 1 to 9999"):
        to_utc(moment, "when")


@given(st.text(max_size=30))
def test_any_other_text_is_refused_in_our_words(text: str) -> None:
    for read in (to_utc, to_timedelta):
        with suppress(InvalidInputError):
            read(text, "it")


@pytest.mark.parametrize(
    ("given_", "length"),
    [
        (90, timedelta(seconds=90)),
        (0.5, timedelta(seconds=0.5)),
        (Fraction(1, 2), timedelta(seconds=0.5)),
        ("PT1.5H", timedelta(minutes=90)),
        ("P1.5W", timedelta(days=10.5)),
        ("pt0,5m", timedelta(seconds=30)),
        ("P10675200D", UNLIMITED),
        ("P99999999999999D", UNLIMITED),
        (1e30, UNLIMITED),
        (float("inf"), UNLIMITED),
        (timedelta(days=1), timedelta(days=1)),
    ],
)
def test_durations(given_: Any, length: timedelta) -> None:
    assert to_timedelta(given_, "it") == length


@pytest.mark.parametrize(
    "given_", [0, -1, float("nan"), True, "1h", "PT1.5H30M", "-PT1H", "PT0S", b"PT1H", None, timedelta(0)]
)
def test_what_is_no_duration(given_: Any) -> None:
    with pytest.raises(InvalidInputError, match="it must be a duration above zero"):
        to_timedelta(given_, "it")


@pytest.mark.parametrize(
    "limit", [UNLIMITED, timedelta(10675199, 10085, 477581), timedelta.max, 1e12, "P10675199DT2H48M5.4775807S"]
)
def test_at_the_greatest_value_or_above_it_means_without_limit(limit: Any) -> None:
    """azure-batch 14 and 15 read the unlimited duration as that second timedelta, and send it back so."""
    for made in (
        task("t", "true", max_wall_clock_time=limit),
        task("t", "true", constraints=TaskConstraints(max_wall_clock_time=limit)),
        task("t", "true", constraints={"maxWallClockTime": limit}),
        TaskAddParameter("t", "true", constraints=TaskConstraints(max_wall_clock_time=limit)),
    ):
        assert made.to_dict()["constraints"] == {"maxWallClockTime": "P10675199DT2H48M5.4775807S"}


def test_whole_numbers_of_other_packages_are_taken() -> None:
    class Whole:
        def __index__(self) -> int:
            return 5

    assert validate_int(Whole(), "it", 1) == 5
    for wrong in (True, 5.0, "5", 0, None):
        with pytest.raises(InvalidInputError, match="it must be a whole number of 1 or more"):
            validate_int(wrong, "it", 1)


def test_seconds() -> None:
    assert [to_seconds(value, "it") for value in (0, 1.5, Fraction(3, 2), timedelta(minutes=1))] == [0, 1.5, 1.5, 60]
    for wrong in ("1", True, float("nan"), float("inf"), -1):
        with pytest.raises(InvalidInputError, match="it must be"):
            to_seconds(wrong, "it")


def test_a_request_takes_a_timedelta_as_its_timeout(mode: Mode, httpx_mock: Any) -> None:
    httpx_mock.add_response(status_code=404, json={"code": "TaskNotFound"})
    with pytest.raises(TaskNotFoundError):
        mode.run(lambda c: c.task.get("j", "t", timeout=timedelta(seconds=5)))
    assert httpx_mock.get_request().extensions["timeout"]["read"] == 5
