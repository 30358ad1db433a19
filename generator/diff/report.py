"""Differences as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.diff.difference import SEVERITIES, THINGS, Difference, Finding

PLACES_SHOWN = 3
Sides = tuple[str, str]  # what the two documents are called
UPSTREAM = ("ours", "upstream")
VERSIONS = ("before", "after")


def sentence(difference: Difference, sides: Sides) -> str:
    """Return what differs, in a few words."""
    kind, name, lefts, rights = difference.kind, difference.name, difference.each("left"), difference.each("right")
    left, right = (" or ".join(map(shown, values)) for values in (lefts, rights))
    if kind not in THINGS:
        return f"{kind} of {name}: {left} {sides[0]}, {right} {sides[1]}"
    thing = kind if kind == "body" else f"status {name}" if kind == "answer" else f"{kind} {name}"
    if None not in [*lefts, *rights]:
        return f"{thing}: called {right} {sides[1]}"
    if lefts != [None]:
        return f"{thing}: only {sides[0]}"
    return f"{thing}{' (required)' if True in difference.each('required') else ''}: only {sides[1]}"


def line_of(finding: Finding, sides: Sides) -> str:
    """Return one finding in one line, as `spec/accepted-drift.yaml` names it."""
    return f"{sentence(Difference([finding]), sides)} at {finding.place}"


def shown(value: Any) -> str:
    """Return a value as it stands in a sentence."""
    if value is None:
        return "not stated"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return json.dumps(value) if isinstance(value, bool) else str(value)


def text(differences: Sequence[Difference], sides: Sides) -> str:
    """Return a report by severity, worst first, each difference with its places and the pointers of both sides."""
    blocks = []
    for severity in SEVERITIES:
        group = [difference for difference in differences if difference.severity == severity]
        if group:
            blocks += [f"{severity} ({len(group)})", *(_block(difference, sides) for difference in group)]
    return "\n\n".join(blocks)


def _block(difference: Difference, sides: Sides) -> str:
    width = max(map(len, sides))
    lines = [f"  {sentence(difference, sides)}  [{' and '.join(difference.severities)}]"]
    for label, items in (
        ("at", difference.places),
        (f"{sides[0]:{width}}", difference.each("left_pointer")),
        (f"{sides[1]:{width}}", difference.each("right_pointer")),
    ):
        lines += [f"      {item}" if item.startswith("and ") else f"      {label} {item}" for item in few(items)]
    return "\n".join(lines)


def few(items: Sequence[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    more = len(items) - PLACES_SHOWN
    return [*items[:PLACES_SHOWN], f"and {more} more"] if more > 1 else list(items)


def counts(differences: Sequence[Difference]) -> str:
    """Return the numbers by severity, such as `2 breaking, 1 additive`."""
    numbers = {s: sum(difference.severity == s for difference in differences) for s in SEVERITIES}
    return ", ".join(f"{number} {severity}" for severity, number in numbers.items() if number) or "no differences"
