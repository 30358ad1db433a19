"""The table of conditional requests: header by resource by verb, and which headers may be combined."""

from __future__ import annotations

import itertools

import pytest

from batchtasks_local.domain import clock
from batchtasks_local.http import conditions
from batchtasks_local.http.errors import BatchError

MODIFIED = clock.from_text("2024-01-05T07:16:39.576627Z")
TAG = clock.etag(MODIFIED)
SAME_SECOND = "Fri, 05 Jan 2024 07:16:39 GMT"
BEFORE = "Fri, 05 Jan 2024 07:16:38 GMT"
AFTER = "Fri, 05 Jan 2024 07:16:40 GMT"
CODES = ("ConditionNotMet", "MultipleConditionHeadersNotSupported")
ALL = frozenset(conditions.HEADERS)

# header, value, status of a read, status of a write; 0 is "goes on"
TABLE = [
    ("if-match", TAG, 0, 0),
    ("if-match", f'"{TAG}"', 0, 0),
    ("if-match", f'W/"{TAG.lower()}"', 0, 0),
    ("if-match", f'"0x1", "{TAG}"', 0, 0),
    ("if-match", "*", 0, 0),
    ("if-match", "0x1", 412, 412),
    ("if-none-match", "0x1", 0, 0),
    ("if-none-match", TAG, 304, 412),
    ("if-none-match", f'"{TAG}"', 304, 412),
    ("if-none-match", "*", 304, 412),
    ("if-modified-since", BEFORE, 0, 0),
    ("if-modified-since", SAME_SECOND, 304, 412),
    ("if-modified-since", AFTER, 304, 412),
    ("if-unmodified-since", BEFORE, 412, 412),
    ("if-unmodified-since", SAME_SECOND, 0, 0),
    ("if-unmodified-since", AFTER, 0, 0),
]


def outcome(headers: dict[str, str], *, reading: bool) -> int:
    """0, or the status of the refusal."""
    try:
        conditions.check(conditions.read(headers, ALL), MODIFIED, reading=reading)
    except BatchError as error:
        return error.status_code if error.code in CODES else -1
    return 0


@pytest.mark.parametrize(("header", "value", "read", "write"), TABLE)
def test_each_header(header: str, value: str, read: int, write: int) -> None:
    """One header decides as the table says."""
    assert outcome({header: value}, reading=True) == read
    assert outcome({header: value}, reading=False) == write


def test_304_tells_the_tag_it_answers_for() -> None:
    """A cache learns the tag and the date with the 304."""
    with pytest.raises(BatchError) as caught:
        conditions.check(conditions.read({"if-none-match": TAG}, ALL), MODIFIED, reading=True)
    assert dict(caught.value.headers) == {"ETag": TAG, "Last-Modified": SAME_SECOND}


def test_if_none_match_outranks_if_modified_since() -> None:
    """Of these two only If-None-Match counts, whichever way they fall."""
    assert outcome({"if-none-match": "0x1", "if-modified-since": AFTER}, reading=True) == 0
    assert outcome({"if-none-match": TAG, "if-modified-since": BEFORE}, reading=True) == 304


def test_if_match_outranks_if_unmodified_since() -> None:
    """Of these two only If-Match counts, whichever way they fall."""
    assert outcome({"if-match": TAG, "if-unmodified-since": BEFORE}, reading=False) == 0
    assert outcome({"if-match": "0x1", "if-unmodified-since": AFTER}, reading=False) == 412


def test_every_other_combination_is_refused() -> None:
    """Other pairs, and all triples and more, are 400."""
    values = {"if-match": "*", "if-none-match": "*", "if-modified-since": BEFORE, "if-unmodified-since": AFTER}
    allowed = [{"if-match", "if-unmodified-since"}, {"if-none-match", "if-modified-since"}]
    for size in (2, 3, 4):
        for names in itertools.combinations(values, size):
            if set(names) not in allowed:
                assert outcome({name: values[name] for name in names}, reading=True) == 400, names


def test_header_that_the_operation_does_not_take_is_refused() -> None:
    """A protection that would not be given is not passed over in silence."""
    with pytest.raises(BatchError) as caught:
        conditions.read({"if-match": TAG}, frozenset(conditions.DATES))
    assert caught.value.code == "UnsupportedHeader"
    assert ("HeaderName", "If-Match") in caught.value.values


@pytest.mark.parametrize(("name", "value"), [("if-match", ""), ("if-match", '""'), ("if-modified-since", "yesterday")])
def test_unreadable_values_are_named(name: str, value: str) -> None:
    """A header that cannot be read is InvalidHeaderValue with its value."""
    with pytest.raises(BatchError) as caught:
        conditions.read({name: value}, ALL)
    assert caught.value.code == "InvalidHeaderValue"
    assert ("HeaderValue", value) in caught.value.values


@pytest.mark.parametrize(
    ("tag_header", "date_header"), [("if-none-match", "if-modified-since"), ("if-match", "if-unmodified-since")]
)
@pytest.mark.parametrize(("bad", "value"), [("date", "yesterday"), ("tag", '""'), ("both", "")])
def test_both_headers_of_a_pair_must_be_readable(tag_header: str, date_header: str, bad: str, value: str) -> None:
    """Also the one that does not count beside the other."""
    headers = {
        tag_header: TAG if bad == "date" else value,
        date_header: BEFORE if bad == "tag" else value,
    }
    with pytest.raises(BatchError) as caught:
        conditions.read(headers, ALL)
    assert (caught.value.status_code, caught.value.code) == (400, "InvalidHeaderValue")
    assert ("HeaderValue", value) in caught.value.values


def test_no_condition_is_always_met() -> None:
    """Without a header nothing is checked."""
    assert conditions.read({}, frozenset()) is None
    conditions.check(None, MODIFIED, reading=False)
