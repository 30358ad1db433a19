"""A whole document as facts: its operations with parameters, bodies and answers, alike for Swagger 2.0 and OpenAPI 3."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Collection, Iterator

from attrs import define, field, frozen

from generator.diff.schema import Shapes
from generator.diff.source import Document, Node, an_object, follow
from generator.document import VERBS
from generator.problem import Problem

# OpenAPI gives these three a place of their own, so that a header parameter of the name says nothing.
NO_PARAMETERS = {"accept", "content-type", "authorization"}


@frozen(eq=False)
class Parameter:
    """A parameter or, without a place, a header of an answer."""

    name: str
    place: str
    required: bool
    style: str  # how a list is written: csv, multi and so on; empty for what is no list
    node: Node
    schema: Node


@frozen(eq=False)
class Body:
    """What a request or an answer carries."""

    node: Node
    required: bool
    media: tuple[str, ...]
    schema: Node | None


@frozen(eq=False)
class Answer:
    """What one status brings."""

    node: Node
    headers: dict[str, Parameter]
    body: Body | None


@define(eq=False)
class Operation:
    """One operation. `shape` is its path without the names of the parameters in it."""

    id: str
    verb: str
    path: str
    shape: str
    node: Node
    parameters: dict[str, Parameter] = field(factory=dict)
    body: Body | None = None
    answers: dict[str, Answer] = field(factory=dict)


@define(eq=False)
class Api:
    """All that one document says of its API."""

    document: Document
    operations: dict[tuple[str, str], Operation]
    shapes: Shapes


def read_api(document: Document, areas: Collection[str] | None = None) -> Api:
    """The facts of a document, of all of it or of the paths that begin with one of some areas, such as `jobs`."""
    api = Api(document, {}, Shapes())
    for path, item in _paths(document):
        if areas is not None and area(path) not in areas:
            continue
        for verb in VERBS:
            node = item.get(verb)
            if node is not None:
                operation = _operation(document, verb, path, item, an_object(node, "an operation"))
                api.operations.setdefault((verb, operation.shape), operation)
    return api


def area(path: str) -> str:
    """The first part of a path."""
    return path.split("/")[1]


def _paths(document: Document) -> Iterator[tuple[str, Node]]:
    """Every path with what is in front of it, those of `x-ms-paths` (which may carry a query) last."""
    base = _base_path(document)
    for key in ("paths", "x-ms-paths"):
        listed = document.top().get(key)
        for path, item in listed.children() if listed else ():
            if path.startswith("/"):
                yield base + path.partition("?")[0], an_object(item, "the operations of a path")


def _base_path(document: Document) -> str:
    server = document.top().get("servers", "0", "url")
    if server:
        return urllib.parse.urlsplit(re.sub(r"\{[^}]*\}", "x", str(server.value))).path.rstrip("/")
    return str(document.root.get("basePath", "")).rstrip("/")


def _operation(document: Document, verb: str, path: str, item: Node, node: Node) -> Operation:
    name = str(node.value.get("operationId") or f"{verb.upper()} {path}")
    operation = Operation(name, verb, path, re.sub(r"\{[^}]*\}", "{}", path), node)
    for given in _raw_parameters(item, node):
        if given.value.get("in") == "body":
            operation.body = _swagger_body(document, node, given)
        else:
            _add_parameter(operation, given)
    request = node.get("requestBody")
    if request:
        operation.body = _openapi_body(an_object(request, "a request body"))
    responses = node.get("responses")
    for status, response in responses.children() if responses else ():
        operation.answers[status.lower()] = _answer(document, node, an_object(response, "an answer"))
    return operation


def _raw_parameters(item: Node, node: Node) -> list[Node]:
    """The parameters, references followed; one of the operation stands in for one of its path."""
    found: dict[tuple[str, str], Node] = {}
    for holder in (item, node):
        listed = holder.get("parameters")
        for _, parameter in listed.children() if listed else ():
            given = an_object(parameter, "a parameter")
            if "in" not in given.value:
                raise Problem(f"{given.pointer} is no parameter: it does not say where it goes ('in')")
            found[str(given.value["in"]), str(given.value.get("name"))] = given
    return list(found.values())


def _add_parameter(operation: Operation, given: Node) -> None:
    """Parameters are known by their names without regard to case, those in the path by where they stand in it."""
    name, place = str(given.value.get("name")), str(given.value["in"])
    key = name.lower()
    if place == "path":
        names = re.findall(r"\{([^}]*)\}", operation.path)
        if name not in names:
            return  # a parameter of the host, such as the account's address
        key = f"{{{names.index(name)}}}"
    elif place == "header" and key in NO_PARAMETERS:
        return
    operation.parameters[key] = _parameter(given, name, place)


def _parameter(given: Node, name: str, place: str) -> Parameter:
    schema = given.get("schema") or given
    return Parameter(name, place, given.value.get("required") is True, _style(given, schema, place), given, schema)


def _style(given: Node, schema: Node, place: str) -> str:
    if not (kind := follow(schema).get("type")) or kind.value != "array":
        return ""
    if schema is given:
        return str(given.value.get("collectionFormat", "csv"))
    style = given.value.get("style", "form" if place in ("query", "cookie") else "simple")
    spread = given.value.get("explode", style == "form")
    names = {"form": "multi" if spread else "csv", "simple": "csv", "spaceDelimited": "ssv", "pipeDelimited": "pipes"}
    return names.get(style, str(style))


def _swagger_body(document: Document, node: Node, given: Node) -> Body:
    required = given.value.get("required") is True
    return Body(given, required, _media(document, node, "consumes"), given.get("schema"))


def _openapi_body(given: Node) -> Body:
    media, schema = _content(given)
    return Body(given, given.value.get("required") is True, media, schema)


def _answer(document: Document, node: Node, given: Node) -> Answer:
    headers = {}
    listed = given.get("headers")
    for name, header in listed.children() if listed else ():
        headers[name.lower()] = _parameter(an_object(header, "a header"), name, "")
    body = None
    if given.get("content"):
        media, schema = _content(given)
        body = Body(given, False, media, schema)
    elif given.get("schema"):
        body = Body(given, False, _media(document, node, "produces"), given.get("schema"))
    return Answer(given, headers, body)


def _content(given: Node) -> tuple[tuple[str, ...], Node | None]:
    """The media types of a body and the schema of the first; the rest is other ways of writing the same."""
    content = given.get("content")
    listed = list(content.children()) if content else []
    return _essences(name for name, _ in listed), listed[0][1].get("schema") if listed else None


def _media(document: Document, node: Node, key: str) -> tuple[str, ...]:
    return _essences(node.value.get(key) or document.root.get(key) or ())


def _essences(names: Iterator[str] | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Media types without parameters: whether a charset or an odata level is named differs from document to document."""
    return tuple(sorted({str(name).partition(";")[0].strip().lower() for name in names}))
