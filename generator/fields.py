"""The module `batchtasks_rest/_fields.py`: for each list, the properties that its `$filter` takes (from `x-filter`)."""

from __future__ import annotations

from typing import Any

from generator.document import operations, resolve, snake

_HEAD = '''"""The properties that `$filter` of each list takes. P is the class that builds conditions on a property."""

from __future__ import annotations

from typing import Generic, TypeVar

P = TypeVar("P")
'''


def fields_module(spec: dict[str, Any]) -> str:
    """Return the text of the module: a class for each list, and a table of the facts."""
    tables = filters(spec)
    parts = [_HEAD]
    for operation, table in tables.items():
        parts.append(
            f'\n\nclass {operation.replace("_", "")}Fields(Generic[P]):\n    """Properties that {operation} can filter by."""\n'
        )
        for name, (path, kind, operators, values) in table.items():
            allowed = f"; values: {', '.join(values)}" if values else ""
            parts.append(f'\n    {name}: P\n    """{path} ({kind}): {", ".join(operators)}{allowed}."""\n')
    declared = "dict[str, dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]]"
    parts.append(f"\n\nFILTERS: {declared} = {tables!r}\n")
    parts.append(
        '"""By operation and Python name: the path in the service, the type, the operators and the known values."""\n'
    )
    return "".join(parts)


def filters(spec: dict[str, Any]) -> dict[str, dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]]:
    """Return, by operation and Python name: path, type, operators and known values."""
    found: dict[str, dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {}
    for operation in operations(spec):
        for parameter in operation.parameters:
            for path, row in parameter.get("x-filter", {}).items():
                table = found.setdefault(operation.name, {})
                name = snake(path.rpartition("/")[2])
                # Two objects may have a member of the same name.
                name = snake(path) if name in table else name
                values = tuple(_member(spec, operation.item_schema, row.get("member", path)).get("enum", ()))
                table[name] = (path, row["type"], tuple(row["operators"]), values)
    return found


def _member(spec: dict[str, Any], schema: Any, path: str) -> dict[str, Any]:
    """Return the schema of a member, by the way to it, or {} when the schema has none."""
    for name in path.split("/"):
        schema = resolve(spec, resolve(spec, schema or {}).get("properties", {}).get(name))
    return schema or {}
