# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the service by group; `Calls` is the base class of what each group sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from .._call import Answer, Call, Condition
from .._facts import DEFAULT_API_VERSION, SERVER_TIMEOUT_NAME
from .._wire import read_object

T = TypeVar("T")

_CONDITIONS = ("if_match", "if_none_match", "if_modified_since", "if_unmodified_since")


class Calls:
    """Builds the calls of one API version. A subclass may override the three hooks to check and convert arguments."""

    def __init__(self, api_version: str = DEFAULT_API_VERSION) -> None:
        self.api_version = api_version

    def _check_arguments(self, operation: str, arguments: Mapping[str, Any]) -> None:
        """Hook: called with the arguments of an operation, except its body, before anything is built."""

    def _as_model(self, kind: type[T], value: T | Mapping[str, Any], name: str) -> T:
        """Hook: return the model for the body argument `name`, which may be plain JSON."""
        if isinstance(value, Mapping):
            model: T = kind.from_dict(value)  # type: ignore[attr-defined]
            return model
        return value

    def _check_request(self, operation: str, kwargs: Mapping[str, Any]) -> None:
        """Hook: called with query ("params"), headers and body ("json") of a request."""

    def _common(
        self, server_timeout: int | None, client_request_id: str | None, condition: Condition | None = None
    ) -> dict[str, Any]:
        """Return the arguments that most operations share; those that are not set are left out."""
        given: dict[str, Any] = {"api_version": self.api_version}
        if server_timeout is not None:
            given["timeout" if SERVER_TIMEOUT_NAME[self.api_version] == "timeout" else "time_out"] = server_timeout
        if client_request_id is not None:
            given["client_request_id"] = client_request_id
            given["return_client_request_id"] = True
        if condition is not None:
            given |= {name: value for name in _CONDITIONS if (value := getattr(condition, name)) is not None}
        return given

    def _build(
        self,
        operation: str,
        kwargs: Mapping[str, Any],
        success: tuple[int, ...],
        read: Callable[[Answer], T],
        headers: Mapping[str, str] | None,
        timeout: timedelta | float | None,
    ) -> Call[T]:
        """Return the call for the request that a generated endpoint function describes."""
        self._check_request(operation, kwargs)
        return Call(
            operation=operation,
            method=kwargs["method"].upper(),
            path=kwargs["url"],
            query={name: _text(value) for name, value in kwargs.get("params", {}).items()},
            headers=_merged(kwargs.get("headers", {}), headers or {}),
            success=success,
            read=read,
            body=kwargs.get("json"),
            timeout=timeout.total_seconds() if isinstance(timeout, timedelta) else timeout,
        )


def some(**arguments: Any) -> dict[str, Any]:
    """Return those arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


def comma_list(names: Sequence[str] | str | None) -> str | None:
    """Return names joined with commas and without blanks."""
    if names is None:
        return None
    return (names if isinstance(names, str) else ",".join(map(str, names))).replace(" ", "")


def text_of(value: object) -> str | None:
    """Return a value as text, or None."""
    return None if value is None else str(value)


def read_json(read: Callable[[Mapping[str, Any]], T]) -> Callable[[Answer], T]:
    """Return a function that reads the body of an answer as JSON and builds a model from it."""

    def read_answer(answer: Answer) -> T:
        return read(read_object(answer.content))

    return read_answer


def read_bytes(answer: Answer) -> bytes:
    """Return the body of an answer as it came."""
    return answer.content


def read_found(answer: Answer) -> bool:
    """Return whether a thing exists, for operations that ask so with HEAD."""
    return answer.status_code != 404


def read_nothing(answer: Answer) -> None:
    """Return None, for operations whose answers have no body."""


def _merged(own: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of the operation and of the caller; of two names that differ in letter case only, the last."""
    return dict({name.lower(): (name, value) for name, value in (*own.items(), *given.items())}.values())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
