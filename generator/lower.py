"""Adapts a copy of the spec to what the pinned generator can take. The spec itself stays truthful.

Each rule says why it is there and returns how many places it changed; a rule that changes nothing is an error, so that
none outlives its reason.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from attrs import frozen

from generator.document import walk
from generator.problem import Problem

_OPERATION = re.compile(r"\b(Task|Job|File)_([A-Z]\w+)")


@frozen
class Rule:
    """One adaptation: `apply` changes the document in place and counts the places."""

    name: str
    reason: str
    apply: Callable[[dict[str, Any]], int]


def lower(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the generator gets it."""
    lowered = copy.deepcopy(document)
    for rule in RULES:
        if rule.apply(lowered) == 0:
            raise Problem(
                f"the lowering rule {rule.name!r} matches nothing any more: remove it from generator/lower.py"
            )
    return lowered


def _durations(document: dict[str, Any]) -> int:
    return _each(document, lambda s: s.get("format") == "duration", lambda s: s.update(format="date"))


def _numbers_in_text(document: dict[str, Any]) -> int:
    def apply(schema: dict[str, Any]) -> None:
        schema["format"] = "uuid"
        schema.pop("pattern", None)

    return _each(document, lambda s: s.get("type") == "string" and s.get("format") == "int64", apply)


def _free_objects(document: dict[str, Any]) -> int:
    def is_free(schema: dict[str, Any]) -> bool:
        return schema.get("type") == "object" and "properties" not in schema

    def apply(schema: dict[str, Any]) -> None:
        schema.pop("type")
        schema.pop("additionalProperties", None)

    return _each(document, is_free, apply)


def _defaults(document: dict[str, Any]) -> int:
    def is_documented(schema: dict[str, Any]) -> bool:
        return "default" in schema and ("type" in schema or "$ref" in schema or "enum" in schema)

    def apply(schema: dict[str, Any]) -> None:
        default = schema.pop("default")
        if "$ref" not in schema:
            schema["description"] = f"{schema.get('description', '').rstrip()} Default: {_shown(default)}.".strip()

    return _each(document, is_documented, apply)


def _comma_lists(document: dict[str, Any]) -> int:
    def is_comma_list(node: dict[str, Any]) -> bool:
        return node.get("in") == "query" and node.get("explode") is False

    def apply(node: dict[str, Any]) -> None:
        node["schema"] = {"type": "string", "description": node.get("description", "")}

    return _each(document, is_comma_list, apply)


def _header_formats(document: dict[str, Any]) -> int:
    def is_formatted_header(node: dict[str, Any]) -> bool:
        return node.get("in") == "header" and "format" in node.get("schema", {})

    return _each(document, is_formatted_header, lambda node: node["schema"].pop("format"))


def _parameter_descriptions(document: dict[str, Any]) -> int:
    def is_described(node: dict[str, Any]) -> bool:
        return "in" in node and "description" in node and isinstance(node.get("schema"), dict)

    return _each(document, is_described, lambda node: node["schema"].update(description=node["description"]))


def _operation_names(document: dict[str, Any]) -> int:
    def mentions(node: dict[str, Any]) -> bool:
        return bool(_OPERATION.search(f"{node.get('description', '')}"))

    def apply(node: dict[str, Any]) -> None:
        node["description"] = _OPERATION.sub(_python_name, node["description"])

    return _each(document, mentions, apply)


def _python_name(match: re.Match[str]) -> str:
    return f"{match[1].lower()}.{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', match[2]).lower()}"


def _marks(document: dict[str, Any]) -> int:
    changed = 0
    for _, node in walk(document):
        for key in [key for key in node if isinstance(key, str) and key.startswith("x-")]:
            del node[key]
            changed += 1
    return changed


def _each(
    document: dict[str, Any], matches: Callable[[dict[str, Any]], bool], apply: Callable[[dict[str, Any]], object]
) -> int:
    found = [node for trail, node in walk(document) if not _in_example(trail) and matches(node)]
    for node in found:
        apply(node)
    return len(found)


def _in_example(trail: tuple[str | int, ...]) -> bool:
    return "examples" in trail or "example" in trail


def _shown(default: Any) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


RULES = (
    Rule(
        "marks",
        "The union of all versions is what is generated; marks and tables of ours mean nothing to the generator.",
        _marks,
    ),
    Rule(
        "durations-as-dates",
        "The generator knows no durations. Its date property has a template of its own and the spec holds no plain date, so "
        "durations borrow it: templates/model.py.jinja writes them as timedelta.",
        _durations,
    ),
    Rule(
        "numbers-in-text",
        "The service writes 64-bit integers as text; Python should see int. The spec holds no uuid in a body, so they borrow "
        "the generator's uuid property, which the model template writes as int and reads from either form.",
        _numbers_in_text,
    ),
    Rule(
        "free-objects",
        "An object without properties would become a class of its own for each place it stands in; a plain value serves.",
        _free_objects,
    ),
    Rule(
        "operation-names",
        "Descriptions name other operations by their ids; readers of docstrings know them as task.add_collection.",
        _operation_names,
    ),
    Rule(
        "parameter-descriptions",
        "The generator looks for the description of a parameter in its schema.",
        _parameter_descriptions,
    ),
    Rule(
        "defaults",
        "A default of the service must not be sent by the client: it would pin today's value and hide 'not set'. It goes to "
        "the description instead.",
        _defaults,
    ),
    Rule(
        "comma-lists",
        "The generator repeats a list in the query (a=1&a=2); the service wants one value with commas. The operations "
        "classes take a sequence and join it.",
        _comma_lists,
    ),
    Rule(
        "header-formats",
        "A header with format uuid is a TypeError inside httpx when sent, one with format date-time drops the whole "
        "endpoint. Headers are text.",
        _header_formats,
    ),
)
