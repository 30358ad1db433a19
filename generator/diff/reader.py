"""Read a document, Swagger 2.0 or OpenAPI 3, into parts that are alike: operations, parameters, bodies, answers, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property, partial
from typing import Any

from attrs import define

from generator.diff.schema import OF_THE_SCHEMA, STRUCTURE, facts_of, implied_type, layers_of, members_of
from generator.diff.source import Document, Node, an_object
from generator.document import VERBS, GeneratorError

# OpenAPI gives these three a place of their own, so that a header parameter of the name says nothing.
NO_PARAMETERS = {"accept", "content-type", "authorization"}
STYLES = {"form": "csv", "simple": "csv", "spaceDelimited": "ssv", "pipeDelimited": "pipes"}
Parts = dict[str, "Part"]
Facts = dict[str, Node]


@define(eq=False, slots=False)
class Part:
    """One part of an API and what is said of it.

    `pointer` says where it stands, `schema` where its schema is written (the first is nearest), `label` how a place
    names it. `facts` has what is said, each with its pointer. A fact that is missing would be said at the schema when it
    belongs to it, else at `pointer`.
    """

    kind: str  # api, operation, parameter, body, answer, header or field
    name: str
    label: str
    pointer: str
    facts: Facts
    make_parts: Callable[[], Parts] = dict
    schema: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> Parts:
        """What this part consists of, by keys that are the same in every document."""
        return self.make_parts()

    def value(self, fact: str) -> Any:
        """The value of a fact, None when nothing is said."""
        return self.facts[fact].value if fact in self.facts else None

    @property
    def written(self) -> str:
        """The pointer of the place where the schema is written, or of the part without one."""
        return self.schema[0] if self.schema else self.pointer

    def where(self, fact: str) -> str:
        """The pointer of the place where a fact is said, or would be."""
        if fact in self.facts:
            return self.facts[fact].pointer
        return self.written if fact in OF_THE_SCHEMA else self.pointer


def read_api(document: Document, areas: Collection[str] | None = None) -> Part:
    """Read a document: all of it, or the paths that begin with one of some areas, such as `jobs`."""
    parts: Parts = {}
    for path, item in _paths(document):
        for verb in VERBS:
            node = item.get(verb)
            if node is not None and (areas is None or area(path) in areas):
                operation = _operation(document, verb, path, item, an_object(node, "an operation"))
                parts.setdefault(f"{verb} {plain(path)}", operation)
    return Part("api", document.info("title"), "", "#/paths", {}, lambda: parts)


def area(path: str) -> str:
    """Return the first part of a path."""
    return path.split("/")[1]


def plain(path: str) -> str:
    """Return a path without the names of what is in it."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def _paths(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every path with what is in front of it, those of `x-ms-paths` (which may carry a query) last."""
    server = document.top().get("servers", "0", "url")
    # What stands before the first slash is the host, also when it is one variable: "{endpoint}/batch".
    base = re.sub(r"^([^/]+://)?[^/]*", "", str(server.value)) if server else document.root.get("basePath") or ""
    for key in ("paths", "x-ms-paths"):
        for path, item in document.top().each(key):
            if path.startswith("/"):
                yield str(base).rstrip("/") + path.partition("?")[0], an_object(item, "the operations of a path")


def _operation(document: Document, verb: str, path: str, item: Node, node: Node) -> Part:
    name = str(node.value.get("operationId") or f"{verb.upper()} {path}")
    facts = node.saying(verb=verb.upper(), path=plain(path))
    facts |= _flags(node, "deprecated") | _security(document, node)
    parts = _inputs(document, path, item, node)
    produced: set[str] = set()
    for status, response in node.each("responses"):
        answer = _answer(status.lower(), an_object(response, "an answer"), document)
        produced.update(answer.parts["<body>"].value("media type") or () if "<body>" in answer.parts else ())
        parts[f"<{answer.label}>"] = answer
    if document.is_swagger:
        facts |= _media(document, node, "produces", "produces")
    elif produced:
        facts |= node.saying(produces=tuple(sorted(produced)))
    return Part("operation", name, name, node.pointer, facts, lambda: parts)


def _flags(node: Node, *names: str) -> Facts:
    return node.saying(**{name: True for name in names if node.value.get(name) is True})


def _security(document: Document, node: Node) -> Facts:
    """The kinds of credentials that an operation takes; what the schemes are called says nothing."""
    holder = node if "security" in node.value else document.top()
    if "security" not in holder.value:
        return {}
    keys = ("securityDefinitions",) if document.is_swagger else ("components", "securitySchemes")
    kinds = set()
    for _, wanted in holder.each("security"):
        names = wanted.value if isinstance(wanted.value, dict) else {}
        schemes = [document.top().get(*keys, str(name), "type") for name in names]
        kinds.add(" and ".join(sorted(str(scheme.value) for scheme in schemes if scheme)) or "none")
    return {"security": Node(document, f"{holder.pointer}/security", tuple(sorted(kinds or {"none"})))}


def _inputs(document: Document, path: str, item: Node, node: Node) -> Parts:
    """Parameters and body; a parameter of the operation replaces one of its path."""
    parts: Parts = {}
    given = {}
    for holder in (item, node):
        for _, raw in holder.each("parameters"):
            parameter = an_object(raw, "a parameter")
            if "in" not in parameter.value:
                raise GeneratorError(f"{parameter.pointer} is no parameter: it does not say where it goes ('in')")
            given[str(parameter.value["in"]), str(parameter.value.get("name"))] = parameter
    for (place, name), parameter in given.items():
        if document.is_swagger and "schema" in parameter.value:  # only a body has one
            facts = _flags(parameter, "required") | (parameter.saying(place=place) if place != "body" else {})
            facts |= _media(document, node, "consumes", "media type")
            parts["<body>"] = _with_schema("body", "body", "request", parameter, parameter.get("schema"), facts)
        elif key := _key(place, name, path):
            parts[f"{key} in {place}" if key in parts else key] = _parameter(name, place, parameter)
    request = node.get("requestBody")
    if request:
        body = an_object(request, "a request body")
        parts["<body>"] = _body("request", body, _flags(body, "required"))
    return parts


def _key(place: str, name: str, path: str) -> str:
    """Parameters are known by their names without regard to case, those in the path by where they stand in it."""
    if place == "path":
        names = re.findall(r"\{([^}]*)\}", path)  # a parameter of the host, such as the account's address, is none
        return f"{{{names.index(name)}}}" if name in names else ""
    return "" if place == "header" and name.lower() in NO_PARAMETERS else name.lower()


def _parameter(name: str, place: str, node: Node) -> Part:
    schema = node.get("schema") or node
    facts = node.saying(place=place) | _flags(node, "required", "deprecated")
    part = _with_schema("parameter", name, f"{place} {name}", node, schema, facts)
    if part.value("type") == "array":
        part.facts |= node.saying(**{"list style": _list_style(node.value, place, schema is node)})
    return part


def _list_style(parameter: dict[str, Any], place: str, is_swagger: bool) -> str:
    if is_swagger:
        return str(parameter.get("collectionFormat", "csv"))
    written = str(parameter.get("style", "form" if place in ("query", "cookie") else "simple"))
    spread = parameter.get("explode", written == "form")
    return "multi" if spread and written == "form" else STYLES.get(written, written)


def _media(document: Document, operation: Node, key: str, fact: str) -> Facts:
    """The media types of Swagger 2.0: those of the operation, else those of the document."""
    holder = operation if operation.value.get(key) else document.top()
    listed = [str(node.value) for _, node in holder.each(key)]
    return {fact: Node(document, f"{holder.pointer}/{key}", _essences(listed))} if listed else {}


def _essences(names: Collection[str]) -> tuple[str, ...]:
    """Media types without parameters: whether a charset or an odata level is named differs from document to document."""
    return tuple(sorted({name.partition(";")[0].strip().lower() for name in names}))


def _body(label: str, node: Node, facts: Facts) -> Part:
    """A body of OpenAPI 3: its media types, and the schema of the first; the rest is other ways of writing the same."""
    content = list(node.each("content"))
    media = _essences([name for name, _ in content])
    schema = content[0][1].get("schema") if content else None
    if content and not (schema and schema.value) and "json" not in "".join(media):
        facts = facts | node.saying(type="string", format="binary")
    return _with_schema("body", "body", label, node, schema, facts | node.saying(**{"media type": media}))


def _answer(status: str, node: Node, document: Document) -> Part:
    parts: Parts = {}
    for name, raw in node.each("headers"):
        header = an_object(raw, "a header")
        schema = header.get("schema") or header
        parts[name.lower()] = _with_schema("header", name, f"header {name}", header, schema, {})
    if node.get("content"):
        parts["<body>"] = _body("", node, {})
    elif document.is_swagger and node.get("schema"):
        parts["<body>"] = _with_schema("body", "body", "", node, node.get("schema"), {})
    return Part("answer", status, f"answer {status}", node.pointer, {}, lambda: parts)


def _with_schema(kind: str, name: str, label: str, node: Node, schema: Node | None, own: Facts) -> Part:
    """A part with a schema; what is said beside the schema counts before what the schema says."""
    layers = list(layers_of(schema, set())) if schema else []
    # Layers that say nothing of the structure are of this one use of a schema.
    places = [layer.pointer for layer in layers if not STRUCTURE.isdisjoint(layer.value)]
    places = places or [layer.pointer for layer in layers]
    facts: Facts = {}
    members: dict[str, Node] = {}
    required: set[str] = set()
    for layer in layers:
        facts = layer.saying(**dict(facts_of(layer.value))) | facts
        members = dict(members_of(layer)) | members
        listed = layer.value.get("required")
        required.update(map(str, listed) if isinstance(listed, list) else ())
    if "type" not in facts and (implied := implied_type(members, facts)):
        facts["type"] = Node(node.document, places[0], implied)
    return Part(kind, name, label, node.pointer, facts | own, partial(_fields, members, required), tuple(places))


def _fields(members: dict[str, Node], required: Collection[str]) -> Parts:
    return {
        name: _with_schema("field", name, name, node, node, node.saying(required=True) if name in required else {})
        for name, node in members.items()
    }
