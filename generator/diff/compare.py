"""Find every fact that two descriptions of an API do not agree on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from generator.diff.difference import Finding, Place
from generator.diff.reader import Part, Parts

# Compared only where both sides say something: the other dialect, or a side that leaves it open, has no word for it.
IF_BOTH_SAY = {"list style", "media type", "produces"}
# What a request does not have, and what an answer does not have.
HIDDEN = {"request": "read-only", "answer": "write-only"}


def compare(left: Part, right: Part, names: bool = False) -> list[Finding]:
    """Return every finding, operation by operation in the order of the left side.

    With `names`, what operations and the parameters in paths are called counts too: Python callers write these names.
    """
    return list(_Comparison(names).below(left, right, Place()))


@define
class _Comparison:
    names: bool
    _known: dict[tuple[Any, ...], list[Finding]] = field(factory=dict)  # what pairs of schemas differ in, below them

    def below(self, left: Part, right: Part, place: Place) -> Iterator[Finding]:
        """Yield what differs in two parts and in everything that they consist of.

        Where the types differ, fields and values are not compared: they have nothing in common.
        """
        yield from self._facts(left, right, place)
        if left.value("type") != right.value("type"):
            return
        key = (left.schema, right.schema, place.direction)
        # An object that our specification leaves open is passed on as it is, whatever is in it.
        is_open = key not in self._known and left.value("type") == "object" and not left.parts
        if is_open and not self.names and left.kind in ("field", "body"):
            return
        yield from _values(left, right, place)
        if not left.schema or not right.schema:
            yield from self._parts(left, right, place)
            return
        if key not in self._known:
            self._known[key] = []  # for a schema that leads back to itself
            self._known[key] = list(self._parts(left, right, Place(part=place.direction)))
        for finding in self._known[key]:
            yield finding._replace(place=place._replace(way=place.way + finding.place.way))

    def _parts(self, left: Part, right: Part, place: Place) -> Iterator[Finding]:
        for pair in _pairs(left.parts, right.parts):
            yield from self._pair(pair, (left, right), place)

    def _facts(self, left: Part, right: Part, place: Place) -> Iterator[Finding]:
        for fact in dict.fromkeys([*left.facts, *right.facts]):
            one, two = left.value(fact), right.value(fact)
            if not _same(one, two) and self._counts(fact, left, right):
                yield _fact(fact, left, right, place)

    def _counts(self, fact: str, left: Part, right: Part) -> bool:
        if fact in IF_BOTH_SAY:
            # The media types of an operation's answers are one list in Swagger 2.0, and one for each answer elsewhere.
            told_apart = fact == "produces" and all(_tells_media(part) for part in (left, right))
            return fact in left.facts and fact in right.facts and not told_apart
        # `_values` sees to enumerations, `_pair` to what a request or an answer does not have.
        return fact not in ("enum", *HIDDEN.values())

    def _pair(
        self, pair: tuple[Part | None, Part | None], holders: tuple[Part, Part], place: Place
    ) -> Iterator[Finding]:
        left, right = pair
        known = left or right
        assert known is not None
        at = place.step(known.kind, known.label)
        hidden = HIDDEN[at.direction]
        if known.kind == "field" and any(part is not None and part.value(hidden) for part in pair):
            if left and right and left.value(hidden) != right.value(hidden):
                yield _fact(hidden, left, right, at)
            return
        if left is None or right is None or self._renamed(left, right):
            pointers = left.pointer if left else holders[0].written, right.pointer if right else holders[1].written
            kind = "name" if left and right and known.kind == "operation" else known.kind
            is_required = known.value("required") is True
            yield Finding(kind, self._shown(left), self._shown(right), *pointers, at, is_required)
        if left and right:
            yield from self.below(left, right, at)

    def _renamed(self, left: Part, right: Part) -> bool:
        """Headers are known without regard to case; names of operations and in paths are seen by Python callers only."""
        if left.kind == "operation" or left.value("place") == right.value("place") == "path":
            return self.names and left.name != right.name
        is_header = left.kind == "header" or left.value("place") == right.value("place") == "header"
        return left.name != right.name and not (is_header and left.name.lower() == right.name.lower())

    def _shown(self, part: Part | None) -> str | None:
        if part is None or part.kind != "operation" or self.names:
            return part.name if part else None
        return f"{part.value('verb')} {part.value('path')}"


def _pairs(left: Parts, right: Parts) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield what stands in both, then what only one side has (None).

    Parts are the same when their keys are (for an operation its verb and path), or when their names are but for letter
    case. Nothing is guessed: what got another name is one thing gone and one come.
    """
    rest = {key: part for key, part in right.items() if key not in left}
    by_name = {part.name.casefold(): key for key, part in rest.items()}
    alone = []
    for key, part in left.items():
        other = right.get(key) or rest.pop(by_name.pop(part.name.casefold(), ""), None)
        if other:
            yield part, other
        else:
            alone.append(part)
    yield from ((part, None) for part in alone)
    yield from ((None, part) for part in rest.values())


def _values(left: Part, right: Part, place: Place) -> Iterator[Finding]:
    """Values of enumerations: one finding for each that only one side has, one for a value in other letter case."""
    mine, theirs = ({value.casefold(): value for value in part.value("enum") or ()} for part in (left, right))
    if not mine or not theirs:
        yield from [_fact("enum", left, right, place)] if mine or theirs else []
        return
    for key in dict.fromkeys([*mine, *theirs]):
        if mine.get(key) != theirs.get(key):
            pointers = left.where("enum"), right.where("enum")
            yield Finding("enum value", mine.get(key), theirs.get(key), *pointers, place)


def _fact(fact: str, left: Part, right: Part, place: Place) -> Finding:
    return Finding(fact, left.value(fact), right.value(fact), left.where(fact), right.where(fact), place)


def _tells_media(operation: Part) -> bool:
    bodies = (part.parts.get("<body>") for part in operation.parts.values() if part.kind == "answer")
    return any(body is not None and "media type" in body.facts for body in bodies)


def _same(left: Any, right: Any) -> bool:
    """Equal as JSON: 1 is 1.0, but not true."""
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)
