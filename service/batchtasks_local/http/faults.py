"""Injected faults: what goes wrong with a real service, when a test asks for it, by chance or by count.

| kind | what happens |
|---|---|
| throttle | 429 TooManyRequests, with Retry-After if `retry_after` is given; nothing is done |
| busy | 503 ServerBusy, likewise |
| error | `status` and `code` as given, or a `body` that is not the service's, such as a gateway's page; nothing is done |
| refuse | the connection is closed before anything is done |
| lose | the request is carried out, and the connection closed without an answer |
| latency | the request waits `seconds` before it is carried out |
| task | single tasks of a collection fail with status ServerError; counted and chosen by task, not by request |

Over HTTP, `/_faults` injects them, for everybody who may use the service:

    GET     the faults in force, with their ids and how often each was injected
    POST    one fault or a list of them, as JSON; the answer has their ids
    DELETE  all of them, or with ?id=N that one

At most 1,000 can be in force at once.
"""

from __future__ import annotations

import asyncio
import difflib
import random
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from attrs import asdict, define, field, fields, frozen

from batchtasks_local.http import errors
from batchtasks_local.http.contract.documents import operation_names
from batchtasks_local.http.exchange import Answer, Exchange, error_answer

PATH = "/_faults"
KINDS = ("throttle", "busy", "error", "refuse", "lose", "latency", "task")
_MOST = 1000
_LONGEST = 3600.0
"""Seconds of a latency or of a Retry-After header."""
_LARGEST = 1 << 53
_CONTENT_TYPE = re.compile(r"[ -~]{1,200}")


class FaultError(ValueError):
    """A fault is not valid; the message says which member is wrong."""


@frozen(kw_only=True)
class Fault:
    """One fault to inject.

    kind: throttle, busy, error, refuse, lose, latency or task. probability: 0 to 1, for each request (or task) that it
    applies to. count: how often at most; None for without limit. skip: how many requests pass first. operations: one or
    more operation ids such as `Task_AddCollection`; none for all. seed: makes the choice repeatable. seconds: of latency,
    3600 at most. retry_after: seconds for that header, 3600 at most. status, code: of an error; body, content_type: an
    answer instead of a BatchError.
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
            raise FaultError(f"kind must be one of {', '.join(KINDS)}, not {_cut(self.kind)}")
        if not 0 <= self.probability <= 1:
            raise FaultError(f"probability must be from 0 to 1, not {self.probability!r}")
        if not 0 <= (self.count or 0) <= _LARGEST or not 0 <= self.skip <= _LARGEST:
            raise FaultError(f"count and skip must be from 0 to {_LARGEST}")
        if not 0 <= self.seconds <= _LONGEST or not 0 <= (self.retry_after or 0) <= _LONGEST:
            raise FaultError(f"seconds and retry_after must be from 0 to {_LONGEST:g}")
        if not _CONTENT_TYPE.fullmatch(self.content_type):
            raise FaultError("content_type must be up to 200 printable ASCII characters")
        if self.status is not None and not 400 <= self.status <= 599:
            raise FaultError(f"status must be from 400 to 599, not {self.status!r}")
        if self.body is None and self.code not in errors.MESSAGES:
            raise FaultError(f"code must be an error code of the Batch service, not {_cut(self.code)}")
        for name in self.operations:
            if name not in operation_names():
                raise FaultError(f"{_cut(name)} is not an operation{_meant(name)}")

    @classmethod
    def from_members(cls, given: Mapping[str, Any]) -> Fault:
        """Return the fault with these members, as in JSON; FaultError says what is wrong with them."""
        for name, value in given.items():
            allowed = _TYPES.get(name)
            if allowed is None:
                raise FaultError(f"a fault has no member {_cut(name)}; it has {', '.join(_TYPES)}")
            if not isinstance(value, allowed) or isinstance(value, bool):
                raise FaultError(f"{name} has a value of the wrong type: {_cut(value)}")
        if "kind" not in given:
            raise FaultError("a fault needs a kind")
        operations = given.get("operations", ())
        return cls(**{**given, "operations": (operations,) if isinstance(operations, str) else tuple(operations)})


def _meant(name: object) -> str:
    """Return which operation was probably meant, or all of them."""
    near = difflib.get_close_matches(str(name), operation_names(), 1)
    return f"; did you mean {near[0]}?" if near else f"; these are: {', '.join(operation_names())}"


def _cut(value: object) -> str:
    """Return a value for a message."""
    return repr(value if isinstance(value, str | int | float | None) else type(value).__name__)[:100]


_TYPES: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "probability": (int, float),
    "count": (int, type(None)),
    "skip": (int,),
    "operations": (str, list, tuple),
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
class _InForce:
    """A fault in force, and how often it was considered and injected."""

    id: int
    fault: Fault
    random: random.Random
    considered: int = 0
    hits: int = 0

    def hit(self) -> bool:
        """Return whether the fault is injected now; called once for each request or task that it applies to."""
        fault = self.fault
        self.considered += 1
        if self.considered <= fault.skip or (fault.count is not None and self.hits >= fault.count):
            return False
        if self.random.random() >= fault.probability:
            return False
        self.hits += 1
        return True


@define
class Faults:
    """The faults in force. Every method may be called from any thread."""

    _in_force: dict[int, _InForce] = field(factory=dict)
    _lock: threading.Lock = field(factory=threading.Lock)
    _last_id: int = 0

    def add(self, faults: Iterable[Fault]) -> list[int]:
        """Put faults into force; return their ids. FaultError, and none of them is, if there are too many."""
        ids = []
        faults = list(faults)
        with self._lock:
            if len(faults) + len(self._in_force) > _MOST:
                raise FaultError(f"at most {_MOST} faults can be in force at once; there are {len(self._in_force)}")
            for fault in faults:
                self._last_id += 1
                chance = random.Random(fault.seed)  # noqa: S311  (repeatable, not secret)
                self._in_force[self._last_id] = _InForce(self._last_id, fault, chance)
                ids.append(self._last_id)
        return ids

    def remove(self, ids: Iterable[int] | None = None) -> None:
        """Remove faults; None removes all of them."""
        with self._lock:
            for number in list(self._in_force) if ids is None else ids:
                self._in_force.pop(number, None)

    def report(self) -> list[dict[str, Any]]:
        """Return the faults in force, and how often each was injected."""
        with self._lock:
            return [{"id": one.id, "hits": one.hits, **asdict(one.fault)} for one in self._in_force.values()]

    def counter(self, ids: Iterable[int]) -> Callable[[], int]:
        """Return a function that tells how often these faults were injected, also after they are removed."""
        with self._lock:
            watched = [self._in_force[number] for number in ids]
        return lambda: sum(one.hits for one in watched)

    async def inject(self, exchange: Exchange) -> Answer | None:
        """Inject the faults that apply to a request; return an answer if one of them replaces the operation."""
        if not self._in_force:
            return None
        for fault in self._hits(exchange.operation.name):
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "lose":
                exchange.lost = True
            else:
                return _answer_of(fault, exchange)
        return None

    def _hits(self, operation: str) -> list[Fault]:
        with self._lock:
            return [one.fault for one in self._in_force.values() if _applies(one.fault, operation) and one.hit()]

    def failing_tasks(self, count: int) -> frozenset[int]:
        """Return which of so many tasks of a collection fail, by their places."""
        if not self._in_force:
            return frozenset()
        with self._lock:
            rules = [one for one in self._in_force.values() if one.fault.kind == "task"]
            return frozenset(place for place in range(count) for rule in rules if rule.hit())


def _applies(fault: Fault, operation: str) -> bool:
    return fault.kind != "task" and (not fault.operations or operation in fault.operations)


def _answer_of(fault: Fault, exchange: Exchange) -> Answer:
    if fault.kind == "refuse":
        exchange.lost = True
        return Answer(503)
    if fault.kind == "throttle":
        return error_answer(errors.too_many_requests(fault.retry_after), exchange)
    if fault.kind == "busy":
        return error_answer(errors.server_busy(fault.retry_after), exchange)
    if fault.body is not None:
        return Answer(fault.status or 502, (("Content-Type", fault.content_type),), fault.body.encode())
    return error_answer(errors.injected(fault.code, fault.status, fault.retry_after), exchange)


# --- the endpoint -----------------------------------------------------------------------------------------------------


def handle(faults: Faults, exchange: Exchange) -> Answer:
    """Answer one request to `/_faults`."""
    match exchange.method:
        case "GET":
            return _json(200, {"value": faults.report()})
        case "POST":
            return _json(201, {"ids": _add(faults, _read(exchange.body))})
        case "DELETE":
            faults.remove(_ids(exchange))
            return Answer(204)
        case verb:
            raise errors.unsupported_verb(verb, ("GET", "POST", "DELETE"))


def _add(faults: Faults, given: list[Fault]) -> list[int]:
    try:
        return faults.add(given)
    except FaultError as error:
        raise errors.invalid_body(str(error)) from None


def _read(body: bytes) -> list[Fault]:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise errors.invalid_body(f"The body is not JSON: {error}") from None
    found = given if isinstance(given, list) else [given]
    if len(found) > _MOST:
        raise errors.invalid_body(f"At most {_MOST} faults can be in force at once")
    return [_fault(one) for one in found]


def _fault(given: Any) -> Fault:
    if not isinstance(given, dict):
        raise errors.invalid_body("A fault must be a JSON object")
    try:
        return Fault.from_members(given)
    except FaultError as error:
        raise errors.invalid_body(str(error)) from None


def _ids(exchange: Exchange) -> list[int] | None:
    given = [value for name, value in exchange.pairs() if name == "id"]
    if not given:
        return None
    if not given[0].isdecimal() or len(given[0]) > 18:
        raise errors.invalid_query("id", given[0], "It must be the number of a fault")
    return [int(given[0])]


def _json(status_code: int, value: Any) -> Answer:
    return Answer(status_code, (("Content-Type", "application/json"),), orjson.dumps(value))
