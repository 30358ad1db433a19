"""How many task slots a task takes."""

from __future__ import annotations

from typing import Any

MOST_INSTANCES = 100
"""So many nodes a pool can have at most whose nodes speak to each other, which multi-instance tasks need."""


def demand(spec: dict[str, Any]) -> int:
    """What a task asks for: its required slots, or minus the number of instances of a multi-instance task.

    Each instance has a slot of its own; where there are not as many as that, all there are will do.
    """
    instances = (spec.get("multiInstanceSettings") or {}).get("numberOfInstances") or 1
    return -instances if instances > 1 else spec.get("requiredSlots") or 1


def cost(demanded: int, total: int) -> int | None:
    """Slots that a demand takes out of `total`; None when it asks for more than there are, and can never be met."""
    if demanded < 0:
        return min(-demanded, total) if -demanded <= MOST_INSTANCES else None
    return demanded if demanded <= total else None
