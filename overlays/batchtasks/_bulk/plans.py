"""The plans of the four bulk operations: what each sends and how its answers are sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import evolve, frozen

from batchtasks._bulk.encode import make_id, task_maker
from batchtasks._bulk.item import Item, body_of
from batchtasks._bulk.plan import Plan
from batchtasks._bulk.results import Accept, AddReader, Results
from batchtasks._outgoing import outgoing
from batchtasks._send import Desk, new_id
from batchtasks.errors import error_from
from batchtasks_rest._call import Answer, Call
from batchtasks_rest.models import TaskAddCollectionParameter


@frozen(kw_only=True)
class Options:
    """What the caller may say about each request."""

    server_timeout: int | None = None
    timeout: float | None = None
    headers: Mapping[str, str] | None = None

    def as_arguments(self) -> dict[str, Any]:
        """As keyword arguments of the generated calls."""
        return {"server_timeout": self.server_timeout, "timeout": self.timeout, "headers": self.headers}


def plan_adding(desk: Desk, job_id: str, existing: Accept, options: Options) -> Plan:
    """Plan to add tasks, 100 to a request."""
    empty = TaskAddCollectionParameter(value=[])
    model = _checked(desk, desk.task.add_collection(job_id, empty, **options.as_arguments()))
    own_ids = not any(name.lower() == "client-request-id" for name in options.headers or ())

    def call(items: list[Item]) -> Call[Any]:
        headers = {**model.headers, "client-request-id": new_id()} if own_ids else model.headers
        return evolve(model, content=body_of(items), headers=headers)

    return Plan(job_id, task_maker(desk.api_version), call, AddReader(existing))


@frozen
class Verb:
    """An operation on one task that exists."""

    name: Literal["delete", "terminate", "reactivate"]
    done: str
    success: tuple[int, ...]
    # The refusal that says that the task is as it should be already.
    already: str


DELETE = Verb("delete", "deleted", (200, 202, 204), "TaskNotFound")
TERMINATE = Verb("terminate", "terminated", (200, 204), "TaskCompleted")
REACTIVATE = Verb("reactivate", "reactivated", (200, 204), "TaskNotCompleted")


def plan_verb(verb: Verb, desk: Desk, job_id: str, already: Accept, options: Options) -> Plan:
    """Plan an operation on many tasks, one to a request."""
    make: Callable[..., Call[None]] = getattr(desk.task, verb.name)
    arguments = options.as_arguments()
    _checked(desk, make(job_id, "t", **arguments))

    def call(items: list[Item]) -> Call[Any]:
        return desk.prepare(make(job_id, items[0].task_id, **arguments))

    reader = VerbReader(verb, accepts=already == "accept")
    return Plan(job_id, make_id, call, reader, verb.done, "done", "already", most_tasks=1)


def _checked(desk: Desk, call: Call[Any]) -> Call[Any]:
    """Prepare a call, and find out now whether the caller's options can be sent at all."""
    prepared = desk.prepare(call)
    if desk.origin is not None:
        outgoing(prepared, desk.origin, "", 1.0)
    return prepared


class VerbReader:
    """Reads the answer of an operation on one task; None when it is a refusal to be judged."""

    def __init__(self, verb: Verb, *, accepts: bool) -> None:
        self._verb = verb
        self._accepts = accepts

    def __call__(self, items: list[Item], answer: Answer) -> Results | None:
        if answer.status in self._verb.success:
            return None if _is_page(answer) else Results(items)
        if answer.status not in (404, 409):
            return None
        if (error_from(answer).code or "").casefold() != self._verb.already.casefold():
            return None
        past = items[0].past
        if past is not None and past.ours:
            return Results(items)
        if not self._accepts:
            return None
        results = Results([])
        results.existed = items
        return results


def _is_page(answer: Answer) -> bool:
    """A login page of a proxy comes with 200; the service's own answers to these operations are empty."""
    return bool(answer.content) and "html" in answer.headers.get("Content-Type", "").lower()
