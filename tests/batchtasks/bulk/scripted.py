"""A service without a network and a backend whose clock moves without waiting: thousands of faulty runs a second."""

from __future__ import annotations

import asyncio
import heapq
import json
import random
import re
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

from batchtasks import BulkReport
from batchtasks._bulk import methods
from batchtasks._core.backend import Backend
from batchtasks._core.executor import Executor
from batchtasks._core.retry import RetryPolicy
from batchtasks._core.sync_async import run_sync
from batchtasks._http.origin import read_origin
from batchtasks.errors import ConnectionFailedError, RequestTimedOutError
from batchtasks_rest._call import Answer, Call

Fault = Callable[["Service", list[dict[str, Any]]], "Answer | Exception"]


def refusal(
    status: int, code: str, headers: dict[str, str] | None = None, *, values: dict[str, str] | None = None
) -> Answer:
    """A refusal as the service writes it."""
    body: dict[str, Any] = {"code": code, "message": {"lang": "en-US", "value": f"{code} it is.\nRequestId:1\nTime:2"}}
    if values is not None:
        body["values"] = [{"key": key, "value": value} for key, value in values.items()]
    known = {"Content-Type": "application/json;odata=minimalmetadata", **(headers or {})}
    return Answer(status, known, json.dumps(body).encode())


class Service:
    """One job of a Batch service, in memory."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.tasks: dict[str, dict[str, Any]] = {}
        self.before: set[str] = set()
        self.requests: list[list[str]] = []
        self.bodies: list[int] = []
        self.reads: list[Call[Any]] = []
        self.faults: list[Fault | None] = []
        self.always: Fault | None = None
        self.choose: Callable[[], Fault | None] | None = None
        self.limit = 1_048_576
        self.is_bad: Callable[[dict[str, Any]], bool] = lambda task: False
        self.shuffles = True
        self.tells_limit = False

    def has(self, *ids: str, **members: Any) -> None:
        """Tasks that are there before the call."""
        for task_id in ids:
            self.tasks[task_id.lower()] = {"id": task_id, "commandLine": "true", **members}
            self.before.add(task_id.lower())

    def answer(self, call: Call[Any]) -> Answer | Exception:
        """Carry a request out, or do whatever the script says."""
        fault = self._fault()
        if call.operation == "Task_Delete":
            there = self.tasks.pop(call.path.rpartition("/")[2].lower(), None)
            return refusal(404, "TaskNotFound") if there is None else Answer(200, {})
        if call.operation != "Task_AddCollection":
            return self.read(call) if fault is None else fault(self, [])
        assert call.content is not None
        tasks = json.loads(call.content)["value"]
        self.requests.append([task["id"] for task in tasks])
        self.bodies.append(len(call.content))
        if fault is not None:
            return fault(self, tasks)
        if len(call.content) > self.limit:
            values = {"MaxLimit": str(self.limit)} if self.tells_limit else None
            return refusal(413, "RequestBodyTooLarge", values=values)
        return self.refuse(tasks) or self.add(tasks)

    def read(self, call: Call[Any]) -> Answer:
        """The tasks that a list or a single read asks for, with the members that it selects."""
        self.reads.append(call)
        names = call.query["$select"].split(",")
        ids = re.findall(r"id eq '([^']*)'", call.query.get("$filter", "")) or [call.path.rpartition("/")[2]]
        found = [self.tasks[task_id.lower()] for task_id in ids if task_id.lower() in self.tasks]
        rows = [{name: task[name] for name in names if name in task} for task in found]
        if call.operation == "Task_Get":
            return self.document(rows[0]) if rows else refusal(404, "TaskNotFound")
        return self.document({"value": rows})

    def document(self, document: dict[str, Any]) -> Answer:
        """An answer with this body."""
        return Answer(200, {"Content-Type": "application/json"}, json.dumps(document).encode())

    def refuse(self, tasks: list[dict[str, Any]]) -> Answer | None:
        """The refusal of the whole request because of one of its tasks, if one is bad."""
        if len(tasks) > 100:
            return refusal(400, "InvalidRequestBody")
        if any(map(self.is_bad, tasks)):
            return refusal(400, "InvalidPropertyValue", values={"PropertyName": "commandLine", "Reason": "bad"})
        return None

    def _fault(self) -> Fault | None:
        if self.faults:
            return self.faults.pop(0)
        return self.choose() if self.choose else self.always

    def add(self, tasks: Iterable[dict[str, Any]]) -> Answer:
        """Add tasks and answer."""
        return self.rows([self.add_one(task) for task in tasks])

    def rows(self, rows: list[dict[str, Any]]) -> Answer:
        """The answer with these results."""
        if self.shuffles:
            self.random.shuffle(rows)
        return self.document({"value": rows})

    def add_one(self, task: dict[str, Any]) -> dict[str, Any]:
        """Add one task and give its result."""
        if task["id"].lower() in self.tasks:
            message = {"lang": "en-US", "value": "The specified task already exists.\nRequestId:1\nTime:2"}
            return {"status": "ClientError", "taskId": task["id"], "error": {"code": "TaskExists", "message": message}}
        self.tasks[task["id"].lower()] = task
        return {"status": "Success", "taskId": task["id"], "eTag": "0x8DB", "location": "http://x"}


class ScriptedBackend(Backend):
    """A backend over a Service; waiting moves its clock and takes no time.

    With `is_async` it suspends, as that of the AsyncBatchClient does; without it never does.
    """

    # What it is unless a test says otherwise; the fixture `both_modes` sets it.
    default_is_async = False

    def __init__(self, service: Service, latency: float = 0.05, *, is_async: bool | None = None) -> None:
        self.service = service
        self.latency = latency
        self.is_async = self.default_is_async if is_async is None else is_async
        self.now = 100.0
        self.running: list[tuple[float, int, Any, Answer | BaseException]] = []
        self.number = 0
        self.slept = 0.0
        self.most_running = 0

    async def _suspend(self) -> None:
        if self.is_async:
            await asyncio.sleep(0)

    async def send(self, call: Call[Any]) -> Answer:
        await self._suspend()
        self.now += self.latency
        outcome = self.service.answer(call)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def start(self, call: Call[Any], tag: Any) -> None:
        self.number += 1
        took = self.latency * (0.5 + self.service.random.random())
        heapq.heappush(self.running, (self.now + took, self.number, tag, self.service.answer(call)))
        self.most_running = max(self.most_running, len(self.running))

    async def next_finished(self, timeout: float | None) -> tuple[Any, Answer | BaseException] | None:  # noqa: ASYNC109
        await self._suspend()
        until = float("inf") if timeout is None else self.now + timeout
        if not self.running or self.running[0][0] > until:
            assert until < float("inf"), "would wait for ever"
            self.now = max(self.now, until)
            return None
        due, _, tag, outcome = heapq.heappop(self.running)
        self.now = max(self.now, due)
        return tag, outcome

    async def sleep(self, seconds: float) -> None:
        await self._suspend()
        assert seconds >= 0
        self.slept += seconds
        self.now += seconds

    def clock(self) -> float:
        return self.now

    def random(self) -> float:
        return self.service.random.random()

    def pool(self, size: int) -> Any:
        return self

    async def aclose(self) -> None:
        await self._suspend()


T = TypeVar("T")


def run(backend: ScriptedBackend, flow: Coroutine[Any, Any, T]) -> T:
    """Return the result of a flow over the backend: as the BatchClient runs it, or in an event loop."""
    return asyncio.run(flow) if backend.is_async else run_sync(flow)


def executor(backend: ScriptedBackend, api_version: str = "2025-06-01", retry: RetryPolicy | None = None) -> Executor:
    """An executor with this backend."""
    return Executor(backend, api_version, retry or RetryPolicy(), read_origin("https://a.b.batch.azure.com"))


def add(service: Service | ScriptedBackend, tasks: Any, api_version: str = "2025-06-01", **options: Any) -> BulkReport:
    """Add tasks; failures are in the report unless asked otherwise."""
    backend = service if isinstance(service, ScriptedBackend) else ScriptedBackend(service)
    options.setdefault("raise_on_failure", False)
    return run(backend, methods.add_collection(executor(backend, api_version), "job", tasks, **options))


def delete(service: Service, ids: Any, **options: Any) -> BulkReport:
    """Delete tasks; failures are in the report unless asked otherwise."""
    backend = ScriptedBackend(service)
    options.setdefault("raise_on_failure", False)
    return run(backend, methods.delete_many(executor(backend), "job", ids, **options))


def make_tasks(number: int, prefix: str = "t") -> list[dict[str, Any]]:
    """So many small tasks."""
    return [{"id": f"{prefix}-{place}", "commandLine": "true"} for place in range(number)]


# Faults


def nothing_done(status: int, code: str = "", *, retry_after: str | None = None) -> Fault:
    """A refusal; nothing was done."""
    named = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda service, tasks: refusal(status, code, named) if code else Answer(status, named, b"")


def page(status: int) -> Fault:
    """A gateway's web page; nothing was done."""
    return lambda service, tasks: Answer(
        status, {"Content-Type": "text/html"}, b"<html><title>Bad Gateway</title></html>"
    )


def done_but(outcome: Answer | Exception) -> Fault:
    """All was done, and then the answer got lost in this way."""

    def fault(service: Service, tasks: list[dict[str, Any]]) -> Answer | Exception:
        if service.refuse(tasks) is None:
            service.add(tasks)
        return outcome

    return fault


def lost() -> Fault:
    """All was done and the connection dropped."""
    return done_but(ConnectionFailedError("dropped", sent=True))


def timed_out(done: bool) -> Fault:
    """No answer in time."""
    if done:
        return done_but(RequestTimedOutError("slow", sent=True))
    return lambda service, tasks: RequestTimedOutError("slow", sent=True)


def refused() -> Fault:
    """The connection was refused."""
    return lambda service, tasks: ConnectionFailedError("refused", sent=False)


def some_server_errors(share: float, *, done: bool = False) -> Fault:
    """A share of the tasks, at least one, meets an error of the service's own."""

    def fault(service: Service, tasks: list[dict[str, Any]]) -> Answer:
        bad = service.refuse(tasks)
        if bad is not None or not tasks:
            return bad or service.rows([])
        chosen = {service.random.randrange(len(tasks))}
        chosen.update(place for place in range(len(tasks)) if service.random.random() < share)
        rows = []
        for place, task in enumerate(tasks):
            if place not in chosen:
                rows.append(service.add_one(task))
                continue
            if done:
                service.add_one(task)
            error = {"code": "InternalError", "message": {"lang": "en-US", "value": "Server trouble."}}
            rows.append({"status": "ServerError", "taskId": task["id"], "error": error})
        return service.rows(rows)

    return fault


def forgotten_rows(share: float) -> Fault:
    """Results of some tasks are missing from the answer, others are of tasks nobody sent."""

    def fault(service: Service, tasks: list[dict[str, Any]]) -> Answer:
        bad = service.refuse(tasks)
        if bad is not None:
            return bad
        rows = [service.add_one(task) for task in tasks]
        kept = [row for row in rows if service.random.random() >= share]
        return service.rows([*kept, {"status": "Success", "taskId": "stranger"}, {"status": "Success"}])

    return fault


def too_many_for_it(most: int) -> Fault:
    """The service finds the body too large, although it is within its limit, if it has more tasks than these."""
    return lambda service, tasks: (
        refusal(413, "RequestBodyTooLarge") if len(tasks) > most else (service.refuse(tasks) or service.add(tasks))
    )


def unreadable() -> Fault:
    """All was done; the answer says 200 and cannot be read."""
    return done_but(Answer(200, {"Content-Type": "application/json"}, b'{"value": [{"status": "Succ'))
