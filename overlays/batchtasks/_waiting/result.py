"""What a wait returns, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from batchtasks_rest.models import CloudTask


@frozen
class WaitProgress:
    """How far a wait has come; numbers of tasks, and the seconds since it began.

    `done` tasks have reached the state waited for: of these `succeeded` and `failed` have completed. `running` is None when
    single tasks are waited for. Of a whole job the numbers are the service's task counts, which may lag a little.
    """

    total: int
    done: int
    succeeded: int
    failed: int
    running: int | None = None
    missing: int = 0
    elapsed: float = 0.0

    @property
    def pending(self) -> int:
        """How many have not reached the state waited for."""
        return max(0, self.total - self.done - self.missing)


@frozen
class WaitResult:
    """Which tasks did what, by id; `failures` has the failed tasks with id, state and execution_info.

    `running` are those that reached the state "running" when that was waited for, `missing` those that do not exist (any
    more). A wait for a whole job that ends early names at most 1,000 ids of each kind and no succeeded ones; `progress`
    has the numbers. `stopped` is True when `stop_when` ended the wait.
    """

    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    failures: dict[str, CloudTask] = field(factory=dict, repr=False)
    progress: WaitProgress = WaitProgress(0, 0, 0, 0)
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether every task reached the state waited for and none failed."""
        return not (self.failed or self.pending or self.missing)
