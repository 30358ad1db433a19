"""What the fixture `batch_faults` gives: faults of the local service that end with the test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchtasks_testing.local import RunningBatch


class FaultInForce(AbstractContextManager["FaultInForce"]):
    """A fault that applies until the test ends, `remove` is called, or its `with` block ends."""

    def __init__(self, batch: RunningBatch, kind: Any, members: dict[str, Any], must_strike: bool) -> None:
        given = ", ".join([repr(kind), *(f"{name}={value!r}" for name, value in members.items())])
        self.name = f"batch_faults({given})"
        self.must_strike = must_strike
        self._stack = ExitStack()
        self._count: Callable[[], int] = self._stack.enter_context(batch.service.faults(kind, **members))

    @property
    def hits(self) -> int:
        """How often it was used: the number of requests, or of tasks for the kind "task"."""
        return self._count()

    def remove(self) -> None:
        """End the fault; a second call does nothing."""
        self._stack.close()

    def __exit__(self, *error: object) -> None:
        self.remove()


class BatchFaults:
    """The value of the fixture `batch_faults`: call it to make the service fail."""

    def __init__(self, batch: RunningBatch, must_strike: bool) -> None:
        self._batch = batch
        self._must_strike = must_strike
        self._faults: list[FaultInForce] = []

    def __call__(self, kind: Any, *, must_strike: bool | None = None, **members: Any) -> FaultInForce:
        """Make the service fail in one way, until the test ends or for a `with` block.

        Args:
            kind: throttle, busy, error, refuse, lose, latency or task, or a `batchtasks_local.Fault`.
            must_strike: Whether the test fails if the fault was never used. Default: the setting `batch_faults_must_strike`.
            members: Those of Fault: probability and seed, count, skip, operations, seconds, retry_after, status, code, body,
                content_type.

        Raises:
            ValueError: The fault cannot be; the text names the member.
        """
        __tracebackhide__ = True
        must_strike = self._must_strike if must_strike is None else must_strike
        try:
            fault = FaultInForce(self._batch, kind, members, must_strike)
        except ValueError as error:
            raise error.with_traceback(None) from None  # a mistake shows the line of the test
        self._faults.append(fault)
        return fault

    def check(self) -> None:
        """Fail the test if a fault that must strike was never used."""
        import pytest  # programs that use `local_batch` alone have none

        __tracebackhide__ = True
        idle = [fault.name for fault in self._faults if fault.must_strike and not fault.hits]
        if idle:
            pytest.fail(f"Never struck: {', '.join(idle)}. If that is right: must_strike=False.", pytrace=False)

    def remove(self) -> None:
        """End all faults."""
        for fault in self._faults:
            fault.remove()
