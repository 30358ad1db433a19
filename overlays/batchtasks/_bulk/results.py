"""Reading the answer of one request: which of its tasks were added, existed, failed or must be sent again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from batchtasks._bulk import _json
from batchtasks._bulk.item import Item
from batchtasks._bulk.judge import is_whole_call
from batchtasks.errors import ServiceError, error_of_item
from batchtasks_rest._call import Answer

# What a task that is there (or as it should be) already counts as.
Accept: TypeAlias = Literal["accept", "fail"]


class Results:
    """The tasks of one request, sorted by what its answer says."""

    __slots__ = ("added", "again", "existed", "failed", "stop")

    def __init__(self, added: list[Item]) -> None:
        self.added = added
        self.existed: list[Item] = []
        self.failed: list[tuple[Item, ServiceError]] = []
        # None: the answer does not mention the task.
        self.again: list[tuple[Item, ServiceError | None]] = []
        # A refusal that would meet all other tasks too.
        self.stop: ServiceError | None = None


Reader: TypeAlias = Callable[[list[Item], Answer], "Results | None"]


class AddReader:
    """Reads the answer of addtaskcollection; None when it is not one.

    Results are matched by id, without regard to letter case and in any order; results for ids that were not sent are
    ignored.
    """

    def __init__(self, existing: Accept = "accept") -> None:
        self._accepts = existing == "accept"

    def __call__(self, items: list[Item], answer: Answer) -> Results | None:
        rows = _rows(answer)
        if rows is None:
            return None
        if _all_added(items, rows):
            return Results(items)
        return self._sort(items, rows)

    def _sort(self, items: list[Item], rows: list[Any]) -> Results:
        waiting: dict[str, list[Item]] = {}
        for item in items:
            waiting.setdefault(item.task_id.lower(), []).append(item)
        results = Results([])
        for row in rows:
            found = _match(waiting, row)
            if found is not None:
                self._place(results, found, row)
        results.again += [(missing, None) for left in waiting.values() for missing in left]
        return results

    def _place(self, results: Results, item: Item, row: dict[str, Any]) -> None:
        status = _text(row.get("status")).lower()
        if status == "success":
            results.added.append(item)
            return
        code = _text(_error(row).get("code"))
        if code.lower() == "taskexists":
            if item.past is not None and item.past.ours:
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
    if answer.status != 200:
        return None
    try:
        rows = _json.loads(answer.content)["value"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return rows if isinstance(rows, list) else None


def _all_added(items: list[Item], rows: list[Any]) -> bool:
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


def _match(waiting: dict[str, list[Item]], row: Any) -> Item | None:
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
