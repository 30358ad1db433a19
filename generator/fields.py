"""The module `batchtasks_rest/_fields.py`: for each list, the properties that its `$filter` takes (from `x-filter`)."""

from __future__ import annotations

import re
from typing import Any

from generator.document import answer_schema, operations, parameters, resolve

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
    for operation, _, url, node in operations(spec):
        for parameter in parameters(spec, url, node):
            for path, row in parameter.get("x-filter", {}).items():
                values = _values(spec, node, row.get("member", path))
                table = found.setdefault(operation, {})
                name = _snake(path.rpartition("/")[2])
                # Two objects may have a member of the same name.
                name = _snake(path) if name in table else name
                table[name] = (path, row["type"], tuple(row["operators"]), values)
    return found


def _snake(path: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path.replace("/", "_")).lower()


def _values(spec: dict[str, Any], operation: dict[str, Any], path: str) -> tuple[str, ...]:
    """Return the values of the enum that a property of the listed items has, if it has one."""
    answer = resolve(spec, answer_schema(spec, operation) or {})
    node = resolve(spec, answer.get("properties", {}).get("value", {}).get("items", {}))
    for name in path.split("/"):
        node = resolve(spec, node.get("properties", {}).get(name, {}))
    return tuple(node.get("enum", ()))
