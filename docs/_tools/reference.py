"""Writes the reference: a line `::: batchtasks.BatchClient` in a page becomes what that object's docstring says.

A class comes with its public methods and members (not so with the word `brief`), a module with its docstring, and with the
word `all` every class that its `__all__` names. The objects are looked at as they are in the running program, because
methods made from one source for both clients exist only there.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from enum import EnumMeta
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from docs._tools.docstrings import as_markdown

_DIRECTIVE = re.compile(r"^::: (?P<path>[\w.]+)(?P<words>(?: [-\w]+)*)$", re.M)
_WIDTH = 88
# What is the same for every operation is said once, at the top of a page.
_OPERATION_OPTIONS = ("client_request_id", "headers", "server_timeout", "timeout")


def expand(markdown: str) -> str:
    """Replace every directive of a page."""
    return _DIRECTIVE.sub(lambda found: describe(found["path"], found["words"].split()), markdown)


def describe(path: str, words: list[str]) -> str:
    """Describe the object at a path; the word `brief` leaves the methods of a class out."""
    value, name = find(path), path.rpartition(".")[2]
    if inspect.isclass(value):
        return _class(path, value, brief="brief" in words)
    if inspect.isroutine(value):
        return f"## {name} {{ #{path} }}\n\n" + _function(name, value)
    if inspect.ismodule(value) and "all" in words:
        return "".join(
            describe(f"{path}.{one}", ["brief"]) for one in value.__all__ if inspect.isclass(find(f"{path}.{one}"))
        )
    if inspect.ismodule(value):
        return as_markdown(value.__doc__)
    # A ready-made value, such as F: its class says what it is.
    return f"## {name} {{ #{path} }}\n\n" + as_markdown(type(value).__doc__) + _properties(name, type(value))


def find(path: str) -> Any:
    """Give the object at a dotted path; LookupError if there is none."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            value = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        try:
            for part in parts[cut:]:
                value = getattr(value, part)
        except AttributeError as error:
            raise LookupError(f"{path}: {error}") from None
        return value
    raise LookupError(f"There is no {path}.")


def _class(path: str, kind: type, *, brief: bool) -> str:
    name = path.rpartition(".")[2]
    doc = kind.__dict__.get("__doc__") or ""
    if isinstance(kind, EnumMeta):
        members: list[Any] = list(kind)
        values = "".join(f"- `{member.value}`\n" for member in members)
        return f"## {name} {{ #{path} }}\n\n{as_markdown(doc)}\n{values}"
    hints = {} if _is_attrs(kind) else _hints(kind)
    text = f"## {name} {{ #{path} }}\n\n{_bases(kind)}{as_markdown(doc, hints)}\n"
    return text + _fields(kind) + ("" if brief else _members(path, kind))


def _is_attrs(kind: type) -> bool:
    return hasattr(kind, "__attrs_attrs__")


def _bases(kind: type) -> str:
    names = [base.__name__ for base in kind.__bases__ if issubclass(kind, Exception) and base is not object]
    return f"Under {', '.join(f'`{name}`' for name in names)}.\n\n" if names else ""


def _fields(kind: type) -> str:
    """The members of a class of plain values, with what stands below each in its source."""
    if not _is_attrs(kind):
        return ""
    notes = _notes(kind)
    shown = [one for one in kind.__attrs_attrs__ if one.init and not one.name.startswith("_")]  # type: ignore[attr-defined]
    lines = [_field_line(one, notes.get(one.name, "")) for one in shown]
    return "\n".join(lines) + "\n\n" if lines else ""


def _field_line(one: Any, note: str) -> str:
    plain = isinstance(one.default, (str, int, float, bool))
    default = f" = `{one.default!r}`" if plain else ""
    return f"- **`{one.name}`** `{_type(one.type)}`{default}" + (f": {note}" if note else "")


@cache
def _notes(kind: type) -> dict[str, str]:
    """The text below each member, which the running program does not have."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    notes = {}
    for before, after in zip(body.body, body.body[1:], strict=False):
        told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if told and isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            notes[before.target.id] = " ".join(str(after.value.value).split())  # type: ignore[attr-defined]
    return notes


def _members(path: str, kind: type) -> str:
    return "".join(_member(f"{path}.{name}", name, value) for name, value in _public(kind))


def _public(kind: type) -> Iterator[tuple[str, Any]]:
    """The public members of a class and of our own classes above it, in the order of their names.

    Of an error only its own: those of the classes above it are told there.
    """
    found: dict[str, Any] = {}
    for base in [kind] if issubclass(kind, Exception) else reversed(kind.__mro__):
        if base.__module__.partition(".")[0] in {"batchtasks", "batchtasks_rest", "batchtasks_local"}:
            found |= {name: value for name, value in vars(base).items() if not name.startswith("_")}
    for name, value in sorted(found.items()):
        if inspect.isroutine(value) or isinstance(value, (property, cached_property)):
            yield name, value


def _member(path: str, name: str, value: Any) -> str:
    head = f"### {name} {{ #{path} }}\n\n"
    if isinstance(value, (classmethod, staticmethod)):
        return head + _function(name, value.__func__)
    if isinstance(value, (property, cached_property)):
        getter: Any = value.fget if isinstance(value, property) else value.func
        kind = _type(inspect.signature(getter).return_annotation)
        return f"{head}`{name}: {kind}`\n\n{as_markdown(getter.__doc__)}\n"
    return head + _function(name, value)


def _function(name: str, value: Any) -> str:
    return f"```python\n{signature(name, value)}\n```\n\n{as_markdown(value.__doc__, _hints(value))}\n"


def signature(name: str, value: Any) -> str:
    """Write a signature as it is called: without `self` and types, but with what comes back."""
    found = inspect.signature(value)
    parts, starred = [], False
    for one in _called(found):
        if one.kind is one.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        starred = starred or one.kind is one.VAR_POSITIONAL
        mark = "*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else ""
        parts.append(f"{mark}{one.name}" + ("" if one.default is one.empty else f"={_default(one.default)}"))
    back = "" if found.return_annotation is found.empty else f" -> {_type(found.return_annotation)}"
    text = f"{name}({', '.join(parts)}){back}"
    if len(text) <= _WIDTH:
        return text
    wrapped = textwrap.fill(", ".join(parts), _WIDTH, initial_indent="    ", subsequent_indent="    ")
    return f"{name}(\n{wrapped},\n){back}"


def _called(found: inspect.Signature) -> Iterator[inspect.Parameter]:
    """The parameters without the object that a method is bound to."""
    for place, one in enumerate(found.parameters.values()):
        if place or one.name not in {"self", "cls"}:
            yield one


def _default(value: Any) -> str:
    return f"{type(value).__name__}()" if _is_attrs(type(value)) else repr(value)


def _hints(value: Any) -> dict[str, str]:
    try:
        parameters = inspect.signature(value).parameters.values()
    except ValueError:
        return {}
    return {one.name: f" `{_type(one.annotation)}`" for one in parameters if one.annotation is not one.empty}


def _type(annotation: Any) -> str:
    """Write a type as a caller reads it."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", text)


def _properties(name: str, kind: type) -> str:
    """The properties that a ready-made value has, such as those of F."""
    rows = [(key, value) for key, value in vars(kind).items() if not key.startswith("_")]
    lines = [f"- `{name}.{key}`: {first(type(value).__doc__)}" for key, value in rows]
    return "\n" + "\n".join(lines) + "\n"


def first(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").partition("\n")[0]
