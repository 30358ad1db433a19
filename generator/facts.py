"""The tables of `batchtasks_rest/_facts.py`: what the spec knows and models cannot say.

MARKS has, for each operation, what only some API versions have: the way to it in the request as it is built, a value that
is found there (or None for any), the first version that has it, and the first that has it no longer. The way begins with
`params`, `headers` or `json`; an empty one is that of the operation itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.document import MARKS, GeneratorError, Operation, operations, resolve
from generator.versions import api_versions, default_version, exists

Spec = dict[str, Any]
Row = tuple[Any, ...]  # what is marked, since, until
Way = tuple[str, ...]  # the members that lead to something; `*` stands for any element of a list


def facts(spec: Spec) -> dict[str, tuple[str, Any]]:
    """Return each table by its name, with its type as it is to be declared."""
    each, codes = tuple(operations(spec)), spec["x-error-codes"]

    def table(say: Callable[[Operation], Iterable[Any]]) -> dict[str, Row]:
        """Return what there is to say of each operation; those of which there is nothing are left out."""
        return {operation.name: found for operation in each if (found := tuple(say(operation)))}

    def shows_done(operation: Operation) -> Iterable[str]:
        return (row["code"] for row in codes if operation.name in row.get("done", ()))

    words = "tuple[str, ...]"
    return {
        "API_VERSIONS": (words, api_versions(spec)),
        "OPERATIONS": (words, tuple(operation.name for operation in each)),
        "DEFAULT_API_VERSION": ("str", default_version(spec)),
        "SERVER_TIMEOUT_NAME": ("dict[str, str]", _server_timeout_names(spec, each[0])),
        "MARKS": (f"dict[str, tuple[tuple[{words}, str | None, str | None, str | None], ...]]", table(_marks)),
        "ERROR_CODES": ("dict[str, tuple[int, ...]]", {row["code"]: tuple(row["status"]) for row in codes}),
        "ABOUT_CALL": (words, tuple(row["code"] for row in codes if row.get("about") == "call")),
        "SHOWS_DONE": (f"dict[str, {words}]", table(shows_done)),
        "SELECTABLE": (f"dict[str, {words}]", table(_selectable)),
        "EXPANDABLE": (f"dict[str, {words}]", table(_expandable)),
        "EXACTLY_ONE": (f"dict[str, {words}]", _exactly_one(spec)),
    }


def _server_timeout_names(spec: Spec, operation: Operation) -> dict[str, str]:
    """Return the spelling of the server timeout in each version; the common parameters of any operation show it."""
    versions = api_versions(spec)
    spellings = [p for p in operation.parameters if p["name"].lower() == "timeout"]
    names = {v: [p["name"] for p in spellings if exists(p, v, versions)] for v in versions}
    if any(len(found) != 1 for found in names.values()):
        raise GeneratorError(f"every API version must have exactly one spelling of the server timeout: {names}")
    return {version: found[0] for version, found in names.items()}


def _marks(operation: Operation) -> Iterator[Row]:
    things: list[tuple[Way, str | None, Spec]] = [((), None, operation.node)]
    for parameter in operation.parameters:
        if parameter["name"].lower() != "timeout":
            place = "headers" if parameter["in"] == "header" else "params"
            things.append(((place, parameter["name"]), None, parameter))
    things += [(("params", "$select", "*"), name, node) for name, node in _selectable(operation).items()]
    for way, node in _members(operation.document, operation.request_schema, ("json",)):
        things.append((way, None, node))
        values = resolve(operation.document, node).get("x-enum-marks", {})
        things += [(way, value, mark) for value, mark in values.items()]
    for way, value, node in things:
        if not node.keys().isdisjoint(MARKS):
            yield way, value, *map(node.get, MARKS)


def _members(spec: Spec, schema: Any, way: Way) -> Iterator[tuple[Way, Spec]]:
    """Yield every member below a schema, with the way to it."""
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
