"""From what the caller passes in to bytes, once; checked here, so that a task that cannot be sent fails alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from batchtasks import _guard
from batchtasks._adopt import adopt, explain
from batchtasks._bulk import _json
from batchtasks._bulk.item import Item
from batchtasks.errors import InvalidInputError, MissingFieldError
from batchtasks_rest import _facts
from batchtasks_rest._call import Call
from batchtasks_rest.models import TaskAddParameter

_IS_ID = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# A dict with nothing but text under these names needs no model to be checked.
_PLAIN_MEMBERS = frozenset({"id", "commandLine", "displayName"})


def task_maker(api_version: str) -> Callable[[Any], Item]:
    """Give the function that makes the item of a task.

    It takes a TaskAddParameter or a dict with the service's or Python's names, and raises for one that cannot be sent.
    """
    unmarked = _members_to_look_at(api_version).isdisjoint
    is_id, dumps = _IS_ID, _json.dumps

    def make(task: Any) -> Item:
        document = _written(task) if type(task) is TaskAddParameter else _document(task)
        task_id: Any = document.get("id")
        if type(task_id) is not str or is_id(task_id) is None or type(document.get("commandLine")) is not str:
            _refuse(task_id, document.get("commandLine"))
        if not unmarked(document):
            _guard.check_version(_as_call(document), api_version)
        try:
            return Item(task_id, dumps(document), task)
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
    return _written(adopt(TaskAddParameter, task, "task"))


def _explain(task: Any, task_id: str) -> None:
    if isinstance(task, TaskAddParameter):
        explain(task, f"task {task_id}")


def _refuse(task_id: object, command: object) -> None:
    _guard.check_new_id(task_id, "task")
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


def _as_call(document: Mapping[str, Any]) -> Call[None]:
    return Call("Task_Add", "POST", "", {}, {}, (), lambda answer: None, body=document)


def make_id(task: Any) -> Item:
    """Make the item for an operation on a task that exists: from the id itself or anything that has one."""
    task_id = task if isinstance(task, str) else getattr(task, "id", None)
    if task_id is None and not hasattr(task, "id"):
        raise InvalidInputError(f"A task is told by its id, or by what has one as `id`, not by {type(task).__name__}.")
    _guard.check_new_id(task_id, "task")
    return Item(str(task_id), b"", task)
