"""What a schema says, as facts that no longer depend on how it is written: references, `allOf`, words of a dialect."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from generator.diff.source import Node, trail

NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
LENGTHS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
LIMITS = (*NUMBERS, *LENGTHS, "pattern", "uniqueItems", "closed")
# These facts belong to a schema wherever it is used; all others to its use in one place.
OF_THE_SCHEMA = {"type", "format", "enum", "discriminator", *LIMITS}
# Other names of the same format, and names that say nothing. RFC 7231 took over the date of RFC 1123.
FORMATS = {
    **dict.fromkeys(("date-time-rfc7231", "http-date"), "date-time-rfc1123"),
    "file": "binary",
    "url": "uri",
    **dict.fromkeys(("eTag", "string"), None),
}
CHOICES = ("anyOf", "oneOf")
STRUCTURE = {"type", "properties", "items", "enum", "additionalProperties", "x-ms-enum", "const", "required"}


def layers_of(node: Node, seen: set[str]) -> Iterator[Node]:
    """Yield the schema and everything that it is merged of, but for what was seen; what is said nearest comes first."""
    for part in trail(node):
        if part.pointer in seen or not isinstance(part.value, dict):
            return
        seen.add(part.pointer)
        yield part
        for _, piece in part.each("allOf"):
            yield from layers_of(piece, seen)
        choices = _choices(part)
        if len(choices) == 1:
            yield from layers_of(choices[0], seen)
        elif choices and all(_is_text(choice) for choice in choices):
            yield part._replace(value=_merged_text(choices))
        if choices and len(choices) < sum(1 for _ in _all_choices(part)):
            yield part._replace(value={"nullable": True})


def _all_choices(part: Node) -> Iterator[Node]:
    # Beside members they say which of these go together.
    for key in () if "properties" in part.value else CHOICES:
        for _, choice in part.each(key):
            yield choice


def _choices(part: Node) -> list[Node]:
    """Return what a value may be, but for null."""
    return [choice for choice in _all_choices(part) if _types(_end(choice)) != ["null"]]


def _end(node: Node) -> dict[str, Any]:
    end = trail(node)[-1].value
    return end if isinstance(end, dict) else {}


def _is_text(choice: Node) -> bool:
    schema = _end(choice)
    return _types(schema) in ([], ["string"]) and not schema.keys().isdisjoint(("type", "enum", "const"))


def _merged_text(choices: list[Node]) -> dict[str, Any]:
    """Return one schema for several of text: TypeSpec writes an open enumeration as any text, or one of some values."""
    values = [value for choice in choices for value in _enum(_end(choice))]
    return {"type": "string", **({"enum": values} if values else {})}


def facts_of(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what one layer of a schema says, but for its members."""
    yield from _type(schema)
    values = _enum(schema)
    if values:
        yield "enum", values
    yield from _limits(schema)
    if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
        yield "closed", True
    discriminator = schema.get("discriminator")
    if discriminator:
        yield "discriminator", discriminator.get("propertyName") if isinstance(discriminator, dict) else discriminator
    yield from _use(schema)


def _type(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Type, format and whether null is taken; a file is a text of bytes, whatever a dialect calls it."""
    listed = _types(schema)
    if "null" in listed or schema.get("nullable") is True or schema.get("x-nullable") is True:
        yield "nullable", True
    kind = " or ".join(sorted({name for name in listed if name != "null"}))
    form = schema.get("format")
    if kind == "file" or (kind == "object" and form == "file") or _is_binary(schema, kind):
        kind, form = "string", "binary"
    elif schema.get("contentEncoding") == "base64":
        form = "byte"
    if kind:
        yield "type", kind
    form = FORMATS.get(form, form) if isinstance(form, str) else None
    if form:
        yield "format", form


def _types(schema: dict[str, Any]) -> list[str]:
    types = schema.get("type")
    return [str(name) for name in types] if isinstance(types, list) else [str(types)] if types else []


def _is_binary(schema: dict[str, Any], kind: str) -> bool:
    """OpenAPI 3.1 marks bytes by their media type."""
    return kind in ("", "string") and "contentMediaType" in schema and "contentEncoding" not in schema


def _enum(schema: dict[str, Any]) -> tuple[str, ...]:
    """Return the values of an enumeration; `x-ms-enum` can be their only list, and may name none at all."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list):
        named = schema.get("x-ms-enum")
        listed = named.get("values") if isinstance(named, dict) else None
        rows = listed if isinstance(listed, list) else []
        values = [row["value"] for row in rows if isinstance(row, dict) and "value" in row]
    return tuple(dict.fromkeys(str(value) for value in values if value is not None))


def _limits(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Before OpenAPI 3.1 `exclusiveMinimum` was a flag beside `minimum`; now it is a number of its own."""
    for name in sorted(schema.keys() & {*NUMBERS, *LENGTHS}):
        value = schema[name]
        if isinstance(value, int | float) and not isinstance(value, bool) and (value or name in NUMBERS):
            strict = f"exclusive{name.capitalize()}"
            yield (strict if schema.get(strict) is True else name), value
    if isinstance(schema.get("pattern"), str):
        yield "pattern", schema["pattern"]
    if schema.get("uniqueItems") is True:
        yield "uniqueItems", True


def _use(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What one use of a schema says. `x-ms-mutability` lists when a value can be given and when it is shown."""
    moments = schema.get("x-ms-mutability")
    moments = set(map(str, moments)) if isinstance(moments, list) else None
    if schema.get("readOnly") is True or moments == {"read"}:
        yield "read-only", True
    if schema.get("writeOnly") is True or (moments and "read" not in moments):
        yield "write-only", True
    if schema.get("default") is not None:
        yield "default", schema["default"]
    if schema.get("deprecated") is True:
        yield "deprecated", True


def members_of(layer: Node) -> Iterator[tuple[str, Node]]:
    """Yield the members of one layer; `[]` stands for the elements of a list, `{}` for members of any name."""
    yield from layer.each("properties")
    for key, name in (("items", "[]"), ("additionalProperties", "{}"), ("unevaluatedProperties", "{}")):
        node = layer.get(key)
        if node and isinstance(node.value, dict) and (node.value or name == "[]"):
            yield name, node
    choices = _choices(layer)
    if len(choices) > 1 and not all(_is_text(choice) for choice in choices):
        yield from ((f"<choice {number}>", choice) for number, choice in enumerate(choices, 1))


def implied_type(names: Collection[str], facts: Collection[str]) -> str | None:
    """Return the type that a schema has by its members and facts when it names none."""
    if "[]" in names:
        return "array"
    named = any(not name.startswith("<") for name in names)
    return "object" if named else "string" if "enum" in facts else None
