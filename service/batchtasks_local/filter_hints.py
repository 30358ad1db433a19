"""What a filter on tasks implies: which states, which ids, since when. The store finds tasks by it instead of reading all.

Each of these holds for every task that meets the filter; none of them says more than the filter does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TypeVar

from batchtasks_local.filters import Compare, Node
from batchtasks_local.records import Hints, TaskState

T = TypeVar("T")

STATES: tuple[TaskState, ...] = ("active", "preparing", "running", "completed")
_LATER = ("eq", "ge", "gt")
# For which numbers each of these leaves out 0: an exit code that is not 0 is a failure.
_NOT_ZERO: dict[str, Callable[[int], bool]] = {
    "eq": lambda value: value != 0,
    "ne": lambda value: value == 0,
    "gt": lambda value: value >= 0,
    "ge": lambda value: value > 0,
    "lt": lambda value: value <= 0,
    "le": lambda value: value < 0,
}


def hints(node: Node) -> Hints:
    """What holds for all tasks for which a filter does."""
    states = _implied(node, _states, _both, _either)
    ended = _implied(node, _ended, max, min)
    if ended is None and states == frozenset(("completed",)):
        ended = _implied(node, _moved, max, min)
    ids = _implied(node, _ids, _both, _either)
    return Hints(
        states=None if states is None else tuple(state for state in STATES if state in states),
        ids=None if ids is None else tuple(sorted(ids)),
        failed=_implied(node, _failed, lambda one, other: one or other, lambda one, other: one and other) or False,
        ended=ended,
        prefix=_implied(node, _prefix, lambda one, other: max(one, other, key=len), _common),
    )


def _implied(
    node: Node, leaf: Callable[[Compare], T | None], both: Callable[[T, T], T], either: Callable[[T, T], T]
) -> T | None:
    """What a tree implies: of an `and` whatever its parts do, of an `or` only what each of its parts does."""
    if isinstance(node, Compare):
        return leaf(node)
    parts = [_implied(part, leaf, both, either) for part in node.parts]
    known = [part for part in parts if part is not None]
    if not known or (node.kind == "or" and len(known) < len(parts)):
        return None
    return reduce(both if node.kind == "and" else either, known)


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one & other


def _either(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one | other


def _states(term: Compare) -> frozenset[str] | None:
    if term.property != "state":
        return None
    named = frozenset((str(term.value).lower(),))
    return named if term.operator == "eq" else frozenset(STATES) - named


def _ids(term: Compare) -> frozenset[str] | None:
    return frozenset((str(term.value).lower(),)) if (term.property, term.operator) == ("id", "eq") else None


def _prefix(term: Compare) -> str | None:
    # ids are ASCII, and whatever else a prefix holds is for the condition itself to refuse
    return str(term.value).lower() if term.operator == "startswith" else None


def _common(one: str, other: str) -> str:
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    return min(one, other, key=len) if same is None else one[:same]


def _failed(term: Compare) -> bool | None:
    match term:
        case Compare("executionInfo/result", "eq", str(value)):
            return value.lower() == "failure" or None
        case Compare("executionInfo/result", "ne", str(value)):
            return value.lower() == "success" or None
        case Compare("executionInfo/exitCode", operator, int(value)):
            return _NOT_ZERO[operator](value) or None
    return None


def _ended(term: Compare) -> int | None:
    return _since(term, "executionInfo/endTime")


def _moved(term: Compare) -> int | None:
    # a task is completed at the moment at which it ends
    return _since(term, "stateTransitionTime")


def _since(term: Compare, name: str) -> int | None:
    return int(term.value) if term.property == name and term.operator in _LATER else None
