"""How many requests may run at once, and when the next may start. Pure: times come from outside.

Two numbers, both counted in lanes (requests at once):
- the `share` is what this host seems to be due. It grows by a little with every answer and shrinks with refusals for
  load ("throttled"), the more the larger their part of all answers is. A few refusals among many answers are noise and
  leave it alone. Who sends more is refused more often, so hosts that share one account come to equal shares without
  knowing of each other (the reasoning of F. Kelly, "Rate control for communication networks", 1998).
- the `window` is what is used at the moment. It halves with a refusal, at most once per round trip because requests
  already under way learn nothing, and comes back to the share by two lanes a round trip.

Below the full number of lanes requests are spaced evenly, so a share of 1/8 of a lane is a request every eight round
trips. The constants were chosen with `bench/hosts.py`, which shows what they do for 1, 10 and 100 hosts.
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
    """The window, the share and the gate of one bulk call."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.window = float(most)
        self.share = float(most)
        # No request starts before this time.
        self.gate = 0.0
        self._cut_at = float("-inf")
        self._let_through = True
        self._refused_part = 0.0
        self._round_trip = 0.0

    @property
    def lanes(self) -> int:
        """How many requests may run at once."""
        return ceil(self.window)

    def started(self, now: float) -> None:
        """A request starts."""
        if self.window < self.most:
            self.gate = max(self.gate, now + self._round_trip / self.window)

    def answered(self, started: float, now: float) -> None:
        """A request was answered as it should be."""
        took = max(0.0, now - started)
        self._round_trip += (took - self._round_trip) * (_SMOOTHING if self._round_trip else 1.0)
        self._let_through = True
        self._refused_part *= 1 - _ATTENTION
        self.share = min(float(self.most), self.share + _GAIN)
        self.window = min(self.share, self.window + _RECOVERY / self.window)

    def throttled(self, started: float, now: float) -> bool:
        """The service asked for less; tell whether it has let nothing through since it last did."""
        if not self._round_trip:
            self._round_trip = max(0.0, now - started)
        if started < self._cut_at:
            return False
        self._refused_part += (1 - self._refused_part) * _ATTENTION
        if not self._let_through:
            # It lets nothing through at all: smaller steps would not help it, the retry policy's delays do.
            return True
        self.share = max(SMALLEST, self.share * (1 - min(0.5, max(0.0, self._refused_part - _NOISE))))
        self.window = max(SMALLEST, min(self.window, self.share) / 2)
        self._cut_at = now
        self._let_through = False
        return False

    def hold(self, until: float) -> None:
        """No request starts before `until`: the service said so."""
        self.gate = max(self.gate, until)
