"""How the operations classes read: `facade.yaml`, checked against the spec and given to the templates as `facade.jinja`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from generator.document import (
    GeneratorError,
    answer_schema,
    lookup,
    operations,
    parameters,
    request_schema,
    resolve,
    success,
    walk,
)


def facade_template(spec: dict[str, Any], config: Path) -> str:
    """The text of `facade.jinja`: tables that the templates import."""
    wishes = yaml.safe_load(config.read_text(encoding="utf-8"))
    _refuse_dead(spec, wishes)
    tables = {
        "OPERATIONS": {_snake(name): _row(spec, name, operation, wishes) for name, _, _, operation in operations(spec)},
        "HIDDEN": wishes["hidden"],
        "RENAME": wishes["rename"],
        "MEMBERS": wishes["members"],
        "ALWAYS": {name: schema.get("x-always", []) for name, schema in spec["components"]["schemas"].items()},
        "SENT": sorted(_sent(spec)),
        "COMMA_LISTS": sorted(
            {
                p["name"]
                for _, _, path, o in operations(spec)
                for p in parameters(spec, path, o)
                if p.get("explode") is False
            }
        ),
    }
    return "\n".join(f"{{% set {name} = {_literal(table)} %}}" for name, table in tables.items()) + "\n"


def _row(spec: dict[str, Any], name: str, operation: dict[str, Any], wishes: dict[str, Any]) -> dict[str, Any]:
    statuses, _ = success(spec, operation)
    body = resolve(spec, operation.get("requestBody")) or {}
    schema = str((request_schema(spec, operation) or {}).get("$ref", "body"))
    # A HEAD whose 404 is declared beside its success asks whether the thing exists.
    asks = "404" in operation["responses"]
    return {
        "operation": name,
        "method": _snake(name.partition("_")[2]),
        "success": [*statuses, 404] if asks else list(statuses),
        "answer": "bool" if asks else _answer(spec, operation),
        "body": wishes["body"].get(name, _snake(schema.rpartition("/")[2])) if body else "",
        "body_description": body.get("description", "").strip(),
        "flatten": name in wishes["flatten"],
        "item": _item(spec, operation),
        "raw_only": name in wishes["raw_only"],
        "describe": wishes["describe"].get(name, {}),
        "returns": _returns(spec, operation),
        "codes": [entry["code"] for entry in spec["x-error-codes"] if _is_telling(entry, name)],
    }


def _sent(spec: dict[str, Any]) -> set[str]:
    """Return the names of the schemas that stand in request bodies."""
    found: set[str] = set()
    ahead: list[Any] = [operation.get("requestBody") for _, _, _, operation in operations(spec)]
    while ahead:
        for _, node in walk(ahead.pop()):
            reference = str(node.get("$ref", ""))
            if reference and reference not in found:
                found.add(reference)
                ahead.append(lookup(spec, reference))
    return {reference.rsplit("/", 1)[1] for reference in found}


def _item(spec: dict[str, Any], operation: dict[str, Any]) -> str:
    """Return the class of the items if the operation lists things page by page, or ""."""
    answer = resolve(spec, answer_schema(spec, operation) or {})
    properties = answer.get("properties", {})
    if "odata.nextLink" not in properties:
        return ""
    return str(properties["value"]["items"]["$ref"]).rsplit("/", 1)[1]


def _returns(spec: dict[str, Any], operation: dict[str, Any]) -> str:
    """Return the description of the answer."""
    if "404" in operation["responses"]:
        return "Whether it exists."
    _, answer = success(spec, operation)
    return str(answer.get("description", "")).strip()


def _is_telling(entry: dict[str, Any], name: str) -> bool:
    """Whether an error code tells more of an operation than that its arguments are wrong."""
    return name in entry.get("operations", ()) and not {400, 403, 411, 500}.intersection(entry["status"])


def _answer(spec: dict[str, Any], operation: dict[str, Any]) -> str:
    schema = answer_schema(spec, operation)
    if not schema:
        return ""
    return str(schema["$ref"]).rsplit("/", 1)[1] if "$ref" in schema else "bytes"


def _refuse_dead(spec: dict[str, Any], wishes: dict[str, Any]) -> None:
    names = {name for name, _, _, _ in operations(spec)}
    sent = {p["name"] for _, _, path, o in operations(spec) for p in parameters(spec, path, o)}
    members = {name for schema in spec["components"]["schemas"].values() for name in schema.get("properties", {})}
    for section, known in (
        ("members", members),
        ("rename", sent),
        ("hidden", sent),
        ("body", names),
        ("flatten", names),
        ("raw_only", names),
        ("describe", names),
    ):
        for wish in wishes[section]:
            if wish not in known:
                raise GeneratorError(
                    f"generator/facade.yaml: {section} names {wish!r}, which the spec does not have: remove it"
                )


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _literal(value: Any) -> str:
    """JSON is also a Jinja literal, but for three words and for what would end the tag."""
    return json.dumps(value).replace("%}", "% }")
