"""Read and write OpenAPI documents as plain dicts, and walk over what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class GeneratorError(Exception):
    """The spec, a rule or the output is not as it must be: what is wrong and what to do, for a person at a terminal."""


class Loader(yaml.CSafeLoader):
    """YAML as JSON knows it: a date stays the text that it is."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class StrictLoader(Loader):
    """The same for our own documents, in which no key may stand twice: YAML would keep the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise GeneratorError(
                    f"line {key.start_mark.line + 1}: the key {key.value!r} stands twice in one object"
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> dict[str, Any]:
    """Read an OpenAPI document of ours; raise `GeneratorError` when the file cannot be used."""
    try:
        document = json.loads(_as_json(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise GeneratorError(f"{path} does not exist") from None
    except GeneratorError as error:
        raise GeneratorError(f"{path}, {error}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GeneratorError(f"{path} is not YAML: {error}") from None
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict) or "openapi" not in document:
        raise GeneratorError(f"{path} is not an OpenAPI 3 document: it needs 'openapi', 'info' and 'paths' at the top")
    return document


@lru_cache(maxsize=4)
def _as_json(text: str) -> str:
    """Return YAML as JSON, which is read in a twentieth of the time: the spec is read several times in a run."""
    return json.dumps(yaml.load(text, Loader=StrictLoader))  # noqa: S506 - a safe loader


class Dumper(yaml.CSafeDumper):
    """YAML in which nothing refers to another place by an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(document: dict[str, Any]) -> str:
    """Write a document as YAML, in the order it has."""
    text: str = yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


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


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Every operation as (operation id, verb, path, operation)."""
    for path, item in document["paths"].items():
        for verb in VERBS:
            if verb in item:
                yield item[verb].get("operationId", f"{verb} {path}"), verb, path, item[verb]


def parameters(document: dict[str, Any], path: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation, references followed, those of its path first."""
    raw = [*document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    return [resolve(document, parameter) | _marks_beside(parameter) for parameter in raw]


def request_schema(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of the request body (a `$ref` left as it is), or None."""
    body = resolve(document, operation.get("requestBody"))
    return next(iter(body["content"].values())).get("schema") if body else None


def success(document: dict[str, Any], operation: dict[str, Any]) -> tuple[tuple[int, ...], dict[str, Any]]:
    """The 2xx statuses, lowest first, and the response object of the lowest, whose shape they share."""
    found = {int(status): resolve(document, r) for status, r in operation["responses"].items() if status[0] == "2"}
    if not found:
        raise GeneratorError(f"{operation.get('operationId')} has no 2xx response")
    return tuple(sorted(found)), found[min(found)]


def answer_schema(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of the 2xx body (a `$ref` left as it is), or None when it has no body."""
    content = success(document, operation)[1].get("content")
    return next(iter(content.values())).get("schema") if content else None


def walk(node: Any, trail: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every dict of a document with the way to it, outermost first."""
    if isinstance(node, dict):
        yield trail, node
        for key, value in list(node.items()):
            yield from walk(value, (*trail, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, (*trail, index))


def _marks_beside(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key in ("x-since", "x-until")}
