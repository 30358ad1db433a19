"""What may be passed in: kinds of tasks, kinds of inputs, bad ones among good ones, callbacks, resuming."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from batchtasks import BulkProgress, InvalidInputError, TaskOutcome, task
from batchtasks._bulk.operations import ActOnTasks, task_encoder
from batchtasks.errors import InvalidIdError, MissingFieldError, UnknownFieldError, UnsupportedInApiVersionError
from batchtasks.models import TaskAddCollectionParameter, TaskAddParameter, TaskConstraints, TaskDependencies
from batchtasks.progress import rich_progress
from tests.batchtasks.bulk import scripted as s

MAKE = task_encoder("2025-06-01")


def made(given: Any, version: str = "2025-06-01") -> dict[str, Any]:
    item = task_encoder(version)(given)
    document: dict[str, Any] = json.loads(item.data)
    assert document["id"] == item.task_id
    assert item.task is given
    return document


def test_all_kinds_of_tasks_are_written_alike() -> None:
    wanted = {
        "id": "t1",
        "commandLine": "true",
        "constraints": {"maxWallClockTime": "PT1H30M"},
        "environmentSettings": [{"name": "A", "value": "ü"}],
    }
    length = timedelta(hours=1, minutes=30)
    assert made(task("t1", "true", env={"A": "ü"}, max_wall_clock_time=length)) == wanted
    assert made(wanted) == wanted
    in_python = {
        "id": "t1",
        "command_line": "true",
        "constraints": {"max_wall_clock_time": length},
        "environment_settings": [{"name": "A", "value": "ü"}],
    }
    assert made(in_python) == wanted
    assert made({"id": "t1", "commandLine": "true", "constraints": TaskConstraints(length)})["constraints"] == {
        "maxWallClockTime": "PT1H30M"
    }


def test_what_is_not_set_is_not_sent() -> None:
    assert MAKE({"id": "t1", "commandLine": "true", "displayName": None}).data == b'{"id":"t1","commandLine":"true"}'


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"id": "a b", "commandLine": "x"}, InvalidIdError, "'a b'"),
        ({"id": "a" * 65, "commandLine": "x"}, InvalidIdError, "65 characters"),
        ({"id": "", "commandLine": "x"}, InvalidIdError, "''"),
        ({"id": 7, "commandLine": "x"}, InvalidInputError, "7"),
        ({"commandLine": "x"}, InvalidIdError, "id"),
        ({"id": "a"}, MissingFieldError, "command"),
        ({"id": "a", "commandLine": 5}, InvalidInputError, "command"),
        ({"id": "a", "commandLine": "x", "comandLine": "y"}, UnknownFieldError, "task a has no member 'comandLine'"),
        ({"id": "a", "commandLine": "x", "constraints": {"retries": 3}}, UnknownFieldError, "retries"),
        (TaskAddParameter(None, "x"), InvalidIdError, "id"),  # type: ignore[arg-type]
        (TaskAddParameter("a", None), MissingFieldError, "command"),  # type: ignore[arg-type]
        ({"id": "a", "commandLine": "\ud800"}, InvalidInputError, "'a'"),
        ({"id": "a", "commandLine": "x", "dependsOn": {"taskIds": ["b", "A"]}}, InvalidInputError, "the task itself"),
        (TaskAddParameter("a", "x", depends_on=TaskDependencies(["a"])), InvalidInputError, "the task itself"),
        (5, InvalidInputError, "int"),
        ("t1", InvalidInputError, "str"),
        (None, InvalidInputError, "NoneType"),
    ],
)
def test_a_task_that_cannot_be_sent_is_refused_by_name(given: Any, error: type[Exception], words: str) -> None:
    report = s.add(s.Service(), [given])
    (outcome,) = report.failed
    assert type(outcome.error) is error
    assert words in str(outcome.error)
    assert outcome.task is given


def test_what_the_api_version_lacks_is_refused() -> None:
    token = {"id": "t1", "commandLine": "x", "authenticationTokenSettings": {"access": ["job"]}}
    assert "authenticationTokenSettings" in made(token, "2024-07-01.20.0")
    with pytest.raises(UnsupportedInApiVersionError, match="authenticationTokenSettings"):
        made(token)
    mounts = {
        "id": "t1",
        "commandLine": "x",
        "containerSettings": {"imageName": "i", "containerHostBatchBindMounts": [{"source": "Task"}]},
    }
    assert made(mounts)["containerSettings"]["containerHostBatchBindMounts"]
    with pytest.raises(UnsupportedInApiVersionError, match="containerHostBatchBindMounts"):
        made(mounts, "2024-02-01.19.0")
    del mounts["containerSettings"]["containerHostBatchBindMounts"]  # type: ignore[attr-defined]
    assert made(mounts, "2024-02-01.19.0")["containerSettings"] == {"imageName": "i"}


def test_bad_tasks_among_good_ones_fail_alone() -> None:
    """Each is named by its id, or its place if it has none, and the others go on."""
    service = s.Service()
    bad: list[Any] = [{"id": "no good", "commandLine": "x"}, 17, {"commandLine": "x"}, None]
    good = s.make_tasks(300)
    given = [good[0], *bad[:2], *good[1:200], bad[2], *good[200:], bad[3]]
    outcomes: list[TaskOutcome] = []
    report = s.add(service, given, on_result=outcomes.append, concurrency=3)
    assert report.added == len(service.tasks) == 300
    assert [(o.task_id, o.position) for o in report.failed] == [("no good", 1), (None, 2), (None, 202), (None, 303)]
    assert report.stopped is None
    assert len(outcomes) == 304
    assert "the task at position 2 (InvalidInputError" in str(report)
    assert report.requests == 3


def test_ids_for_the_other_operations() -> None:
    make_id = ActOnTasks(s.executor(s.ScriptedBackend(s.Service())), "job", "delete", "accept").encode
    assert (make_id("t1").task_id, make_id("t1").data) == ("t1", b"")
    assert make_id(task("t2", "true")).task_id == "t2"
    for odd in ("a b", ""):
        with pytest.raises(InvalidInputError, match=f"task id '{odd}'"):
            make_id(odd)
    other: Any
    for other in (5, None, {"id": "t"}):
        with pytest.raises(InvalidInputError, match=f"an `id`, not {type(other).__name__}"):
            make_id(other)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"id": "a", "commandLine": "x"}, "list of one"),
        ("t1", "list of one"),
        (task("t1", "true"), "list of one"),
        (5, "int"),
        (TaskAddCollectionParameter(value=[]), "`.value`"),
    ],
)
def test_an_input_that_is_no_iterable_of_tasks_is_refused(given: Any, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        s.add(s.Service(), given)


def test_an_input_that_raises_ends_the_call_with_a_report() -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield from s.make_tasks(150)
        raise OSError("disk gone")

    service = s.Service()
    with pytest.raises(OSError, match="disk gone") as caught:
        s.add(service, broken(), concurrency=2)
    report = caught.value.report  # type: ignore[attr-defined]
    assert (report.added, len(report.unsent)) == (100, 50)
    assert len(service.tasks) == 100
    assert "what it had yet to give is not in `resume`" in caught.value.__notes__[1]


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    seen: list[BulkProgress] = []
    backend = s.ScriptedBackend(s.Service())
    s.add(backend, s.make_tasks(10_000), progress=seen.append, concurrency=4)
    assert len(seen) <= (backend.now - 100) / 0.1 + 2
    assert [p.added for p in seen] == sorted(p.added for p in seen)
    last = seen[-1]
    assert (last.sent, last.added, last.existed, last.failed, last.retried) == (10_000, 10_000, 0, 0, 0)
    assert last.total == 10_000
    assert last.per_second == pytest.approx(10_000 / (backend.now - 100))


def test_the_rate_counts_every_task_that_is_settled() -> None:
    """Added, there before or failed."""
    seen: list[BulkProgress] = []
    service = s.Service()
    service.has("t-1", "t-2")
    service.is_bad = lambda task: task["id"] in ("t-3", "t-4", "t-5")
    backend = s.ScriptedBackend(service)
    s.add(backend, s.make_tasks(50), progress=seen.append)
    last = seen[-1]
    assert (last.added, last.existed, last.failed) == (45, 2, 3)
    assert last.per_second == pytest.approx(50 / (backend.now - 100))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 1001}, "concurrency"),
        ({"concurrency": 2.0}, "concurrency"),
        ({"concurrency": True}, "concurrency"),
        ({"existing": "ignore"}, "existing"),
        ({"deadline": 0}, "deadline"),
        ({"deadline": timedelta(seconds=-1)}, "deadline"),
        ({"deadline": float("nan")}, "deadline"),
        ({"deadline": "5"}, "deadline"),
        ({"on_result": 5}, "on_result"),
        ({"progress": "bar"}, "progress"),
        ({"retry": 3}, "RetryPolicy"),
        ({"server_timeout": 0}, "server_timeout"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused_by_name(options: dict[str, Any], words: str) -> None:
    service = s.Service()
    with pytest.raises(InvalidInputError, match=words):
        s.add(service, s.make_tasks(3), **options)
    assert not service.requests


def test_a_progress_bar_is_drawn_and_ended() -> None:
    console = pytest.importorskip("rich.console")
    out = StringIO()
    bar = rich_progress("Adding", console=console.Console(file=out, width=100, force_terminal=True))
    service = s.Service()
    service.has("t-3")
    service.is_bad = lambda task: task["id"] == "t-4"
    s.add(service, s.make_tasks(500), progress=bar)
    text = out.getvalue()
    assert "Adding" in text
    assert "500/500" in text
    assert "1 existed" in text
    assert "1 failed" in text
    assert text.endswith("\x1b[?25h"), "the cursor is shown again"


def test_a_progress_bar_is_ended_when_the_call_fails() -> None:
    console = pytest.importorskip("rich.console")
    out = StringIO()

    def broken() -> Iterator[dict[str, Any]]:
        yield from s.make_tasks(300)
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - as raised above
        s.add(
            s.Service(),
            broken(),
            concurrency=1,
            progress=rich_progress(total=1000, console=console.Console(file=out, force_terminal=True)),
        )
    assert out.getvalue().endswith("\x1b[?25h")
