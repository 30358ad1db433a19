"""What two descriptions can differ in: single findings, and the differences that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from attrs import frozen

Direction = Literal["request", "answer"]
Severity = Literal["breaking", "additive", "documentation"]
SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "documentation")

# Things that one side can have and the other lack, or call by another name. All other kinds are facts about a thing
# that both have.
THINGS = ("operation", "parameter", "body", "answer", "header", "field", "enum value")


class Place(NamedTuple):
    """Where something is, as a caller sees it: the operation, the part of the exchange, the way into a body."""

    operation: str
    part: str  # "", "query maxresults", "request", "answer 200", "answer 200 header ETag"
    way: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = ".".join(self.way).replace(".[]", "[]").replace(".{}", "{}")
        return " ".join(word for word in (self.operation, self.part, way) if word)

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
    def key(self) -> tuple[str, str, str, Place]:
        return self.kind, repr(self.left), repr(self.right), self.place


@frozen
class Difference:
    """A difference as a reader wants to hear of it: once, however many operations lead there."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def kind(self) -> str:
        return self.first.kind

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(finding.place) for finding in self.findings))

    @property
    def left_pointers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.left_pointer for finding in self.findings))

    @property
    def right_pointers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.right_pointer for finding in self.findings))

    @property
    def severities(self) -> dict[Direction, Severity]:
        """The worst of the requests and the worst of the answers, where there are any."""
        found: dict[Direction, Severity] = {}
        for finding in self.findings:
            direction = finding.place.direction
            found[direction] = worst((found.get(direction, "documentation"), finding.severity))
        return found

    @property
    def severity(self) -> Severity:
        return worst(self.severities.values())

    @property
    def name(self) -> str:
        """What it is about: the name of the thing, or of the place that a fact belongs to."""
        if self.kind in THINGS:
            return str(self.first.right if self.first.left is None else self.first.left)
        return self.first.place.way[-1] if self.first.place.way else self.first.place.part or self.first.place.operation


def worst(severities: Iterable[Severity]) -> Severity:
    return min(severities, key=SEVERITIES.index)


def gather(findings: Iterable[Finding]) -> list[Difference]:
    """Findings that say the same of the same part of either document are one difference; worst first."""
    groups: list[list[Finding]] = []
    by_pointer: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        said = (finding.kind, repr(finding.left), repr(finding.right))
        keys = [(*said, "left", finding.left_pointer), (*said, "right", finding.right_pointer)]
        known = [by_pointer[key] for key in keys if key in by_pointer]
        group = known[0] if known else []
        if not known:
            groups.append(group)
        elif known[-1] is not group:
            _merge(known[-1], group, by_pointer, groups)
        group.append(finding)
        for key in keys:
            by_pointer[key] = group
    return sorted((Difference(tuple(group)) for group in groups), key=lambda d: SEVERITIES.index(d.severity))


def _merge(
    old: list[Finding],
    into: list[Finding],
    by_pointer: dict[tuple[str, ...], list[Finding]],
    groups: list[list[Finding]],
) -> None:
    into.extend(old)
    groups[:] = [group for group in groups if group is not old]
    for key, group in by_pointer.items():
        if group is old:
            by_pointer[key] = into


def without(findings: Iterable[Finding], known: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are not among some known ones."""
    keys = {finding.key for finding in known}
    return (finding for finding in findings if finding.key not in keys)
