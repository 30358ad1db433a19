"""The specification as plain values, and the few ways of walking it that the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

FOLDER = Path(__file__).resolve().parents[2] / "spec"
PATH = FOLDER / "openapi.yaml"
VERBS = ("get", "put", "post", "delete", "head", "patch", "options", "trace")


# The newest API version when the tables of these tests were written. What a later version brings has to keep the rules,
# and stands in no table; what it drops is still there for the versions before it.
RECORDED = "2026-10-01"


@cache
def spec() -> dict[str, Any]:
    """The whole document; nobody may change it."""
    loaded: dict[str, Any] = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded


@cache
def recorded() -> dict[str, Any]:
    """The document as it was when `RECORDED` was its newest version: without what only later versions have."""
    found: dict[str, Any] = _recorded(spec())
    return found


def _recorded(node: Any) -> Any:
    if isinstance(node, list):
        return [_recorded(value) for value in node if not _is_later(value)]
    if not isinstance(node, dict):
        return node
    kept = {key: _recorded(value) for key, value in node.items() if not _is_later(value)}
    if node.get("x-until", "") > RECORDED:
        del kept["x-until"]
    later = {value for value, mark in node.get("x-enum-marks", {}).items() if _is_later(mark)}
    if later:
        kept["enum"] = [value for value in kept["enum"] if value not in later]
    if isinstance(kept.get("required"), list) and isinstance(kept.get("properties"), dict):
        kept["required"] = [name for name in kept["required"] if name in kept["properties"]]
    return kept


def _is_later(node: Any) -> bool:
    """Whether a thing, or the component that it refers to, came with a later version."""
    if not isinstance(node, dict):
        return False
    reference = str(node.get("$ref", ""))
    component = resolve(node) if reference.startswith(("#/components/parameters/", "#/components/headers/")) else {}
    return any(str(part.get("x-since", "")) > RECORDED for part in (node, component))


def resolve(node: Any) -> dict[str, Any]:
    """What a reference leads to, or the node itself. Members beside a reference win, as for schemas of OpenAPI 3.1."""
    if "$ref" not in node:
        return dict(node)
    target: Any = spec()
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**resolve(target), **{key: value for key, value in node.items() if key != "$ref"}}


@frozen
class Operation:
    """One operation with the path and the verb that it stands under."""

    id: str
    verb: str
    path: str
    node: dict[str, Any]
    shared: list[dict[str, Any]]

    def parameters(self) -> list[dict[str, Any]]:
        """Its parameters, those of its path first."""
        return [resolve(parameter) for parameter in (*self.shared, *self.node.get("parameters", []))]

    def parameter_names(self, place: str) -> list[str]:
        return [p["name"] for p in self.parameters() if p["in"] == place]

    def responses(self) -> dict[str, dict[str, Any]]:
        return {status: resolve(response) for status, response in self.node["responses"].items()}

    def success(self) -> str:
        """The first declared status of success."""
        statuses: list[str] = list(self.node["responses"])
        return next(status for status in statuses if status.startswith("2"))

    def request_schema(self) -> dict[str, Any] | None:
        return _schema(self.node.get("requestBody"))

    def answer_schema(self) -> dict[str, Any] | None:
        return _schema(self.responses()[self.success()])


def _schema(holder: dict[str, Any] | None) -> dict[str, Any] | None:
    if holder is None or "content" not in holder:
        return None
    (media,) = holder["content"].values()
    schema: dict[str, Any] = media["schema"]
    return schema


def operations(document: dict[str, Any] | None = None) -> list[Operation]:
    """All operations in the order of the document."""
    return [
        Operation(node["operationId"], verb, path, node, item["parameters"])
        for path, item in (document or spec())["paths"].items()
        for verb, node in item.items()
        if verb in VERBS
    ]


def operation(name: str) -> Operation:
    return next(o for o in operations() if o.id == name)


def walk(node: Any, trail: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every mapping below a node with the way to it, not looking into references."""
    if isinstance(node, dict):
        yield trail, node
        for key, value in node.items():
            yield from walk(value, (*trail, str(key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, (*trail, str(index)))


def reachable(schema: dict[str, Any] | None, seen: set[str] | None = None) -> set[str]:
    """The names of all schemas that a schema leads to, itself included."""
    seen = set() if seen is None else seen
    for _, node in walk(schema):
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if name in spec()["components"]["schemas"] and name not in seen:
            seen.add(name)
            reachable(spec()["components"]["schemas"][name], seen)
    return seen


def sent() -> set[str]:
    """The names of the schemas that a request can hold."""
    return {name for o in operations() for name in reachable(o.request_schema())}


def answered() -> set[str]:
    """The names of the schemas that an answer can hold, errors included."""
    return {name for o in operations() for response in o.responses().values() for name in reachable(_schema(response))}


def members(name: str, document: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """The properties of a schema, references not followed."""
    found: dict[str, dict[str, Any]] = (document or spec())["components"]["schemas"][name].get("properties", {})
    return found
