"""Differences as people, machines and pull requests read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from generator.diff.difference import SEVERITIES, THINGS, Difference

PLACES_SHOWN = 3


@frozen
class Sides:
    """What the two documents are called, and how each says that it has or lacks a thing."""

    left: str
    right: str


UPSTREAM = Sides("ours", "upstream")
VERSIONS = Sides("before", "after")


def sentence(difference: Difference, sides: Sides) -> str:
    """What differs, in a few words."""
    left, right, kind = difference.first.left, difference.first.right, difference.kind
    if kind == "body":
        return f"body: {'only ' + sides.right if left is None else 'only ' + sides.left}"
    if kind in THINGS and left is None:
        must = " (required)" if any(finding.required for finding in difference.findings) else ""
        return f"{_thing(kind)} {right}{must}: only {sides.right}"
    if kind in THINGS and right is None:
        return f"{_thing(kind)} {left}: only {sides.left}"
    if kind in THINGS:
        return f"{_thing(kind)} {left}: called {right} {sides.right}"
    return f"{kind} of {difference.name}: {shown(left)} {sides.left}, {shown(right)} {sides.right}"


def _thing(kind: str) -> str:
    return "status" if kind == "answer" else kind


def shown(value: Any) -> str:
    """A value in a sentence."""
    if value is None:
        return "not stated"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return json.dumps(value) if isinstance(value, bool) else str(value)


def text(differences: Sequence[Difference], sides: Sides) -> str:
    """For people: grouped by severity, worst first, each with the places and the pointers of both sides."""
    blocks = []
    for severity in SEVERITIES:
        group = [difference for difference in differences if difference.severity == severity]
        if group:
            blocks.append(f"{severity} ({len(group)})")
            blocks += [_block(difference, sides) for difference in group]
    return "\n\n".join(blocks)


def _block(difference: Difference, sides: Sides) -> str:
    width = max(len(sides.left), len(sides.right))
    lines = [f"  {sentence(difference, sides)}  [{' and '.join(sorted(difference.severities, reverse=True))}]"]
    for label, items in (
        ("at", difference.places),
        (f"{sides.left:{width}}", difference.left_pointers),
        (f"{sides.right:{width}}", difference.right_pointers),
    ):
        lines += [f"      {item}" if item.startswith("and ") else f"      {label} {item}" for item in few(items)]
    return "\n".join(lines)


def few(items: Sequence[str]) -> list[str]:
    """The first of many, and how many more there are."""
    more = len(items) - PLACES_SHOWN
    return [*items[:PLACES_SHOWN], f"and {more} more"] if more > 1 else list(items)


def rows(differences: Iterable[Difference], sides: Sides) -> list[dict[str, Any]]:
    """For machines: every place and every pointer."""
    return [
        {
            "kind": difference.kind,
            "name": difference.name,
            sides.left: difference.first.left,
            sides.right: difference.first.right,
            "severity": difference.severity,
            "severities": difference.severities,
            "places": list(difference.places),
            "pointers": {sides.left: list(difference.left_pointers), sides.right: list(difference.right_pointers)},
        }
        for difference in differences
    ]


def counts(differences: Sequence[Difference]) -> str:
    """Such as `2 breaking, 1 additive`."""
    numbers = {s: sum(difference.severity == s for difference in differences) for s in SEVERITIES}
    return ", ".join(f"{number} {severity}" for severity, number in numbers.items() if number) or "no differences"
