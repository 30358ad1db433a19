"""Compares the schemas of two documents, member by member, as requests or answers see them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from attrs import define, field

from generator.diff.difference import Direction
from generator.diff.matching import Look, pairs
from generator.diff.schema import LIMITS, Shape, Shapes
from generator.diff.source import Node

PLAIN = ("format", *LIMITS, "closed", "default", "nullable", "deprecated", "text")
KeyOfBodies = tuple[tuple[str, ...], tuple[str, ...], Direction]


class SchemaFinding(NamedTuple):
    """One fact that two schemas do not agree on, and the way to it from where the comparison began."""

    kind: str
    left: Any
    right: Any
    left_pointer: str
    right_pointer: str
    way: tuple[str, ...] = ()
    required: bool = False


@define
class Schemas:
    """Compares schemas of a left and a right document. What is shared is compared once and remembered."""

    left: Shapes
    right: Shapes
    text: bool
    _known: dict[KeyOfBodies, tuple[SchemaFinding, ...]] = field(factory=dict)

    def compare(self, left: Node, right: Node, direction: Direction) -> Iterator[SchemaFinding]:
        """Every finding below two schemas, nearest first. A schema that leads back to itself is compared once.

        Where the types differ, members and values are not compared: they have nothing in common.
        """
        one, two = self.left.of(left), self.right.of(right)
        if direction == "answer" and one.value("read-only") != two.value("read-only"):
            yield _fact("read-only", one, two)
        yield from self._facts(one, two)
        if one.value("type") != two.value("type"):
            yield _fact("type", one, two)
            return
        yield from _values(one, two)
        key = (one.body, two.body, direction)
        if key not in self._known:
            self._known[key] = ()  # what a cycle finds while it is still being compared
            self._known[key] = tuple(self._members(one, two, direction))
        yield from self._known[key]

    def _facts(self, left: Shape, right: Shape) -> Iterator[SchemaFinding]:
        for name in PLAIN:
            if name in left.facts or name in right.facts:
                same = _same(left.value(name), right.value(name))
                if not same and (name != "text" or self.text):
                    yield _fact(name, left, right)

    def _members(self, left: Shape, right: Shape, direction: Direction) -> Iterator[SchemaFinding]:
        def look(name: str) -> Look:
            here = name in left.members
            shape = self.left.of(left.members[name]) if here else self.right.of(right.members[name])
            return look_of(shape, tuple(sorted(shape.members)))

        for mine, other in pairs(left.members, right.members, look):
            one = left.members[mine] if mine is not None else None
            two = right.members[other] if other is not None else None
            yield from self._member(left, right, direction, (mine, one), (other, two))

    def _member(
        self,
        left: Shape,
        right: Shape,
        direction: Direction,
        mine: tuple[str | None, Node | None],
        other: tuple[str | None, Node | None],
    ) -> Iterator[SchemaFinding]:
        name, one = mine
        other_name, two = other
        way = (str(name if name is not None else other_name),)
        hidden = direction == "request" and (self._read_only(self.left, one), self._read_only(self.right, two))
        if one is None or two is None:
            if not hidden or not any(hidden):
                must = (way[0] in left.required) if two is None else (way[0] in right.required)
                pointers = one.pointer if one else left.target, two.pointer if two else right.target
                yield SchemaFinding("field", name, other_name, *pointers, way, must)
            return
        if hidden and any(hidden):
            if hidden[0] != hidden[1]:
                yield _fact("read-only", self.left.of(one), self.right.of(two), way)
            return
        if name != other_name:
            yield SchemaFinding("field", name, other_name, one.pointer, two.pointer, way)
        yield from _required(left, right, name, other_name)
        for kind, mine_, other_, here, there, deeper, must in self.compare(one, two, direction):
            yield SchemaFinding(kind, mine_, other_, here, there, way + deeper, must)

    def _read_only(self, shapes: Shapes, node: Node | None) -> bool:
        return node is not None and shapes.of(node).value("read-only") is True


def look_of(shape: Shape, *more: Hashable) -> Look:
    """How a schema looks; a text without format or values looks like any other."""
    facts = tuple(shape.value(name) for name in ("type", "format", "enum"))
    return Look((*facts, *more), telling=facts != ("string", None, None))


def _fact(name: str, left: Shape, right: Shape, way: tuple[str, ...] = ()) -> SchemaFinding:
    return SchemaFinding(name, left.value(name), right.value(name), left.pointer(name), right.pointer(name), way)


def _required(left: Shape, right: Shape, name: str | None, other: str | None) -> Iterator[SchemaFinding]:
    one, two = left.required.get(str(name)), right.required.get(str(other))
    if (one is None) != (two is None):
        values = one is not None or None, two is not None or None
        yield SchemaFinding("required", *values, one or left.target, two or right.target, (str(name),))


def _values(left: Shape, right: Shape) -> Iterator[SchemaFinding]:
    """Values of enumerations: one finding for each that only one side has, one for a value in other letters."""
    one, two = left.value("enum"), right.value("enum")
    if one is None or two is None:
        if one != two:
            yield _fact("enum", left, right)
        return
    for mine, other in pairs(one, two, lambda value: Look(None, telling=True)):
        if mine != other:
            yield SchemaFinding("enum value", mine, other, left.pointer("enum"), right.pointer("enum"))


def _same(left: Any, right: Any) -> bool:
    """Equal as JSON: 1 is 1.0, but not true."""
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)
