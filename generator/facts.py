"""The modules `batchtasks_rest/_facts.py` and `_fields.py`: what the spec knows and models cannot say.

MARKS has, for each operation, what only some API versions have: the way to it in the request as it is built, a value that
is found there (or None for any), the first version that has it, and the first that has it no longer. The way begins with
`params`, `headers` or `json`; an empty one is that of the operation itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pprint import pformat
from typing import Any

from generator.document import MARKS, GeneratorError, Operation, operations, resolve, snake
from generator.versions import api_versions, default_version, exists

Spec = dict[str, Any]
Row = tuple[Any, ...]
Way = tuple[str, ...]  # the members that lead to something; `*` stands for any element of a list

_FIELDS = '''"""The properties that `$filter` of each list takes. P is the class that builds conditions on a property."""

from __future__ import annotations

from typing import Generic, TypeVar

P = TypeVar("P")
'''


def facts_module(spec: Spec) -> str:
    """Return the text of `_facts.py`: a table for each kind of fact."""
    lines = ['"""What the spec knows and models cannot say: versions, marks, error codes."""\n']
    for name, (declared, value) in facts(spec).items():
        lines.append(f"{name}: {declared} = {pformat(value, width=110, sort_dicts=False)}\n")
    return "\n".join(lines)


def fields_module(spec: Spec) -> str:
    """Return the text of `_fields.py`: for each list, a class with the properties that its `$filter` takes; and a table."""
    tables = {operation.name: found for operation in operations(spec) if (found := _filters(operation))}
    lines = [_FIELDS]
    for operation, table in tables.items():
        lines.append(f"class {operation.replace('_', '')}Fields(Generic[P]):")
        lines.append(f'    """Properties that {operation} can filter by."""')
        for name, (path, kind, operators, values) in table.items():
            allowed = f"; values: {', '.join(values)}" if values else ""
            lines.append(f'\n    {name}: P\n    """{path} ({kind}): {", ".join(operators)}{allowed}."""')
    lines.append(f"FILTERS: dict[str, dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {tables!r}")
    lines.append(
        '"""By operation and Python name: the path in the service, the type, the operators and the known values."""\n'
    )
    return "\n".join(lines)


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


def _filters(operation: Operation) -> dict[str, Row]:
    """Return what a list can be filtered by, by its name in Python: path, type, operators and known values."""
    table: dict[str, Row] = {}
    rows = {path: row for parameter in operation.parameters for path, row in parameter.get("x-filter", {}).items()}
    for path, row in rows.items():
        schema = operation.item_schema or {}
        for name in row.get("member", path).split("/"):
            members = resolve(operation.document, schema).get("properties", {})
            schema = resolve(operation.document, members.get(name)) or {}
        name = snake(path.rpartition("/")[2])
        name = snake(path) if name in table else name  # two objects may have a member of the same name
        table[name] = (path, row["type"], tuple(row["operators"]), tuple(schema.get("enum", ())))
    return table
