"""How many requests run at once, when the next may start, and how large one may be. Pure: times come from outside.

ConcurrencyLimiter has two numbers, both counted in requests at once:
- the `share` is what this host seems to be due. It grows by a little with every answer and shrinks with refusals for load
  ("throttled"), the more the larger their part of all answers is. A few refusals among many answers are noise and leave it
  alone. Who sends more is refused more often, so hosts that use one account come to equal shares without knowing of each
  other (the reasoning of F. Kelly, "Rate control for communication networks", 1998).
- the `window` is what is used at the moment. It halves with a refusal, at most once per round trip because requests that
  are already under way learn nothing, and comes back to the share by two requests a round trip.

Below the full number requests are spaced evenly, so a share of 1/8 is one request every eight round trips. The constants
were chosen with `bench/hosts.py`, which shows what they do for 1, 10 and 100 hosts.
"""

from __future__ import annotations

from math import ceil

SMALLEST = 1 / 256
# What the share grows by with each answer, and the window by in a round trip.
_GAIN = 0.01
_RECOVERY = 2.0
# How fast the part of refusals follows what is seen, and the part that is taken for noise.
_ATTENTION = 0.05
_NOISE = 0.08
_SMOOTHING = 0.2


class ConcurrencyLimiter:
    """The number of requests at once of one bulk call."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.window = float(maximum)
        self.share = float(maximum)
        # No request starts before this time.
        self.not_before = 0.0
        self._halved_at = float("-inf")
        self._let_through = True
        self._refused_part = 0.0
        self._round_trip = 0.0

    @property
    def limit(self) -> int:
        return ceil(self.window)

    def started(self, now: float) -> None:
        if self.window < self.maximum:
            self.hold(now + self._round_trip / self.window)

    def answered(self, started: float, now: float) -> None:
        """Record that a request was answered as it should be."""
        took = max(0.0, now - started)
        self._round_trip += (took - self._round_trip) * (_SMOOTHING if self._round_trip else 1.0)
        self._let_through = True
        self._refused_part *= 1 - _ATTENTION
        self.share = min(float(self.maximum), self.share + _GAIN)
        self.window = min(self.share, self.window + _RECOVERY / self.window)

    def throttled(self, started: float, now: float) -> bool:
        """Record that the service asks for less; return whether it has let nothing through since it last did."""
        if not self._round_trip:
            self._round_trip = max(0.0, now - started)
        if started < self._halved_at:
            return False
        self._refused_part += (1 - self._refused_part) * _ATTENTION
        if not self._let_through:
            # It lets nothing through at all: smaller steps would not help it, the retry policy's delays do.
            return True
        self.share = max(SMALLEST, self.share * (1 - min(0.5, max(0.0, self._refused_part - _NOISE))))
        self.window = max(SMALLEST, min(self.window, self.share) / 2)
        self._halved_at = now
        self._let_through = False
        return False

    def hold(self, until: float) -> None:
        """Start no request before `until`."""
        self.not_before = max(self.not_before, until)


class SizeLimit:
    """How large a body may be: the documented limit, a lower one that the service names, or one that is found out.

    A refusal without a limit (of a proxy, for example) leaves a range: the limit is between the largest body that was taken
    and the smallest that was refused. The next bodies are filled up to its middle, so that every answer narrows it. One
    large task does not move it, because it counts by its bytes. `known` is the largest body that the service says it takes.
    """

    def __init__(self, known: int) -> None:
        self.known = known
        self._taken = 0
        self._refused: int | None = None

    @property
    def target(self) -> int:
        """What bodies are filled up to."""
        return self.known if self._refused is None else min(self.known, (self._taken + self._refused) // 2)

    def taken(self, size: int) -> None:
        self._taken = max(self._taken, size)
        if self._refused is not None and self._taken >= self._refused:
            self._refused = None

    def refused(self, size: int, named: int | None) -> None:
        """Record that a body of this size was refused as too large, and the limit if the service named it."""
        if named is not None and self._taken <= named < size:
            self.known = min(self.known, named)
            return
        if size <= self._taken:
            # Larger ones were taken: a single odd answer, or the limit has changed if it goes on like that.
            self._taken //= 2
        if size > self._taken:
            self._refused = min(size, self._refused or size)
