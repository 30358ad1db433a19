"""Requests as such: versions, signatures, headers, paths and methods, whatever they are about."""

from __future__ import annotations

from tests.azure.contract.question import ABSENT, PRESENT, Question, Scenario
from tests.azure.questions.jobs import JOB, POOL, added

_GET = "GET /jobs/{job}"
_ID = "f4ee93b0-0a8a-4c2a-9f0d-5f3f4ee40e4e"


def _refused(kind: str, expect: str, needs: str = "", detail: str = "") -> Question:
    shows = {"values.0.key": "AuthenticationErrorDetail", "values.0.value": detail} if detail else {}
    return Question(f"authorization: {kind}", _GET, expect, auth=kind, needs=needs, shows=shows, settles=(
        ("code AuthenticationFailed", "security Entra", "section 6: 401 bodies")
        if "token" in kind or kind in ("none", "basic") else ()))  # fmt: skip


_VERSIONS = Scenario(
    "versions",
    (
        added(),
        Question("no version", _GET, "400 MissingRequiredQueryParameter", version=None),
        Question("a version that never was", _GET, "400", version="2031-01-01"),
        Question("not a version", _GET, "400", version="nosuch"),
        *(Question(f"version {version}", _GET, "200", version=version) for version in (
            "2022-01-01.15.0", "2024-02-01.19.0", "2024-07-01.20.0")),
        *(Question(f"older version {version}", _GET, "200", version=version) for version in (
            "2020-09-01.12.0", "2021-06-01.14.0", "2023-05-01.17.0")),
        Question("a very old version", _GET, "", version="2016-02-01.3.0"),
        Question("timeout", f"{_GET}?timeout=30", "200"),
        Question("timeOut", f"{_GET}?timeOut=30", "200", settles=("security SharedKey",)),
        Question("timeOut, signed in lower case", f"{_GET}?timeOut=30", "", auth="lower names", needs="key",
                 settles=("security SharedKey",)),
        Question("timeout in 2024-07-01.20.0", f"{_GET}?timeout=30", "200", version="2024-07-01.20.0"),
        Question("a timeout of zero", f"{_GET}?timeOut=0", ""),
        Question("a timeout of a word", f"{_GET}?timeOut=long", "400"),
    ),
)  # fmt: skip

_SIGNED = Scenario(
    "signed",
    (
        added(),
        _refused("none", "401 InvalidAuthenticationInfo or 401 AuthenticationFailed or 401"),
        _refused("no scheme", "400 InvalidAuthenticationInfo"),
        _refused("scheme alone", "400 InvalidAuthenticationInfo"),
        _refused("basic", ""),
        _refused("token without meaning", "401 AuthenticationFailed"),
        _refused("foreign token", "401 AuthenticationFailed"),
        _refused("wrong key", "403 AuthenticationFailed"),
        _refused("unknown account", "403 AuthenticationFailed", detail=(
            "Cannot find the claimed account when trying to GetProperties for the account nosuchaccountatall.")),
        _refused("late", "403 AuthenticationFailed", needs="key"),
    ),
)  # fmt: skip

_HEADERS = Scenario(
    "headers",
    (
        added(),
        Question("a client's request id", _GET, "200", headers={"client-request-id": _ID, "return-client-request-id": "true"},
                 answers={"client-request-id": "<guid>"}),
        Question("a client's request id, not asked back", _GET, "200", headers={"client-request-id": _ID},
                 answers={"client-request-id": ABSENT}),
        Question("a client's request id that is no GUID", _GET, "",
                 headers={"client-request-id": "x", "return-client-request-id": "true"}),
        Question("a plain media type", "POST /jobs", "201", {**JOB, "id": "{p}-headers2"},
                 headers={"Content-Type": "application/json"},
                 version="2024-07-01.20.0"),
        Question("another media type", "POST /jobs", "", {**JOB, "id": "{p}-headers3"}, headers={"Content-Type": "text/plain"}),
        Question("no media type", "POST /jobs", "", {**JOB, "id": "{p}-headers4"}, headers={"Content-Type": None}),
        Question("another charset", "POST /jobs", "", {**JOB, "id": "{p}-headers5"},
                 headers={"Content-Type": "application/json; charset=utf-8"}),
        Question("accept everything", _GET, "200", headers={"Accept": "*/*"}),
        Question("accept full metadata", _GET, "", headers={"Accept": "application/json; odata=fullmetadata"}),
        Question("accept no metadata", _GET, "", headers={"Accept": "application/json; odata=nometadata"}),
        Question("accept what is never sent", _GET, "", headers={"Accept": "text/html"}),
        Question("a header of the service", _GET, "200", answers={
            "request-id": "<guid>", "DataServiceVersion": "3.0", "Server": PRESENT, "Date": "<date>",
            "Content-Type": "application/json;odata=minimalmetadata"}),
        Question("a condition on an add", "POST /jobs", "400 UnsupportedHeader or 201", {**JOB, "id": "{p}-headers8"},
                 headers={"If-Match": "*"}),
        Question("a body that says it is compressed", "POST /jobs", "400", {**JOB, "id": "{p}-headers9"},
                 headers={"Content-Encoding": "gzip"}),
        Question("a get with Content-Length 0", _GET, "200", headers={"Content-Length": "0"}),
        Question("a body that is no JSON", "POST /jobs", "400 InvalidRequestBody", "{"),
        Question("a body that is a list", "POST /jobs", "400 InvalidRequestBody", "[]"),
        Question("an empty body", "POST /jobs", "400", ""),
        Question("a duplicate member", "POST /jobs", "", '{"id":"{p}-headers6","id":"{p}-headers6","poolInfo":{"poolId":"p"}}'),
        Question("a member in capitals", "POST /jobs", "", {"ID": "{p}-headers7", "poolInfo": POOL}),
    ),
)  # fmt: skip

_PATHS = Scenario(
    "paths",
    (
        added(),
        Question("a path that does not exist", "GET /nosuch", "404"),
        Question("a path below a job that does not exist", "GET /jobs/{job}/nosuch", "404"),
        Question("a slash at the end", "GET /jobs/{job}/", ""),
        Question("two slashes", "GET /jobs//{job}", ""),
        Question("capitals in the path", "GET /JOBS/{job}", ""),
        Question("a method that is not allowed", "POST /jobs/{job}", "405"),
        Question("head of a job", "HEAD /jobs/{job}", "405"),
        Question("a method that does not exist", "BREW /jobs/{job}", "400 or 405"),
        Question("a percent sign alone", "GET /jobs/{job}%ff", "400 or 404"),
        Question("metadata", "GET /$metadata", ""),
        Question("an encoded id", "GET /jobs/%7B{job}%7D", "404 JobNotFound"),
    ),
)  # fmt: skip

SCENARIOS = (_VERSIONS, _SIGNED, _HEADERS, _PATHS)
