"""What two descriptions can differ in: single findings, how bad each is, and the differences that they add up to.

Severities are for someone who relies on the left side when the right side is true.
`breaking`: a call that worked is refused, means something else, or brings something that is not what it was.
`additive`: there is more to use, and nothing that worked stops working. `documentation`: the exchange is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from attrs import frozen

from generator.diff.schema import LIMITS

Direction = Literal["request", "answer"]
DIRECTIONS: tuple[Direction, ...] = ("request", "answer")
Severity = Literal["breaking", "additive", "documentation"]
SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "documentation")
# Things that one side can have and the other lack, or spell otherwise. All other kinds are facts about a thing that
# both have.
THINGS = ("operation", "parameter", "body", "answer", "header", "field", "enum value")
# Formats that change neither what is written nor the Python type: they only describe the text or the number.
DESCRIPTIVE = {None, "uri", "uuid", "arm-id", "password", "int32", "float", "double"}
# Lists of which a longer one allows more.
WIDER = {"security", "media type", "produces"}


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
    required: bool = False  # of a thing that one side has alone

    @property
    def severity(self) -> Severity:
        return classify(self.kind, self.left, self.right, self.place.direction == "request", self.required)

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

    findings: list[Finding]

    @property
    def kind(self) -> str:
        return self.findings[0].kind

    @property
    def name(self) -> str:
        """The name of the thing, or of the place that a fact belongs to."""
        first = self.findings[0]
        if first.kind in THINGS:
            return str(first.right if first.left is None else first.left)
        return (first.place.way or (first.place.part or first.place.operation,))[-1]

    @property
    def places(self) -> list[str]:
        return [str(place) for place in self.each("place")]

    def each(self, member: str) -> list[Any]:
        """Return what the findings have in one of their members, each value once."""
        return list({repr(value): value for value in (getattr(finding, member) for finding in self.findings)}.values())

    @property
    def severities(self) -> dict[Direction, Severity]:
        """The worst of the requests and the worst of the answers, where there are any."""
        each = {way: [one.severity for one in self.findings if one.place.direction == way] for way in DIRECTIONS}
        return {way: min(found, key=SEVERITIES.index) for way, found in each.items() if found}

    @property
    def severity(self) -> Severity:
        return min(self.severities.values(), key=SEVERITIES.index)


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
    found = [Difference(group) for group in {id(group): group for group in groups.values()}.values()]
    return sorted(found, key=lambda difference: SEVERITIES.index(difference.severity))


def classify(kind: str, left: Any, right: Any, is_request: bool, required: bool) -> Severity:
    """Return the severity of one finding; `required` is said of a thing that one side has alone."""
    if kind == "deprecated" or (kind == "format" and {left, right} <= DESCRIPTIVE):
        return "documentation"
    if kind in LIMITS:
        return _limit(kind, left, right) if is_request else "additive"
    if kind == "required":  # a request must not have to say more, an answer must not stop saying what it always said
        return "breaking" if bool(right) == is_request else "additive"
    if kind == "nullable":
        return "additive" if bool(right) == is_request else "breaking"
    # What became read-only can no longer be sent, what became write-only no longer be read.
    if kind in ("read-only", "write-only"):
        return "breaking" if right else "additive"
    if kind == "default":  # another default changes a request that says nothing; one that is stated only now does not
        return "breaking" if is_request and left is not None and right is not None else "documentation"
    if kind in ("enum", "enum value"):  # enumerations of answers are open: a text that nobody knew passes
        wider = right is None if kind == "enum" else left is None
        return "additive" if wider or not is_request else "breaking"
    if kind in THINGS and left is None:
        return "breaking" if required and is_request else "additive"
    if kind == "answer" and not str(left).startswith("2"):
        return "additive"
    return "additive" if kind in WIDER and set(left or ()) < set(right or ()) else "breaking"


def _limit(kind: str, left: Any, right: Any) -> Severity:
    """A request may say less now, or not."""
    if left is None or right is None:
        return "additive" if right is None else "breaking"
    if "max" not in kind.lower() and "min" not in kind.lower():
        return "breaking"
    return "additive" if (right > left) == ("max" in kind.lower()) else "breaking"
