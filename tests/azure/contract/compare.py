"""Compare the masked answers of two accounts to the same question: status, reason, headers, members, their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.azure.contract.ask import Exchange
from tests.azure.contract.mask import plain

# What comes from HTTP servers and TLS, and says nothing about Batch.
_NOT_COMPARED = frozenset(("date", "server", "strict-transport-security", "connection", "x-content-type-options"))


def differences(real: Exchange, local: Exchange) -> list[str]:
    """Return in sentences how the local answer differs from the real one."""
    return list(_differences(real, local))


def _differences(real: Exchange, local: Exchange) -> Iterator[str]:
    if (real.status, real.code) != (local.status, local.code):
        yield f"{real.status} {real.code}".strip() + f" here, {local.status} {local.code}".rstrip() + " locally"
        return
    if real.reason != local.reason:
        yield f"reason phrase {real.reason!r} here, {local.reason!r} locally"
    yield from _headers(real, local)
    yield from _values("", real.body, local.body)


def _headers(real: Exchange, local: Exchange) -> Iterator[str]:
    ours, theirs = ({name.lower(): value for name, value in one.headers} for one in (local, real))
    for name in sorted((ours.keys() | theirs.keys()) - _NOT_COMPARED):
        here, there = (plain(one[name]) if name in one else None for one in (theirs, ours))
        if name == "content-length" and here and there:
            continue  # request ids and times are as long everywhere, names are not
        if here != there:
            yield f"header {name}: {here!r} here, {there!r} locally"


def _values(where: str, here: Any, there: Any) -> Iterator[str]:
    if isinstance(here, dict) and isinstance(there, dict):
        for name in [*here, *(name for name in there if name not in here)]:
            path = f"{where}.{name}".lstrip(".")
            if name not in here or name not in there:
                yield f"{path} comes only {'here' if name in here else 'locally'}"
            else:
                yield from _values(path, here[name], there[name])
        if [name for name in here if name in there] != [name for name in there if name in here]:
            yield f"{where or 'the body'}: order {', '.join(here)} here, {', '.join(there)} locally"
    elif isinstance(here, list) and isinstance(there, list):
        if len(here) != len(there):
            yield f"{where}: {len(here)} items here, {len(there)} locally"
        for number, (one, other) in enumerate(zip(here, there, strict=False)):
            yield from _values(f"{where}.{number}", one, other)
    elif plain(here) != plain(there) or type(here) is not type(there):
        yield f"{where or 'the body'}: {here!r} here, {there!r} locally"
