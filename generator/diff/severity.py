"""How bad a difference is for someone who relies on the left side when the right side is true.

`breaking`: a call that worked is refused, means something else, or brings something that is not what it was.
`additive`: there is more to use, and nothing that worked stops working. `documentation`: the exchange is the same.
"""

from __future__ import annotations

from typing import Any, Literal

from generator.diff.schema import LIMITS

Severity = Literal["breaking", "additive", "documentation"]
SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "documentation")
# Things that one side can have and the other lack, or spell otherwise. All other kinds are facts about a thing that
# both have.
THINGS = ("operation", "parameter", "body", "answer", "header", "field", "enum value")
# Formats that change neither what is written nor the Python type: they only describe the text or the number.
DESCRIPTIVE = {None, "uri", "uuid", "arm-id", "password", "int32", "float", "double"}
# Lists of which a longer one allows more.
WIDER = {"security", "media type", "produces"}


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
