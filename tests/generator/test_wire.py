"""Durations, times, enumerations and representation: the functions that the generated models call."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_rest import _wire as wire
from batchtasks_rest.models import TaskState

durations = st.timedeltas(min_value=datetime.timedelta(days=-999999), max_value=datetime.timedelta(days=10675198))
moments = st.datetimes(timezones=st.just(datetime.UTC))


@given(durations)
def test_a_duration_survives_the_way_out_and_back(length: datetime.timedelta) -> None:
    assert wire.read_duration(wire.write_duration(length)) == length


@given(moments)
def test_a_time_survives_the_way_out_and_back(moment: datetime.datetime) -> None:
    assert wire.read_datetime(wire.write_datetime(moment)) == moment


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT1H", datetime.timedelta(hours=1)),
        ("PT01H00M00S", datetime.timedelta(hours=1)),
        ("P1279DT12H30M5S", datetime.timedelta(days=1279, hours=12, minutes=30, seconds=5)),
        ("P3Y6M4DT12H30M5S", datetime.timedelta(days=1279, hours=12, minutes=30, seconds=5)),
        ("P2W", datetime.timedelta(days=14)),
        ("PT0.1234567S", datetime.timedelta(microseconds=123457)),
        ("PT0S", datetime.timedelta()),
        ("-PT5M", datetime.timedelta(minutes=-5)),
        ("P10675199DT2H48M5.4775807S", wire.UNLIMITED),
        ("P10675200D", wire.UNLIMITED),
        ("P99999999999999Y", wire.UNLIMITED),
        ("PT1.5H", datetime.timedelta(minutes=90)),
        ("PT0,5M", datetime.timedelta(seconds=30)),
        ("P0.5D", datetime.timedelta(hours=12)),
        ("P1.5W", datetime.timedelta(days=10.5)),
    ],
)
def test_the_durations_that_the_service_writes_are_read(text: str, length: datetime.timedelta) -> None:
    assert wire.read_duration(text) == length


@pytest.mark.parametrize(
    "odd", ["", "P", "PT", "1 hour", "-P99999999999999Y", "PT1.5H30M", "P1.5DT1H", "P" + "9" * 5000, 5, None]
)
def test_an_odd_duration_passes_as_it_is(odd: Any) -> None:
    assert wire.read_duration(odd) == odd


def test_no_limit_goes_back_exactly_as_it_came() -> None:
    assert wire.write_duration(wire.UNLIMITED) == "P10675199DT2H48M5.4775807S"
    assert wire.write_duration("PT90S") == "PT90S"
    assert [wire.write_duration(seconds) for seconds in (90, 0.5)] == ["PT1M30S", "PT0.5S"]
    for beyond in (datetime.timedelta(10675199, 10085, 477581), datetime.timedelta.max, 1e30, float("inf")):
        assert wire.write_duration(beyond) == "P10675199DT2H48M5.4775807S"
    assert wire.write_duration(datetime.timedelta()) == "PT0S"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-05T07:16:39.576627Z", datetime.datetime(2024, 1, 5, 7, 16, 39, 576627, datetime.UTC)),
        ("2024-01-05T07:16:37.5685707Z", datetime.datetime(2024, 1, 5, 7, 16, 37, 568570, datetime.UTC)),
        ("2024-01-05T07:16:37", datetime.datetime(2024, 1, 5, 7, 16, 37, 0, datetime.UTC)),
        ("2024-01-05T09:16:37+02:00", datetime.datetime(2024, 1, 5, 7, 16, 37, 0, datetime.UTC)),
        ("0001-01-01T00:00:00+02:00", "0001-01-01T00:00:00+02:00"),
        ("yesterday", "yesterday"),
        (12, 12),
    ],
)
def test_times_are_aware_and_odd_ones_pass(text: Any, moment: Any) -> None:
    found = wire.read_datetime(text)
    assert found == moment
    assert not isinstance(found, datetime.datetime) or found.tzinfo is datetime.UTC


def test_a_time_is_written_in_utc() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    assert wire.write_datetime(datetime.datetime(2024, 1, 5, 9, tzinfo=zone)) == "2024-01-05T07:00:00Z"


@pytest.mark.parametrize("value", ["completed", "Completed", "frozen", "", 5, None, True, [], {}, ["completed"]])
def test_an_enumeration_takes_its_values_in_any_letter_case_and_other_things_as_they_are(value: Any) -> None:
    found = wire.read_enum(TaskState, value)
    assert found == (value.lower() if isinstance(value, str) else value)
    assert isinstance(found, TaskState) is isinstance(value, str)
    assert (found is TaskState.COMPLETED) is (found == "completed")


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("5", 5), ("five", "five"), ([], [])])
def test_a_number_is_read_from_either_form(value: Any, number: Any) -> None:
    assert wire.read_int(value) == number


def test_a_representation_shows_what_is_set_and_no_secret() -> None:
    from batchtasks_rest.models import ContainerRegistry, OutputFileBlobContainerDestination, TaskConstraints

    assert repr(TaskConstraints(max_task_retry_count=3)) == "TaskConstraints(max_task_retry_count=3)"
    assert "hunter2" not in repr(ContainerRegistry(username="u", password="hunter2"))
    url = "https://a.blob.core.windows.net/c?sv=1&sig=c2VjcmV0&se=2"
    assert "c2VjcmV0" not in repr(OutputFileBlobContainerDestination(container_url=url))
