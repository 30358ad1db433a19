"""Shared Key and bearer tokens: what is let in, what is refused, what the refusal says."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from batchtasks_local import Settings
from batchtasks_local.domain import clock
from batchtasks_local.http import auth
from batchtasks_local.http.auth import Authenticator
from batchtasks_local.http.errors import BatchError
from batchtasks_local.http.exchange import Exchange

Refused = Callable[[httpx.Response, int, str], dict[str, str]]

KEY = base64.b64encode(bytes(range(64))).decode()
DATE = "Tue, 05 Nov 2024 10:00:00 GMT"
TYPE = "application/json; odata=minimalmetadata; charset=utf-8"

# method, path, query, headers, signature: the four published vectors
VECTORS = [
    (
        "GET",
        "/jobs/job1/tasks",
        "api-version=2024-02-01.19.0&$filter=state%20eq%20%27active%27&maxresults=10&timeout=30",
        {},
        "DwOD4G/8khAq8L52oYiwOAf/57Q8LtEjopG4u/EYOtU=",
    ),
    (
        "POST",
        "/jobs/job1/tasks/task1/terminate",
        "api-version=2024-02-01.19.0",
        {"content-length": "0"},
        "ypB0No5tklYTaJGyaXYTnN/zj2PUrlTR4YCw0u1IrY0=",
    ),
    (
        "POST",
        "/jobs/job1/tasks",
        "api-version=2024-02-01.19.0",
        {"content-length": "38", "content-type": TYPE},
        "wtikWOgeOCqgLIAKyavzIiQ+XXkeB2l2Alp7OiF1rWU=",
    ),
    (
        "GET",
        "/jobs/job1/tasks/task1/files/wd%2Fout.txt",
        "api-version=2024-02-01.19.0",
        {"ocp-range": "bytes=0-9"},
        "nV1FFTBHvH9HamH8L0bJ4mse1phaqTN9OBmaiUZK3m0=",
    ),
]


def exchange(method: str, path: str, query: str, headers: dict[str, str], **more: Any) -> Exchange:
    """A request as the service sees it."""
    return Exchange(method, path, query, {"ocp-date": DATE, **headers}, "http://127.0.0.1:10100", **more)


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> Authenticator:
    """An authenticator at the date of the vectors."""
    monkeypatch.setattr(clock, "wall", lambda: clock.from_http_date(DATE))
    return Authenticator(Settings(account="myaccount", key=KEY))


@pytest.mark.parametrize(("method", "path", "query", "headers", "signature"), VECTORS)
def test_vectors(
    checker: Authenticator, method: str, path: str, query: str, headers: dict[str, str], signature: str
) -> None:
    """The published signatures are accepted, and no others."""
    signed = {**headers, "authorization": f"SharedKey myaccount:{signature}"}
    checker.check(exchange(method, path, query, signed))
    for change in ({"ocp-extra": "1"}, {"content-md5": "x"}, {"range": "bytes=0-1"}, {"if-match": "*"}):
        with pytest.raises(BatchError) as caught:
            checker.check(exchange(method, path, query, signed | change))
        assert (caught.value.status_code, caught.value.code) == (403, "AuthenticationFailed")
    with pytest.raises(BatchError):
        checker.check(exchange(method, path + "x", query, signed))
    with pytest.raises(BatchError):
        checker.check(exchange("PUT", path, query, signed))


def sign(text: str) -> str:
    """A signature, computed apart from the service."""
    return base64.b64encode(hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()).decode()


PLAIN = "GET\n\n\n\n\n\n\n\n\n\n\n\n"


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("timeOut=20&api-version=v", "\napi-version:v\ntimeOut:20"),
        ("timeOut=20&api-version=v", "\napi-version:v\ntimeout:20"),
        ("a=&api-version=v", "\napi-version:v"),
        ("a=&api-version=v", "\na:\napi-version:v"),
        ("a=2&a=1&api-version=v", "\na:1,2\napi-version:v"),
        ("a=2&a=1&api-version=v", "\na:2\napi-version:v"),
        ("a=x+y&api-version=v", "\na:x y\napi-version:v"),
        ("a=x+y&api-version=v", "\na:x+y\napi-version:v"),
        ("$skiptoken=ab%2Fcd%3D%3D&api-version=v", "\n$skiptoken:ab/cd==\napi-version:v"),
    ],
)
def test_each_way_to_write_the_query(checker: Authenticator, query: str, lines: str) -> None:
    """The reference page and the official clients differ; both sign well."""
    signature = sign(f"{PLAIN}ocp-date:{DATE}\n/myaccount/jobs{lines}")
    checker.check(exchange("GET", "/jobs", query, {"authorization": f"SharedKey myaccount:{signature}"}))


@pytest.mark.parametrize("sent", [None, "0"])
@pytest.mark.parametrize("signed", ["", "0"])
def test_no_body_is_signed_as_nothing_or_as_0(checker: Authenticator, sent: str | None, signed: str) -> None:
    """A client may sign 0 and the transport leave the header out, or the other way round."""
    signature = sign(f"DELETE\n\n\n{signed}\n\n\n\n\n\n\n\n\nocp-date:{DATE}\n/myaccount/jobs/j")
    headers = {"authorization": f"SharedKey myaccount:{signature}"} | ({"content-length": sent} if sent else {})
    checker.check(exchange("DELETE", "/jobs/j", "", headers))


def test_date_header_instead_of_ocp_date(checker: Authenticator) -> None:
    """Date is signed in its own line; beside an ocp-date it counts as empty."""
    signature = sign(f"GET\n\n\n\n\n\n{DATE}\n\n\n\n\n\n/myaccount/jobs")
    plain = Exchange("GET", "/jobs", "", {"date": DATE, "authorization": f"SharedKey myaccount:{signature}"}, "")
    checker.check(plain)
    signature = sign(f"{PLAIN}ocp-date:{DATE}\n/myaccount/jobs")
    headers = {"date": "Mon, 01 Jan 2001 00:00:00 GMT", "authorization": f"SharedKey myaccount:{signature}"}
    checker.check(exchange("GET", "/jobs", "", headers))


@pytest.mark.parametrize("minutes", [-16, 16])
def test_dates_too_far_away(checker: Authenticator, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Fifteen minutes either way."""
    monkeypatch.setattr(clock, "wall", lambda: clock.from_http_date(DATE) + minutes * clock.MINUTE)
    signature = sign(f"{PLAIN}ocp-date:{DATE}\n/myaccount/jobs")
    with pytest.raises(BatchError) as caught:
        checker.check(exchange("GET", "/jobs", "", {"authorization": f"SharedKey myaccount:{signature}"}))
    assert caught.value.code == "AuthenticationFailed"
    assert DATE in caught.value.values[0][1]


def test_a_clock_that_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared is the clock as it is now, though the times of the service's own never go back."""
    right = (clock.from_http_date(DATE) - clock.UNIX_EPOCH) * 100
    monkeypatch.setattr(clock, "_latest", 0)
    for hours in (5, 0):
        monkeypatch.setattr("time.time_ns", lambda hours=hours: right + hours * 3600 * 10**9)
        latest = clock.now()
    assert latest > clock.wall() + 4 * 60 * clock.MINUTE
    signature = sign(f"{PLAIN}ocp-date:{DATE}\n/myaccount/jobs")
    checker = Authenticator(Settings(account="myaccount", key=KEY))
    checker.check(exchange("GET", "/jobs", "", {"authorization": f"SharedKey myaccount:{signature}"}))


def test_a_wrong_key_is_told_the_string_to_sign_but_not_the_key(api: Any, refused: Refused) -> None:
    """403 with what the server signed, as the real one does."""
    from_elsewhere = type(api.auth)(api.auth.account, KEY)
    answer = api.get("/jobs?$filter=id%20eq%20'x'", auth=from_elsewhere)
    detail = refused(answer, 403, "AuthenticationFailed")["AuthenticationErrorDetail"]
    assert answer.json()["message"]["value"].startswith(
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly"
        " including the signature.\n"
    )
    assert "Server used following string to sign: 'GET\n" in detail
    assert "/localbatch/jobs\n$filter:id eq 'x'\napi-version:2025-06-01" in detail
    settings = api.context.settings
    assert settings.key not in answer.text
    assert auth.sign(detail.split("string to sign: '")[1][:-2], settings.key_bytes).decode() not in answer.text


def test_settings_do_not_show_the_key() -> None:
    """Not in a repr."""
    assert KEY not in repr(Settings(key=KEY))


def test_wrong_account(api: Any, refused: Refused) -> None:
    """The name is checked first, and the error has it."""
    answer = api.get("/jobs", auth=type(api.auth)("other", api.auth.key))
    assert "for the account other." in refused(answer, 403, "AuthenticationFailed")["AuthenticationErrorDetail"]


@pytest.mark.parametrize(
    "header", ["Basic abc", "SharedKey", "SharedKey x", "SharedKey :x", "SharedKey x:", "Bearer", "Bearer a b"]
)
def test_malformed(api: Any, refused: Refused, header: str) -> None:
    """400 InvalidAuthenticationInfo."""
    headers = {"Authorization": header, "ocp-date": formatdate(usegmt=True)}
    refused(api.get("/jobs", auth=None, headers=headers), 400, "InvalidAuthenticationInfo")


def test_no_authorization(api: Any, refused: Refused) -> None:
    """401, with a challenge."""
    answer = api.get("/jobs", auth=None)
    refused(answer, 401, "AuthenticationFailed")
    assert answer.headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("date", [None, "now"])
def test_no_date(api: Any, refused: Refused, date: str | None) -> None:
    """A signed request needs a date."""
    headers = {"Authorization": "SharedKey localbatch:abc"} | ({"Date": date} if date else {})
    refused(api.get("/jobs", auth=None, headers=headers), 403, "AuthenticationFailed")


def test_bearer_tokens(api: Any, make_api: Any, refused: Refused) -> None:
    """Any token from this machine, unless switched off."""
    token = {"Authorization": "Bearer eyJ0eXAi.eyJhdWQi.c2ln"}
    assert api.get("/jobs", auth=None, headers=token).status_code == 200
    strict = make_api(accept_any_token=False)
    refused(strict.get("/jobs", auth=None, headers=token), 401, "AuthenticationFailed")


def test_bearer_tokens_from_elsewhere() -> None:
    """A token says nothing when it comes from another machine."""
    checker = Authenticator(Settings())
    with pytest.raises(BatchError) as caught:
        checker.check(exchange("GET", "/jobs", "", {"authorization": "Bearer abc"}, client="192.0.2.7"))
    assert caught.value.status_code == 401
    checker.check(exchange("GET", "/jobs", "", {"authorization": "Bearer abc"}, client="::1"))
