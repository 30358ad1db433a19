"""What is checked of a call before it is sent, so that a mistake is named here and costs no request.

All facts come from `batchtasks_rest._facts`, which is made from the spec.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from batchtasks._times import to_seconds
from batchtasks.errors import InvalidIdError, InvalidInputError, UnknownFieldError, UnsupportedInApiVersion
from batchtasks_rest import _facts
from batchtasks_rest._call import Call

_NEW_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Jobs that a job schedule made are called schedule:job-1, so a path may hold a colon and be longer.
_JOB_ID_IN_PATH = re.compile(r"[A-Za-z0-9_:-]{1,128}")


def check_arguments(given: Mapping[str, object]) -> None:
    """Refuse arguments of a kind that would be written into a request as something that nobody meant."""
    for name, what in (("job_id", "job"), ("task_id", "task")):
        if name in given:
            _check_is_text(given[name], what)
    path = given.get("file_path", "stdout.txt")
    if not isinstance(path, str) or not path.strip("/"):
        raise InvalidInputError(f"{path!r} is no path of a file below the task directory.")
    headers = given.get("headers")
    if headers is not None and not isinstance(headers, Mapping):
        raise InvalidInputError(f"headers must map names to values, not be {type(headers).__name__}.")
    if given.get("timeout") is not None:
        to_seconds(given["timeout"], "timeout", least=0.001)


def check(call: Call[Any], api_version: str) -> None:
    """Refuse a call that the service would refuse, or would understand in another way than it was meant."""
    _check_path(call.path)
    if call.operation in ("Task_Add", "Job_Add"):
        check_new_id(call.body.get("id"), call.operation.removesuffix("_Add").lower())
    _check_names(call, "$select", _facts.SELECTABLE)
    _check_names(call, "$expand", _facts.EXPANDABLE)
    _check_numbers(call)
    check_version(call, api_version)


def check_new_id(value: object, what: str) -> None:
    """Refuse an id that no job or task can be given."""
    _check_is_text(value, what)
    if not _NEW_ID.fullmatch(str(value)):
        raise InvalidIdError(f"{what} id {value!r}: an id is 1 to 64 letters, digits, hyphens and underscores.")


def _check_is_text(value: object, what: str) -> None:
    if not isinstance(value, str):
        raise InvalidIdError(f"{what} id must be text, not {type(value).__name__}.")


def _check_path(path: str) -> None:
    parts = path.split("/")
    if len(parts) > 2 and parts[1] == "jobs" and not _JOB_ID_IN_PATH.fullmatch(unquote(parts[2])):
        raise InvalidIdError(
            f"job id {unquote(parts[2])!r}: an id is 1 to 64 letters, digits, hyphens and underscores."
        )
    if len(parts) > 4 and parts[3] == "tasks":
        check_new_id(unquote(parts[4]), "task")


def _check_names(call: Call[Any], parameter: str, table: Mapping[str, tuple[str, ...]]) -> None:
    text = call.query.get(parameter)
    if text is None:
        return
    known = table.get(call.operation, ())
    for name in text.split(","):
        # What stands behind a slash is a member of a member; the spec does not say which the service takes.
        if name.strip().partition("/")[0] not in known:
            raise UnknownFieldError(f"{parameter}: {call.operation} has no {name.strip()!r}.{hint(name, known)}")


def _check_numbers(call: Call[Any]) -> None:
    for name, largest in (("maxresults", 1000), ("timeout", None), ("timeOut", None)):
        text = call.query.get(name)
        if text is not None and (not text.isdecimal() or int(text) < 1 or (largest and int(text) > largest)):
            limits = f"from 1 to {largest}" if largest else "of 1 or more seconds"
            shown = {"maxresults": "max_results"}.get(name, "server_timeout")
            raise InvalidInputError(f"{shown} must be a whole number {limits}, not {text}.")


def hint(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that is nearest, or list them all if they are few."""
    from difflib import get_close_matches

    known = list(known)
    folded = {option.replace("_", "").lower(): option for option in known}
    near = get_close_matches(name.strip().replace("_", "").lower(), folded, 1, 0.7)
    if near:
        return f" Did you mean {folded[near[0]]!r}?"
    return f" There is: {', '.join(known)}." if 0 < len(known) <= 12 else ""


def check_version(call: Call[Any], api_version: str) -> None:
    """Refuse parameters, members and values that the API version does not have."""
    for name, since, until in _facts.PARAMETER_MARKS.get(call.operation, ()):
        if name in call.query or name in call.headers:
            _check_mark(f"parameter {name}", since, until, api_version)
    for path, since, until in _facts.FIELD_MARKS.get(call.operation, ()):
        if not _has(since, until, api_version) and any(True for _ in _walk(call.body, path)):
            _check_mark(".".join(part for part in path if part != "*"), since, until, api_version)
    for path, value, since, until in _facts.VALUE_MARKS.get(call.operation, ()):
        if not _has(since, until, api_version) and value in map(str, _walk(call.body, path)):
            _check_mark(f"{'.'.join(part for part in path if part != '*')} {value!r}", since, until, api_version)


def _has(since: str | None, until: str | None, api_version: str) -> bool:
    # Versions begin with their date, so they sort as text.
    return (since is None or api_version >= since) and (until is None or api_version < until)


def _check_mark(what: str, since: str | None, until: str | None, api_version: str) -> None:
    if _has(since, until, api_version):
        return
    versions = tuple(version for version in _facts.API_VERSIONS if _has(since, until, version))
    raise UnsupportedInApiVersion(
        f"API version {api_version} has no {what}; {', '.join(versions)} have it.",
        what=what,
        api_version=api_version,
        versions=versions,
    )


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Give what is found in a body along a path of member names."""
    if not path:
        yield value
    elif path[0] == "*":
        for element in value if isinstance(value, list) else ():
            yield from _walk(element, path[1:])
    elif isinstance(value, Mapping) and value.get(path[0]) is not None:
        yield from _walk(value[path[0]], path[1:])
