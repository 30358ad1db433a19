"""Whatever is sent, the answer is the service's own: never a 5xx, always a BatchError where it is a refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

PATHS = [
    "/jobs",
    "/jobs/{}",
    "/jobs/{}/tasks",
    "/jobs/job1/tasks/{}",
    "/jobs/job1/tasks/{}/subtasksinfo",
    "/jobs/job1/tasks/t0/files",
    "/jobs/job1/tasks/t0/files/{}",
    "/jobs/{}/taskcounts",
    "/{}",
]
METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
HEADERS = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "ocp-range", "client-request-id"]
HEADERS += ["return-client-request-id", "ocp-date", "Content-Type", "Range", "Accept", "Host"]
QUERIES = ["$filter", "$select", "$expand", "maxresults", "$skiptoken", "timeout", "recursive", "force", "api-version"]

_text = st.text(max_size=30)
_latin = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30)


@pytest.fixture
def fuzzed(make_api: Callable[..., Any]) -> Any:
    """One service for all examples of a test, with a job and a task that has files; requests carry a token."""
    api = make_api()
    api.job()
    api.tasks(1)
    folder: Path = api.folder / "job1" / "t0"
    folder.mkdir(parents=True)
    (folder / "stdout.txt").write_text("hello")
    return api


def check(answer: httpx.Response) -> None:
    """An answer that a client can read."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert answer.json()["code"]
    assert answer.headers["request-id"]


@FUZZ
@given(st.sampled_from(METHODS), st.sampled_from(PATHS), _text)
@example("GET", "/jobs/{}", "..")
@example("DELETE", "/jobs/job1/tasks/t0/files/{}", "../../..")
def test_ids_and_paths(fuzzed: Any, method: str, path: str, name: str) -> None:
    """Any text as an id or a file's name. At the root, what is empty or begins with `_` is not Batch's.

    Dots are encoded: the client would otherwise fold `/jobs/..` into `/` before anything is sent.
    """
    if path == "/{}":
        name = f"x{name}"
    check(fuzzed.send(method, path.format(quote(name, safe="").replace(".", "%2E"))))


@FUZZ
@given(st.sampled_from(PATHS[:6]), st.sampled_from(QUERIES), _text)
def test_queries(fuzzed: Any, path: str, name: str, value: str) -> None:
    """Any text as a parameter."""
    check(fuzzed.get(f"{path.format('job1')}?{name}={quote(value)}"))


@FUZZ
@given(
    st.sampled_from(["/jobs/job1/tasks/t0", "/jobs/job1/tasks/t0/files/stdout.txt", "/jobs"]),
    st.sampled_from(HEADERS),
    _latin,
)
def test_headers(fuzzed: Any, path: str, name: str, value: str) -> None:
    """Any bytes in a header."""
    check(fuzzed.get(path, headers={name: value.encode("latin-1"), "Authorization": b"Bearer x"}, auth=None))


@FUZZ
@given(_latin)
def test_authorization(fuzzed: Any, value: str) -> None:
    """Any bytes as credentials: nobody is let in."""
    for scheme in ("", "SharedKey ", "SharedKey localbatch:"):
        headers = {"Authorization": (scheme + value).encode("latin-1"), "ocp-date": b"now"}
        answer = fuzzed.get("/jobs", headers=headers, auth=None)
        check(answer)
        assert answer.status_code in (400, 401, 403)


_leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _text
_ids = st.sampled_from(["a", "B", "1", "x-_"]) | _text


def _tasks(names: list[str]) -> st.SearchStrategy[Any]:
    """Tasks that are nearly right: known members, now and then with something odd in them."""
    odd = st.recursive(_leaf, lambda parts: st.lists(parts, max_size=2) | st.dictionaries(_text, parts, max_size=2))
    return st.fixed_dictionaries({"id": _ids, "commandLine": _text}, optional=dict.fromkeys(names, odd))


MEMBERS = [
    "constraints",
    "dependsOn",
    "exitConditions",
    "resourceFiles",
    "requiredSlots",
    "userIdentity",
    "displayName",
]


@FUZZ
@given(st.lists(_tasks(MEMBERS), max_size=4))
def test_bodies(fuzzed: Any, tasks: list[Any]) -> None:
    """Nearly right tasks."""
    check(fuzzed.post("/jobs/job1/addtaskcollection", {"value": tasks}))
    check(fuzzed.get("/jobs/job1/tasks"))
