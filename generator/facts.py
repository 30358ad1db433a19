"""The tables of `batchtasks_rest/_facts.py`: what the spec knows and models cannot say.

The tables of marks hold (..., since, until): the first API version that has the thing, and the first that has it no
longer. What every version has stands in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.document import MARKS, GeneratorError, Operation, operations, resolve
from generator.versions import api_versions, default_version, exists

Spec = dict[str, Any]
Row = tuple[Any, ...]  # what is marked, since, until
Way = tuple[str, ...]  # the members that lead to something; `*` stands for any element of a list
_MARK = "str | None, str | None"


def facts(spec: Spec) -> dict[str, tuple[str, Any]]:
    """Return each table by its name, with its type as it is to be declared."""
    each = tuple(operations(spec))

    def table(say: Callable[[Operation], Iterable[Any]]) -> dict[str, Row]:
        """Return what there is to say of each operation; those of which there is nothing are left out."""
        return {operation.name: found for operation in each if (found := tuple(say(operation)))}

    return {
        "API_VERSIONS": ("tuple[str, ...]", api_versions(spec)),
        "OPERATIONS": ("tuple[str, ...]", tuple(operation.name for operation in each)),
        "DEFAULT_API_VERSION": ("str", default_version(spec)),
        "SERVER_TIMEOUT_NAME": ("dict[str, str]", _server_timeout_names(spec, each[0])),
        "OPERATION_MARKS": (
            f"dict[str, tuple[{_MARK}]]",
            table(lambda operation: next(_marked([((), operation.node)]), ())),
        ),
        "PARAMETER_MARKS": (f"dict[str, tuple[tuple[str, {_MARK}], ...]]", table(_parameter_marks)),
        "FIELD_MARKS": (
            f"dict[str, tuple[tuple[tuple[str, ...], {_MARK}], ...]]",
            table(lambda operation: _marked(((way,), node) for way, node in _sent(operation))),
        ),
        "VALUE_MARKS": (f"dict[str, tuple[tuple[tuple[str, ...], str, {_MARK}], ...]]", table(_value_marks)),
        "SELECT_MARKS": (
            f"dict[str, tuple[tuple[str, {_MARK}], ...]]",
            table(lambda operation: _marked(((name,), node) for name, node in _selectable(operation).items())),
        ),
        "ERROR_CODES": (
            "dict[str, tuple[int, ...]]",
            {row["code"]: tuple(row["status"]) for row in spec["x-error-codes"]},
        ),
        "SELECTABLE": ("dict[str, tuple[str, ...]]", table(_selectable)),
        "EXPANDABLE": ("dict[str, tuple[str, ...]]", table(_expandable)),
        "EXACTLY_ONE": ("dict[str, tuple[str, ...]]", _exactly_one(spec)),
    }


def _server_timeout_names(spec: Spec, operation: Operation) -> dict[str, str]:
    """Return the spelling of the server timeout in each version; the common parameters of any operation show it."""
    versions = api_versions(spec)
    spellings = [p for p in operation.parameters if p["name"].lower() == "timeout"]
    names = {v: [p["name"] for p in spellings if exists(p, v, versions)] for v in versions}
    if any(len(found) != 1 for found in names.values()):
        raise GeneratorError(f"every API version must have exactly one spelling of the server timeout: {names}")
    return {version: found[0] for version, found in names.items()}


def _marked(things: Iterable[tuple[Row, Spec]]) -> Iterator[Row]:
    """Yield a row for each of some things that is marked."""
    for thing, node in things:
        if not node.keys().isdisjoint(MARKS):
            yield *thing, *map(node.get, MARKS)


def _parameter_marks(operation: Operation) -> Iterator[Row]:
    return _marked(((p["name"],), p) for p in operation.parameters if p["name"].lower() != "timeout")


def _value_marks(operation: Operation) -> Iterator[Row]:
    return _marked(
        ((way, value), mark)
        for way, node in _sent(operation)
        for value, mark in resolve(operation.document, node).get("x-enum-marks", {}).items()
    )


def _sent(operation: Operation) -> Iterator[tuple[Way, Spec]]:
    """Yield every member of the request body with the way to it."""
    return _members(operation.document, operation.request_schema)


def _members(spec: Spec, schema: Any, way: Way = ()) -> Iterator[tuple[Way, Spec]]:
    schema = resolve(spec, schema)
    if not isinstance(schema, dict):
        return
    members = {**schema.get("properties", {}), **({"*": schema["items"]} if "items" in schema else {})}
    for name, member in members.items():
        yield (*way, name), member
        yield from _members(spec, member, (*way, name))


def _selectable(operation: Operation) -> dict[str, Spec]:
    """Return the members of what an operation with `$select` answers, or of each item that it lists."""
    if all(parameter["name"] != "$select" for parameter in operation.parameters):
        return {}
    item = resolve(operation.document, operation.item_schema or operation.answer_schema)
    return {name: node for name, node in item["properties"].items() if not name.startswith("odata.")}


def _expandable(operation: Operation) -> Iterator[str]:
    for parameter in operation.parameters:
        if parameter["name"] == "$expand":
            yield from resolve(operation.document, parameter["schema"]["items"]).get("enum", ())


def _exactly_one(spec: Spec) -> dict[str, Way]:
    """Return the schemas that need exactly one of some members, with those."""
    schemas = spec["components"]["schemas"].items()
    choices = {name: [choice.get("required", ()) for choice in schema.get("oneOf", ())] for name, schema in schemas}
    return {name: tuple(one for (one,) in found) for name, found in choices.items() if found}
