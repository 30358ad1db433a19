"""Which thing of the left side is which of the right: by name where the names agree, else by what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from attrs import frozen

from generator.diff.reader import Api, Operation

Pair = tuple[str | None, str | None]
SIMILAR = 0.6  # of the letters of two names, in order


@frozen
class Look:
    """What a thing looks like, and whether so much that hardly another thing would look the same."""

    facts: Hashable
    telling: bool


def pairs(left: Iterable[str], right: Iterable[str], look: Callable[[str], Look]) -> Iterator[Pair]:
    """Pairs of the same name first, then old and new name of one thing, then what one side has alone (None).

    A new name stands for an old one when both things look alike and the names are similar, or when nothing else on
    either side is without a partner and the look is telling: that two texts come and go at once tells nothing.
    """
    wanted, found = list(left), list(right)
    yield from ((name, name) for name in wanted if name in found)
    missing, extra = [name for name in wanted if name not in found], [name for name in found if name not in wanted]
    alone = len(missing) == len(extra) == 1
    twins = [
        (name, other)
        for name in missing
        for other in extra
        if look(name).facts == look(other).facts and (_similar(name, other) or (alone and look(name).telling))
    ]
    for name, other in twins:
        if sum(name in twin or other in twin for twin in twins) == 1:
            yield name, other
            missing.remove(name)
            extra.remove(other)
    yield from ((name, None) for name in missing)
    yield from ((None, name) for name in extra)


def _similar(name: str, other: str) -> bool:
    return SequenceMatcher(None, name.lower(), other.lower()).ratio() >= SIMILAR


def operation_pairs(left: Api, right: Api) -> Iterator[tuple[Operation | None, Operation | None]]:
    """Operations are the same when verb and path are, whatever they and their parameters are called.

    Of the rest, those with the same name are; then those with the same path; then those that are alike in all but it.
    """
    wanted, found = dict(left.operations), dict(right.operations)
    for key in [key for key in wanted if key in found]:
        yield wanted.pop(key), found.pop(key)
    for look in (_name, _shape, _likeness):
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


def _shape(operation: Operation) -> Hashable:
    return operation.shape


def _likeness(operation: Operation) -> Hashable:
    return (
        operation.verb,
        frozenset(operation.parameters),
        operation.body is not None,
        frozenset((status, answer.body is not None) for status, answer in operation.answers.items()),
        operation.shape.rpartition("/")[0],
    )
