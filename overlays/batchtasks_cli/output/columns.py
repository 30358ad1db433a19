"""The columns of the lists: tasks, subtasks, jobs, files; and of any member of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from batchtasks_cli.errors import CliError
from batchtasks_cli.members import NoSuchMemberError, find_member
from batchtasks_cli.output.table import Column
from batchtasks_cli.output.text import shorten_moment, show_bytes, show_span


def _in_run(name: str) -> Callable[[Any], Any]:
    return lambda task: getattr(task.execution_info, name, None)


def duration_of(info: Any) -> timedelta | None:
    """Return how long the latest run took, or has taken so far."""
    start, end = getattr(info, "start_time", None), getattr(info, "end_time", None)
    if not isinstance(start, datetime):
        return None
    if not isinstance(end, datetime):
        return max(timedelta(), datetime.now(UTC) - start)
    return end - start


def failure_of(info: Any) -> str | None:
    """Return why a task failed, in short."""
    failure = getattr(info, "failure_info", None)
    if failure is None:
        return None
    return f"{failure.code}: {failure.message}" if failure.message else failure.code


def reason_of(info: Any) -> str:
    """Return the exit code of a task that failed or, if it has none, why it failed."""
    code = getattr(info, "exit_code", None)
    return f"exit code {code}" if code is not None else failure_of(info) or "no reason given"


def _brief_failure(failure: str | None) -> str:
    """Beside the exit code, the sentence that a program exited says nothing new."""
    return "FailureExitCode" if (failure or "").startswith("FailureExitCode:") else failure or ""


def _node(task: Any) -> str | None:
    return getattr(task.node_info, "node_id", None)


def _show_span(value: object) -> str:
    return show_span(value) if isinstance(value, timedelta) else ""


_moment = partial(Column, shorten=shorten_moment)
_run = partial(Column, member="executionInfo")

TASKS = [
    Column("id", lambda task: task.id),
    Column("state", lambda task: task.state, "state"),
    _run("result", _in_run("result")),
    _run("exitCode", _in_run("exit_code")),
    _run("retries", _in_run("retry_count"), spare=2),
    _moment("since", lambda task: task.state_transition_time, "stateTransitionTime"),
    _run("duration", lambda task: duration_of(task.execution_info), show=_show_span, spare=1),
    Column("node", _node, "nodeInfo", spare=3),
    _run("failure", lambda task: failure_of(task.execution_info), show=_brief_failure),
    Column("name", lambda task: task.display_name, "displayName", wide=True),
    Column("slots", lambda task: task.required_slots, "requiredSlots", wide=True),
    Column("created", lambda task: task.creation_time, "creationTime", wide=True),
    _run("started", _in_run("start_time"), wide=True),
    _run("ended", _in_run("end_time"), wide=True),
    Column("command", lambda task: task.command_line, "commandLine", wide=True),
]

SUBTASKS = [
    Column("id", lambda task: task.id),
    Column("state", lambda task: task.state, "state"),
    Column("result", lambda task: task.result, "result"),
    Column("exitCode", lambda task: task.exit_code, "exitCode"),
    _moment("since", lambda task: task.state_transition_time, "stateTransitionTime"),
    Column("duration", duration_of, show=_show_span, spare=1),
    Column("node", _node, "nodeInfo", spare=3),
    Column("failure", failure_of, show=_brief_failure),
]

JOBS = [
    Column("id", lambda job: job.id),
    Column("state", lambda job: job.state, "state"),
    Column("pool", lambda job: getattr(job.pool_info, "pool_id", None), "poolInfo"),
    Column("priority", lambda job: job.priority, "priority", spare=1),
    _moment("created", lambda job: job.creation_time, "creationTime", spare=2),
    _moment("since", lambda job: job.state_transition_time, "stateTransitionTime"),
    Column("reason", lambda job: getattr(job.execution_info, "terminate_reason", None), "executionInfo"),
    Column("name", lambda job: job.display_name, "displayName", wide=True),
    Column("maxParallel", lambda job: job.max_parallel_tasks, "maxParallelTasks", wide=True),
    Column("whenAllDone", lambda job: job.on_all_tasks_complete, "onAllTasksComplete", wide=True),
]

FILES = [
    Column("name", lambda file: file.name),
    Column("directory", lambda file: bool(file.is_directory), show=lambda value: "dir" if value else "file"),
    Column("bytes", lambda file: getattr(file.properties, "content_length", None), show=show_bytes),
    _moment("modified", lambda file: getattr(file.properties, "last_modified", None)),
]

COUNTS = [
    Column("what", lambda row: row[0]),
    *(
        Column(name, lambda row, name=name: getattr(row[1], name, None) or 0)  # type: ignore[misc]
        for name in ("active", "running", "completed", "succeeded", "failed")
    ),
]


def member_column(model: str, name: str, known: Sequence[Column]) -> Column:
    """Return a column for a member of a model, by the service's names or Python's, nested ones with dots.

    `env.NAME` is the value of an environment variable.
    """
    if re.match(r"env\.", name):
        return Column(name, partial(_variable, name[4:]), "environmentSettings")
    try:
        path = find_member(model, name)
    except NoSuchMemberError as error:
        columns = ", ".join(column.name for column in known)
        raise CliError(f"There is no column or member {name!r}. {error}", f"Columns: {columns}.") from None
    names = [member.wire for member in path]
    return Column(".".join(names), partial(_at, [member.name for member in path]), names[0])


def _at(path: Sequence[str], item: Any) -> Any:
    for name in path:
        item = getattr(item, name, None)
    return item if isinstance(item, (str, int, float, datetime, timedelta)) or item is None else _plain(item)


def _plain(item: Any) -> str:
    import json

    parts = item if isinstance(item, list) else [item]
    plain = [part.to_dict() if hasattr(part, "to_dict") else part for part in parts]
    return json.dumps(plain if isinstance(item, list) else plain[0], ensure_ascii=False)


def _variable(name: str, task: Any) -> str | None:
    settings = task.environment_settings or []
    return next((setting.value for setting in settings if setting.name == name), None)
