"""The tables of `batchtasks_rest/_facts.py`: what the spec knows and models cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.document import answer_schema, operations, parameters, request_schema, resolve
from generator.problem import Problem
from generator.versions import api_versions, default_version, exists

Path = tuple[str, ...]
Mark = tuple[str | None, str | None]


def facts(spec: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Each table by its name, with its type as it is to be declared."""
    return {
        "API_VERSIONS": ("tuple[str, ...]", api_versions(spec)),
        "OPERATIONS": ("tuple[str, ...]", tuple(name for name, *_ in operations(spec))),
        "DEFAULT_API_VERSION": ("str", default_version(spec)),
        "SERVER_TIMEOUT_NAME": ("dict[str, str]", _server_timeout_names(spec)),
        "PARAMETER_MARKS": ("dict[str, tuple[tuple[str, str | None, str | None], ...]]", _parameter_marks(spec)),
        "FIELD_MARKS": ("dict[str, tuple[tuple[tuple[str, ...], str | None, str | None], ...]]", _field_marks(spec)),
        "VALUE_MARKS": (
            "dict[str, tuple[tuple[tuple[str, ...], str, str | None, str | None], ...]]",
            _value_marks(spec),
        ),
        "ERROR_CODES": ("dict[str, tuple[int, ...]]", _error_codes(spec)),
        "SELECTABLE": ("dict[str, tuple[str, ...]]", _selectable(spec)),
        "EXPANDABLE": ("dict[str, tuple[str, ...]]", _expandable(spec)),
    }


def _server_timeout_names(spec: dict[str, Any]) -> dict[str, str]:
    """Per version the spelling of the server timeout; the common parameters of any operation show it."""
    versions = api_versions(spec)
    _, _, path, operation = next(iter(operations(spec)))
    spellings = [p for p in parameters(spec, path, operation) if p["name"].lower() == "timeout"]
    names = {v: [p["name"] for p in spellings if exists(p, v, versions)] for v in versions}
    if any(len(found) != 1 for found in names.values()):
        raise Problem(f"every API version must have exactly one spelling of the server timeout: {names}")
    return {version: found[0] for version, found in names.items()}


def _parameter_marks(spec: dict[str, Any]) -> dict[str, tuple[tuple[str, str | None, str | None], ...]]:
    found = {}
    for name, _, path, operation in operations(spec):
        marked = tuple(
            (p["name"], *_mark(p))
            for p in parameters(spec, path, operation)
            if any(_mark(p)) and p["name"].lower() != "timeout"
        )
        if marked:
            found[name] = marked
    return found


def _field_marks(spec: dict[str, Any]) -> dict[str, tuple[tuple[Path, str | None, str | None], ...]]:
    found = {}
    for name, _, _, operation in operations(spec):
        schema = request_schema(spec, operation)
        marked = tuple((way, *_mark(node)) for way, node in _fields(spec, schema) if any(_mark(node)))
        if marked:
            found[name] = marked
    return found


def _value_marks(spec: dict[str, Any]) -> dict[str, tuple[tuple[Path, str, str | None, str | None], ...]]:
    found = {}
    for name, _, _, operation in operations(spec):
        marked = tuple(
            (way, value, *_mark(mark))
            for way, node in _fields(spec, request_schema(spec, operation))
            for value, mark in resolve(spec, node).get("x-enum-marks", {}).items()
        )
        if marked:
            found[name] = marked
    return found


def _fields(spec: dict[str, Any], schema: Any, way: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
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


def _mark(node: dict[str, Any]) -> Mark:
    return node.get("x-since"), node.get("x-until")


def _error_codes(spec: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {entry["code"]: tuple(entry["status"]) for entry in spec["x-error-codes"]}


def _selectable(spec: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, _ in _parameters_named(spec, "$select"):
        operation = next(o for n, _, _, o in operations(spec) if n == name)
        answer = resolve(spec, answer_schema(spec, operation))
        item = answer.get("properties", {}).get("value", {}).get("items", answer)
        found[name] = tuple(p for p in resolve(spec, item)["properties"] if not p.startswith("odata."))
    return found


def _expandable(spec: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(resolve(spec, resolve(spec, parameter["schema"]).get("items", {})).get("enum", ()))
        for name, parameter in _parameters_named(spec, "$expand")
    }


def _parameters_named(spec: dict[str, Any], wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, _, path, operation in operations(spec):
        for parameter in parameters(spec, path, operation):
            if parameter["name"] == wanted:
                yield name, parameter
