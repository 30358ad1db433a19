"""The tables of `batchtasks_rest/_facts.py`: what the spec knows and models cannot say.

The tables of marks hold (..., since, until): the first API version that has the thing, and the first that has it no
longer. What every version has stands in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.document import GeneratorError, answer_schema, operations, parameters, request_schema, resolve
from generator.versions import api_versions, default_version, exists

Spec = dict[str, Any]
Table = dict[str, Any]  # by operation, API version or error code
Row = tuple[Any, ...]  # what is marked, since, until
_MARK = "str | None, str | None"


def facts(spec: Spec) -> dict[str, tuple[str, Any]]:
    """Return each table by its name, with its type as it is to be declared."""
    names = {name: tuple(_selectable(spec, path, operation)) for name, _, path, operation in operations(spec)}
    selectable = {name: found for name, found in names.items() if found}
    return {
        "API_VERSIONS": ("tuple[str, ...]", api_versions(spec)),
        "OPERATIONS": ("tuple[str, ...]", tuple(name for name, *_ in operations(spec))),
        "DEFAULT_API_VERSION": ("str", default_version(spec)),
        "SERVER_TIMEOUT_NAME": ("dict[str, str]", _server_timeout_names(spec)),
        "OPERATION_MARKS": (f"dict[str, tuple[{_MARK}]]", _operation_marks(spec)),
        "PARAMETER_MARKS": (f"dict[str, tuple[tuple[str, {_MARK}], ...]]", _by_operation(spec, _parameter_marks)),
        "FIELD_MARKS": (f"dict[str, tuple[tuple[tuple[str, ...], {_MARK}], ...]]", _by_operation(spec, _field_marks)),
        "VALUE_MARKS": (
            f"dict[str, tuple[tuple[tuple[str, ...], str, {_MARK}], ...]]",
            _by_operation(spec, _value_marks),
        ),
        "SELECT_MARKS": (f"dict[str, tuple[tuple[str, {_MARK}], ...]]", _by_operation(spec, _select_marks)),
        "ERROR_CODES": (
            "dict[str, tuple[int, ...]]",
            {row["code"]: tuple(row["status"]) for row in spec["x-error-codes"]},
        ),
        "SELECTABLE": ("dict[str, tuple[str, ...]]", selectable),
        "EXPANDABLE": ("dict[str, tuple[str, ...]]", _expandable(spec)),
        "EXACTLY_ONE": ("dict[str, tuple[str, ...]]", _exactly_one(spec)),
    }


def _server_timeout_names(spec: Spec) -> Table:
    """Per version the spelling of the server timeout; the common parameters of any operation show it."""
    versions = api_versions(spec)
    _, _, path, operation = next(iter(operations(spec)))
    spellings = [p for p in parameters(spec, path, operation) if p["name"].lower() == "timeout"]
    names = {v: [p["name"] for p in spellings if exists(p, v, versions)] for v in versions}
    if any(len(found) != 1 for found in names.values()):
        raise GeneratorError(f"every API version must have exactly one spelling of the server timeout: {names}")
    return {version: found[0] for version, found in names.items()}


def _operation_marks(spec: Spec) -> Table:
    return {name: _mark(operation) for name, _, _, operation in operations(spec) if any(_mark(operation))}


def _parameter_marks(spec: Spec, path: str, operation: Spec) -> Iterator[Row]:
    for parameter in parameters(spec, path, operation):
        if parameter["name"].lower() != "timeout":
            yield parameter["name"], *_mark(parameter)


def _field_marks(spec: Spec, _: str, operation: Spec) -> Iterator[Row]:
    for way, node in _fields(spec, request_schema(spec, operation)):
        yield way, *_mark(node)


def _value_marks(spec: Spec, _: str, operation: Spec) -> Iterator[Row]:
    for way, node in _fields(spec, request_schema(spec, operation)):
        for value, mark in resolve(spec, node).get("x-enum-marks", {}).items():
            yield way, value, *_mark(mark)


def _select_marks(spec: Spec, path: str, operation: Spec) -> Iterator[Row]:
    for name, node in _selectable(spec, path, operation).items():
        yield name, *_mark(node)


def _by_operation(spec: Spec, marks: Callable[[Spec, str, Spec], Iterator[Row]]) -> Table:
    """The operations of which anything is marked, with what is."""
    rows = {name: tuple(r for r in marks(spec, path, o) if any(r[-2:])) for name, _, path, o in operations(spec)}
    return {name: marked for name, marked in rows.items() if marked}


def _fields(spec: Spec, schema: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every member below a schema with the way to it; `*` stands for any element of a list."""
    schema = resolve(spec, schema)
    if not isinstance(schema, dict):
        return
    for name, member in schema.get("properties", {}).items():
        yield (*way, name), member
        yield from _fields(spec, member, (*way, name))
    if "items" in schema:
        yield (*way, "*"), schema["items"]
        yield from _fields(spec, schema["items"], (*way, "*"))


def _mark(node: dict[str, Any]) -> tuple[str | None, str | None]:
    return node.get("x-since"), node.get("x-until")


def _selectable(spec: Spec, path: str, operation: Spec) -> dict[str, Any]:
    """The members of what an operation with `$select` answers, or of each item that it lists."""
    if all(parameter["name"] != "$select" for parameter in parameters(spec, path, operation)):
        return {}
    answer = resolve(spec, answer_schema(spec, operation))
    item = resolve(spec, answer.get("properties", {}).get("value", {}).get("items", answer))
    return {name: node for name, node in item["properties"].items() if not name.startswith("odata.")}


def _exactly_one(spec: Spec) -> Table:
    """The schemas that need exactly one of some members, with those."""
    schemas = spec["components"]["schemas"].items()
    choices = {name: [choice.get("required", ()) for choice in schema.get("oneOf", ())] for name, schema in schemas}
    return {name: tuple(one for (one,) in found) for name, found in choices.items() if found}


def _expandable(spec: Spec) -> Table:
    return {
        name: tuple(resolve(spec, resolve(spec, found["schema"]).get("items", {})).get("enum", ()))
        for name, found in _with_parameter(spec, "$expand")
    }


def _with_parameter(spec: Spec, wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, _, path, operation in operations(spec):
        yield from ((name, found) for found in parameters(spec, path, operation) if found["name"] == wanted)
