"""Faults on demand: what goes wrong with a real service, when a test wants it to, by chance or by count, seeded.

| kind | what happens |
|---|---|
| throttle | 429 TooManyRequests, with Retry-After if `retry_after` is given; nothing is done |
| busy | 503 ServerBusy, likewise |
| error | `status` and `code` as given, or a `body` that is not the service's, such as a gateway's page; nothing is done |
| refuse | the connection is closed before anything is done |
| lose | the request is carried out, and the connection closed without an answer |
| latency | the request waits `seconds` before it is carried out |
| task | of a collection, single tasks fail with status ServerError; counted and chosen by task, not by request |
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import asdict, define, field, fields, frozen

from batchtasks_local import errors
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.texts import MESSAGES

KINDS = ("throttle", "busy", "error", "refuse", "lose", "latency", "task")


class FaultError(ValueError):
    """A fault that cannot be; the text says which member is wrong."""


@frozen(kw_only=True)
class Fault:
    """One thing that shall go wrong.

    kind: see the table above. probability: 0 to 1, for each request (or task) that it applies to. count: how often at
    most; None for without end. skip: how many to let pass first. operations: operation ids such as `Task_AddCollection`;
    none for all. seed: makes the choice repeatable. seconds: of latency. retry_after: seconds for that header.
    status, code: of an error; body, content_type: an answer in place of a BatchError.
    """

    kind: str
    probability: float = 1.0
    count: int | None = None
    skip: int = 0
    operations: tuple[str, ...] = ()
    seed: int | None = None
    seconds: float = 0.0
    retry_after: float | None = None
    status: int | None = None
    code: str = "InternalError"
    body: str | None = None
    content_type: str = "text/html"

    def __attrs_post_init__(self) -> None:
        if self.kind not in KINDS:
            raise FaultError(f"kind must be one of {', '.join(KINDS)}, not {self.kind!r}")
        if not 0 <= self.probability <= 1:
            raise FaultError(f"probability must be from 0 to 1, not {self.probability!r}")
        if (self.count is not None and self.count < 0) or self.skip < 0 or self.seconds < 0:
            raise FaultError("count, skip and seconds must not be negative")
        if self.status is not None and not 400 <= self.status <= 599:
            raise FaultError(f"status must be from 400 to 599, not {self.status!r}")
        if self.body is None and self.code not in MESSAGES:
            raise FaultError(f"code must be an error code of the Batch service, not {self.code!r}")

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Fault:
        """Read a fault from its members, as JSON has them; FaultError says what is wrong."""
        for name, value in given.items():
            allowed = _TYPES.get(name)
            if allowed is None:
                raise FaultError(f"a fault has no member {name!r}; it has {', '.join(_TYPES)}")
            if not isinstance(value, allowed) or isinstance(value, bool):
                raise FaultError(f"{name} has a value of the wrong type: {value!r}")
        if "kind" not in given:
            raise FaultError("a fault needs a kind")
        return cls(**{**given, "operations": tuple(given.get("operations", ()))})


_TYPES: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "probability": (int, float),
    "count": (int, type(None)),
    "skip": (int,),
    "operations": (list, tuple),
    "seed": (int, type(None)),
    "seconds": (int, float),
    "retry_after": (int, float, type(None)),
    "status": (int, type(None)),
    "code": (str,),
    "body": (str, type(None)),
    "content_type": (str,),
}
assert set(_TYPES) == {one.name for one in fields(Fault)}


@define
class _Active:
    number: int
    fault: Fault
    chance: random.Random
    seen: int = 0
    hits: int = 0

    def hit(self) -> bool:
        """Whether it strikes now; called once for each request or task that it applies to."""
        fault = self.fault
        self.seen += 1
        if self.seen <= fault.skip or (fault.count is not None and self.hits >= fault.count):
            return False
        if self.chance.random() >= fault.probability:
            return False
        self.hits += 1
        return True


@define
class Faults:
    """The faults in force. Every method may be called from any thread."""

    _active: dict[int, _Active] = field(factory=dict)
    _lock: threading.Lock = field(factory=threading.Lock)
    _last: int = 0

    def add(self, faults: Iterable[Fault]) -> list[int]:
        """Put faults into force; their numbers."""
        numbers = []
        with self._lock:
            for fault in faults:
                self._last += 1
                chance = random.Random(fault.seed)  # noqa: S311  (repeatable, not secret)
                self._active[self._last] = _Active(self._last, fault, chance)
                numbers.append(self._last)
        return numbers

    def remove(self, numbers: Iterable[int] | None = None) -> None:
        """Take faults out of force; None for all of them."""
        with self._lock:
            for number in list(self._active) if numbers is None else numbers:
                self._active.pop(number, None)

    def report(self) -> list[dict[str, Any]]:
        """The faults in force and how often each has struck."""
        with self._lock:
            return [{"id": one.number, "hits": one.hits, **asdict(one.fault)} for one in self._active.values()]

    def counter(self, numbers: Iterable[int]) -> Callable[[], int]:
        """A function that tells how often these have struck so far, also once they are out of force."""
        with self._lock:
            watched = [self._active[number] for number in numbers]
        return lambda: sum(one.hits for one in watched)

    async def strike(self, exchange: Exchange) -> Answer | None:
        """Do to a request what the faults in force ask for; an answer if one of them takes the operation's place."""
        if not self._active:
            return None
        for fault in self._struck(exchange.asked.name):
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "lose":
                exchange.lost = True
            else:
                return _instead(fault, exchange)
        return None

    def _struck(self, operation: str) -> list[Fault]:
        with self._lock:
            return [one.fault for one in self._active.values() if _applies(one.fault, operation) and one.hit()]

    def broken_tasks(self, count: int) -> frozenset[int]:
        """Of so many tasks in a collection, the places of those that shall fail."""
        if not self._active:
            return frozenset()
        with self._lock:
            rules = [one for one in self._active.values() if one.fault.kind == "task"]
            return frozenset(place for place in range(count) for rule in rules if rule.hit())


def _applies(fault: Fault, operation: str) -> bool:
    return fault.kind != "task" and (not fault.operations or operation in fault.operations)


def _instead(fault: Fault, exchange: Exchange) -> Answer:
    if fault.kind == "refuse":
        exchange.lost = True
        return Answer(503)
    if fault.kind == "throttle":
        return errors.answer(errors.too_many_requests(fault.retry_after), exchange)
    if fault.kind == "busy":
        return errors.answer(errors.server_busy(fault.retry_after), exchange)
    if fault.body is not None:
        return Answer(fault.status or 502, (("Content-Type", fault.content_type),), fault.body.encode())
    return errors.answer(errors.on_demand(fault.code, fault.status, fault.retry_after), exchange)
