"""How bad a difference is for someone who relies on the left side when the right side is true.

`breaking`: a call that worked is refused, means something else, or brings something that is not what it was.
`additive`: there is more to use, and nothing that worked stops working. `documentation`: the exchange is the same.
"""

from __future__ import annotations

from typing import Any

from generator.diff.difference import THINGS, Direction, Severity

# Formats that change neither what is written nor the Python type: they only describe the text or the number.
DESCRIPTIVE = {None, "uri", "uuid", "password", "int32", "float", "double"}
# The greater the value, the more is allowed; of the others, the less.
UPPER_LIMITS = {"maximum", "exclusiveMaximum", "maxLength", "maxItems"}
LOWER_LIMITS = {"minimum", "exclusiveMinimum", "minLength", "minItems"}
OTHER_LIMITS = {"pattern", "multipleOf", "uniqueItems", "closed"}
LIMITS = UPPER_LIMITS | LOWER_LIMITS | OTHER_LIMITS
WORDS = {"text", "deprecated"}


def judge(kind: str, left: Any, right: Any, direction: Direction, required: bool = False) -> Severity:
    """The severity of one finding."""
    if kind in WORDS:
        return "documentation"
    if kind in LIMITS:
        return _limit(kind, left, right, direction)
    if kind == "format" and {left, right} <= DESCRIPTIVE:
        return "documentation"
    special = {"required": _required, "nullable": _nullable, "read-only": _read_only, "default": _default}
    if kind in special:
        return special[kind](left, right, direction)
    if kind in ("enum", "enum value"):
        return _values(kind, left, right, direction)
    if kind in THINGS and left is None:
        return "breaking" if required and direction == "request" else "additive"
    if kind == "answer" and not str(left).startswith("2"):
        return "additive"
    return "breaking"


def _limit(kind: str, left: Any, right: Any, direction: Direction) -> Severity:
    """Answers that promise less or more within their type break nobody; a request that must promise more does."""
    if direction == "answer" or right is None:
        return "additive"
    if left is None or kind in OTHER_LIMITS:
        return "breaking"
    looser = right > left if kind in UPPER_LIMITS else right < left
    return "additive" if looser else "breaking"


def _required(left: Any, right: Any, direction: Direction) -> Severity:
    """A request must not have to say more; an answer must not stop saying what it always said."""
    return "breaking" if bool(right) == (direction == "request") else "additive"


def _nullable(left: Any, right: Any, direction: Direction) -> Severity:
    return "breaking" if bool(right) == (direction == "answer") else "additive"


def _read_only(left: Any, right: Any, direction: Direction) -> Severity:
    """What became read-only can no longer be sent; in an answer the mark says nothing."""
    if direction == "answer":
        return "documentation"
    return "breaking" if right else "additive"


def _default(left: Any, right: Any, direction: Direction) -> Severity:
    """Another default changes what a request means that says nothing; a default that is stated only now does not."""
    changed = left is not None and right is not None
    return "breaking" if changed and direction == "request" else "documentation"


def _values(kind: str, left: Any, right: Any, direction: Direction) -> Severity:
    """Enumerations of answers are open: text that nobody knew passes through, and a value may stay away."""
    wider = right is None if kind == "enum" else left is None
    return "additive" if wider or direction == "answer" else "breaking"
