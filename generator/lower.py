"""Adapt a copy of the spec to what the pinned generator can take. The spec itself stays truthful.

Each rule changes one object of the document if it applies to it, says so, and gives its reason in its docstring. A rule
that applies to nothing is an error, so that none outlives its reason.
"""

from __future__ import annotations

import copy
from typing import Any

from generator.document import GeneratorError, walk

Json = dict[str, Any]


def lower(document: Json) -> Json:
    """Return the document as the generator gets it."""
    lowered = copy.deepcopy(document)
    for rule in RULES:
        nodes = [node for trail, node in walk(lowered) if "examples" not in trail and "example" not in trail]
        if not sum(rule(node) for node in nodes):
            raise GeneratorError(
                f"the lowering rule {rule.__name__!r} applies to nothing: remove it from generator/lower.py"
            )
    return lowered


def conditions(node: Json) -> bool:
    """What members say about one another would become a union of types; the service checks it."""
    found = {"oneOf", "anyOf", "not", "dependentRequired"} & node.keys() if "properties" in node else set()
    for key in found:
        del node[key]
    return bool(found)


def free_objects(node: Json) -> bool:
    """An object without properties would become a class for each place it stands in; a plain value serves."""
    if node.get("type") != "object" or "properties" in node:
        return False
    del node["type"]
    node.pop("additionalProperties", None)
    return True


def comma_lists(node: Json) -> bool:
    """A list of known values in the query would become a class; the service wants one text with commas, which `Calls` makes."""
    if node.get("in") != "query" or node.get("explode") is not False:
        return False
    node["schema"] = {"type": "string"}
    return True


def header_formats(node: Json) -> bool:
    """A header is text: with format uuid it cannot be sent, with format date-time its whole endpoint is dropped."""
    return node.get("in") == "header" and node.get("schema", {}).pop("format", None) is not None


RULES = (
    conditions,
    free_objects,
    comma_lists,
    header_formats,
)
