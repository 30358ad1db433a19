"""Shows mkdocstrings what this package is at run time, but not in its source.

- A method that `sync_method(flow)` and its like make from a function has the parameters of that function, without the first;
  so has one from an object with `__call__`.
- A class of attrs has an `__init__` with its members as parameters.
- The members of a model are a table, in place of a heading each.
- `batchtasks.models` has the generated models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import griffe

_MAKERS = {"sync_method", "async_method", "sync_iterator", "async_iterator"}
_MODELS = "batchtasks_rest.models"


class RunTimeView(griffe.Extension):
    """Completes the packages after they were read."""

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: Any) -> None:
        """Complete one package."""
        for kind in _classes(pkg):
            self._make_methods(kind)
            if any(str(one.value).split("(")[0].split(".")[-1] in {"define", "frozen"} for one in kind.decorators):
                self._make_init(kind)
            if kind.path.startswith((f"{_MODELS}.", "batchtasks_rest._fields.")):
                self._make_table(kind)
        if pkg.path == "batchtasks":
            models = loader.modules_collection[_MODELS]
            for name, member in models.members.items():
                if member.is_alias and not name.startswith("_") and name[0].isupper():
                    pkg["models"].set_member(name, griffe.Alias(name, f"{_MODELS}.{name}", parent=pkg["models"]))

    def _make_methods(self, kind: griffe.Class) -> None:
        members: dict[str, Any] = dict(kind.members)
        for name, member in members.items():
            call = member.value if not member.is_alias and member.is_attribute else None
            if not isinstance(call, griffe.ExprCall) or str(call.function) not in _MAKERS:
                continue
            first, *rest = str(call.arguments[0]).split(".")
            flow, bound = kind.modules_collection[".".join([kind.module.resolve(first), *rest])], 1
            if flow.is_attribute:  # an object that can be called, made from a class
                flow, bound = flow.module[f"{flow.value.function}.__call__"], 2
            method = griffe.Function(
                name,
                lineno=flow.lineno,
                endlineno=flow.endlineno,
                parameters=griffe.Parameters(*list(flow.parameters)[bound:]),
                returns=flow.returns,
                docstring=flow.docstring,
                parent=kind,
            )
            if str(call.function) == "async_method":
                method.labels.add("async")
            kind.set_member(name, method)

    def _make_init(self, kind: griffe.Class) -> None:
        members: dict[str, Any] = kind.members
        given = [
            griffe.Parameter(
                name,
                annotation=member.annotation,
                kind=griffe.ParameterKind.keyword_only,
                default=_default(member.value),
            )
            for name, member in members.items()
            if _is_member(member) and member.annotation is not None
        ]
        if "__init__" not in kind.members:
            kind.set_member("__init__", griffe.Function("__init__", parameters=griffe.Parameters(*given), parent=kind))

    def _make_table(self, kind: griffe.Class) -> None:
        members = [
            griffe.DocstringAttribute(name, annotation=_annotation(member), description=_description(member))
            for name, member in kind.members.items()
            if _is_member(member)
        ]
        for one in members:
            kind.del_member(one.name)
        if kind.docstring is None:
            kind.docstring = griffe.Docstring("", parent=kind)
        kind.docstring.parsed.append(griffe.DocstringSectionAttributes(members))


def _classes(module: Any) -> Iterator[griffe.Class]:
    for member in list(module.members.values()):
        if not member.is_alias and (member.is_module or member.is_class):
            if member.is_class:
                yield member
            yield from _classes(member)


def _is_member(member: Any) -> bool:
    return member.is_attribute and "property" not in member.labels and not member.name.startswith("_")


def _annotation(member: Any) -> Any:
    return None if str(member.annotation) == "P" else member.annotation


def _description(member: Any) -> str:
    """Return the text below a member; of a value of an enumeration, the value."""
    if member.docstring is not None:
        return str(member.docstring.value)
    return f"`{member.value}`" if member.annotation is None else ""


def _default(value: Any) -> Any:
    """Return the default of a member, which `field(...)` may hold."""
    if not isinstance(value, griffe.ExprCall) or str(value.function) != "field":
        return value
    given = {str(one.name): one.value for one in value.arguments if isinstance(one, griffe.ExprKeyword)}
    return given.get("default", given.get("factory"))
