"""The package `batchtasks_rest/azure14`: the models and operations that the spec has, by the names of azure-batch 14.

`compat.json` beside this module has what azure-batch 14.2.0 calls otherwise than the spec, and what the spec leaves open. There
a member reads "type" or "type nameInTheService"; an operation reads "arguments -> result", with "..." for the options object,
the headers and `raw`. A result `XPaged` is a list of X.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.document import operations, snake
from generator.values import PLAIN, value_of

Json = dict[str, Any]
NAMES = Path(__file__).with_name("compat.json")
_INIT = '"""Models and operations by the names of azure-batch 14."""\n'
_MODELS = '''"""The models, each with the members that the spec has; `batchtasks_rest.models` says what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from .._azure14 import Model, Paged, member
'''
_OPERATIONS = '''"""The operations, with the signatures that they have there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, overload

from .._azure14 import Group
from . import models
'''
_NOT_OPTIONS = {"api_version", "time_out", "recursive"}
_ARGUMENTS = {
    "value": "Iterable[Any]",
    "threads": "int | None",
    "callback": "Callable[..., Any] | None",
    "recursive": "bool | None",
    "terminate_reason": "str | None",
    "custom_headers": "Mapping[str, str] | None",
}


def compat_modules(spec: Json, rows: dict[str, Json], wishes: Json) -> dict[str, str]:
    """Return the texts of the modules by their names."""
    names = json.loads(NAMES.read_text(encoding="utf-8"))
    calls: dict[str, str] = {}
    classes: dict[str, list[str]] = {}
    for operation in operations(spec):
        calls[".".join(map(snake, operation.name.split("_")))] = _call(rows[operation.name])
        classes[f"{operation.name.replace('_', '')}Options"] = _options(operation.parameters, names, wishes)
    calls |= names["operations"]
    for name, schema in spec["components"]["schemas"].items():
        if "enum" in schema:
            values = {names["words"].get(value) or snake(value): value for value in schema["enum"]}
            classes[f"{name}(str, Enum)"] = _enum(values)
        elif "odata.nextLink" not in schema.get("properties", ["odata.nextLink"]):  # a page of a list is no model there
            classes[name] = _members(spec, name, schema, names, wishes)
    classes |= {
        name: [_member(one, *text.split()) for one, text in rows.items()] for name, rows in names["models"].items()
    }
    classes |= {f"{name}(str, Enum)": _enum(values) for name, values in names["enums"].items()}
    return {"__init__": _INIT, "models": _models(classes, calls), "operations": _operations(classes, calls)}


def _members(spec: Json, name: str, schema: Json, names: Json, wishes: Json) -> list[str]:
    renamed, types = names["renamed"].get(name, {}), names["types"].get(name, {})
    rows = []
    for wire, value in schema["properties"].items():
        one = wishes["members"].get(wire) or snake(wire)
        kind = types.get(one) or value_of(spec, value, names["models"]).type
        if not wire.startswith("odata."):
            rows.append(_member(renamed.get(one, one), kind, wire, wire in schema.get("required", ())))
    return rows


def _member(name: str, kind: str, wire: str = "", is_required: bool = False) -> str:
    """Return the line of a member. Most types are left open, as there, so that a program that checks there checks here."""
    first, *others = name.split("_")
    wire = wire or first + "".join(word.capitalize() for word in others)
    shown = kind if is_required and kind in PLAIN.values() else f"{kind} | Any"
    return f"{name}: {shown} = member({json.dumps(wire)}{'' if is_required else ', default=None'})"


def _options(given: list[Json], names: Json, wishes: Json) -> list[str]:
    found = [wishes["rename"].get(one["name"]) or snake(one["name"]) for one in given if one["in"] != "path"]
    defaults = names["defaults"]
    return [f'{one}: Any = member("{one}", default={defaults.get(one)})' for one in found if one not in _NOT_OPTIONS]


def _enum(values: dict[str, str]) -> list[str]:
    return [f"{name} = {json.dumps(value)}" for name, value in values.items()]


def _call(row: Json) -> str:
    """Return the arguments and the result of an operation."""
    arguments = [one["name"] for one in row["path"]]
    arguments += [f"{one['name']}{'=None' if one['optional'] else ''}" for one in row["body"].get("arguments", ())]
    arguments += ["recursive=None" for one in row["options"] if one["name"] == "recursive"]
    result = f"{row['item']}Paged" if row["item"] else row["answer"] or "None"
    return f"{', '.join([*arguments, '...'])} -> {result}"


def _models(classes: dict[str, list[str]], calls: dict[str, str]) -> str:
    lines = [_MODELS]
    for head, rows in sorted(classes.items()):
        lines += ["", f"class {head if '(' in head else f'{head}(Model)'}:"]
        lines += [f"    {row}" for row in rows or ["pass"]]
    items = sorted({text.removesuffix("Paged") for text in map(_result_of, calls.values()) if text.endswith("Paged")})
    for item in items:
        lines += [f"class {item}Paged(Paged[{item}]):", f"    item = {item}", ""]
    public = sorted([*(head.partition("(")[0] for head in classes), *(f"{item}Paged" for item in items)])
    return "\n".join([*lines, f"__all__ = {json.dumps(public)}", ""])


def _operations(classes: dict[str, list[str]], calls: dict[str, str]) -> str:
    lines, groups = [_OPERATIONS], []
    for group, rows in groupby(sorted(calls.items()), lambda row: row[0].partition(".")[0]):
        groups.append(group)
        lines += [f"class {_camel(group)}Operations(Group):"]
        for operation, text in rows:
            lines += [f"    {line}" for line in _method(operation, text, classes)]
    lines += ["class Groups:", '    """All groups."""', "    def __init__(self, invoke: Any) -> None:"]
    lines += [f"        self.{group} = {_camel(group)}Operations(invoke)" for group in groups]
    return "\n".join([*lines, f"__all__ = {json.dumps([f'{_camel(group)}Operations' for group in groups])}", ""])


def _method(operation: str, text: str, classes: dict[str, list[str]]) -> Iterator[str]:
    arguments, result = text.partition(" -> ")[0], _result_of(text)
    kind = f"models.{result}" if result in classes or result.endswith("Paged") else "None"
    shown = {"Iterator": "Iterator[bytes]", "NotImplemented": "Any"}.get(result, result if kind == "None" else kind)
    options = f"{_camel(operation)}Options"
    # What a list or a bulk call returns is the same with raw=True.
    has_raw = not result.endswith("Paged") and operation != "task.add_collection" and result != "NotImplemented"
    if has_raw:
        for kind_of_raw, returned in (("Literal[False]", shown), ("bool", "Any")):
            yield from ("@overload", f"{_signature(operation, arguments, returned, kind_of_raw, classes)} ...")
    yield _signature(operation, arguments, "Any" if has_raw else shown, "bool", classes)
    if result == "NotImplemented":
        yield f'    raise self._missing("{operation}")'
    else:
        yield f'    return self._invoke("{operation}", models.{options}, {kind}, locals())'


def _signature(operation: str, arguments: str, result: str, raw: str, classes: dict[str, list[str]]) -> str:
    options = f"{_camel(operation)}Options"
    kind = f"models.{options} | Mapping[str, Any] | None" if options in classes else "Any"
    name = f"{operation.replace('.', '_')}_options"
    known = {**_ARGUMENTS, name: kind, "raw": raw}
    parts = ["self"]
    for one in arguments.replace("...", f"{name}=None, custom_headers=None, raw=False").split(", "):
        own, equals, default = one.partition("=")
        parts.append(f"{own}: {known.get(own, 'str' if own.endswith(('_id', '_path')) else 'Any')}{equals}{default}")
    return f"def {operation.partition('.')[2]}({', '.join([*parts, '**operation_config: Any'])}) -> {result}:"


def _result_of(text: str) -> str:
    return text.partition(" -> ")[2]


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in re.split("[_.]", name))
