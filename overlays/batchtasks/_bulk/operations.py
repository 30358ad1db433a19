"""The bulk operations: what each sends for some tasks, and how it reads the answer."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal, TypeAlias

from attrs import evolve

from batchtasks import errors
from batchtasks._bulk.batch import BulkOperation, EncodedTask, RequestBatch, Results, body_of, cut, dumps
from batchtasks._bulk.classify import Failure, classify
from batchtasks._core.executor import Executor
from batchtasks._errors import error_body_from, error_from, error_of_item
from batchtasks._validation.arguments import is_in, is_new_id, validate_id, validate_parents, validate_version
from batchtasks._validation.models import structure
from batchtasks_rest import _facts
from batchtasks_rest._call import Answer, AnyCall
from batchtasks_rest.models import TaskAddParameter

# What a task counts as that is there, or as it should be, before the call.
Existing: TypeAlias = Literal["accept", "fail", "verify"]
Already: TypeAlias = Literal["accept", "fail"]

# The ids of the usual answer, whose results are all successes. To find them as text takes a third of the time of reading the
# JSON. Inside of a JSON text the quotes would be escaped, so this pattern cannot stand in one.
_added = re.compile(r'\{"status":"[Ss]uccess","taskId":"([A-Za-z0-9_-]{1,64})"').findall
# A dict with nothing but text under these names needs no model to be checked.
_PLAIN_MEMBERS = frozenset({"id", "commandLine", "displayName"})


class AddTasks(BulkOperation):
    """Adds tasks, 100 to a request.

    Results are matched by id, without regard to letter case and in any order; results for ids that were not sent are ignored.
    """

    max_tasks = 100
    has_unique_ids = True

    def __init__(self, executor: Executor, job_id: str, existing: Existing, **options: Any) -> None:
        super().__init__(executor, job_id, **options)
        _validate_choice("existing", existing, "accept", "fail", "verify")
        self.encode = task_encoder(executor.api_version)
        # All requests are this one, with bodies and ids of their own.
        self._request = executor.prepare(executor.task.add_collection(job_id, {"value": []}, **options))
        self._has_own_id = any(name.lower() == "client-request-id" for name in options.get("headers") or ())
        self._accepts = existing != "fail"
        self._compare = CompareTasks(executor, job_id, **options) if existing != "accept" else None

    def call(self, items: list[EncodedTask]) -> AnyCall:
        headers = self._request.headers
        if not self._has_own_id:
            headers = {**headers, "client-request-id": str(uuid.uuid4())}
        return evolve(self._request, content=body_of(items), headers=headers)

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        if _added(answer.content.decode("latin-1")) == [item.task_id for item in items] and answer.status_code == 200:
            return Results(items)
        rows = _rows(answer)
        if rows is None:
            return None
        results, left = Results(), dict[str, EncodedTask]()
        for item in items:
            if left.setdefault(item.task_id.lower(), item) is not item:
                # Only after an interruption between taking a task and remembering its id.
                results.outcomes.append(item.failed(errors.DuplicateIdError(item.task_id)))
        for row in rows:
            found = left.pop(str(row.get("taskId") or "").lower(), None) if isinstance(row, dict) else None
            if found is not None:
                self._place(results, found, row)
        missing = errors.UnreadableAnswerError("The answer has no result for this task.", status_code=200)
        results.again += [(item, Failure("retry", missing, unclear=True, maybe_done=True)) for item in left.values()]
        if (compare := self._compare) is not None:
            results.requests, results.existed = cut(compare, results.existed, compare.max_bytes), []
        return results

    def _place(self, results: Results, item: EncodedTask, row: dict[str, Any]) -> None:
        status = str(row.get("status") or "").lower()
        if status == "success":
            results.added.append(item)
            return
        found = row.get("error")
        body = error_body_from(found if isinstance(found, dict) else {})
        if (body.code or "").lower() == "taskexists":
            # To compare tells more than an attempt without a clear answer: the task may have been another one's before.
            if item.maybe_done and self._compare is None:
                results.added.append(item)
                return
            if self._accepts or item.maybe_done:
                results.existed.append(item)
                return
        error = error_of_item(body.code, body.message, body.values, server=status != "clienterror")
        action = classify(error).action
        if action == "retry":
            results.again.append((item, Failure("retry", error, maybe_done=True)))
            return
        results.outcomes.append(item.failed(error))
        if action == "stop":
            results.stop = error


def _rows(answer: Answer, *, alone: bool = False) -> list[Any] | None:
    if answer.status_code != 200:
        return None
    try:
        document = json.loads(answer.content)
        rows = [document] if alone else document["value"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return rows if isinstance(rows, list) else None


def _validate_choice(name: str, value: object, *choices: str) -> None:
    if value not in choices:
        raise errors.InvalidInputError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}.")


def task_encoder(api_version: str) -> Callable[[object], EncodedTask]:
    """Return a function that takes a TaskAddParameter or a dict with the service's or Python's names, and raises for a bad one.

    It is called for every task, and a function with few attributes to look up takes the least time.
    """
    # The members of which this API version lacks something.
    marks = [path for path, _, since, until in _facts.MARKS.get("Task_Add", ()) if not is_in(since, until, api_version)]
    needs_no_check = {path[1] for path in marks if path[:1] == ("json",)}.isdisjoint

    def encode(task: object) -> EncodedTask:
        document = task.to_dict() if type(task) is TaskAddParameter else _document(task)
        task_id, command = document.get("id"), document.get("commandLine")
        if type(task_id) is not str or is_new_id(task_id) is None or type(command) is not str:
            validate_id(task_id, "task")
            if command is None:
                raise errors.MissingFieldError(
                    f"Task {task_id!r} has no commandLine: the service requires it of every task."
                )
            raise errors.InvalidInputError(f"Task {task_id!r}: commandLine must be text, not {type(command).__name__}.")
        if "dependsOn" in document:
            validate_parents(task_id, document["dependsOn"].get("taskIds"))
        if not needs_no_check(document):
            validate_version("Task_Add", {"json": document}, api_version)
        return EncodedTask(task_id, dumps(document), task)

    return encode


def _document(task: object) -> dict[str, Any]:
    if type(task) is dict and task.keys() <= _PLAIN_MEMBERS and all(type(text) is str for text in task.values()):
        return task
    if not isinstance(task, (TaskAddParameter, Mapping)):
        raise errors.InvalidInputError(f"A task is a TaskAddParameter, task(...) or a dict, not {type(task).__name__}.")
    return structure(TaskAddParameter, task, "task").to_dict()


class CompareTasks(BulkOperation):
    """Compares tasks that existed before with what was to be added."""

    # So many ids fit into one filter; see `_waiting/watch.py`.
    max_tasks = 15
    only_reads = True

    def call(self, items: list[EncodedTask]) -> AnyCall:
        calls, select = self.executor.task, sorted({"id"}.union(*[json.loads(item.data) for item in items]))
        options = {"select": select, **self.options}
        if len(items) == 1:
            return self.executor.prepare(calls.get(self.job_id, items[0].task_id, **options))
        by_id = " or ".join([f"id eq '{item.task_id}'" for item in items])
        return self.executor.prepare(calls.list(self.job_id, filter=by_id, **options))

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        rows = _rows(answer, alone=len(items) == 1)
        if rows is None:
            return None
        results, found = Results(), {str(row.get("id") or "").lower(): row for row in rows if isinstance(row, dict)}
        for item in items:
            row = found.get(item.task_id.lower())
            if row is not None:
                sent, there = json.loads(item.data), row
                # Durations, enumerations and large numbers are compared as this client writes them; oddities as they are.
                with suppress(AttributeError, TypeError):
                    sent, there = [TaskAddParameter.from_dict(task).to_dict() for task in (sent, there)]
                member = first_difference(sent, there)
                if member is None:
                    (results.added if item.maybe_done else results.existed).append(item)
                else:
                    message = f"A task {item.task_id!r} exists, and its {member} is not the one to be added."
                    values = [("PropertyName", member)]
                    other = errors.AlreadyExistsError(message, status_code=409, code="TaskExists", values=values)
                    results.outcomes.append(item.failed(other))
            elif len(items) > 1:
                # The list may go on, or the task may have been deleted: a request for it alone tells.
                results.requests.append(RequestBatch(self, [item]))
            else:
                return None
        return results


def first_difference(sent: object, found: object, member: str = "") -> str | None:
    """Return the name of the first member of `sent` whose value in `found` is another, such as constraints.retentionTime.

    Not compared are members that `sent` does not have, the task's id, passwords (the service does not show them) and what
    follows the `?` of a URL (a shared access signature is another one each time). Empty is the same as missing.
    """
    if isinstance(sent, dict) and isinstance(found, dict):
        names = [name for name in sent if name != "password" and (member or name != "id")]
        parts = [(sent[name], found.get(name), f"{member}.{name}".lstrip(".")) for name in names]
    elif isinstance(sent, list) and isinstance(found, list) and len(sent) == len(found):
        parts = [(*pair, f"{member}[{index}]") for index, pair in enumerate(zip(sent, found, strict=True))]
    else:
        if member.endswith("Url") and isinstance(sent, str) and isinstance(found, str):
            sent, found = sent.partition("?")[0], found.partition("?")[0]
        is_same = sent == found or (found is None and sent in ("", [], {}))
        return None if is_same else member
    return next((name for part in parts if (name := first_difference(*part)) is not None), None)


class ActOnTasks(BulkOperation):
    """Deletes, terminates or reactivates tasks, one to a request; `name` is the method of the generated calls."""

    success = "done"
    before = "already"

    def __init__(self, executor: Executor, job_id: str, name: str, already: Already, **options: Any) -> None:
        super().__init__(executor, job_id, **options)
        _validate_choice("already", already, "accept", "fail")
        self.verb = f"{name}d"
        self._build = getattr(executor.task, name)
        self._accepts = already == "accept"
        # The refusal that shows that a task is as it should be already.
        self._already = {code.casefold() for code in _facts.SHOWS_DONE[f"Task_{name.title()}"]}
        # Bad arguments are found before anything is sent.
        self.call([EncodedTask("task", b"", None)])

    def encode(self, task: object) -> EncodedTask:
        task_id = task if isinstance(task, str) else getattr(task, "id", None)
        if task_id is None and not hasattr(task, "id"):
            raise errors.InvalidInputError(
                f"A task is named by its id, or by an object with an `id`, not {type(task).__name__}."
            )
        validate_id(task_id, "task")
        return EncodedTask(str(task_id), b"", task)

    def call(self, items: list[EncodedTask]) -> AnyCall:
        return self.executor.prepare(self._build(self.job_id, items[0].task_id, **self.options))

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        if answer.status_code in (200, 202, 204):
            # A login page of a proxy comes with 200; the service's own answers to these operations are empty.
            is_page = answer.content and "html" in answer.headers.get("Content-Type", "").lower()
            return None if is_page else Results(items)
        code = error_from(answer).code or ""
        if answer.status_code not in (404, 409) or code.casefold() not in self._already:
            return None
        if items[0].maybe_done:
            return Results(items)
        return Results(existed=items) if self._accepts else None
