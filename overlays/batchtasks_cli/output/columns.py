"""The columns of the lists: tasks, subtasks, jobs, files, counts; and of any member of them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from batchtasks_cli.errors import CliError
from batchtasks_cli.output.table import Column
from batchtasks_cli.output.text import show_bytes, show_span

if TYPE_CHECKING:
    from batchtasks._validation.models import Member


def duration_of(info: Any) -> timedelta | None:
    """Return how long the latest run took, or has taken so far."""
    start, end = getattr(info, "start_time", None), getattr(info, "end_time", None)
    if not isinstance(start, datetime):
        return None
    return end - start if isinstance(end, datetime) else max(timedelta(), datetime.now(UTC) - start)


def failure_of(info: Any) -> str | None:
    """Return why a task failed, in short."""
    failure = getattr(info, "failure_info", None)
    return failure and (f"{failure.code}: {failure.message}" if failure.message else failure.code)


def reason_of(info: Any) -> str:
    """Return the exit code of a task if that is why it failed, or else what the column `failure` shows."""
    code, why = getattr(info, "exit_code", None), _brief_failure(failure_of(info))
    return f"exit code {code}" if code is not None and why in ("", "FailureExitCode") else why or "no reason given"


def _brief_failure(failure: str | None) -> str:
    """Beside the exit code, the sentence that a program exited says nothing new."""
    return "FailureExitCode" if (failure or "").startswith("FailureExitCode:") else failure or ""


def _at(*path: str) -> Callable[[Any], Any]:
    """Return a function that gives a nested member of an item; objects as JSON."""

    def value(item: Any) -> Any:
        for name in path:
            item = getattr(item, name, None)
        if item is None or isinstance(item, (str, int, float, datetime, timedelta)):
            return item
        return json.dumps(item, default=lambda part: part.to_dict(), ensure_ascii=False)

    return value


def _duration(of: Callable[[Any], Any], member: str = "id") -> Column:
    return Column("duration", lambda item: duration_of(of(item)), member, show=lambda span: show_span(span), spare=2)


_run = partial(Column, member="executionInfo")

TASKS = [
    Column("id", _at("id")),
    Column("state", _at("state"), "state"),
    _run("result", _at("execution_info", "result")),
    _run("exitCode", _at("execution_info", "exit_code")),
    _run("retries", _at("execution_info", "retry_count"), spare=3),
    Column("since", _at("state_transition_time"), "stateTransitionTime", spare=1),
    _duration(lambda task: task.execution_info, "executionInfo"),
    Column("node", _at("node_info", "node_id"), "nodeInfo", spare=4),
    _run("failure", lambda task: failure_of(task.execution_info), show=_brief_failure),
    Column("name", _at("display_name"), "displayName", wide=True),
    Column("slots", _at("required_slots"), "requiredSlots", wide=True),
    Column("created", _at("creation_time"), "creationTime", wide=True),
    _run("started", _at("execution_info", "start_time"), wide=True),
    _run("ended", _at("execution_info", "end_time"), wide=True),
    Column("command", _at("command_line"), "commandLine", wide=True),
]
SUBTASKS = [
    *(Column(name, _at(member)) for name, member in (("id", "id"), ("state", "state"), ("result", "result"))),
    Column("exitCode", _at("exit_code")),
    Column("since", _at("state_transition_time"), spare=1),
    _duration(lambda task: task),
    Column("node", _at("node_info", "node_id"), spare=4),
    Column("failure", failure_of, show=_brief_failure),
]
JOBS = [
    Column("id", _at("id")),
    Column("state", _at("state"), "state"),
    Column("pool", _at("pool_info", "pool_id"), "poolInfo"),
    Column("priority", _at("priority"), "priority", spare=1),
    Column("created", _at("creation_time"), "creationTime", spare=2),
    Column("since", _at("state_transition_time"), "stateTransitionTime"),
    Column("reason", _at("execution_info", "terminate_reason"), "executionInfo"),
    Column("name", _at("display_name"), "displayName", wide=True),
    Column("maxParallel", _at("max_parallel_tasks"), "maxParallelTasks", wide=True),
    Column("whenAllDone", _at("on_all_tasks_complete"), "onAllTasksComplete", wide=True),
]
FILES = [
    Column("name", _at("name")),
    Column("directory", lambda file: bool(file.is_directory), show=lambda value: "dir" if value else "file"),
    Column("bytes", _at("properties", "content_length"), show=show_bytes),
    Column("modified", _at("properties", "last_modified")),
]
COUNTS = [
    Column("what", lambda row: row[0]),
    *(
        Column(name, lambda row, name=name: getattr(row[1], name, None) or 0)  # type: ignore[misc]
        for name in ("active", "running", "completed", "succeeded", "failed")
    ),
]


class NoSuchMemberError(ValueError):
    """A name that no member has; the text suggests another."""


def find_member(model: str, name: str) -> list[Member]:
    """Return the way to a member of a model, by the service's names or Python's, nested ones with dots."""
    from batchtasks import models

    kind: Any = getattr(models, model, None)
    path: list[Member] = []
    for part in name.split("."):
        known = models.members(kind) if kind is not None else ()
        member = next((each for each in known if part in (each.name, each.wire)), None)
        if member is None:
            near = difflib.get_close_matches(part, [each.wire for each in known], 1)
            raise NoSuchMemberError(f"Did you mean {'.'.join([*(m.wire for m in path), *near])!r}?" if near else "")
        path.append(member)
        kind = member.kind if member.is_model and not member.many else None
    return path


def member_column(model: str, name: str, known: Sequence[Column]) -> Column:
    """Return a column for a member of a model, by the service's names or Python's, nested ones with dots.

    `env.NAME` is the value of an environment variable.
    """
    if name.startswith("env."):
        return Column(name, partial(_variable, name[4:]), "environmentSettings")
    try:
        path = find_member(model, name)
    except NoSuchMemberError as error:
        columns = ", ".join(column.name for column in known)
        raise CliError(f"There is no column or member {name!r}. {error}", f"Columns: {columns}.") from None
    return Column(".".join(each.wire for each in path), _at(*(each.name for each in path)), path[0].wire)


def pairs_of(model: Any, above: str = "") -> Iterator[tuple[str, object]]:
    """Yield the names and values of a model's members, nested ones by the names that --columns takes."""
    from batchtasks import models

    kind: Any = type(model)
    for member in models.members(kind):
        name, value = above + member.wire, getattr(model, member.name)
        if hasattr(value, "additional_properties"):
            yield from pairs_of(value, f"{name}.")
        else:
            yield name, "\n".join(map(_entry, value)) if isinstance(value, list) else value
    yield from ((above + name, value) for name, value in model.additional_properties.items())


def _entry(value: Any) -> str:
    """Return an element of a list: a name with its value, or what Python shows, which has no signature of a URL."""
    return f"{value.name}={value.value or ''}" if hasattr(value, "value") and hasattr(value, "name") else str(value)


def _variable(name: str, task: Any) -> str | None:
    settings = task.environment_settings or []
    return next((setting.value for setting in settings if setting.name == name), None)
