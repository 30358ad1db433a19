"""Schemas as facts: references followed, `allOf` merged, and one way of saying what the dialects say differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from attrs import define, field

from generator.diff.source import Node, trail

LIMITS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
)
# Facts about the use of a schema in one place; all others belong to the schema wherever it is used.
OF_THE_USE = {"read-only", "default", "nullable", "deprecated", "text"}
# Two names of one format: RFC 7231 took over the date of RFC 1123, and both stand for it in Microsoft's documents.
SAME_FORMAT = {"date-time-rfc7231": "date-time-rfc1123", "file": "binary", "url": "uri"}
STRUCTURE = {"type", "properties", "items", "enum", "additionalProperties", "x-ms-enum", "const"}


class Fact(NamedTuple):
    """One thing that a document says, and where."""

    value: Any
    pointer: str


@define(eq=False)
class Shape:
    """What is known of the values in one place.

    `site` is where the schema is used and `target` where it is written, the end of its references. `body` names all
    the parts that it is merged of: two shapes with the same body have the same members.
    """

    site: str
    target: str
    body: tuple[str, ...]
    facts: dict[str, Fact] = field(factory=dict)
    members: dict[str, Node] = field(factory=dict)
    required: dict[str, str] = field(factory=dict)  # member -> where it is said

    def value(self, name: str) -> Any:
        """The value of a fact, None when nothing is said."""
        fact = self.facts.get(name)
        return fact.value if fact else None

    def pointer(self, name: str) -> str:
        """Where a fact is said, or would be."""
        fact = self.facts.get(name)
        return fact.pointer if fact else self.site if name in OF_THE_USE else self.target


class Shapes:
    """The shapes of one document, each made once."""

    def __init__(self) -> None:
        self._made: dict[str, Shape] = {}

    def of(self, node: Node) -> Shape:
        made = self._made.get(node.pointer)
        if made is None:
            made = self._made[node.pointer] = _shape(node)
        return made


def _shape(node: Node) -> Shape:
    layers = list(_layers(node, set()))
    structural = [layer for layer in layers if not STRUCTURE.isdisjoint(layer.value)]
    target = (structural or layers or [node])[0].pointer
    shape = Shape(node.pointer, target, tuple(layer.pointer for layer in structural))
    for layer in layers:
        for name, value in _facts(layer.value):
            shape.facts.setdefault(name, Fact(value, layer.pointer))
        required = layer.value.get("required")
        for name in required if isinstance(required, list) else ():
            shape.required.setdefault(str(name), layer.pointer)
        for name, member in _members(layer):
            shape.members.setdefault(name, member)
    shape.facts.setdefault("type", Fact(_implied_type(shape), target))
    _align_binary(shape)
    return shape


def _layers(node: Node, seen: set[str]) -> Iterator[Node]:
    """The node and everything that it is merged of, what is said nearest first."""
    for part in list(trail(node)):  # all of it: one that comes back to itself is an error
        if part.pointer in seen or not isinstance(part.value, dict):
            return
        seen.add(part.pointer)
        yield part
        for _, piece in _each(part, "allOf"):
            yield from _layers(piece, seen)


def _facts(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from _type(schema)
    if isinstance(schema.get("format"), str):
        yield "format", SAME_FORMAT.get(schema["format"], schema["format"])
    values = _enum(schema)
    if values is not None:
        yield "enum", values
    yield from _limits(schema)
    if schema.get("additionalProperties") is False:
        yield "closed", True
    yield from _use(schema)


def _type(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """`null` among the types of OpenAPI 3.1 is what the older dialects call nullable."""
    types = schema.get("type")
    listed = types if isinstance(types, list) else [types] if types else []
    if "null" in listed or schema.get("nullable") is True or schema.get("x-nullable") is True:
        yield "nullable", True
    listed = [str(name) for name in listed if name != "null"]
    if listed:
        yield "type", listed[0] if len(listed) == 1 else " or ".join(sorted(listed))


def _use(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if schema.get("readOnly") is True or schema.get("x-ms-mutability") == ["read"]:
        yield "read-only", True
    if "default" in schema:
        yield "default", schema["default"]
    if schema.get("deprecated") is True:
        yield "deprecated", True
    text = " ".join(f"{schema.get('title') or ''} {schema.get('description') or ''}".split())
    if text:
        yield "text", text


def _enum(schema: dict[str, Any]) -> tuple[str, ...] | None:
    """The values of an enumeration; `x-ms-enum` can be their only list, and may name none at all."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list):
        named = schema.get("x-ms-enum")
        listed = named.get("values") if isinstance(named, dict) else None
        values = (
            [v["value"] for v in listed if isinstance(v, dict) and "value" in v] if isinstance(listed, list) else None
        )
    return tuple(str(value) for value in values if value is not None) if values else None


def _limits(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Before OpenAPI 3.1 `exclusiveMinimum` was a flag beside `minimum`; now it is a number of its own."""
    for name in LIMITS:
        if name in schema and not isinstance(schema[name], bool):
            strict = f"exclusive{name.capitalize()}"
            yield (strict if schema.get(strict) is True else name), schema[name]
    if schema.get("uniqueItems") is True:
        yield "uniqueItems", True


def _members(layer: Node) -> Iterator[tuple[str, Node]]:
    """Named members; `[]` stands for the elements of a list, `{}` for members of any name."""
    yield from _each(layer, "properties")
    for key, name in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(layer.value.get(key), dict):
            yield name, Node(layer.document, f"{layer.pointer}/{key}", layer.value[key])
    for key in ("oneOf", "anyOf"):
        for index, choice in _each(layer, key):
            yield f"<{key} {index}>", choice


def _implied_type(shape: Shape) -> str | None:
    if "[]" in shape.members:
        return "array"
    return "object" if shape.members else "string" if "enum" in shape.facts else None


def _align_binary(shape: Shape) -> None:
    """A file is `type: file` in Swagger 2.0, in Microsoft's documents also an object of format file."""
    kind, form = shape.value("type"), shape.value("format")
    if kind == "file" or (kind == "object" and form == "binary"):
        shape.facts["type"] = Fact("string", shape.facts["type"].pointer)
        shape.facts["format"] = Fact("binary", shape.pointer("format"))


def _each(layer: Node, key: str) -> Iterator[tuple[str, Node]]:
    if key not in layer.value:
        return iter(())
    return Node(layer.document, f"{layer.pointer}/{key}", layer.value[key]).children()
