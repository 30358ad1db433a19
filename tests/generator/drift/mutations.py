"""Every kind of change, at every site that one of our operations reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.generator.drift.mutants import (
    MARK,
    Document,
    Edits,
    Json,
    Mutant,
    Report,
    Site,
    drop,
    escape,
    plain,
    put,
    rename,
)

NEW_FORMAT = "mutated"
OTHER_TYPE = {"string": "boolean", "integer": "boolean", "number": "string", "boolean": "integer"}
LIMITS: dict[str, dict[str, Any]] = {
    "string": {"maxLength": 7, "minLength": 7, "pattern": "^m$"},
    "integer": {"maximum": 7, "minimum": 7, "multipleOf": 7},
    "number": {"minimum": 7},
    "array": {"maxItems": 7, "minItems": 7, "uniqueItems": True},
}


def mutants(document: Document) -> Iterator[Mutant]:
    """All of them, in the order of the document; what the document alone has is left as it is."""
    for mutant in _mutants(document):
        if not mutant.below(document.foreign):
            yield mutant


def _mutants(document: Document) -> Iterator[Mutant]:
    yield from _document_mutants(document)
    yield from _operation_mutants(document)
    yield from _parameter_mutants(document)
    yield from _answer_mutants(document)
    document.done.clear()
    for site in document.objects():
        yield from _field_mutants(document, site)


def _document_mutants(document: Document) -> Iterator[Mutant]:
    """What is said once for all operations."""
    root, at = document.root, ("#/security",)
    yield Mutant.one("no security", "security", at, "Task", ((root, put("security", [])),))
    name = next(iter(root["security"][0]))
    schemes = root["securityDefinitions"] if document.swagger else root["components"]["securitySchemes"]
    yield Mutant.one("other security", "security", at, "Task", ((schemes[name], put("type", "http")),))
    for key, kind in (("consumes", "media type"), ("produces", "produces")):
        # TypeSpec says what is consumed at each operation that has a body.
        if document.swagger and not (key == "consumes" and root["consumes"] == ["application/json"]):
            at = (f"#/{key}",)
            yield Mutant.one(f"other {key}", kind, at, "", ((root, put(key, ["text/plain"])),))
            more = [*root[key], "text/plain"]
            yield Mutant.one(f"second of {key}", kind, at, "", ((root, put(key, more)),))


def _operation_mutants(document: Document) -> Iterator[Mutant]:
    paths = document.root["paths"]
    for pointer, path, verb, item, operation in document.operations():
        new, called = f"{path}/{MARK.lower()}", operation["operationId"]
        at, options = f"#/paths/{escape(new)}/{verb}", f"#/paths/{escape(path)}/options"
        name, away = f"{verb.upper()} {plain(path)}", ((item, drop(verb)),)
        gone = Report("operation", ("#/paths",), name, called)
        yield Mutant("drop operation", (gone,), away)
        shared = {"parameters": item["parameters"]} if "parameters" in item else {}
        moved: Edits = (item, drop(verb)), (paths, put(new, {**shared, verb: operation}))
        turned: Edits = ((item, rename(verb, "options")),)
        if document.same_ids:
            yield Mutant.one("rename operation", "path", (at,), plain(new), moved)
            yield Mutant.one("change verb", "verb", (options,), "OPTIONS", turned)
        else:
            come = Report("operation", (at,), f"{verb.upper()} {plain(new)}")
            yield Mutant("rename operation", (gone, come), moved)
            yield Mutant("change verb", (gone, Report("operation", (options,), f"OPTIONS {plain(path)}")), turned)
        added = {"get": {"operationId": MARK, "responses": {"200": {"description": "New."}}}}
        shown = f"GET {plain(path)}/{MARK.lower()}"
        edits: Edits = ((paths, put(new, added)),)
        yield Mutant.one("add operation", "operation", (f"#/paths/{escape(new)}/get",), shown, edits, other=MARK)
        yield Mutant.one("deprecate operation", "deprecated", (pointer,), "", ((operation, put("deprecated", True)),))
        security: Edits = ((operation, put("security", [])),)
        yield Mutant.one("no security of operation", "security", (f"{pointer}/security",), "", security)
        yield from _request_mutants(document, pointer, operation)


def _request_mutants(document: Document, pointer: str, operation: Json) -> Iterator[Mutant]:
    parameters = operation.get("parameters", [])
    place: Json = {"type": "string"} if document.swagger else {"schema": {"type": "string"}}
    at = (f"{pointer}/parameters/{len(parameters)}",)
    for sort, required in (("add parameter", False), ("add required parameter", True)):
        new = {"name": MARK, "in": "query", "required": required, **place}
        yield Mutant.one(sort, "parameter", at, MARK, ((parameters, _append(new)),))
    for index, raw in enumerate(parameters):
        if raw.get("in") == "body":
            body_at = f"{pointer}/parameters/{index}"
            yield from _body_mutants(pointer, body_at, raw, (parameters, drop(index)))
            yield Mutant.one("place of body", "place", (body_at,), "request", ((raw, put("in", "query")),))
            added: Edits = ((operation, put("consumes", ["application/json", "text/plain"])),)
            yield Mutant.one("second of consumes", "media type", (f"{pointer}/consumes",), "request", added)
    if "requestBody" in operation:
        body_at, body = document.resolve(f"{pointer}/requestBody", operation["requestBody"])
        yield from _body_mutants(pointer, body_at, body, (operation, drop("requestBody")))
        yield from _content_mutants(body_at, body, "request")


def _body_mutants(
    operation: str, pointer: str, body: Json, away: tuple[Any, Callable[[Any], None]]
) -> Iterator[Mutant]:
    yield Mutant.one("drop body", "body", (operation,), "body", (away,))
    edits: Edits = ((body, put("required", not body.get("required"))),)
    yield Mutant.one("required of body", "required", (pointer,), "request", edits)


def _content_mutants(pointer: str, holder: Json, name: str) -> Iterator[Mutant]:
    content = holder["content"]
    (media,) = content
    yield Mutant.one("other media type", "media type", (pointer,), name, ((content, rename(media, "text/plain")),))
    more: Edits = ((content, put("text/plain", {})),)
    yield Mutant.one("second media type", "media type", (pointer,), name, more)


def _parameter_mutants(document: Document) -> Iterator[Mutant]:
    """Parameters; one that several operations share is changed once for all of them, and dropped from each."""
    done = set()
    for pointer, node, owner, operation in document.parameters():
        # What stands in the path has other names in other documents.
        name = "path " if node["in"] == "path" else str(node["name"])
        if node["in"] != "path":
            listed = operation["parameters"]
            index = next(i for i, raw in enumerate(listed) if document.resolve("", raw)[1] is node)
            yield Mutant.one("drop parameter", "parameter", (owner,), name, ((listed, drop(index)),))
        if pointer not in done:
            done.add(pointer)
            if node["in"] != "path":
                yield from _place_mutants(pointer, node, name, document)
            yield from _value_mutants("parameter", name, *document.typed(pointer, node))


def _place_mutants(pointer: str, node: Json, name: str, document: Document) -> Iterator[Mutant]:
    at, other = (pointer,), "header" if node["in"] == "query" else "query"
    owners = tuple(owner for _, found, owner, _ in document.parameters() if found is node)
    gone, come = Report("parameter", owners, name), Report("parameter", at, name + MARK)
    yield Mutant("rename parameter", (gone, come), ((node, put("name", name + MARK)),), pointer)
    yield Mutant.one("place of parameter", "place", at, name, ((node, put("in", other)),))
    if document.swagger:
        yield Mutant.one("parameter as body", "place", at, name, ((node, put("in", "body")),))
    edits: Edits = ((node, put("required", not node.get("required"))),)
    yield Mutant.one("required of parameter", "required", at, name, edits)
    yield Mutant.one("deprecate parameter", "deprecated", at, name, ((node, put("deprecated", True)),))
    schema = document.typed(pointer, node)[1]
    if schema.get("type") == "array":
        spread = ("collectionFormat", "multi") if document.swagger else ("explode", True)
        yield Mutant.one("list style of parameter", "list style", at, name, ((node, put(*spread)),))


def _answer_mutants(document: Document) -> Iterator[Mutant]:
    done = set()
    for pointer, status, node, operation, owner in document.responses():
        responses = operation["responses"]
        gone = Report("answer", (owner,), status)
        yield Mutant("drop answer", (gone,), ((responses, drop(status)),), pointer)
        if status[0] == "2":
            new = f"{owner}/responses/207"
            come = Report("answer", (new, pointer), "207")
            yield Mutant("change status", (gone, come), ((responses, rename(status, "207")),))
            added: Json = {"description": "New.", "headers": {}}
            yield Mutant.one("add answer", "answer", (new,), "207", ((responses, put("207", added)),))
        if pointer not in done:
            done.add(pointer)
            yield from _header_mutants(document, pointer, node)
            if node.get("content"):
                yield from _content_mutants(pointer, node, f"answer {status}")


def _header_mutants(document: Document, pointer: str, node: Json) -> Iterator[Mutant]:
    headers = node.get("headers") or {}
    text: Json = {"type": "string"} if document.swagger else {"schema": {"type": "string"}}
    if headers:
        new = f"x-{MARK.lower()}"
        yield Mutant.one("add header", "header", (f"{pointer}/headers/{new}",), new, ((headers, put(new, text)),))
    for name, raw in headers.items():
        at, header = document.resolve(f"{pointer}/headers/{escape(name)}", raw)
        gone = Report("header", (pointer,), name)
        yield Mutant("drop header", (gone,), ((headers, drop(name)),), at)
        moved = at if "$ref" in raw else f"{pointer}/headers/{escape(name)}{MARK}"
        come = Report("header", (moved,), name + MARK)
        yield Mutant("rename header", (gone, come), ((headers, rename(name, name + MARK)),), at)
        if "$ref" not in raw:
            yield from _value_mutants("header", name, *document.typed(at, header))


def _field_mutants(document: Document, site: Site) -> Iterator[Mutant]:
    """What can happen to an object and to its members."""
    members, node = site.node["properties"], site.node
    required = node.setdefault("required", [])
    new = (f"{site.pointer}/properties/{MARK}",)
    add = members, put(MARK, {"type": "string"})
    yield Mutant.one("add field", "field", new, MARK, (add,))
    if site.requested:
        yield Mutant.one("add required field", "field", new, MARK, (add, (required, _append(MARK))))
    at = (site.pointer,)
    if not site.owners:  # the same holds for what is merged of several objects
        yield Mutant.one("closed object", "closed", at, "", ((node, put("additionalProperties", False)),))
        any_name = (f"{site.pointer}/additionalProperties",)
        others: Edits = ((node, put("additionalProperties", {"type": "string"})),)
        yield Mutant.one("members of any name", "field", any_name, "{}", others)
        yield Mutant.one("discriminator", "discriminator", at, "", ((node, put("discriminator", _tag(document))),))
    for name, member in members.items():
        at_member = f"{site.pointer}/properties/{escape(name)}"
        hidden = member.get("readOnly") or document.target(at_member, member)[1].get("readOnly")
        if site.answered or not hidden:
            yield from _member_mutants(document, site, name, member, at_member)


def _tag(document: Document) -> Any:
    return "kind" if document.swagger else {"propertyName": "kind"}


def _member_mutants(document: Document, site: Site, name: str, member: Json, at: str) -> Iterator[Mutant]:
    members, required = site.node["properties"], site.node["required"]
    owners = (site.pointer, *site.owners)
    forget, remember = (required, _without(name)), (required, _append(name))
    gone, come = Report("field", owners, name), Report("field", (f"{at}{MARK}",), name + MARK)
    yield Mutant("drop field", (gone,), ((members, drop(name)), forget), at)
    moved: Edits = (members, rename(name, name + MARK)), (required, _with_new_name(name))
    yield Mutant("rename required field" if name in required else "rename field", (gone, come), moved, at)
    if name.upper() != name:
        loud: Edits = (members, rename(name, name.upper())), (required, _with_new_name(name, name.upper()))
        spelled = (f"{site.pointer}/properties/{escape(name.upper())}",)
        yield Mutant.one("respell field", "field", spelled, name.upper(), loud, at)
    if name in required:
        yield Mutant.one("optional field", "required", (at,), name, (forget,))
    else:
        yield Mutant.one("required field", "required", (at,), name, (remember,))
    target_at, target = document.target(at, member)
    if target is member:
        yield from _value_mutants("field", name, at, member)
        yield from _use_mutants(name, (at,), member, site)
    elif "properties" in target:
        words = member.get("description") or target.get("description", "")
        marked = {"readOnly": True} if member.get("readOnly") or target.get("readOnly") else {}
        text = {"type": "string", "description": words, **marked}
        yield Mutant.one("type of field", "type", (at,), name, ((members, put(name, text)),))
    elif target_at not in document.done:
        document.done.add(target_at)
        yield from _value_mutants("shared value", name, target_at, target)


def _value_mutants(what: str, name: str, pointer: str, node: Json) -> Iterator[Mutant]:
    """Type, format, limits, what one use of a value says, and the values of an enumeration."""
    at, kind = (pointer,), node.get("type")
    if kind in OTHER_TYPE:
        yield Mutant.one(f"type of {what}", "type", at, name, ((node, put("type", OTHER_TYPE[kind])),))
        yield Mutant.one(f"format of {what}", "format", at, name, ((node, put("format", NEW_FORMAT)),))
        if node.get("format", "eTag") != "eTag":  # which says nothing
            yield Mutant.one(f"drop format of {what}", "format", at, name, ((node, drop("format")),))
    if "enum" not in node:
        for limit, value in LIMITS.get(str(kind), {}).items():
            sort = f"limit of {what}" if limit.startswith("max") else f"{limit} of {what}"
            yield Mutant.one(sort, limit, at, name, ((node, put(limit, value)),))
    # A default belongs to one use of a value, and so does what follows it here.
    if what in ("field", "parameter") and kind != "array":
        yield Mutant.one(f"default of {what}", "default", at, name, ((node, put("default", MARK)),))
    listed = next((choice for choice in (node, *node.get("anyOf", ())) if "enum" in choice), None)
    if listed is not None:
        yield from _enum_mutants(listed, at, name)
    items = node.get("items")
    if isinstance(items, dict) and items.get("type") in OTHER_TYPE:
        edits: Edits = ((items, put("type", OTHER_TYPE[items["type"]])),)
        yield Mutant.one(f"type of elements of {what}", "type", (f"{pointer}/items",), "[]", edits)


def _use_mutants(name: str, at: tuple[str, ...], node: Json, site: Site) -> Iterator[Mutant]:
    """What is said of one use of a value; that it is read-only says nothing in an answer, write-only in a request."""
    marked = node.get("readOnly", False)
    yield Mutant.one("nullable field", "nullable", at, name, ((node, put("nullable", True)),))
    yield Mutant.one("deprecate field", "deprecated", at, name, ((node, put("deprecated", True)),))
    if site.requested:
        sort = "writable field" if marked else "read-only field"
        without = (node, lambda schema: schema.pop("x-ms-mutability", None))
        yield Mutant.one(sort, "read-only", at, name, (without, (node, put("readOnly", not marked))))
        if not marked:
            shown: Edits = ((node, put("x-ms-mutability", ["read"])),)
            yield Mutant.one("field that is shown only", "read-only", at, name, shown)
    if site.answered and not marked:
        yield Mutant.one("write-only field", "write-only", at, name, ((node, put("writeOnly", True)),))
        created: Edits = ((node, put("x-ms-mutability", ["create"])),)
        yield Mutant.one("field that can be given only", "write-only", at, name, created)


def _enum_mutants(node: Json, at: tuple[str, ...], name: str) -> Iterator[Mutant]:
    values, first = node["enum"], node["enum"][0]
    gone, come = Report("enum value", at, first), Report("enum value", at, first + MARK)
    yield Mutant("drop value", (gone,), ((values, drop(0)),))
    yield Mutant.one("add value", "enum value", at, MARK, ((values, _append(MARK)),))
    yield Mutant("rename value", (gone, come), ((values, put(0, first + MARK)),))
    yield Mutant.one("respell value", "enum value", at, first, ((values, put(0, first.swapcase())),))
    named = (node, lambda schema: schema.pop("x-ms-enum", None))
    yield Mutant.one("any value", "enum", at, name, (named, (node, drop("enum"))))


def _append(value: Any) -> Callable[[Any], None]:
    return lambda listed: listed.append(value)


def _without(name: str) -> Callable[[Any], None]:
    return lambda listed: listed.remove(name) if name in listed else None


def _with_new_name(name: str, new: str = "") -> Callable[[Any], None]:
    return lambda listed: listed.__setitem__(slice(None), [(new or n + MARK) if n == name else n for n in listed])
