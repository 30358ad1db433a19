"""The books of a bulk call: counts that stay true whenever an interruption strikes.

Ctrl-C can fall between any two steps of the program. So what belongs together is written down first (entries of
`failed` and `unknown`) and then made valid by one assignment (`totals`), which names the request that it accounts for.
An interruption before that assignment leaves the request open, one after it leaves it settled; never half.
"""

from __future__ import annotations

from typing import NamedTuple

from batchtasks._bulk.outcome import TaskOutcome


class Totals(NamedTuple):
    """What has been settled; `failed` and `unknown` tell how many entries of the lists are valid."""

    added: int = 0
    existed: int = 0
    failed: int = 0
    unknown: int = 0
    # What the latest entry accounts for: a chunk, or a task that was refused before it got into one.
    last: object = None


class Books:
    """Where tasks have ended so far."""

    def __init__(self) -> None:
        self.totals = Totals()
        self._failed: list[TaskOutcome] = []
        self._unknown: list[TaskOutcome] = []

    @property
    def failed(self) -> list[TaskOutcome]:
        """The tasks that failed."""
        return self._failed[: self.totals.failed]

    @property
    def unknown(self) -> list[TaskOutcome]:
        """The tasks whose outcome could not be learned."""
        return self._unknown[: self.totals.unknown]

    def write(self, outcome: TaskOutcome) -> None:
        """Write down a task that failed or whose outcome is unknown; valid with the next `settle`."""
        (self._unknown if outcome.status == "unknown" else self._failed).append(outcome)

    def settle(self, what: object, added: int = 0, existed: int = 0) -> None:
        """Make everything valid that was written about `what`."""
        old = self.totals
        self.totals = Totals(old.added + added, old.existed + existed, len(self._failed), len(self._unknown), what)

    def forget_unsettled(self) -> None:
        """Drop what was written and not settled, after an interruption."""
        del self._failed[self.totals.failed :]
        del self._unknown[self.totals.unknown :]
