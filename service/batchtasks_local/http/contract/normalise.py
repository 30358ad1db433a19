"""Functions that bring the values of a request into the form in which the service writes them back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from batchtasks_local.domain.clock import normal_duration

Schema = dict[str, Any]
Normalise = Callable[[Any], Any]


def normaliser(schema: Schema, resolve: Callable[[Schema], Schema]) -> Normalise | None:
    """Return a function for the values of a schema, or None if there is nothing to do.

    It expects a valid value and writes enum values in the service's letter case, durations in the service's form,
    integers as integers, and members in the order of the schema, whatever the sender's. It may change objects in place.

    Args:
        schema: A schema of the document.
        resolve: Follows a `$ref`.
    """
    schema = resolve(schema)
    if "enum" in schema:
        return _of_enum(schema["enum"], schema.get("x-written-as", {}))
    if schema.get("format") == "duration":
        return normal_duration
    if schema.get("type") == "integer":
        return int
    if "items" in schema:
        return _of_list(normaliser(schema["items"], resolve))
    members: dict[str, Normalise] = {}
    order: list[str] = []
    for part in (schema, *map(resolve, schema.get("allOf", ()))):
        found = {name: normaliser(member, resolve) for name, member in part.get("properties", {}).items()}
        members.update((name, function) for name, function in found.items() if function is not None)
        order += found
    return _of_object(members, order)


def _of_enum(options: list[Any], written_as: dict[str, str]) -> Normalise | None:
    # x-written-as: the letter case in which the real service writes a value, where the documents have another one.
    written = {option.lower(): written_as.get(option, option) for option in options if isinstance(option, str)}
    return (lambda value: written[value.lower()]) if written else None


def _of_list(item: Normalise | None) -> Normalise | None:
    return None if item is None else (lambda values: [item(value) for value in values])


def _of_object(members: dict[str, Normalise], order: list[str]) -> Normalise | None:
    if len(order) < 2 and not members:
        return None
    rank = {name: place for place, name in enumerate(order)}

    @lru_cache(maxsize=256)
    def ordered(names: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the names in order, or None if they are so already; most objects have the same few shapes."""
        wanted = tuple(sorted(names, key=lambda name: rank.get(name, len(rank))))
        return None if wanted == names else wanted

    def apply(value: dict[str, Any]) -> dict[str, Any]:
        for name in members.keys() & value.keys():
            value[name] = members[name](value[name])
        wanted = ordered(tuple(value))
        return value if wanted is None else {name: value[name] for name in wanted}

    return apply
