"""What the engine has to know of an operation; everything else about bulk work is the same for all."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import evolve, frozen

from batchtasks._bulk.batch import MOST_BYTES, MOST_TASKS, EncodedTask, body_of, dumps, loads
from batchtasks._bulk.classify import is_whole_call
from batchtasks._bulk.report import Status
from batchtasks._core.executor import Executor
from batchtasks._errors.mapping import error_from, error_of_item
from batchtasks._validation.arguments import validate_body, validate_id
from batchtasks._validation.models import diagnose, structure
from batchtasks.errors import InvalidInputError, MissingFieldError, ServiceError
from batchtasks_rest import _facts
from batchtasks_rest._call import Answer, Call
from batchtasks_rest.models import TaskAddCollectionParameter, TaskAddParameter

# What a task that is there (or as it should be) already counts as.
Accept: TypeAlias = Literal["accept", "fail"]


class Results:
    """The tasks of one request, sorted by what its answer says."""

    __slots__ = ("added", "again", "existed", "failed", "stop")

    def __init__(self, added: list[EncodedTask]) -> None:
        self.added = added
        self.existed: list[EncodedTask] = []
        self.failed: list[tuple[EncodedTask, ServiceError]] = []
        # None: the answer does not mention the task.
        self.again: list[tuple[EncodedTask, ServiceError | None]] = []
        # A refusal that would meet all other tasks too.
        self.stop: ServiceError | None = None


Reader: TypeAlias = Callable[[list[EncodedTask], Answer], "Results | None"]


class AddReader:
    """Reads the answer of addtaskcollection; None when it is not one.

    Results are matched by id, without regard to letter case and in any order; results for ids that were not sent are
    ignored.
    """

    def __init__(self, existing: Accept = "accept") -> None:
        self._accepts = existing == "accept"

    def __call__(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        rows = _rows(answer)
        if rows is None:
            return None
        if _all_added(items, rows):
            return Results(items)
        return self._sort(items, rows)

    def _sort(self, items: list[EncodedTask], rows: list[Any]) -> Results:
        waiting: dict[str, list[EncodedTask]] = {}
        for item in items:
            waiting.setdefault(item.task_id.lower(), []).append(item)
        results = Results([])
        for row in rows:
            found = _match(waiting, row)
            if found is not None:
                self._place(results, found, row)
        results.again += [(missing, None) for left in waiting.values() for missing in left]
        return results

    def _place(self, results: Results, item: EncodedTask, row: dict[str, Any]) -> None:
        status = _text(row.get("status")).lower()
        if status == "success":
            results.added.append(item)
            return
        code = _text(_error(row).get("code"))
        if code.lower() == "taskexists":
            if item.history is not None and item.history.ours:
                results.added.append(item)
                return
            if self._accepts:
                results.existed.append(item)
                return
        error = _error_of(row, code, server=status != "clienterror")
        if error.is_retriable:
            results.again.append((item, error))
            return
        results.failed.append((item, error))
        if is_whole_call(error):
            results.stop = error


def _rows(answer: Answer) -> list[Any] | None:
    if answer.status_code != 200:
        return None
    try:
        rows = loads(answer.content)["value"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return rows if isinstance(rows, list) else None


def _all_added(items: list[EncodedTask], rows: list[Any]) -> bool:
    """The common case, at the least cost: one result for each task and each a success."""
    try:
        statuses = {row["status"] for row in rows}
        if len(statuses) != 1 or statuses.pop().lower() != "success":
            return False
        ids = [row["taskId"] for row in rows]
        sent = [item.task_id for item in items]
        # Mostly in the order of the request. If not: as many of each, so that two tasks of one id are not both taken
        # for the one that the answer names.
        return ids == sent or (len(set(sent)) == len(sent) == len(ids) and set(ids) == set(sent))
    except (TypeError, KeyError, AttributeError):
        return False


def _match(waiting: dict[str, list[EncodedTask]], row: Any) -> EncodedTask | None:
    if not isinstance(row, dict):
        return None
    task_id = _text(row.get("taskId"))
    left = waiting.get(task_id.lower())
    if not left:
        return None
    exact = next((place for place, item in enumerate(left) if item.task_id == task_id), 0)
    return left.pop(exact)


def _error(row: dict[str, Any]) -> dict[str, Any]:
    error = row.get("error")
    return error if isinstance(error, dict) else {}


def _error_of(row: dict[str, Any], code: str, *, server: bool) -> ServiceError:
    error = _error(row)
    message = error.get("message")
    text = _text(message.get("value") if isinstance(message, dict) else message)
    kept = [line for line in text.splitlines() if not line.startswith(("RequestId:", "Time:"))]
    values = error.get("values")
    pairs = [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []
    return error_of_item(
        code or None,
        "\n".join(kept),
        [(_text(pair.get("key")), _text(pair.get("value"))) for pair in pairs],
        server=server,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_IS_ID = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# A dict with nothing but text under these names needs no model to be checked.
_PLAIN_MEMBERS = frozenset({"id", "commandLine", "displayName"})


def task_maker(api_version: str) -> Callable[[Any], EncodedTask]:
    """Give the function that makes the item of a task.

    It takes a TaskAddParameter or a dict with the service's or Python's names, and raises for one that cannot be sent.
    """
    unmarked = _members_to_look_at(api_version).isdisjoint
    is_id = _IS_ID

    def make(task: Any) -> EncodedTask:
        document = _written(task) if type(task) is TaskAddParameter else _document(task)
        task_id: Any = document.get("id")
        if type(task_id) is not str or is_id(task_id) is None or type(document.get("commandLine")) is not str:
            _refuse(task_id, document.get("commandLine"))
        if not unmarked(document):
            validate_body("Task_Add", document, api_version)
        try:
            return EncodedTask(task_id, dumps(document), task)
        except (TypeError, ValueError, RecursionError) as error:
            _explain(task, task_id)
            raise InvalidInputError(f"Task {task_id!r} cannot be written as JSON: {error}") from None

    return make


def _written(task: TaskAddParameter) -> dict[str, Any]:
    try:
        return task.to_dict()
    except (AttributeError, TypeError):
        _explain(task, str(task.id))
        raise


def _document(task: Any) -> dict[str, Any]:
    if type(task) is dict and task.keys() <= _PLAIN_MEMBERS and all(type(text) is str for text in task.values()):
        return task
    if not isinstance(task, (TaskAddParameter, Mapping)):
        raise InvalidInputError(f"A task is a TaskAddParameter, task(...) or a dict, not {type(task).__name__}.")
    return _written(structure(TaskAddParameter, task, "task"))


def _explain(task: Any, task_id: str) -> None:
    if isinstance(task, TaskAddParameter):
        diagnose(task, f"task {task_id}")


def _refuse(task_id: object, command: object) -> None:
    validate_id(task_id, "task")
    if command is None:
        raise MissingFieldError("commandLine is missing: the service requires it of every task.")
    raise InvalidInputError(f"commandLine must be text, not {type(command).__name__}.")


def _members_to_look_at(api_version: str) -> frozenset[str]:
    """Tell the members of a task of which this API version lacks something."""
    marks = [(path, since, until) for path, since, until in _facts.FIELD_MARKS.get("Task_Add", ())]
    marks += [(path, since, until) for path, _, since, until in _facts.VALUE_MARKS.get("Task_Add", ())]
    return frozenset(
        path[0]
        for path, since, until in marks
        if (since is not None and api_version < since) or (until is not None and api_version >= until)
    )


def make_id(task: Any) -> EncodedTask:
    """Make the item for an operation on a task that exists: from the id itself or anything that has one."""
    task_id = task if isinstance(task, str) else getattr(task, "id", None)
    if task_id is None and not hasattr(task, "id"):
        raise InvalidInputError(f"A task is told by its id, or by what has one as `id`, not by {type(task).__name__}.")
    validate_id(task_id, "task")
    return EncodedTask(str(task_id), b"", task)


@frozen
class BulkOperation:
    """One bulk operation on one job.

    `make` turns what the caller passed in into an item, or raises; `call` makes the request for some tasks;
    `read` sorts them by its answer. A request carries at most `most_tasks` tasks and `most_bytes` bytes.
    """

    job_id: str
    make: Callable[[Any], EncodedTask]
    call: Callable[[list[EncodedTask]], Call[Any]]
    read: Reader
    verb: str = "added"
    success: Status = "added"
    before: Status = "existed"
    most_tasks: int = MOST_TASKS
    most_bytes: int = MOST_BYTES


@frozen(kw_only=True)
class Options:
    """What the caller may say about each request."""

    server_timeout: int | None = None
    timeout: float | None = None
    headers: Mapping[str, str] | None = None

    def as_arguments(self) -> dict[str, Any]:
        """As keyword arguments of the generated calls."""
        return {"server_timeout": self.server_timeout, "timeout": self.timeout, "headers": self.headers}


def plan_adding(executor: Executor, job_id: str, existing: Accept, options: Options) -> BulkOperation:
    """Plan to add tasks, 100 to a request."""
    empty = TaskAddCollectionParameter(value=[])
    model = _checked(executor, executor.task.add_collection(job_id, empty, **options.as_arguments()))
    own_ids = not any(name.lower() == "client-request-id" for name in options.headers or ())

    def call(items: list[EncodedTask]) -> Call[Any]:
        headers = {**model.headers, "client-request-id": str(uuid.uuid4())} if own_ids else model.headers
        return evolve(model, content=body_of(items), headers=headers)

    return BulkOperation(job_id, task_maker(executor.api_version), call, AddReader(existing))


@frozen
class TaskAction:
    """An operation on one task that exists."""

    name: Literal["delete", "terminate", "reactivate"]
    done: str
    success: tuple[int, ...]
    # The refusal that says that the task is as it should be already.
    already: str


DELETE = TaskAction("delete", "deleted", (200, 202, 204), "TaskNotFound")
TERMINATE = TaskAction("terminate", "terminated", (200, 204), "TaskCompleted")
REACTIVATE = TaskAction("reactivate", "reactivated", (200, 204), "TaskNotCompleted")


def plan_verb(verb: TaskAction, executor: Executor, job_id: str, already: Accept, options: Options) -> BulkOperation:
    """Plan an operation on many tasks, one to a request."""
    make: Callable[..., Call[None]] = getattr(executor.task, verb.name)
    arguments = options.as_arguments()
    _checked(executor, make(job_id, "t", **arguments))

    def call(items: list[EncodedTask]) -> Call[Any]:
        return executor.prepare(make(job_id, items[0].task_id, **arguments))

    reader = VerbReader(verb, accepts=already == "accept")
    return BulkOperation(job_id, make_id, call, reader, verb.done, "done", "already", most_tasks=1)


def _checked(executor: Executor, call: Call[Any]) -> Call[Any]:
    """Prepare a call, and find out now whether the caller's options can be sent at all."""
    prepared = executor.prepare(call)
    return prepared


class VerbReader:
    """Reads the answer of an operation on one task; None when it is a refusal to be judged."""

    def __init__(self, verb: TaskAction, *, accepts: bool) -> None:
        self._verb = verb
        self._accepts = accepts

    def __call__(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        if answer.status_code in self._verb.success:
            return None if _is_page(answer) else Results(items)
        if answer.status_code not in (404, 409):
            return None
        if (error_from(answer).code or "").casefold() != self._verb.already.casefold():
            return None
        history = items[0].history
        if history is not None and history.ours:
            return Results(items)
        if not self._accepts:
            return None
        results = Results([])
        results.existed = items
        return results


def _is_page(answer: Answer) -> bool:
    """A login page of a proxy comes with 200; the service's own answers to these operations are empty."""
    return bool(answer.content) and "html" in answer.headers.get("Content-Type", "").lower()
