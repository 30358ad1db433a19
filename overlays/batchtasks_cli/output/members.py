"""The members of the service's objects by name, for columns of lists and of CSV files."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchtasks._validation.models import Member


class NoSuchMemberError(ValueError):
    """A name that no member has; the text suggests another."""


def find_member(model: str, name: str) -> list[Member]:
    """Return the way to a member of a model, by the service's names or Python's, nested ones with dots."""
    from batchtasks import models

    kind: Any = getattr(models, model, None)
    path: list[Member] = []
    for part in name.split("."):
        known = models.members(kind) if kind is not None else ()
        member = next((each for each in known if part in (each.name, each.wire)), None)
        if member is None:
            near = difflib.get_close_matches(part, [each.wire for each in known], 1)
            raise NoSuchMemberError(f"Did you mean {'.'.join([*(m.wire for m in path), *near])!r}?" if near else "")
        path.append(member)
        kind = member.kind if member.is_model and not member.many else None
    return path
