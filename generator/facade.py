"""How operations and models read in Python: the wishes of `facade.yaml`, checked against the spec, and rows for the templates.

A row has what the templates and `compat.py` say of an operation (its names, arguments, body, answer and texts) or of a member.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.document import GeneratorError, Operation, name_of, operations, reachable, resolve, snake, walk
from generator.values import value_of

Json = dict[str, Any]
# Names of members that would hide what the class around them uses.
_TAKEN = {*dir(builtins), *keyword.kwlist} - {"id"}
_OPERATION = re.compile(r"\b([A-Z][A-Za-z]+)_([A-Z][A-Za-z]+)\b")


def read_wishes(spec: Json, config: Path) -> Json:
    """Return what `facade.yaml` says; raise `GeneratorError` for a name that the spec does not have."""
    wishes: Json = yaml.safe_load(config.read_text(encoding="utf-8"))
    names = {operation.name for operation in operations(spec)}
    sent = {parameter["name"] for operation in operations(spec) for parameter in operation.parameters}
    members = {name for schema in spec["components"]["schemas"].values() for name in schema.get("properties", {})}
    known = {"members": members, "rename": sent, "hidden": sent}
    for section, listed in wishes.items():
        for wish in listed:
            if wish not in known.get(section, names):
                raise GeneratorError(
                    f"generator/facade.yaml: {section} names {wish!r}, which the spec does not have: remove it"
                )
    return wishes


def facade_template(spec: Json, rows: dict[str, Json], wishes: Json) -> str:
    """Return the text of `facade.jinja`: tables that the templates import."""
    tables = {
        "OPERATIONS": {snake(name): row for name, row in rows.items()},
        "MODELS": _model_rows(spec, wishes),
        "GROUPS": {snake(tag["name"]): (tag["name"], tag["description"]) for tag in spec.get("tags", ())},
    }
    # JSON is also a Jinja literal, but for what would end the tag.
    texts = {name: json.dumps(table).replace("%}", "% }") for name, table in tables.items()}
    return "".join(f"{{% set {name} = {text} %}}\n" for name, text in texts.items())


def operation_rows(spec: Json, wishes: Json) -> dict[str, Json]:
    """Return the rows by operation."""
    return {operation.name: _row(operation, spec["x-error-codes"], wishes) for operation in operations(spec)}


def _row(operation: Operation, error_codes: list[Json], wishes: Json) -> Json:
    name, node, result = operation.name, operation.node, operation.answer_schema
    by_name = {one["name"]: one for one in operation.parameters}
    # A HEAD whose 404 is declared beside its success asks whether the thing exists.
    asks, item = "404" in node["responses"], name_of(operation.item_schema)
    listed = (
        f"An iterable of {item} values that is read page by page during iteration; `by_page()` gives the pages. Nothing is "
        "sent before the iteration starts, and each iteration starts from the beginning."
    )
    body, answer = _body(operation, wishes), "bool" if asks else name_of(result) or ("bytes" if result else "")
    types = " ".join([answer, item, *(one["type"] for one in body.get("arguments", ()))])
    return {
        "operation": name,
        "method": snake(name.partition("_")[2]),
        "verb": operation.verb.upper(),
        "url": re.sub(r"{(\w+)}", lambda match: f"{{quoted({snake(match[1])})}}", operation.path),
        "summary": node["summary"],
        "description": _text(node),
        "path": [_argument(by_name[one], "str", wishes, name) for one in re.findall(r"{(\w+)}", operation.path)],
        "body": body,
        "options": list(_options(operation, wishes)),
        "success": [*operation.success, 404] if asks else list(operation.success),
        "answer": answer,
        "returns": "Whether it exists." if asks else listed if item else _text(operation.answer),
        "item": item,
        "models": sorted(operation.document["components"]["schemas"].keys() & re.findall(r"\w+", types)),
        "raw_only": name in wishes["raw_only"],
        "codes": [entry["code"] for entry in error_codes if _is_telling(entry, name)],
    }


def _argument(parameter: Json, kind: str, wishes: Json, operation: str) -> Json:
    wire, described = parameter["name"], wishes["describe"].get(operation, {})
    return {
        "name": wishes["rename"].get(wire) or snake(wire),
        "type": kind,
        "text": described.get(wire) or _text(parameter, parameter["schema"]),
        "wire": wire,
        "place": parameter["in"],
        "is_list": parameter.get("explode") is False,
    }


def _options(operation: Operation, wishes: Json) -> Iterator[Json]:
    """Yield the keyword arguments of a method: its own, then those that all methods share."""
    for parameter in sorted(operation.parameters, key=lambda one: one["in"] == "header"):
        if parameter["in"] != "path" and parameter["name"] not in wishes["hidden"]:
            is_filter, is_list = parameter["name"] == "$filter", parameter.get("explode") is False
            plain = value_of(operation.document, parameter["schema"]).type
            kind = "Filter | str" if is_filter else "Sequence[str] | str" if is_list else plain
            yield _argument(parameter, kind, wishes, operation.name)
    page, plural = (" for a page", "s") if operation.item_schema else ("", "")
    shared = [
        ("server_timeout", "int", f"Seconds that the service may take{page}, 1 to 30 (default 30)."),
        ("client_request_id", "str", f"A GUID of your own for the request{plural}; it comes back with the answer."),
        ("headers", "Mapping[str, str]", f"Further headers of the request{plural}."),
        (
            "timeout",
            "timedelta | float",
            "A timedelta or seconds that the client waits for the answer. Default: as for the client.",
        ),
    ]
    if any(one["name"].startswith("If-") for one in operation.parameters):
        text = (
            "A condition on the ETag or the time of the last change, such as `if_match(etag)`. The service refuses the "
            "request if it is not met."
        )
        shared.insert(0, ("condition", "Condition", text))
    yield from ({"name": name, "type": kind, "text": text} for name, kind, text in shared)


def _body(operation: Operation, wishes: Json) -> Json:
    """Return the class of the request body, if there is one, and the arguments that make it: itself, or its members."""
    body, schema, name = operation.body, operation.request_schema, operation.name
    if schema is None:
        return {}
    own, text = name_of(schema), _text(body)
    if name not in wishes["flatten"]:
        called = wishes["body"].get(name, snake(own))
        arguments = [{"name": called, "type": own, "optional": False, "text": text, "is_model": True}]
    else:
        target = resolve(operation.document, schema)
        required = target.get("required", ())
        members = sorted(target["properties"].items(), key=lambda member: member[0] not in required)
        arguments = [_member(operation.document, one, node, one not in required, text) for one, node in members]
    return {
        "class": own,
        "content_type": next(iter(body["content"])),
        "is_required": body.get("required", False),
        "is_flat": name in wishes["flatten"],
        "arguments": arguments,
    }


def _member(spec: Json, name: str, node: Json, optional: bool, text: str) -> Json:
    target = resolve(spec, node)
    kind = value_of(spec, node).type
    return {
        "name": snake(name),
        "type": kind,
        "optional": optional,
        "text": _text(node, target) or text,
        "is_model": "properties" in target,
        "is_enum": "enum" in target,
    }


def _text(node: Json, target: Json | None = None) -> str:
    """Return what a thing is for: what is said at its own place, what its values mean, and the default of the service.

    Operations are called as Python calls them: task.add_collection.
    """
    schema = node if target is None else target
    texts = [node.get("description", "").strip(), schema.get("description", "").strip()]
    texts = texts if "enum" in schema else [texts[0] or texts[1]]
    default = node.get("default", schema.get("default"))
    if default is not None:
        texts.append(f"Default: {str(default).lower() if isinstance(default, bool) else default}.")
    text = " ".join(dict.fromkeys(filter(None, texts)))
    return _OPERATION.sub(lambda match: ".".join(map(snake, match.groups())), text)


def _is_telling(entry: Json, name: str) -> bool:
    """Whether an error code tells more of an operation than that its arguments are wrong."""
    return name in entry.get("operations", ()) and not {400, 403, 411, 500}.intersection(entry["status"])


def _model_rows(spec: Json, wishes: Json) -> dict[str, Json]:
    """Return the text of each schema and its members, those first that it cannot be without."""
    sent = reachable(spec, (operation.body for operation in operations(spec)))
    models = {}
    for name, schema in spec["components"]["schemas"].items():
        required, always = schema.get("required", ()), schema.get("x-always", ())
        is_sent = f"#/components/schemas/{name}" in sent
        members = [
            _model_member(spec, wire, node, wire in required, wire in always, is_sent, wishes)
            for wire, node in schema.get("properties", {}).items()
        ]
        models[name] = {
            "text": _text(schema) or name,
            "members": sorted(members, key=lambda member: not member["required"]),
            "imports": sorted({name_of(node) for _, node in walk(schema.get("properties"))} - {"", name}),
        }
    return models


def _model_member(spec: Json, wire: str, node: Json, required: bool, always: bool, sent: bool, wishes: Json) -> Json:
    value, target = value_of(spec, node), resolve(spec, node)
    # What is sent may be the text of an enumeration's value; what the service always says is no None.
    kind = f"{value.type}{' | str' if sent and 'enum' in target else ''}{'' if required or always else ' | None'}"
    get = f'get("{wire}")'
    return {
        "name": wishes["members"].get(wire) or (f"{snake(wire)}_" if snake(wire) in _TAKEN else snake(wire)),
        "wire": wire,
        "type": kind,
        "required": required,
        "text": _text(node, target),
        "read": get if value.read == "{0}" else value.read_optional.format("v", f"v := {get}"),
        "write": value.write.format("value"),
    }
