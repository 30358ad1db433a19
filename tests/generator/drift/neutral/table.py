"""The table of neutral changes, and what they have in common."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from generator.document import VERBS, walk
from tests.generator.drift.mutants import Json

Neutral = Callable[[Json], int]  # changes a description in place and returns in how many places
KINDS: dict[str, Neutral] = {}


def kind(change: Neutral) -> Neutral:
    """Take a change into the table, by its name."""
    KINDS[change.__name__.strip("_").replace("_", " ")] = change
    return change


def schemas(document: Json) -> Json:
    found: Json = document["definitions"] if "swagger" in document else document["components"]["schemas"]
    return found


def ours(document: Json) -> Iterator[tuple[str, Json]]:
    """The operations below /jobs."""
    for path, item in document["paths"].items():
        if path.startswith("/jobs"):
            yield from ((verb, item[verb]) for verb in VERBS if verb in item)


def typed(document: Json) -> Iterator[Json]:
    """Every schema with a type, be it a parameter's, a header's or a member's."""
    found = list(walk(document))
    yield from (
        n for trail, n in found if isinstance(n.get("type"), str | list) and "flow" not in n and not is_map(trail)
    )


def objects(document: Json) -> Iterator[Json]:
    found = list(walk(schemas(document)))
    yield from (node for trail, node in found if isinstance(node.get("properties"), dict) and not is_map(trail))


def is_map(trail: tuple[str | int, ...]) -> bool:
    """Whether this is what a schema says of its members, and not a member called `properties`."""
    last = [part == "properties" for part in trail[::-1]]
    return last.index(False) % 2 == 1 if False in last else len(last) % 2 == 1


def parameters(document: Json) -> Iterator[Json]:
    for _, operation in ours(document):
        yield from (p for p in operation["parameters"] if "$ref" not in p)


def headers(document: Json) -> Iterator[Json]:
    for _, operation in ours(document):
        yield from (response["headers"] for response in operation["responses"].values() if response.get("headers"))


def say(nodes: Iterator[Json], **members: Any) -> int:
    """State what holds anyway, wherever nothing is stated."""
    changed = 0
    for node in nodes:
        for key, value in members.items():
            if key not in node:
                node[key] = copy.deepcopy(value)
                changed += 1
    return changed


def turn(node: Json, key: str) -> bool:
    """Reverse a list."""
    found = isinstance(node.get(key), list) and len(node[key]) > 1
    if found:
        node[key] = node[key][::-1]
    return found


def replace(node: Json, key: str, new: Any) -> bool:
    found = key in node and node[key] != new
    if found:
        node[key] = new
    return found
