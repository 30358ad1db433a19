"""Adapt a copy of the spec to what the pinned generator can take. The spec itself stays truthful.

Each rule changes one object of the document if it applies to it, says so, and gives its reason in its docstring. A rule
that applies to nothing is an error, so that none outlives its reason.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from generator.document import GeneratorError, walk

Json = dict[str, Any]
_OPERATION = re.compile(r"\b([A-Z]\w+?)_([A-Z]\w+)")


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


def marks(node: Json) -> bool:
    """The union of all versions is what is generated; marks and tables of ours mean nothing to the generator."""
    ours = [key for key in node if isinstance(key, str) and key.startswith("x-")]
    for key in ours:
        del node[key]
    return bool(ours)


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


def operation_names(node: Json) -> bool:
    """Descriptions name other operations by their ids; readers of docstrings know them as task.add_collection."""
    if not isinstance(node.get("description"), str):
        return False
    before = node["description"]
    node["description"] = _OPERATION.sub(_python_name, before)
    return bool(node["description"] != before)


def _python_name(match: re.Match[str]) -> str:
    return ".".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part).lower() for part in match.groups())


def parameter_descriptions(node: Json) -> bool:
    """The generator looks for the description of a parameter in its schema."""
    if "in" not in node or "description" not in node or not isinstance(node.get("schema"), dict):
        return False
    node["schema"]["description"] = node["description"]
    return True


def defaults(node: Json) -> bool:
    """A default that the client sent would pin today's value and hide 'not set'. It goes to the description instead."""
    if "default" not in node or node.keys().isdisjoint(("type", "$ref", "enum")):
        return False
    default = node.pop("default")
    if "$ref" not in node:
        shown = str(default).lower() if isinstance(default, bool) else default
        node["description"] = f"{node.get('description', '').rstrip()} Default: {shown}.".strip()
    return True


def comma_lists(node: Json) -> bool:
    """A list of known values in the query would become a class; the service wants one text with commas, which `Calls` makes."""
    if node.get("in") != "query" or node.get("explode") is not False:
        return False
    node["schema"] = {"type": "string", "description": node.get("description", "")}
    return True


def header_formats(node: Json) -> bool:
    """A header is text: with format uuid it cannot be sent, with format date-time its whole endpoint is dropped."""
    return node.get("in") == "header" and node.get("schema", {}).pop("format", None) is not None


RULES = (
    marks,
    conditions,
    free_objects,
    operation_names,
    parameter_descriptions,
    defaults,
    comma_lists,
    header_formats,
)
