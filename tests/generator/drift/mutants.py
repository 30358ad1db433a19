"""Changes to a description of the API, one at a time: where each is made, and what has to be reported of it.

The sites are found by a walk of its own over the plain document, so that a place that the comparison does not look at
cannot hide from the proof.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import field, frozen

from generator.document import VERBS

Json = dict[str, Any]
Way = tuple[str, ...]
Edits = tuple[tuple[Any, Callable[[Any], None]], ...]
MARK = "New"


@frozen
class Report:
    """One difference that has to be reported."""

    kind: str
    pointers: tuple[str, ...]  # where upstream's pointer may be: the thing, or the object that lacks it
    name: str  # must occur in the report
    other_name: str = ""  # the report may have this one instead


@frozen
class Mutant:
    """One change and the reports that are expected: one, or two for what got another name, which is gone and come."""

    sort: str  # such as "drop field"
    reports: tuple[Report, ...]
    edits: Edits = field(repr=False)  # containers and what to do to them
    site: str = ""  # the pointer of what is changed, where it is not the first of the reports

    @classmethod
    def one(
        cls, sort: str, kind: str, pointers: Way, name: str, edits: Edits, site: str = "", other: str = ""
    ) -> Mutant:
        """Return a mutant that has to give one report."""
        return cls(sort, (Report(kind, pointers, name, other),), edits, site)

    def below(self, pointers: Collection[str]) -> bool:
        """Whether the change is in or below one of some places."""
        site = self.site or self.reports[0].pointers[0]
        return any(site == pointer or site.startswith(f"{pointer}/") for pointer in pointers)

    def __str__(self) -> str:
        return f"{self.sort} {self.reports[0].name} {self.reports[0].pointers[0]}"


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """The document changed, and put back afterwards."""
    saved = [(container, copy.copy(container)) for container, _ in mutant.edits]
    for container, change in mutant.edits:
        change(container)
    try:
        yield
    finally:
        for container, before in saved:
            container.clear()
            container.extend(before) if isinstance(container, list) else container.update(before)


@frozen
class Site:
    """A schema, a parameter or a header in the document."""

    pointer: str
    node: Json = field(repr=False)
    requested: bool  # reached from a request
    answered: bool  # reached from an answer
    owners: tuple[str, ...] = ()  # pointers of what is merged from it


class Document:
    """A description with the ways into it that the mutants need."""

    def __init__(self, root: Json, ours: set[str], foreign: Collection[str] = (), same_ids: bool = True) -> None:
        self.root = root
        self.swagger = "swagger" in root
        self.ours = ours  # verb and plain path of the operations that count, such as "get /jobs/{}"
        self.done: set[str] = set()  # pointers of shared values that have had their mutants
        self.foreign = foreign  # pointers of what only this document has: nothing below is compared
        self.same_ids = same_ids  # whether operations have the ids that ours have

    def operations(self) -> Iterator[tuple[str, str, str, Json, Json]]:
        """(pointer, path, verb, path item, operation) of every operation that is ours too."""
        for path, item in self.root["paths"].items():
            for verb in VERBS:
                if verb in item and f"{verb} {plain(path)}" in self.ours:
                    yield f"#/paths/{escape(path)}/{verb}", path, verb, item, item[verb]

    def resolve(self, pointer: str, node: Json) -> tuple[str, Json]:
        while "$ref" in node:
            pointer = node["$ref"]
            found: Any = self.root
            for part in pointer[2:].split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = found
        return pointer, node

    def target(self, pointer: str, node: Json) -> tuple[str, Json]:
        """What a member refers to, also by the `allOf` of one that OpenAPI 3.0 needs beside a `$ref`."""
        if len(node.get("allOf", [])) == 1 and "properties" not in node:
            pointer, node = f"{pointer}/allOf/0", node["allOf"][0]
        return self.resolve(pointer, node)

    def parameters(self) -> Iterator[tuple[str, Json, str, Json]]:
        """(pointer, parameter, pointer of its operation, operation), bodies left out."""
        for pointer, _, _, _, operation in self.operations():
            for index, raw in enumerate(operation.get("parameters", [])):
                at, node = self.resolve(f"{pointer}/parameters/{index}", raw)
                if node["in"] != "body":
                    yield at, node, pointer, operation

    def typed(self, pointer: str, node: Json) -> tuple[str, Json]:
        """Where the type of a parameter or header stands."""
        return (f"{pointer}/schema", node["schema"]) if "schema" in node else (pointer, node)

    def responses(self) -> Iterator[tuple[str, str, Json, Json, str]]:
        """(pointer, status, response, operation, pointer of the operation)."""
        for pointer, _, _, _, operation in self.operations():
            for status, raw in operation["responses"].items():
                at, node = self.resolve(f"{pointer}/responses/{status}", raw)
                yield at, status, node, operation, pointer

    def body_schemas(self) -> Iterator[tuple[str, Json, bool]]:
        """(pointer, schema, whether it is a request's) of every body."""
        for pointer, _, _, _, operation in self.operations():
            for index, raw in enumerate(operation.get("parameters", [])):
                at, node = self.resolve(f"{pointer}/parameters/{index}", raw)
                if node["in"] == "body":
                    yield f"{at}/schema", node["schema"], True
            if "requestBody" in operation:
                at, node = self.resolve(f"{pointer}/requestBody", operation["requestBody"])
                yield from self._content(at, node, True)
        for at, _, node, _, _ in self.responses():
            if "schema" in node:
                yield f"{at}/schema", node["schema"], False
            yield from self._content(at, node, False)

    def _content(self, pointer: str, node: Json, request: bool) -> Iterator[tuple[str, Json, bool]]:
        for media, value in list(node.get("content", {}).items())[:1]:
            yield f"{pointer}/content/{escape(media)}/schema", value["schema"], request

    def objects(self) -> list[Site]:
        """Every schema with members that requests or answers reach, each once."""
        found: dict[str, list[Any]] = {}
        for pointer, schema, request in self.body_schemas():
            self._reach(pointer, schema, request, (), found, set())
        return [Site(at, node, "r" in ways, "a" in ways, tuple(owners)) for at, (node, ways, owners) in found.items()]

    def _reach(
        self, pointer: str, node: Json, request: bool, owners: Way, found: dict[str, list[Any]], seen: set[str]
    ) -> None:
        if request and node.get("readOnly"):
            return
        if pointer in self.foreign:
            return
        at, node = self.resolve(pointer, node)
        if at in seen or (request and node.get("readOnly")):
            return
        seen.add(at)
        if "properties" in node:
            entry = found.setdefault(at, [node, set(), []])
            entry[1].add("r" if request else "a")
            entry[2] += [owner for owner in owners if owner not in entry[2]]
        for index, piece in enumerate(node.get("allOf", [])):
            self._reach(f"{at}/allOf/{index}", piece, request, (*owners, at), found, seen)
        for name, member in node.get("properties", {}).items():
            self._reach(f"{at}/properties/{escape(name)}", member, request, (), found, seen)
        if isinstance(node.get("items"), dict):
            self._reach(f"{at}/items", node["items"], request, (), found, seen)


def plain(path: str) -> str:
    """A path without the names of the parameters in it."""
    return "".join("{}" if part.startswith("{") else part for part in split(path))


def split(path: str) -> list[str]:
    parts: list[str] = []
    for piece in path.split("{"):
        name, brace, rest = piece.partition("}")
        parts += ["{" + name + "}", rest] if brace else [name]
    return parts


def escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def put(key: Any, value: Any) -> Callable[[Any], None]:
    return lambda container: container.__setitem__(key, value)


def drop(key: Any) -> Callable[[Any], None]:
    return lambda container: container.__delitem__(key)


def rename(old: str, new: str) -> Callable[[Any], None]:
    return lambda container: container.__setitem__(new, container.pop(old))
