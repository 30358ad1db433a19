# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the service by group; the functions here are what their `...Calls` classes share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from .._call import Answer, Call, Condition
from .._facts import SERVER_TIMEOUT_NAME
from .._wire import read_object

T = TypeVar("T")


def build(
    operation: str,
    kwargs: Mapping[str, Any],
    success: tuple[int, ...],
    read: Callable[[Answer], T],
    headers: Mapping[str, str] | None,
    timeout: float | None,
) -> Call[T]:
    """The call made of what a generated endpoint function says is to be sent."""
    return Call(
        operation=operation,
        method=kwargs["method"].upper(),
        path=kwargs["url"],
        query={name: _text(value) for name, value in kwargs.get("params", {}).items()},
        headers={**kwargs.get("headers", {}), **(headers or {})},
        success=success,
        read=read,
        body=kwargs.get("json"),
        timeout=timeout,
    )


def common(
    api_version: str, server_timeout: int | None, client_request_id: str | None, condition: Condition | None = None
) -> dict[str, Any]:
    """The arguments of an endpoint function that most operations share; what is not given is left out."""
    given: dict[str, Any] = {"api_version": api_version}
    if server_timeout is not None:
        given["timeout" if SERVER_TIMEOUT_NAME.get(api_version) == "timeout" else "time_out"] = server_timeout
    if client_request_id is not None:
        given["client_request_id"] = client_request_id
        given["return_client_request_id"] = True
    if condition is not None:
        for name in ("if_match", "if_none_match", "if_modified_since", "if_unmodified_since"):
            if (value := getattr(condition, name)) is not None:
                given[name] = value
    return given


def some(**arguments: Any) -> dict[str, Any]:
    """Those arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


def as_model(kind: type[T], value: T | Mapping[str, Any]) -> T:
    """The model itself, or the one made of plain JSON."""
    if isinstance(value, Mapping):
        model: T = kind.from_dict(value)  # type: ignore[attr-defined]
        return model
    return value


def comma_list(names: Sequence[str] | str | None) -> str | None:
    """Names joined with commas; text passes as it is."""
    return names if names is None or isinstance(names, str) else ",".join(map(str, names))


def read_json(read: Callable[[Mapping[str, Any]], T]) -> Callable[[Answer], T]:
    """Reads the body of an answer as JSON and makes a model of it."""

    def read_answer(answer: Answer) -> T:
        return read(read_object(answer.content))

    return read_answer


def read_bytes(answer: Answer) -> bytes:
    """The body of an answer as it came."""
    return answer.content


def read_nothing(answer: Answer) -> None:
    """For operations that answer without a body."""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
