"""From a raw request to an operation with checked parameters and a checked body.

The path is read segment by segment from the raw URL, so `%2F` in the name of a file stays part of the name.
"""

from __future__ import annotations

from batchtasks_local.http import errors
from batchtasks_local.http.contract.documents import Contracts, Operation, Parameter
from batchtasks_local.http.exchange import Exchange
from batchtasks_local.http.lists import SKIP_TOKEN

API_VERSION = "api-version"
_TIMEOUT = "timeout"
_BOOLEANS = ("true", "false")

Verbs = dict[str, str]
_JOBS: Verbs = {"GET": "Job_List", "POST": "Job_Add"}
_JOB: Verbs = {"GET": "Job_Get", "DELETE": "Job_Delete", "PATCH": "Job_Patch", "PUT": "Job_Update"}
_OF_JOB: dict[str, Verbs] = {
    "tasks": {"GET": "Task_List", "POST": "Task_Add"},
    "addtaskcollection": {"POST": "Task_AddCollection"},
    "taskcounts": {"GET": "Job_GetTaskCounts"},
    "terminate": {"POST": "Job_Terminate"},
    "disable": {"POST": "Job_Disable"},
    "enable": {"POST": "Job_Enable"},
    "jobpreparationandreleasetaskstatus": {"GET": "Job_ListPreparationAndReleaseTaskStatus"},
}
_TASK: Verbs = {"GET": "Task_Get", "PUT": "Task_Update", "DELETE": "Task_Delete"}
_OF_TASK: dict[str, Verbs] = {
    "terminate": {"POST": "Task_Terminate"},
    "reactivate": {"POST": "Task_Reactivate"},
    "subtasksinfo": {"GET": "Task_ListSubtasks"},
    "files": {"GET": "File_ListFromTask"},
}
_FILE: Verbs = {
    "GET": "File_GetFromTask",
    "HEAD": "File_GetPropertiesFromTask",
    "DELETE": "File_DeleteFromTask",
}
_ALONE: dict[str, Verbs] = {
    "pools": {"GET": "Pool_List", "POST": "Pool_Add"},
    "supportedimages": {"GET": "Account_ListSupportedImages"},
    "jobschedules": {"GET": "JobSchedule_List", "POST": "JobSchedule_Add"},
    "applications": {"GET": "Application_List"},
}
_POOL: Verbs = {"GET": "Pool_Get", "HEAD": "Pool_Exists", "PATCH": "Pool_Patch", "DELETE": "Pool_Delete"}
_OF_POOL: dict[str, Verbs] = {
    "resize": {"POST": "Pool_Resize"},
    "stopresize": {"POST": "Pool_StopResize"},
    "nodes": {"GET": "ComputeNode_List"},
}
_NODE: Verbs = {"GET": "ComputeNode_Get"}
_ALL = (
    _JOBS,
    _JOB,
    *_OF_JOB.values(),
    _TASK,
    *_OF_TASK.values(),
    _FILE,
    *_ALONE.values(),
    _POOL,
    *_OF_POOL.values(),
    _NODE,
)
OPERATIONS = tuple(name for verbs in _ALL for name in verbs.values())
"""The names of all operations."""


def find(method: str, segments: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the name of the operation that a request asks for, and the ids in its path."""
    verbs, ids = _place(segments)
    if verbs is None or not all(ids):
        raise errors.resource_not_found("There is no operation at this path")
    if method not in verbs:
        raise errors.unsupported_verb(method, verbs)
    return verbs[method], ids


def _place(segments: list[str]) -> tuple[Verbs | None, tuple[str, ...]]:
    if segments[0].lower() == "pools":
        return _pool_place(segments[1:])
    if segments[0].lower() != "jobs":
        return _ALONE.get(segments[0].lower()) if len(segments) == 1 else None, ()
    match segments[1:]:
        case []:
            return _JOBS, ()
        case [job]:
            return _JOB, (job,)
        case [job, word]:
            return _OF_JOB.get(word.lower()), (job,)
        case [job, word, task] if word.lower() == "tasks":
            return _TASK, (job, task)
        case [job, word, task, action] if word.lower() == "tasks":
            return _OF_TASK.get(action.lower()), (job, task)
        case [job, word, task, action, *path] if word.lower() == "tasks" and action.lower() == "files":
            return _FILE, (job, task, "/".join(path))
    return None, ()


def _pool_place(segments: list[str]) -> tuple[Verbs | None, tuple[str, ...]]:
    match segments:
        case []:
            return _ALONE["pools"], ()
        case [pool]:
            return _POOL, (pool,)
        case [pool, word]:
            return _OF_POOL.get(word.lower()), (pool,)
        case [pool, word, node] if word.lower() == "nodes":
            return _NODE, (pool, node)
    return None, ()


def choose_contract(exchange: Exchange, contracts: Contracts) -> None:
    """Read the api-version of the request."""
    given = [value for name, value in exchange.pairs() if name.lower() == API_VERSION]
    if not given:
        raise errors.missing_query(API_VERSION)
    contract = contracts.get(given[0])
    if contract is None:
        raise errors.unsupported_version(given[0], contracts.versions)
    exchange.contract = contract


def parse(exchange: Exchange) -> None:
    """Find the operation of the request, and check its parameters and the type of its body."""
    name, exchange.ids = find(exchange.method, exchange.segments())
    operation = exchange.contract.operations.get(name)
    if operation is None:
        raise errors.resource_not_found()
    exchange.operation = operation
    exchange.query = _query(exchange, operation)
    if operation.body is not None:
        _check_type(exchange)


def read_body(exchange: Exchange) -> None:
    """Check the body of the request; a large one takes up to half a second."""
    if exchange.operation.body is not None:
        exchange.content = exchange.operation.body.read(exchange.body)


def _query(exchange: Exchange, operation: Operation) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in exchange.pairs():
        key = name.lower()
        parameter = _parameter(key, operation)
        if parameter is None:
            names = ", ".join(one.name for one in operation.query.values())
            raise errors.unsupported_query(name, value, f"This operation takes {names}")
        if key in found:
            raise errors.invalid_query(name, value, "It is given more than once")
        _check(parameter, name, value)
        found[key] = value
    for key, parameter in operation.query.items():
        if parameter.required and key not in found:
            raise errors.missing_query(parameter.name)
    return found


def _parameter(key: str, operation: Operation) -> Parameter | None:
    if key == SKIP_TOKEN and "maxresults" in operation.query:
        return Parameter(SKIP_TOKEN, "string")
    return operation.query.get(key)


def _check(parameter: Parameter, name: str, value: str) -> None:
    if parameter.type == "integer":
        _check_number(parameter, name, value)
    elif parameter.type == "boolean" and value.lower() not in _BOOLEANS:
        raise errors.invalid_query(name, value, "It must be true or false")


def _check_number(parameter: Parameter, name: str, value: str) -> None:
    if not value.removeprefix("-").isdecimal() or not value.isascii() or len(value) > 18:
        raise errors.invalid_query(name, value, "It must be a whole number")
    least, most = parameter.least, parameter.most
    if name.lower() == _TIMEOUT:
        most = None  # a larger value counts as the limit
    if (least is not None and int(value) < least) or (most is not None and int(value) > most):
        raise errors.query_out_of_range(name, value, least or 0, most or 2**31 - 1)


def _check_type(exchange: Exchange) -> None:
    """Accept JSON with any parameters, and also a body without a Content-Type."""
    if not exchange.body:
        return
    encoding = exchange.headers.get("content-encoding", "identity")
    if encoding.strip().lower() != "identity":
        raise errors.unsupported_header("Content-Encoding", encoding, "The body must be sent without an encoding")
    given = exchange.headers.get("content-type")
    if given is None:
        return
    if given.partition(";")[0].strip().lower() != "application/json":
        raise errors.invalid_header("Content-Type", given, "It must be application/json; odata=minimalmetadata")
