"""Mistakes are named before anything is sent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks import AsyncBatchClient, BatchClient, task
from batchtasks import errors as e
from batchtasks._core.executor import MAX_BODY
from batchtasks._core.sync_async import run_sync
from batchtasks._validation.arguments import validate_request
from batchtasks.models import ResourceFile, TaskAddParameter, TaskConstraints
from batchtasks_rest._facts import API_VERSIONS, MARKS
from tests.batchtasks.support import Mode, ScriptedBackend, answer, executor, script

AUTO_POOL = {"poolLifetimeOption": "job"}

Use = Any


async def a_coroutine(exchange: object) -> None:
    """No hook: nobody would await it."""


BAD: dict[str, tuple[Use, type[Exception], str]] = {
    "id with a blank": (lambda c: c.task.get("j", "a b"), e.InvalidIdError, "task id 'a b'"),
    "empty id": (lambda c: c.task.delete("j", ""), e.InvalidIdError, "task id ''"),
    "empty job id": (lambda c: c.task.get("", "t"), e.InvalidIdError, "job id ''"),
    "long id": (lambda c: c.task.get("j", "t" * 65), e.InvalidIdError, "t' has 65 characters; .* at most 64"),
    "long job id": (lambda c: c.job.get("j" * 129), e.InvalidIdError, "j' has 129 characters; .* at most 128"),
    "slash in an id": (lambda c: c.task.terminate("j/k", "t"), e.InvalidIdError, "job id 'j/k'"),
    "no job id": (lambda c: c.job.get(None), e.InvalidIdError, "job id must be text, not NoneType"),
    "no task id": (lambda c: c.task.raw.delete("j", None), e.InvalidIdError, "task id must be text, not NoneType"),
    "a number for an id": (lambda c: c.task.get("j", task_id=5), e.InvalidIdError, "task id must be text, not int"),
    "a task for an id": (lambda c: c.task.get("j", task("t", "x")), e.InvalidIdError, "not TaskAddParameter"),
    "no job id for many": (lambda c: c.task.delete_many(None, ["t"]), e.InvalidIdError, "job id must be text"),
    "no job id for a list": (lambda c: c.task.list(None), e.InvalidIdError, "job id must be text"),
    "no path": (lambda c: c.file.delete_from_task("j", "t", ""), e.InvalidInputError, "'' is no path of a file"),
    "None for a path": (lambda c: c.file.get_from_task("j", "t", None), e.InvalidInputError, "None is no path"),
    "a list of headers": (lambda c: c.task.get("j", "t", headers=["x"]), e.InvalidInputError, "headers must map"),
    "a timeout of nothing": (lambda c: c.task.get("j", "t", timeout=0), e.InvalidInputError, "timeout must be"),
    "a timeout for many": (
        lambda c: c.task.add_collection("j", [task("t", "x")], timeout="5"),
        e.InvalidInputError,
        "timeout must be",
    ),
    "a header for many": (
        lambda c: c.task.add_collection("j", [task("t", "x")], headers={"x": 5}),
        e.InvalidInputError,
        "the value of x must be text",
    ),
    "dots": (lambda c: c.task.delete("j", ".."), e.InvalidIdError, r"task id '\.\.'"),
    "id of a new task": (lambda c: c.task.add("j", {"id": "é", "commandLine": "x"}), e.InvalidIdError, "task id 'é'"),
    "id of a new job": (
        lambda c: c.job.add({"id": "a:b", "poolInfo": {"poolId": "p"}}),
        e.InvalidIdError,
        "job id 'a:b'",
    ),
    "a task that depends on itself": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "dependsOn": {"taskIds": ["a", "T"]}}),
        e.InvalidInputError,
        "task t: depends_on names the task itself",
    ),
    "unknown member": (
        lambda c: c.task.add("j", {"id": "t", "commandline": "x"}),
        e.UnknownFieldError,
        "task t has no member 'commandline'. Did you mean 'commandLine'",
    ),
    "unknown member inside": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "constraints": {"maxRetries": 1}}),
        e.UnknownFieldError,
        r"task t: constraints has no member 'maxRetries'",
    ),
    "unknown member in a list": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "resourceFiles": [{"httpurl": "http://x"}]}),
        e.UnknownFieldError,
        r"task t: resource_files\[0\] has no member 'httpurl'. Did you mean 'httpUrl'",
    ),
    "no pool": (
        lambda c: c.job.add({"id": "j", "poolInfo": {}}),
        e.MissingFieldError,
        "needs exactly one of poolId, autoPoolSpecification, which is missing",
    ),
    "two pools": (
        lambda c: c.job.add({"id": "j", "poolInfo": {"poolId": "p", "autoPoolSpecification": AUTO_POOL}}),
        e.InvalidInputError,
        "not poolId and autoPoolSpecification together",
    ),
    "missing member": (lambda c: c.task.add("j", {"id": "t"}), e.MissingFieldError, "task t needs command_line"),
    "missing member inside": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "environmentSettings": [{"value": "1"}]}),
        e.MissingFieldError,
        r"task t: environment_settings\[0\] needs name",
    ),
    "text for a number": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "requiredSlots": "many"}),
        e.InvalidInputError,
        "task t: required_slots must be a whole number, not text 'many'",
    ),
    "text for a model": (
        lambda c: c.task.add("j", TaskAddParameter("t", "x", constraints="PT1H")),  # type: ignore[arg-type]
        e.InvalidInputError,
        "task t: constraints must be an object with .*, not text 'PT1H'",
    ),
    "no duration": (
        lambda c: c.task.update("j", "t", TaskConstraints(max_wall_clock_time=-60)),  # type: ignore[arg-type]
        e.InvalidInputError,
        "constraints: max_wall_clock_time must be a duration above zero .*, not -60",
    ),
    "text in a list of objects": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "resourceFiles": ["https://x/a"]}),
        e.InvalidInputError,
        r"task t: resource_files\[0\] must be an object with .* or httpUrl, not text 'https://x/a'",
    ),
    "one object for a list": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "resourceFiles": {"httpUrl": "https://x"}}),
        e.InvalidInputError,
        r"task t: resource_files must be a list, not dict. If there is one only, write a list of one",
    ),
    "one model for a list": (
        lambda c: c.task.add("j", TaskAddParameter("t", "x", resource_files=ResourceFile())),  # type: ignore[arg-type]
        e.InvalidInputError,
        r"task t: resource_files must be a list, not ResourceFile. If there is one only",
    ),
    "an unknown value of an enumeration": (
        lambda c: c.task.add(
            "j", {"id": "t", "commandLine": "x", "exitConditions": {"default": {"jobAction": "terminat"}}}
        ),
        e.InvalidInputError,
        "task t: exit_conditions.default.job_action must be one of none, disable, terminate, not text 'terminat'",
    ),
    "a password that is no text": (
        lambda c: c.task.add(
            "j",
            {"id": "t", "commandLine": "x", "containerSettings": {"imageName": "u", "registry": {"password": 4711}}},
        ),
        e.InvalidInputError,
        r"password must be text, not int\.$",
    ),
    "half of a surrogate pair in a path": (
        lambda c: c.file.get_from_task("j", "t", "a\ud800"),
        e.InvalidInputError,
        "no path of a file",
    ),
    "half of a surrogate pair in a filter": (
        lambda c: c.task.list("j", filter="id eq '\udfff'"),
        e.InvalidInputError,
        "half of a surrogate pair",
    ),
    "a member under both of its names": (
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "command_line": "y"}),
        e.InvalidInputError,
        "task t: command_line is there twice, also as 'commandLine'",
    ),
    "a list for a collection": (
        lambda c: c.task.raw.add_collection("j", [task("t", "x")]),
        e.InvalidInputError,
        "value must be an object with value, not list",
    ),
    "unknown member in a collection": (
        lambda c: c.task.raw.add_collection("j", {"value": [{"id": "t", "commandline": "x"}]}),
        e.UnknownFieldError,
        r"value: value\[0\] has no member 'commandline'",
    ),
    "no task at all": (
        lambda c: c.task.add("j", "t"),
        e.InvalidInputError,
        "task must be an object with id and commandLine, not text 't'",
    ),
    "a selection of no name": (lambda c: c.task.get("j", "t", select=["id", 5]), e.UnknownFieldError, "no '5'"),
    "unknown selection": (lambda c: c.task.get("j", "t", select=["id", "stat"]), e.UnknownFieldError, "no 'stat'"),
    "unknown expansion": (lambda c: c.task.get("j", "t", expand="nodes"), e.UnknownFieldError, r"\$expand"),
    "Python's spelling": (lambda c: c.job.get("j", select="pool_info"), e.UnknownFieldError, "Did you mean 'poolInfo'"),
    "page of none": (lambda c: c.task.list("j", max_results=0), e.InvalidInputError, "max_results .* from 1 to 1000"),
    "page too large": (lambda c: c.job.list(max_results=1001), e.InvalidInputError, "max_results .* not 1001"),
    "no time": (lambda c: c.task.get("j", "t", server_timeout=0), e.InvalidInputError, "server_timeout"),
    "text as a condition": (
        lambda c: c.task.update("j", "t", condition="0x8D1"),
        e.ConditionError,
        r"condition='0x8D1' is no condition: write condition=if_match",
    ),
    "not JSON": (
        lambda c: c.task.add("j", TaskAddParameter("t", "x", additional_properties={"x": {1, 2}})),
        e.InvalidInputError,
        "cannot be written as JSON",
    ),
    "a lone surrogate": (lambda c: c.task.add("j", task("t", "\ud800")), e.InvalidInputError, "cannot be written"),
    "too large": (
        lambda c: c.task.add("j", task("t", "x" * MAX_BODY)),
        e.BodyTooLargeError,
        "1,048,6.. bytes; the service takes 1,048,576",
    ),
    "a header not in ASCII": (lambda c: c.task.get("j", "t", headers={"x-a": "é"}), e.InvalidInputError, "ASCII"),
    "wait for what": (lambda c: c.task.wait("j", until="done"), e.InvalidInputError, "'completed' or 'running'"),
    "wait for a number": (
        lambda c: c.task.wait("j", 5),
        e.InvalidInputError,
        "tasks must be tasks or their ids, not int",
    ),
    "read from a text": (
        lambda c: c.file.stream_from_task("j", "t", "f", start="5"),
        e.InvalidInputError,
        "start must be a whole number of 0 or more",
    ),
    "save to a number": (
        lambda c: c.file.save_from_task("j", "t", "f", 5),
        e.InvalidInputError,
        "target must be a path or a file open for writing, not int",
    ),
    "wait for a bad id": (lambda c: c.task.wait("j", ["a b"]), e.InvalidIdError, "task id 'a b'"),
    "no file": (lambda c: c.file.get_properties_from_task("j", "t", "/"), e.InvalidInputError, "no path of a file"),
    "naive time": (
        lambda c: c.task.get_if_changed("j", "t", datetime(2024, 1, 1)),
        e.InvalidInputError,
        "no time zone",
    ),
    "tag of nothing": (lambda c: c.task.get_if_changed("j", "t", object()), e.ConditionError, "object has no ETag"),
}


@pytest.mark.parametrize("name", BAD)
def test_mistakes_are_named_and_nothing_is_sent(mode: Mode, name: str) -> None:
    use, kind, words = BAD[name]
    with pytest.raises(kind, match=words) as caught:
        mode.run(use)
    assert isinstance(caught.value, e.InvalidInputError)


@pytest.mark.parametrize(
    "use",
    [
        lambda c: c.job.add({"id": "x" * 70, "poolInfo": {"poolId": "p"}}),
        lambda c: c.task.get("j", "x" * 70),
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x", "constraints": {"retentionTime": -1}}),
    ],
)
def test_the_traceback_of_a_refusal_is_short(mode: Mode, use: Use) -> None:
    """However deep in the argument the mistake is; only what all calls go through stands between it and the user's line."""
    with pytest.raises(e.InvalidInputError) as caught:
        mode.run(use)
    internal = [entry for entry in caught.traceback if entry.frame.f_globals["__name__"].startswith("batchtasks")]
    assert len(internal) <= 4
    assert internal[-1].name == "check_here"
    # IPython and pytest show none of them but the last, which IPython always shows.
    assert all(entry.frame.f_locals.get("__tracebackhide__") for entry in internal)
    assert caught.value.__context__ is None


def test_dictionaries_may_use_either_spelling() -> None:
    at = executor(ScriptedBackend(script()))
    given_ = {
        "id": "t",
        "command_line": "x",
        "constraints": {"max_wall_clock_time": timedelta(hours=1), "retentionTime": "P1D"},
        "environment_settings": [{"name": "A", "value": "1"}],
        "user_identity": {"autoUser": {"elevation_level": "Admin"}},
        "odata.metadata": "ignored",
        "displayName": None,
    }
    assert at.task.add("j", given_).body == {
        "id": "t",
        "commandLine": "x",
        "constraints": {"maxWallClockTime": "PT1H", "retentionTime": "P1D"},
        "environmentSettings": [{"name": "A", "value": "1"}],
        "userIdentity": {"autoUser": {"elevationLevel": "admin"}},
    }
    assert given_["command_line"] == "x", "what is passed in is not changed"


def test_members_that_the_caller_adds_to_a_model_are_sent() -> None:
    at = executor(ScriptedBackend(script()))
    model = TaskAddParameter("t", "x", additional_properties={"newMember": 1})
    assert at.task.add("j", model).body == {"newMember": 1, "id": "t", "commandLine": "x"}


def test_jobs_of_schedules_have_colons() -> None:
    backend = ScriptedBackend(script(answer(200, {"id": "schedule:job-1"})))
    at = executor(backend)
    run_sync(at.send(at.job.get("schedule:job-1")))
    assert backend.calls[0].path == "/jobs/schedule%3Ajob-1"


@given(st.text(max_size=70))
def test_any_text_is_a_good_id_or_refused(text: str) -> None:
    calls = executor(ScriptedBackend(script())).task
    good = 1 <= len(text) <= 64 and text.isascii() and all(c.isalnum() or c in "-_" for c in text)
    if good:
        assert calls.get("j", text).path == f"/jobs/j/tasks/{text}"
    else:
        with pytest.raises(e.InvalidIdError):
            calls.get("j", text)


def _body_with(path: tuple[str, ...]) -> Any:
    if not path:
        return "something"
    return [_body_with(path[1:])] if path[0] == "*" else {path[0]: _body_with(path[1:])}


def _check(operation: str, version: str, body: Any = None, params: dict[str, str] | None = None) -> None:
    body = {"id": "x", **body} if operation.endswith("_Add") else body
    validate_request(operation, {"params": params or {}, "json": body}, version)


def _marks(place: str) -> list[tuple[str, tuple[str, ...], str | None, str | None]]:
    """Return the marks of members of one part of requests, or of parameters."""
    return [
        (operation, path[1:], since, until)
        for operation, marks in MARKS.items()
        for path, value, since, until in marks
        if path[:1] == (place,) and value is None
    ]


@pytest.mark.parametrize("version", API_VERSIONS)
@pytest.mark.parametrize(("operation", "path", "since", "until"), _marks("json"))
def test_members_are_refused_in_versions_without_them(
    version: str, operation: str, path: tuple[str, ...], since: str | None, until: str | None
) -> None:
    body = _body_with(path)
    # An outer member of the same body may be missing from more versions than an inner one.
    outer = [(s, u) for name, way, s, u in _marks("json") if name == operation and path[: len(way)] == way]
    has = all((s is None or version >= s) and (u is None or version < u) for s, u in outer)
    if has:
        _check(operation, version, body)
        return
    with pytest.raises(e.UnsupportedInApiVersionError) as caught:
        _check(operation, version, body)
    assert caught.value.api_version == version
    assert version not in caught.value.versions
    assert caught.value.versions
    assert caught.value.what.split(".")[-1] in path


@pytest.mark.parametrize("version", API_VERSIONS)
def test_parameters_are_refused_in_versions_without_them(version: str) -> None:
    assert _marks("params")
    for operation, (name,), since, until in _marks("params"):
        if (since is None or version >= since) and (until is None or version < until):
            _check(operation, version, params={name: "true"})
        else:
            with pytest.raises(e.UnsupportedInApiVersionError, match=re.escape(name)):
                _check(operation, version, params={name: "true"})


@pytest.mark.parametrize(("version", "name"), [("2024-02-01.19.0", "timeout"), ("2025-06-01", "timeOut")])
def test_the_server_timeout_has_its_name_by_version(version: str, name: str) -> None:
    backend = ScriptedBackend(lambda call: answer(200, {"id": "t"}))
    at = executor(backend, api_version=version, server_timeout=20)
    run_sync(at.send(at.task.get("j", "t")))
    run_sync(at.send(at.task.get("j", "t", server_timeout=5)))
    assert [call.query[name] for call in backend.calls] == ["20", "5"]


@pytest.mark.parametrize("kind", [BatchClient, AsyncBatchClient])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"api_version": "2019-01-01"}, "is not one of 2022"),
        ({"retry": 3}, "RetryPolicy"),
        ({"timeout": -1}, "timeout"),
        ({"timeout": "1"}, "timeout"),
        ({"server_timeout": 0}, "server_timeout"),
        ({"user_agent": "a\nb"}, "user_agent"),
        ({"user_agent": 5}, "user_agent"),
        ({"on_request": 5}, "on_request must be a plain function"),
        ({"on_answer": a_coroutine}, "on_answer must be a plain function"),
        ({"transport": httpx.Client}, r"takes a transport with handle_(async_)?request\(\), not <class"),
        ({"url": ["https://x"]}, "must be text, not list"),
        ({"url": ""}, "https://host"),
        ({"url": "ftp://x"}, "https://host"),
        ({"url": "https://u:p@x"}, "user name"),
        ({"url": "https://x/?a=b"}, "more"),
        ({"url": "https://x:port"}, "cannot be read"),
        ({"url": "https://x:0"}, "https://host"),
        ({"url": "https://x:65536"}, "https://host"),
        ({"url": "https://999.1.1.1"}, "cannot be read"),
        ({"url": "https://x/\ud800"}, "cannot be read"),
        ({"url": "https://"}, "https://host"),
    ],
)
def test_options_that_cannot_work(kind: Any, options: dict[str, Any], words: str) -> None:
    mode = Mode("sync" if kind is BatchClient else "async")
    with pytest.raises(e.InvalidInputError, match=words):
        mode.client(**options)
