"""What the page asks below `/_jobs`, besides the Batch API; it only reads, and is signed as any other request.

/_jobs?search=&before=                  the newest jobs with their task counts
/_jobs/{job}/tasks?search=&sort=...     ids of tasks in any order; the page reads the tasks by the Batch API
/_jobs/{job}/failures                   failed tasks in groups by exit code and failure code
/_jobs/{job}/history?buckets=           slots in use and ended tasks over time
/_jobs/{job}/waiting?ids=a,b            what active tasks wait for
/_jobs/{job}/dependants?task=           tasks that depend on one
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import orjson

from batchtasks_local.domain import clock
from batchtasks_local.domain.records import TASK_RESULTS, TASK_STATES
from batchtasks_local.http import errors
from batchtasks_local.http.exchange import Answer, Exchange
from batchtasks_local.store.overview import GROUPS, SORT_KEYS, Overview, OverviewTimeoutError, Search

T = TypeVar("T")
Query = Mapping[str, str]

PATH = "/_jobs"
_JOBS = 100
_LARGEST_PAGE = 1000
_MOST_IDS = 200
_MOST_BUCKETS = 500
_MOST_DEPENDANTS = 100


def answer(overview: Overview, exchange: Exchange) -> Answer:
    """Answer one request below `/_jobs`. It blocks on the disk, so it is called in a thread."""
    if exchange.method != "GET":
        raise errors.unsupported_verb(exchange.method, ("GET",))
    query = dict(exchange.pairs())
    try:
        match exchange.segments()[1:]:
            case []:
                return _json(_jobs(overview, query))
            case [job_id, name] if name in _OF_JOB:
                return _json(_existing(_OF_JOB[name](overview, job_id, query)))
    except OverviewTimeoutError:
        raise errors.BatchError("OperationTimedOut", [("Reason", "The job has too many tasks for this")]) from None
    raise errors.resource_not_found("The page asks for other paths below /_jobs")


def _json(body: Any) -> Answer:
    return Answer(200, (("Content-Type", "application/json"), ("Cache-Control", "no-store")), orjson.dumps(body))


def _existing(value: T | None) -> T:
    if value is None:
        raise errors.job_not_found()
    return value


def _jobs(overview: Overview, query: Query) -> Any:
    before = _number(query, "before", 0, 2**62) if "before" in query else None
    rows = overview.jobs(query.get("search", ""), before, _JOBS + 1)
    names = ("active", "running", "succeeded", "failed")
    value = [
        {"id": job_id, "displayName": name, "state": state, "creationTime": clock.to_text(created)}
        | dict(zip(names, counts, strict=True))
        for _, job_id, name, state, created, *counts in rows[:_JOBS]
    ]
    return {"value": value, "before": rows[_JOBS - 1][0] if len(rows) > _JOBS else None}


def _tasks(overview: Overview, job_id: str, query: Query) -> Any:
    limit = _number(query, "limit", 1, _LARGEST_PAGE, 50)
    search = Search(
        text=query.get("search", ""),
        state=_one_of(query, "state", TASK_STATES),
        result=_one_of(query, "result", TASK_RESULTS),
        failure=query.get("failure"),
        exit_code=_number(query, "exitCode", -(2**63), 2**63 - 1) if "exitCode" in query else None,
        sort=_one_of(query, "sort", tuple(SORT_KEYS)) or "added",
        descending=query.get("descending") == "true",
        after=_read_token(query["after"]) if "after" in query else None,
        limit=limit + 1,
    )
    rows = overview.tasks(job_id, search)
    if rows is None:
        return None
    more = len(rows) > limit
    token = _write_token(rows[limit - 1][:2]) if more else None
    # The whole number is worked out once, for the first page.
    total = overview.count(job_id, search) if search.after is None and more else None
    return {"ids": [row[2] for row in rows[:limit]], "after": token, "total": total}


def _failures(overview: Overview, job_id: str, query: Query) -> Any:
    rows = overview.failures(job_id)
    if rows is None:
        return None
    names = ("exitCode", "code", "category", "message", "count", "ended", "id")
    groups = [dict(zip(names, row, strict=True)) for row in rows]
    for group in groups:
        group["ended"] = clock.to_text(group["ended"]) if group["ended"] is not None else None
    return {"value": groups, "complete": len(groups) < GROUPS}


def _history(overview: Overview, job_id: str, query: Query) -> Any:
    found = overview.history(job_id, _number(query, "buckets", 1, _MOST_BUCKETS, 120), clock.now())
    if found is None:
        return None
    return {**found, "from": clock.to_text(found["from"]), "step": found["step"] / clock.SECOND}


def _waiting(overview: Overview, job_id: str, query: Query) -> Any:
    ids = [name for name in query.get("ids", "").split(",") if name]
    if len(ids) > _MOST_IDS:
        raise errors.invalid_query("ids", str(len(ids)), f"There may be {_MOST_IDS} ids at most")
    return overview.waiting(job_id, ids)


def _dependants(overview: Overview, job_id: str, query: Query) -> Any:
    ids = overview.dependants(job_id, query.get("task", ""), _MOST_DEPENDANTS + 1)
    return None if ids is None else {"ids": ids[:_MOST_DEPENDANTS], "complete": len(ids) <= _MOST_DEPENDANTS}


_OF_JOB: Mapping[str, Callable[[Overview, str, Query], Any]] = {
    "tasks": _tasks,
    "failures": _failures,
    "history": _history,
    "waiting": _waiting,
    "dependants": _dependants,
}


def _number(query: Query, name: str, least: int, most: int, default: int = 0) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.removeprefix("-").isdecimal() or not least <= int(text) <= most:
        raise errors.invalid_query(name, text, f"It must be a whole number from {least} to {most}")
    return int(text)


def _one_of(query: Query, name: str, values: tuple[str, ...]) -> str | None:
    text = query.get(name) or None
    if text is not None and text not in values:
        raise errors.invalid_query(name, text, f"It must be one of {', '.join(values)}")
    return text


def _write_token(position: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _read_token(text: str) -> list[Any]:
    reason = "It is not a token that this service has made"
    try:
        found = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    except (ValueError, RecursionError):
        raise errors.invalid_query("after", text, reason) from None
    match found:
        case [(str() | int() | float() | None) as key, int() as seq] if seq < 2**62 and _fits(key):
            return [key, seq]
    raise errors.invalid_query("after", text, reason)


def _fits(key: object) -> bool:
    return not isinstance(key, int) or -(2**63) <= key < 2**63
