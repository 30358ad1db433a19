"""A model of the service's task states, for the tests of waiting; its clock moves by sleeping alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

from batchtasks import RetryPolicy, WaitResult
from batchtasks._core.sync_async import run_sync
from batchtasks._waiting.wait import wait
from batchtasks_rest._call import Answer, Call
from tests.batchtasks.support import ScriptedBackend, answer, executor, refusal

START = datetime(2024, 1, 5, tzinfo=UTC)
NEVER = 1e12


@cache
def _time(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


class Task:
    """A task that runs from `start` to `end`, in seconds of the backend's clock; `skew` is its node's clock error."""

    def __init__(self, start: float, end: float, exit_code: int = 0, skew: float = 0.0, **more: Any) -> None:
        self.start, self.end, self.exit_code, self.skew, self.more = start, end, exit_code, skew, more

    def state(self, now: float) -> str:
        return "completed" if now >= self.end else "running" if now >= self.start else "active"

    def changed(self, now: float) -> str:
        at = max([0.0, *(time for time in (self.start, self.end) if time <= now)]) + self.skew
        return _time(at)

    def json(self, id: str, now: float) -> dict[str, Any]:
        state = self.state(now)
        task: dict[str, Any] = {"id": id, "state": state, "stateTransitionTime": self.changed(now), **self.more}
        if state == "completed":
            result = "failure" if self.exit_code else "success"
            task.setdefault("executionInfo", {"exitCode": self.exit_code, "result": result})
        return task


class Job:
    """A job whose tasks are listed and counted as the service does it; counts may lag."""

    def __init__(self, tasks: dict[str, Task], lag: float = 0.0) -> None:
        self.tasks = tasks
        self.lag = lag
        self.state = "active"
        self.uses_task_dependencies = False
        # Of a node of the pool, if that can be read.
        self.slots: int | None = None
        self.pool_info: dict[str, Any] = {"poolId": "p"}
        self.backend = ScriptedBackend(self.serve, now=0.0)
        self.read = 0
        self.faults: list[Answer | Exception] = []

    def serve(self, call: Call[Any]) -> Answer:
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault
        if call.operation == "Pool_Get":
            assert call.path == "/pools/p"
            return refusal(404, "PoolNotFound") if self.slots is None else answer(200, {"taskSlotsPerNode": self.slots})
        date = {"Date": format_datetime(START + timedelta(seconds=self.backend.now), usegmt=True)}
        return answer(200, self._document(call), date)

    def _document(self, call: Call[Any]) -> dict[str, Any]:
        if call.operation == "Job_GetTaskCounts":
            return {"taskCounts": self._counts(max(0.0, self.backend.now - self.lag))}
        if call.operation == "Job_Get":
            return {
                "id": "j",
                "state": self.state,
                "executionInfo": {"terminateReason": "UserTerminate"},
                "poolInfo": self.pool_info,
                "usesTaskDependencies": self.uses_task_dependencies,
            }
        return self._page(call)

    def _counts(self, now: float) -> dict[str, int]:
        states = [task.state(now) for task in self.tasks.values()]
        failed = sum(1 for task in self.tasks.values() if task.state(now) == "completed" and task.exit_code)
        counts = {state: states.count(state) for state in ("active", "running", "completed")}
        return {**counts, "succeeded": counts["completed"] - failed, "failed": failed}

    def _page(self, call: Call[Any]) -> dict[str, Any]:
        query = dict(call.query)
        if "?" in call.path:
            query = json.loads(call.path.partition("skip=")[2].replace("%22", '"'))
        found = [task.json(name, self.backend.now) for name, task in self.tasks.items()]
        found = [task for task in found if matches(query.get("$filter"), task)]
        skip, size = int(query.get("skip", 0)), int(query.get("maxresults", 1000))
        names = query["$select"].split(",")
        page = [{name: task[name] for name in names if name in task} for task in found[skip : skip + size]]
        self.read += len(page)
        result: dict[str, Any] = {"value": page}
        if skip + size < len(found):
            result["odata.nextLink"] = f"/jobs/j/tasks?skip={json.dumps({**query, 'skip': skip + size})}"
        return result

    def wait(self, *args: Any, retry: RetryPolicy | None = None, **options: Any) -> WaitResult:
        return run_sync(wait(executor(self.backend, retry), "j", *args, **options))


class Members(dict[str, str]):
    """The members of a task in small letters, by the names that filters have for them; each is read when it is asked for."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._task = task

    def __missing__(self, name: str) -> str:
        outer, _, inner = name.partition("/")
        value = self._task.get(outer)
        self[name] = str((value or {}).get(inner) if inner else value).lower()
        return self[name]


@cache
def _at(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


@cache
def _python(text: str) -> Callable[[Members], bool]:
    """Return a filter as a function of a task's members."""

    def translated(found: re.Match[str]) -> str:
        name, operator, value = found.groups()
        if operator == "ge":
            return f"at(members['{name}']) >= at('{value}')"
        return f"members['{name}'] {'==' if operator == 'eq' else '!='} '{value.lower()}'"

    python = re.sub(r"([\w/]+) (eq|ne|ge) (?:DateTime)?'([^']*)'", translated, text)
    assert not re.search(r"[^\w\s()\[\]/'.,:=!>-]", python)
    made: Callable[[Members], bool] = eval(f"lambda members: {python}", {"at": _at})
    return made


def matches(text: str | None, task: dict[str, Any]) -> bool:
    """Evaluate the part of OData that the overlay sends, by a translation to Python."""
    return text is None or _python(text)(Members(task))
