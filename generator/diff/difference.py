"""What two descriptions can differ in: single findings, and the differences that they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from attrs import frozen

Direction = Literal["request", "answer"]
Severity = Literal["breaking", "additive", "documentation"]
SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "documentation")

# Things that one side can have and the other lack, or spell otherwise. All other kinds are facts about a thing that
# both have.
THINGS = ("operation", "parameter", "body", "answer", "header", "field", "enum value")


class Place(NamedTuple):
    """Where something is, as a caller sees it: the operation, the part of the exchange, the way into a body."""

    operation: str = ""
    part: str = ""  # such as "query maxresults", "request", "answer 200", "answer 200 header ETag"
    way: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = ".".join(self.way).replace(".[]", "[]").replace(".{}", "{}")
        return " ".join(word for word in (self.operation, self.part, way) if word)

    def step(self, kind: str, label: str) -> Place:
        """Return the place of a part of what is here."""
        if kind == "operation":
            return Place(label)
        if kind == "field":
            return self._replace(way=(*self.way, label))
        return self._replace(part=f"{self.part} {label}".strip())

    @property
    def direction(self) -> Direction:
        return "answer" if self.part.startswith("answer") else "request"


class Finding(NamedTuple):
    """One fact that differs in one place. None on a side means that this side says nothing of it."""

    kind: str
    left: Any
    right: Any
    left_pointer: str
    right_pointer: str
    place: Place
    severity: Severity
    required: bool = False  # of a thing that one side has alone

    @property
    def keys(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What one change of a document has in common wherever it shows.

        Where the right document changed, the left one may say different things in different places.
        """
        left, right = repr(self.left), repr(self.right)
        return (
            ("left", self.kind, self.left_pointer, left, right),
            ("right", self.kind, self.right_pointer, right, left if self.right is None else ""),
        )


@frozen
class Difference:
    """A difference as a reader wants to see it: once, however many operations lead there."""

    kind: str
    name: str  # of the thing, or of the place that a fact belongs to
    left: list[Any]  # what the left side says, each value once; so the right side, places and pointers
    right: list[Any]
    places: list[str]
    left_pointers: list[str]
    right_pointers: list[str]
    severities: dict[Direction, Severity]  # the worst of the requests and the worst of the answers, where there are any
    required: bool  # of a thing that one side has alone

    @property
    def severity(self) -> Severity:
        return worst(self.severities.values())

    @classmethod
    def of(cls, findings: list[Finding]) -> Difference:
        """Return the difference that some findings add up to."""
        first = findings[0]
        name = (first.place.way or (first.place.part or first.place.operation,))[-1]
        if first.kind in THINGS:
            name = str(first.right if first.left is None else first.left)
        rows = [(f.left, f.right, str(f.place), f.left_pointer, f.right_pointer) for f in findings]
        left, right, places, left_pointers, right_pointers = (_distinct(column) for column in zip(*rows, strict=True))
        severities: dict[Direction, Severity] = {}
        for finding in findings:
            direction = finding.place.direction
            severities[direction] = worst((severities.get(direction, "documentation"), finding.severity))
        required = any(finding.required for finding in findings)
        return cls(first.kind, name, left, right, places, left_pointers, right_pointers, severities, required)


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


def worst(severities: Iterable[Severity]) -> Severity:
    return min(severities, key=SEVERITIES.index)


def gather(findings: Iterable[Finding]) -> list[Difference]:
    """Return the findings as differences: those that one change of a document explains together, worst first."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        known = [groups[key] for key in finding.keys if key in groups]
        group = known[0] if known else []
        if known and known[-1] is not group:
            group += known[-1]
            groups.update({key: group for key, other in groups.items() if other is known[-1]})
        group.append(finding)
        groups.update(dict.fromkeys(finding.keys, group))
    found = [Difference.of(group) for group in {id(group): group for group in groups.values()}.values()]
    return sorted(found, key=lambda difference: SEVERITIES.index(difference.severity))
