"""Writes the types of `batchtasks.compat`'s models and operations, from the tables that make the classes themselves.

python -m tests.batchtasks.compat.stubs      writes models.pyi and operations.pyi; `make generate` does it too

A member is shown as `X | Any` where azure-batch 14 leaves its type open, so that a program that checks with azure-batch checks
here too, and editors know the members all the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from batchtasks import compat
from batchtasks.compat import models
from batchtasks.compat._calls import result_of
from batchtasks.compat._operations import GROUPS, calls_of, group_class, item_of

FOLDER = Path(compat.__file__).parent
HEAD = "# Made by `python -m tests.batchtasks.compat.stubs`. Do not edit.\n# ruff: noqa\n# fmt: off"
_SIMPLE = {"str", "int", "bool", "float"}


def models_stub() -> str:
    """Return the text of models.pyi."""
    lines = [HEAD, "from datetime import datetime, timedelta", "from enum import Enum"]
    lines += ["from typing import Any", "", "from batchtasks.compat._calls import Paged as _Paged"]
    lines += ["from batchtasks.compat._model import Model as _Model"]
    for name in ("BatchErrorException", "CreateTasksErrorException"):
        lines.append(f"from batchtasks.compat.exceptions import {name} as {name}")
    lines += ["", "__all__: list[str]"]
    items = sorted({item for group in GROUPS for name in _public(group) if (item := item_of(group, name))})
    for name in models.__all__:
        kind = getattr(models, name)
        if name.endswith("ListResult") or issubclass(kind, Exception):
            continue
        lines += ["", *(_enum(kind) if issubclass(kind, Enum) else _model(kind))]
    for item in items:
        lines += ["", f"class {item}Paged(_Paged[{item}]): ..."]
    return "\n".join(lines) + "\n"


def _enum(kind: Any) -> Iterator[str]:
    yield f"class {kind.__name__}(str, Enum):"
    for one in kind:
        yield f"    {one.name} = {one.value!r}".replace("'", '"')


def _model(kind: Any) -> Iterator[str]:
    yield f"class {kind.__name__}(_Model):"
    fields = list(kind._fields.values())
    for one in fields:
        yield f"    {one.name}: {one.type if one.type in (*_SIMPLE, 'Any') else f'{one.type} | Any'}"
    given = [(one, one.type if one.type in _SIMPLE else "Any") for one in fields]
    texts = [f"{one.name}: {kind}" if one.is_required else f"{one.name}: {kind} | None = ..." for one, kind in given]
    yield f"    def __init__({', '.join(['self', *(['*'] if texts else []), *texts])}) -> None: ..."


def operations_stub() -> str:
    """Return the text of operations.pyi."""
    lines = [HEAD, "from collections.abc import Callable, Iterable, Iterator, Mapping"]
    lines += ["from typing import Any, Literal, overload", "", "from batchtasks.compat import models"]
    lines += ["from batchtasks.compat._operations import _Group"]
    for group in GROUPS:
        kind = group_class(group)
        lines += ["", f"class {kind.__name__}(_Group):"]
        for name in _public(group):
            lines += _method(group, name, vars(kind)[name])
    return "\n".join(lines) + "\n"


def _public(group: str) -> list[str]:
    return [name for name in vars(group_class(group)) if not name.startswith("_")]


def _method(group: str, name: str, method: Any) -> Iterator[str]:
    result = _result(group, name)
    if result.endswith("Paged") or name == "add_collection":
        yield from _definition(name, method, result, "bool")
        return
    yield "    @overload"
    yield from _definition(name, method, result, "Literal[False]")
    yield "    @overload"
    yield from _definition(name, method, "Any", "bool")


def _definition(name: str, method: Any, result: str, raw: str) -> Iterator[str]:
    texts = []
    for one in inspect.signature(method).parameters.values():
        default = "" if one.default is one.empty else " = ..."
        known = {"self": "self", "operation_config": "**operation_config: Any"}
        texts.append(known.get(one.name, f"{one.name}: {_argument(one.name, raw)}{default}"))
    yield f"    def {name}({', '.join(texts)}) -> {result}: ..."


def _argument(name: str, raw: str) -> str:
    known = {
        "raw": raw,
        "custom_headers": "Mapping[str, str] | None",
        "threads": "int | None",
        "value": "Iterable[Any]",
    }
    known |= {"callback": "Callable[..., Any] | None", "recursive": "bool | None", "terminate_reason": "str | None"}
    options = "".join(word.capitalize() for word in name.split("_"))
    if options in models.__all__ and options.endswith("Options"):
        return f"models.{options} | Mapping[str, Any] | None"
    return known.get(name, "str" if name.endswith(("_id", "_path")) else "Any")


def _result(group: str, name: str) -> str:
    if name == "get_from_task":
        return "Iterator[bytes]"
    if item := item_of(group, name):
        return f"models.{item}Paged"
    call = getattr(calls_of(group), name, None)
    kind = result_of(call)
    if kind is not None:
        return f"models.{kind}"
    return "Any" if call is None else "bool" if name == "exists" else "None"


STUBS = {"models.pyi": models_stub, "operations.pyi": operations_stub}

if __name__ == "__main__":
    for name, text in STUBS.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
