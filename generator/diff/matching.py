"""Which thing of the left side is which of the right: by name where the names agree, else by what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from attrs import frozen

from generator.diff.reader import Api, Operation

Pair = tuple[str | None, str | None]
# How much of the letters of two names is the same, in order.
SIMILAR = 0.6
NEARLY_THE_SAME = 0.8


@frozen
class Look:
    """What a thing looks like, and whether so much that hardly another thing would look the same."""

    facts: Hashable
    telling: bool


def pairs(left: Iterable[str], right: Iterable[str], look: Callable[[str], Look]) -> Iterator[Pair]:
    """Pairs of the same name first, then old and new name of one thing, then what one side has alone (None).

    A new name stands for an old one when the names are nearly the same; when they are similar and both things look
    alike; or when nothing else on either side is without a partner and both have the same telling look. That one text
    comes and another goes tells nothing.
    """
    wanted, found = list(left), list(right)
    yield from ((name, name) for name in wanted if name in found)
    missing, extra = [name for name in wanted if name not in found], [name for name in found if name not in wanted]
    alone = len(missing) == len(extra) == 1

    def likeness(name: str, other: str) -> float:
        near = _likeness_of_names(name, other)
        alike = look(name).facts == look(other).facts
        enough = near >= NEARLY_THE_SAME or (alike and (near >= SIMILAR or (alone and look(name).telling)))
        return max(near, SIMILAR) if enough else 0

    twins = [(likeness(name, other), name, other) for name in missing for other in extra]
    for near, name, other in sorted(twins, key=lambda twin: -twin[0]):  # of equals the first on the left
        if near and name in missing and other in extra:
            yield name, other
            missing.remove(name)
            extra.remove(other)
    yield from ((name, None) for name in missing)
    yield from ((None, name) for name in extra)


def _likeness_of_names(name: str, other: str) -> float:
    """How much two names have in common, from 0 to 1; one that begins as the other does is nearly the same."""
    one, two = name.lower(), other.lower()
    ratio = SequenceMatcher(None, one, two).ratio()
    return max(ratio, NEARLY_THE_SAME) if one.startswith(two) or two.startswith(one) else ratio


def operation_pairs(left: Api, right: Api) -> Iterator[tuple[Operation | None, Operation | None]]:
    """Operations are the same when verb and path are, whatever they and their parameters are called.

    Of the rest, those with the same name are, when the documents share names at all. When they do not, those that are
    alike in all but the verb, or in all but the path.
    """
    wanted, found = dict(left.operations), dict(right.operations)
    share_names = False
    for key in [key for key in wanted if key in found]:
        share_names = share_names or wanted[key].id == found[key].id
        yield wanted.pop(key), found.pop(key)
    for look in (_name,) if share_names else (_all_but_verb, _all_but_path):
        for key, other in _unique_twins(wanted, found, look):
            yield wanted.pop(key), found.pop(other)
    yield from ((operation, None) for operation in wanted.values())
    yield from ((None, operation) for operation in found.values())


def _unique_twins(
    wanted: Mapping[tuple[str, str], Operation],
    found: Mapping[tuple[str, str], Operation],
    look: Callable[[Operation], Hashable],
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    twins = []
    for key, operation in wanted.items():
        alike = [other for other, candidate in found.items() if look(candidate) == look(operation)]
        rivals = [other for other, candidate in wanted.items() if look(candidate) == look(operation)]
        if len(alike) == len(rivals) == 1:
            twins.append((key, alike[0]))
    return twins


def _name(operation: Operation) -> Hashable:
    return operation.id


def _all_but_verb(operation: Operation) -> Hashable:
    return operation.shape, _look(operation)


def _all_but_path(operation: Operation) -> Hashable:
    return operation.verb, _look(operation)


def _look(operation: Operation) -> Hashable:
    """What it takes, and how it succeeds; other statuses are often left out of a description."""
    success = min((status for status in operation.answers if status[0] == "2"), default="")
    body = success and operation.answers[success].body is not None
    return frozenset(operation.parameters), operation.body is not None, success, body
