"""Check the arguments of an operation, and the request that is made of them, before it is sent.

The facts come from `batchtasks_rest._facts`, which is generated from the spec.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from batchtasks._validation.values import to_seconds, validate_int
from batchtasks.conditions import validate_condition
from batchtasks.errors import InvalidIdError, InvalidInputError, UnknownFieldError, UnsupportedInApiVersionError
from batchtasks_rest import _facts
from batchtasks_rest._call import Json

is_new_id = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# A job that a job schedule created is called schedule:job-1, so the id of a job that exists may be longer.
_is_job_id = re.compile(r"[A-Za-z0-9_:-]{1,128}").fullmatch
_is_header_name = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch
_is_header_value = re.compile(r"[\t\x20-\x7e]*").fullmatch


def validate_arguments(operation: str, arguments: Json) -> None:
    """Raise InvalidInputError for arguments that would be sent as something that nobody meant, such as None as "None"."""
    for name, value in arguments.items():
        if name in _ALWAYS:
            _ALWAYS[name](value)
        elif value is not None and name in _IF_GIVEN:
            _IF_GIVEN[name](value)
    if arguments.get("filter") is not None:
        _validate_filter(arguments["filter"], operation)
    if "condition" in arguments and (arguments["condition"] is not None or arguments.get("headers")):
        validate_condition(arguments["condition"], arguments.get("headers"))


def validate_id(value: object, what: str, longest: int = 64) -> None:
    """Raise InvalidIdError for an id that no job, task or pool can have; `what` is "job", "task" and so on."""
    if not isinstance(value, str):
        raise InvalidIdError(f"{what} id must be text, not {type(value).__name__}.")
    if len(value) > longest:
        raise InvalidIdError(f"{what} id {value!r} has {len(value)} characters; an id has at most {longest}.")
    if not (is_new_id if longest == 64 else _is_job_id)(value):
        raise InvalidIdError(f"{what} id {value!r}: an id is 1 to {longest} letters, digits, hyphens and underscores.")


def validate_parents(task_id: str, parents: Iterable[object] | None) -> None:
    """Raise InvalidInputError if the ids that a task depends on are also its own."""
    own = task_id.casefold()
    if parents and any(str(parent).casefold() == own for parent in parents):
        raise InvalidInputError(f"task {task_id}: depends_on names the task itself, which would then never run.")


def _validate_file_path(value: object) -> None:
    if not isinstance(value, str) or not value.strip("/") or not is_encodable(value):
        raise InvalidInputError(f"{value!r} is no path of a file below the task directory.")


def is_encodable(text: str) -> bool:
    """Return whether a text can be sent: one with half of a surrogate pair cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _validate_filter(value: object, operation: str) -> None:
    if not is_encodable(str(value)):
        raise InvalidInputError(f"filter {str(value)!r} has half of a surrogate pair, which cannot be sent.")
    if isinstance(value, str):
        return
    made_for = getattr(value, "operation", None)
    if made_for is None:
        raise TypeError(f"filter must be text or built with F, not {type(value).__name__}.")
    if made_for != operation:
        raise TypeError(f"This filter is for {made_for}, not for {operation}.")


def _validate_headers(headers: object) -> None:
    """The values may be secret, so no error shows one."""
    if not isinstance(headers, Mapping):
        raise InvalidInputError(f"headers must map names to values, not be {type(headers).__name__}.")
    for name, value in headers.items():
        if not isinstance(name, str) or not _is_header_name(name):
            raise InvalidInputError(f"headers: {name!r} is not allowed as a name by HTTP.")
        if not isinstance(value, str):
            raise InvalidInputError(f"headers: the value of {name} must be text, not {type(value).__name__}.")
        if not _is_header_value(value):
            raise InvalidInputError(f"headers: the value of {name} must be printable ASCII on one line.")


_ALWAYS: dict[str, Callable[[Any], object]] = {
    "job_id": lambda value: validate_id(value, "job", 128),
    "task_id": lambda value: validate_id(value, "task"),
    "pool_id": lambda value: validate_id(value, "pool"),
    "node_id": lambda value: validate_id(value, "node"),
    "file_path": _validate_file_path,
}
_IF_GIVEN: dict[str, Callable[[Any], object]] = {
    "headers": _validate_headers,
    "client_request_id": lambda value: _validate_headers({"client_request_id": value}),
    "timeout": lambda value: to_seconds(value, "timeout", minimum=0.001),
}


def validate_request(operation: str, kwargs: Json, api_version: str) -> None:
    """Raise InvalidInputError for a request that the service would refuse, or that the API version does not have.

    `kwargs` has "params", "headers" and "json", with the service's names.
    """
    params, body = kwargs.get("params", {}), kwargs.get("json")
    if operation.endswith("_Add"):
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", operation.removesuffix("_Add")).lower()
        validate_id(body.get("id") if isinstance(body, Mapping) else None, kind)
    if operation == "Task_Add" and body and body.get("dependsOn"):
        validate_parents(body["id"], body["dependsOn"].get("taskIds"))
    selected = None
    if "$select" in params:
        _validate_names(operation, "$select", params["$select"], _facts.SELECTABLE)
        selected = [name.partition("/")[0] for name in params["$select"].split(",")]
    if "$expand" in params:
        _validate_names(operation, "$expand", params["$expand"], _facts.EXPANDABLE)
    for name, (argument, largest) in _NUMBERS.items():
        if name in params:
            validate_int(params[name], argument, 1, largest)
    validate_version(operation, {**kwargs, "params": {**params, "$select": selected}}, api_version)


_NUMBERS = {
    "maxresults": ("max_results", 1000),
    "timeout": ("server_timeout", None),
    "timeOut": ("server_timeout", None),
}


def _validate_names(operation: str, parameter: str, text: str, table: Mapping[str, tuple[str, ...]]) -> None:
    known = table.get(operation, ())
    for name in text.split(","):
        # After a slash stands a member of a member; the spec does not say which of them the service takes.
        if name.partition("/")[0] not in known:
            raise UnknownFieldError(f"{parameter}: {operation} has no {name!r}.{suggestion(name, known)}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the known name that is nearest, or with all of them if they are few."""
    from difflib import get_close_matches

    known = list(known)
    folded = {option.replace("_", "").lower(): option for option in known}
    near = get_close_matches(name.strip().replace("_", "").lower(), folded, 1, 0.7)
    if near:
        return f" Did you mean {folded[near[0]]!r}?"
    return f" There is: {', '.join(known)}." if 0 < len(known) <= 12 else ""


def validate_version(operation: str, request: Json, api_version: str) -> None:
    """Raise UnsupportedInApiVersionError for what the API version does not have of an operation.

    `request` has "params" (with `$select` as a list), "headers" and "json".
    """
    for path, value, since, until in _facts.MARKS.get(operation, ()):
        if is_in(since, until, api_version):
            continue
        if value in map(str, _walk(request, path)) if value else any(True for _ in _walk(request, path)):
            versions = tuple(version for version in _facts.API_VERSIONS if is_in(since, until, version))
            what = _called(operation, path, value)
            raise UnsupportedInApiVersionError(
                f"API version {api_version} has no {what}; it is in {', '.join(versions)}.",
                what=what,
                api_version=api_version,
                versions=versions,
            )


def _called(operation: str, path: tuple[str, ...], value: str | None) -> str:
    name = ".".join(part for part in path[1:] if part != "*") or operation
    name = f"parameter {name}" if path and path[0] != "json" else name
    return f"{name}={value}" if value else name


def is_in(since: str | None, until: str | None, api_version: str) -> bool:
    """Return whether an API version has what came with version `since` and went with version `until`."""
    # Versions begin with their date, so they sort as text.
    return (since is None or api_version >= since) and (until is None or api_version < until)


def _walk(value: object, path: tuple[str, ...]) -> Iterator[object]:
    """Yield what is found in a body along a path of member names."""
    if not path:
        yield value
    elif path[0] == "*":
        for element in value if isinstance(value, list) else ():
            yield from _walk(element, path[1:])
    elif isinstance(value, Mapping) and value.get(path[0]) is not None:
        yield from _walk(value[path[0]], path[1:])
