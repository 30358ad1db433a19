"""Ticks, ETags, and times and durations as text."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local.domain import clock

# Captured from the service: lastModified and ETag of the same object.
PAIRS = [
    ("2024-01-05T07:16:39.576627Z", "0x8DC0DBE42D1E1FE"),
    ("2023-06-28T15:07:28.1053667Z", "0x8DB77E9635B0BE3"),
]


@pytest.mark.parametrize(("text", "etag"), PAIRS)
def test_the_etag_is_the_time_in_ticks(text: str, etag: str) -> None:
    """The service's own pairs agree, both ways."""
    ticks = clock.from_text(text)
    assert clock.etag(ticks) == etag
    assert clock.to_text(ticks) == text


def test_the_longest_duration_is_that_of_the_service() -> None:
    """It is written for "no limit"."""
    assert clock.duration_from_text("P10675199DT2H48M5.4775807S") == clock.UNLIMITED == 2**63 - 1


def test_now_grows_in_every_thread() -> None:
    """No two calls get the same tick, and a block of ticks is nobody else's."""
    taken: list[int] = []

    def take() -> None:
        for _ in range(2000):
            first = clock.now(3)
            taken.extend((first, first + 1, first + 2))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(taken)) == len(taken) == 4 * 2000 * 3


def test_now_is_the_present() -> None:
    """Ticks agree with the machine's clock."""
    before = clock.from_datetime(datetime.now(UTC))
    assert before <= clock.now() <= clock.from_datetime(datetime.now(UTC)) + clock.SECOND


@given(st.integers(0, clock.LAST))
def test_text_is_read_back(ticks: int) -> None:
    """Every tick survives its text, and the text has no needless zero."""
    text = clock.to_text(ticks)
    assert clock.from_text(text) == ticks
    assert not text.removesuffix("Z").endswith("0") or "." not in text


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_text_agrees_with_datetime(moment: datetime) -> None:
    """Python's own reading of the text is the same moment."""
    text = clock.to_text(clock.from_datetime(moment))
    assert datetime.fromisoformat(text) == moment


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2024-01-05T08:16:39+01:00", "2024-01-05T07:16:39Z"),
        ("2024-01-05T07:16:39", "2024-01-05T07:16:39Z"),
        ("2024-01-05 07:16Z", "2024-01-05T07:16:00Z"),
        ("2024-01-05", "2024-01-05T00:00:00Z"),
        ("2024-01-05t07:16:39.12345678z", "2024-01-05T07:16:39.1234567Z"),
    ],
)
def test_many_ways_to_write_a_time(text: str, same: str) -> None:
    """Offsets, missing parts and more decimals than there are ticks."""
    assert clock.to_text(clock.from_text(text)) == same


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01", "2024-01-05T25:00:00Z", "0001-01-01T00:00:00+01:00"])
def test_no_time(text: str) -> None:
    """What is no time is a ValueError."""
    with pytest.raises(ValueError, match=r".+"):
        clock.from_text(text)


def test_http_dates() -> None:
    """RFC 1123 out, cut to seconds; several old forms in."""
    ticks = clock.from_text("2024-01-05T07:16:39.576627Z")
    assert clock.http_date(ticks) == "Fri, 05 Jan 2024 07:16:39 GMT"
    assert clock.from_http_date("Fri, 05 Jan 2024 07:16:39 GMT") == clock.cut_to_second(ticks)
    assert clock.from_http_date("Fri, 05 Jan 2024 08:16:39 +0100") == clock.cut_to_second(ticks)
    for text in ("", "soon", "Fri, 99 Jan 2024 07:16:39 GMT"):
        with pytest.raises(ValueError, match=r".+"):
            clock.from_http_date(text)


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("P3Y6M4DT12H30M5S", "P1279DT12H30M5S"),  # captured
        ("P10675199DT2H48M5.4775807S", "P10675199DT2H48M5.4775807S"),
        ("PT01H00M00S", "PT1H"),
        ("PT90M", "PT1H30M"),
        ("P1W", "P7D"),
        ("PT0.25S", "PT0.25S"),
        ("PT36H", "P1DT12H"),
        ("PT0S", "PT0S"),
        ("pt1h", "PT1H"),
        # azure-cli issues 9917, 22667, 29821: a fraction in any last place
        ("PT1.5H", "PT1H30M"),
        ("PT0.5M", "PT30S"),
        ("P0.5D", "PT12H"),
        ("P1.5W", "P10DT12H"),
        ("PT1,5H", "PT1H30M"),
        # at or above the greatest: without limit; azure-batch 14 and 15 read it as timedelta(10675199, 10085, 477581)
        ("P10675199DT2H48M5.477581S", clock.UNLIMITED_TEXT),
        ("P10675200D", clock.UNLIMITED_TEXT),
        ("P" + "9" * 40 + "D", clock.UNLIMITED_TEXT),
    ],
)
def test_durations_are_normalised(given_text: str, written: str) -> None:
    """Whatever the parts, it is written in days, hours, minutes and seconds."""
    assert clock.duration_text(clock.duration_from_text(given_text)) == written


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10675199)))
def test_durations_are_read_back(span: timedelta) -> None:
    """Every duration survives its text."""
    ticks = span // timedelta(microseconds=1) * 10
    assert clock.duration_from_text(clock.duration_text(ticks)) == ticks


@pytest.mark.parametrize("text", ["", "P", "PT", "1h", "-PT1S", "P1S", "PT1D", "P1.D", "P1,D", "PT.5H"])
def test_no_duration(text: str) -> None:
    """What is none, or negative, is a ValueError."""
    with pytest.raises(ValueError, match=r".+"):
        clock.duration_from_text(text)


def test_now_grows_however_slow_the_clock_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it stands still, or goes back."""
    first = clock.now()
    monkeypatch.setattr(clock, "wall", lambda: first)
    assert [clock.now(), clock.now(5), clock.now()] == [first + 1, first + 2, first + 7]
