"""Every kind of change, at every site that one of our operations reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.generator.mutants import MARK, Document, Edits, Json, Mutant, Site, drop, escape, plain, put, rename

NEW_FORMAT = "mutated"
OTHER_TYPE = {"string": "boolean", "integer": "boolean", "number": "string", "boolean": "integer"}
LIMIT_OF = {"string": "maxLength", "integer": "maximum", "number": "minimum", "array": "maxItems"}


def mutants(document: Document) -> Iterator[Mutant]:
    """All of them, in the order of the document; what the document alone has is left as it is."""
    for mutant in _mutants(document):
        if not mutant.below(document.foreign):
            yield mutant


def _mutants(document: Document) -> Iterator[Mutant]:
    yield from _operation_mutants(document)
    yield from _parameter_mutants(document)
    yield from _answer_mutants(document)
    document.done.clear()
    for site in document.objects():
        yield from _field_mutants(document, site)


def _operation_mutants(document: Document) -> Iterator[Mutant]:
    paths = document.root["paths"]
    for pointer, path, verb, item, operation in document.operations():
        new = f"{path}/{MARK.lower()}"
        at = f"#/paths/{escape(new)}"
        name, away = f"{verb.upper()} {plain(path)}", ((item, drop(verb)),)
        yield Mutant("drop operation", "operation", ("#/paths",), name, away, other_name=operation["operationId"])
        moved: Edits = (item, drop(verb)), (paths, put(new, {verb: operation}))
        yield Mutant("rename operation", "path", (f"{at}/{verb}",), new, moved)
        options = (f"#/paths/{escape(path)}/options",)
        yield Mutant("change verb", "verb", options, "OPTIONS", ((item, rename(verb, "options")),))
        added = {"get": {"operationId": MARK, "responses": {"200": {"description": "New."}}}}
        new_name = f"GET {plain(path)}/{MARK.lower()}"
        edits: Edits = ((paths, put(new, added)),)
        yield Mutant("add operation", "operation", (f"{at}/get",), new_name, edits, other_name=MARK)
        yield from _request_mutants(document, pointer, operation)


def _request_mutants(document: Document, pointer: str, operation: Json) -> Iterator[Mutant]:
    parameters = operation["parameters"]
    place: Json = {"type": "string"} if document.swagger else {"schema": {"type": "string"}}
    at = (f"{pointer}/parameters/{len(parameters)}",)
    for sort, required in (("add parameter", False), ("add required parameter", True)):
        new = {"name": MARK, "in": "query", "required": required, **place}
        yield Mutant(sort, "parameter", at, MARK, ((parameters, _append(new)),))
    for index, raw in enumerate(parameters):
        if raw.get("in") == "body":
            yield from _body_mutants(pointer, f"{pointer}/parameters/{index}", raw, (parameters, drop(index)))
    if "requestBody" in operation:
        body_at, body = document.resolve(f"{pointer}/requestBody", operation["requestBody"])
        yield from _body_mutants(pointer, body_at, body, (operation, drop("requestBody")))


def _body_mutants(
    operation: str, pointer: str, body: Json, away: tuple[Any, Callable[[Any], None]]
) -> Iterator[Mutant]:
    yield Mutant("drop body", "body", (operation,), "body", (away,))
    edits: Edits = ((body, put("required", not body.get("required"))),)
    yield Mutant("required of body", "required", (pointer,), "request", edits)


def _parameter_mutants(document: Document) -> Iterator[Mutant]:
    """Parameters; one that several operations share is changed once for all of them, and dropped from each."""
    done = set()
    for pointer, node, owner, operation in document.parameters():
        # What stands in the path has other names in other documents.
        name = "path " if node["in"] == "path" else str(node["name"])
        if node["in"] != "path":
            listed = operation["parameters"]
            index = next(i for i, raw in enumerate(listed) if document.resolve("", raw)[1] is node)
            yield Mutant("drop parameter", "parameter", (owner,), name, ((listed, drop(index)),))
        if pointer not in done:
            done.add(pointer)
            if node["in"] != "path":
                yield from _place_mutants(pointer, node, name)
            yield from _value_mutants("parameter", name, *document.typed(pointer, node))


def _place_mutants(pointer: str, node: Json, name: str) -> Iterator[Mutant]:
    at, other = (pointer,), "header" if node["in"] == "query" else "query"
    yield Mutant("rename parameter", "parameter", at, name + MARK, ((node, put("name", name + MARK)),))
    yield Mutant("place of parameter", "place", at, name, ((node, put("in", other)),))
    edits: Edits = ((node, put("required", not node.get("required"))),)
    yield Mutant("required of parameter", "required", at, name, edits)


def _answer_mutants(document: Document) -> Iterator[Mutant]:
    done = set()
    for pointer, status, node, operation, owner in document.responses():
        responses = operation["responses"]
        yield Mutant("drop answer", "answer", (owner,), status, ((responses, drop(status)),), pointer)
        if status[0] == "2":
            new = f"{owner}/responses/207"
            yield Mutant("change status", "answer", (new, pointer), "207", ((responses, rename(status, "207")),))
            added: Json = {"description": "New.", "headers": {}}
            yield Mutant("add answer", "answer", (new,), "207", ((responses, put("207", added)),))
        if pointer not in done:
            done.add(pointer)
            yield from _header_mutants(document, pointer, node)


def _header_mutants(document: Document, pointer: str, node: Json) -> Iterator[Mutant]:
    headers = node.get("headers") or {}
    text: Json = {"type": "string"} if document.swagger else {"schema": {"type": "string"}}
    if headers:
        new = f"x-{MARK.lower()}"
        yield Mutant("add header", "header", (f"{pointer}/headers/{new}",), new, ((headers, put(new, text)),))
    for name, raw in headers.items():
        at, header = document.resolve(f"{pointer}/headers/{escape(name)}", raw)
        yield Mutant("drop header", "header", (pointer,), name, ((headers, drop(name)),), at)
        moved = at if "$ref" in raw else f"{pointer}/headers/{escape(name)}{MARK}"
        yield Mutant("rename header", "header", (moved,), name + MARK, ((headers, rename(name, name + MARK)),), at)
        if "$ref" not in raw:
            yield from _value_mutants("header", name, *document.typed(at, header))


def _field_mutants(document: Document, site: Site) -> Iterator[Mutant]:
    """What can happen to the members of one object."""
    members = site.node["properties"]
    required = site.node.setdefault("required", [])
    new = (f"{site.pointer}/properties/{MARK}",)
    add = members, put(MARK, {"type": "string"})
    yield Mutant("add field", "field", new, MARK, (add,))
    if site.requested:
        yield Mutant("add required field", "field", new, MARK, (add, (required, _append(MARK))))
    for name, member in members.items():
        at = f"{site.pointer}/properties/{escape(name)}"
        hidden = member.get("readOnly") or document.target(at, member)[1].get("readOnly")
        if site.answered or not hidden:
            yield from _member_mutants(document, site, name, member, at)


def _member_mutants(document: Document, site: Site, name: str, member: Json, at: str) -> Iterator[Mutant]:
    members, required = site.node["properties"], site.node["required"]
    owners = (site.pointer, *site.owners)
    forget, remember = (required, _without(name)), (required, _append(name))
    yield Mutant("drop field", "field", owners, name, ((members, drop(name)), forget), at)
    moved: Edits = (members, rename(name, name + MARK)), (required, _with_new_name(name))
    yield Mutant("rename field", "field", (f"{at}{MARK}",), name + MARK, moved, at)
    if name in required:
        yield Mutant("optional field", "required", owners, name, (forget,), at)
    else:
        yield Mutant("required field", "required", owners, name, (remember,), at)
    target_at, target = document.target(at, member)
    if target is member:
        yield from _value_mutants("field", name, at, member)
    elif "properties" in target:
        words = member.get("description") or target.get("description", "")
        marked = {"readOnly": True} if member.get("readOnly") or target.get("readOnly") else {}
        text = {"type": "string", "description": words, **marked}
        yield Mutant("type of field", "type", (at,), name, ((members, put(name, text)),))
    elif target_at not in document.done:
        document.done.add(target_at)
        yield from _value_mutants("shared value", name, target_at, target)


def _value_mutants(what: str, name: str, pointer: str, node: Json) -> Iterator[Mutant]:
    """Type, format, limit, default, read-only and the values of an enumeration."""
    at, kind = (pointer,), node.get("type")
    if kind in OTHER_TYPE:
        yield Mutant(f"type of {what}", "type", at, name, ((node, put("type", OTHER_TYPE[kind])),))
        yield Mutant(f"format of {what}", "format", at, name, ((node, put("format", NEW_FORMAT)),))
        if "format" in node:
            yield Mutant(f"drop format of {what}", "format", at, name, ((node, drop("format")),))
    if kind in LIMIT_OF and "enum" not in node:
        yield Mutant(f"limit of {what}", LIMIT_OF[kind], at, name, ((node, put(LIMIT_OF[kind], 7)),))
    # A default belongs to one use of a value, and so does read-only.
    if what in ("field", "parameter") and kind != "array":
        yield Mutant(f"default of {what}", "default", at, name, ((node, put("default", MARK)),))
    if what == "field":
        marked = node.get("readOnly", False)
        sort = "writable field" if marked else "read-only field"
        yield Mutant(sort, "read-only", at, name, ((node, put("readOnly", not marked)),))
    if "enum" in node:
        yield from _enum_mutants(node["enum"], at)
    items = node.get("items")
    if isinstance(items, dict) and items.get("type") in OTHER_TYPE:
        edits: Edits = ((items, put("type", OTHER_TYPE[items["type"]])),)
        yield Mutant(f"type of elements of {what}", "type", (f"{pointer}/items",), "[]", edits)


def _enum_mutants(values: list[str], at: tuple[str, ...]) -> Iterator[Mutant]:
    first = values[0]
    yield Mutant("drop value", "enum value", at, first, ((values, drop(0)),))
    yield Mutant("add value", "enum value", at, MARK, ((values, _append(MARK)),))
    yield Mutant("rename value", "enum value", at, first + MARK, ((values, put(0, first + MARK)),))


def _append(value: Any) -> Callable[[Any], None]:
    return lambda listed: listed.append(value)


def _without(name: str) -> Callable[[Any], None]:
    return lambda listed: listed.remove(name) if name in listed else None


def _with_new_name(name: str) -> Callable[[Any], None]:
    return lambda listed: listed.__setitem__(slice(None), [n + MARK if n == name else n for n in listed])
