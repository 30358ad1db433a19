"""Read and write OpenAPI documents as plain dicts, and walk over what is in them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

# On what some API versions lack: the first version that has it, and the first that has it no longer.
MARKS = ("x-since", "x-until")
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class GeneratorError(Exception):
    """The spec, a rule or the output is not as it must be: what is wrong and what to do, for a person at a terminal."""


class Loader(yaml.CSafeLoader):
    """YAML as JSON knows it: a date stays the text that it is, and no key stands twice, of which YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise GeneratorError(
                    f"line {key.start_mark.line + 1}: the key {key.value!r} stands twice in one object"
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> dict[str, Any]:
    """Read a document of ours; raise `GeneratorError` when the file cannot be used."""
    if not path.exists():
        raise GeneratorError(f"{path} does not exist")
    return parse_description(path.read_bytes(), str(path))


def parse_description(content: bytes, location: str) -> dict[str, Any]:
    """Return a whole OpenAPI document; raise `GeneratorError` for anything else."""
    root = parse(content, location)
    if not isinstance(root, dict):
        raise GeneratorError(f"{location} is not an OpenAPI document: it holds no object at its top")
    if str(root.get("swagger")) != "2.0" and not str(root.get("openapi")).startswith("3."):
        raise GeneratorError(
            f"{location} is not an OpenAPI document: 'swagger: \"2.0\"' or 'openapi: 3...' is not at its top"
        )
    if not isinstance(root.get("paths"), dict) or not isinstance(root.get("info"), dict):
        raise GeneratorError(f"{location} is not a whole OpenAPI document: it needs 'info' and 'paths'")
    return root


def parse(content: bytes, location: str) -> Any:
    """Return what JSON or YAML says; raise `GeneratorError` when it cannot be read."""
    try:
        return copy.deepcopy(_parsed(content.decode("utf-8-sig")))
    except GeneratorError as error:
        raise GeneratorError(f"{location}, {error}") from None
    except (ValueError, yaml.YAMLError) as error:
        raise GeneratorError(f"{location} is neither JSON nor YAML: {' '.join(str(error).split())}") from None


@lru_cache(maxsize=4)  # the spec is read several times in a run
def _parsed(text: str) -> Any:
    """JSON is YAML too, but the JSON reader is many times faster on Microsoft's large files."""
    if text.lstrip().startswith(("{", "[")):
        with suppress(ValueError):
            return json.loads(text)
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader


def dump(document: dict[str, Any]) -> str:
    """Write a document as YAML, in the order it has."""
    return str(yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120))


def resolve(document: dict[str, Any], node: Any) -> Any:
    """The node itself, or what its `$ref` points to."""
    seen: set[str] = set()
    while isinstance(node, dict) and "$ref" in node:
        reference = node["$ref"]
        if reference in seen:
            raise GeneratorError(f"$ref {reference!r} points to itself")
        seen.add(reference)
        node = lookup(document, reference)
    return node


def lookup(document: dict[str, Any], reference: str) -> Any:
    """What a local JSON pointer such as `#/components/schemas/CloudTask` points to."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        raise GeneratorError(
            f"$ref {reference!r} leaves the document: only references that begin with '#/' are followed"
        )
    node: Any = document
    for part in reference[2:].split("/"):
        part = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or part not in node:
            raise GeneratorError(f"$ref {reference!r} points to nothing: there is no {part!r}")
        node = node[part]
    return node


@frozen
class Operation:
    """One operation of a document of ours."""

    document: dict[str, Any]
    name: str
    verb: str
    path: str
    node: dict[str, Any]

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """The parameters, references followed, those of the path first."""
        raw = [*self.document["paths"][self.path].get("parameters", []), *self.node.get("parameters", [])]
        return [resolve(self.document, one) | {mark: one[mark] for mark in MARKS if mark in one} for one in raw]

    @property
    def body(self) -> dict[str, Any]:
        """The request body, {} where there is none."""
        return resolve(self.document, self.node.get("requestBody")) or {}

    @property
    def request_schema(self) -> dict[str, Any] | None:
        """The schema of the request body (a `$ref` left as it is), or None."""
        return _content_schema(self.body)

    @property
    def success(self) -> dict[int, dict[str, Any]]:
        """The answers of the 2xx statuses, lowest first; the lowest has the shape of all."""
        answers = {int(status): answer for status, answer in self.node["responses"].items() if status[0] == "2"}
        if not answers:
            raise GeneratorError(f"{self.name} has no 2xx response")
        return {status: resolve(self.document, answer) for status, answer in sorted(answers.items())}

    @property
    def answer(self) -> dict[str, Any]:
        """The answer of the lowest 2xx status."""
        return next(iter(self.success.values()))

    @property
    def answer_schema(self) -> dict[str, Any] | None:
        """The schema of the 2xx body (a `$ref` left as it is), or None when it has no body."""
        return _content_schema(self.answer)

    @property
    def item_schema(self) -> dict[str, Any] | None:
        """The schema of what is listed page by page (a `$ref` left as it is), or None when nothing is."""
        properties = resolve(self.document, self.answer_schema or {}).get("properties", {})
        return properties["value"]["items"] if "odata.nextLink" in properties else None


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of a document."""
    for path, item in document["paths"].items():
        for verb in VERBS:
            if verb in item:
                yield Operation(document, item[verb].get("operationId", f"{verb} {path}"), verb, path, item[verb])


def _content_schema(holder: dict[str, Any]) -> dict[str, Any] | None:
    return next(iter(holder["content"].values())).get("schema") if "content" in holder else None


def name_of(schema: dict[str, Any] | None) -> str:
    """The name of the schema that a `$ref` refers to, "" for anything else."""
    return str((schema or {}).get("$ref", "")).rpartition("/")[2]


def snake(name: str) -> str:
    """A name of the service as Python has it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.strip("$"))
    return re.sub(r"[-/.]", "_", words).lower()


def walk(node: Any, trail: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every dict of a document with the way to it, outermost first."""
    if isinstance(node, dict):
        yield trail, node
        for key, value in list(node.items()):
            yield from walk(value, (*trail, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, (*trail, index))


def reachable(document: dict[str, Any], roots: Iterable[Any]) -> set[str]:
    """Every `$ref` in some nodes and in what these lead to."""
    found: set[str] = set()
    ahead = list(roots)
    while ahead:
        for _, node in walk(ahead.pop()):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                ahead.append(lookup(document, reference))
    return found
