"""How many requests may run at once, and when the next may start. Pure: times come from outside.

Additive increase, multiplicative decrease, as in TCP: a window of requests that starts at what the caller asked for,
halves when the service throttles (at most once per round trip, because requests already under way learn nothing) and
grows back by one request per round of answers. Below one request the window is a pause: with a window of 1/4 a request
starts every four round trips. So many hosts that share one account find their share without knowing of each other.
"""

from __future__ import annotations

SMALLEST = 1 / 128
# How a window below one grows with each answer.
_SLOW_GROWTH = 1.25
_SMOOTHING = 0.2


class Pace:
    """The window and the gate of one bulk call."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.window = float(most)
        # No request starts before this time.
        self.gate = 0.0
        self._cut_at = float("-inf")
        self._round_trip = 0.0
        # Whether anything was answered since the latest cut.
        self._let_through = False

    @property
    def lanes(self) -> int:
        """How many requests may run at once."""
        return max(1, int(self.window))

    def started(self, now: float) -> None:
        """A request starts."""
        if self.window < 1:
            self.gate = max(self.gate, now + self._round_trip / self.window)

    def answered(self, started: float, now: float) -> None:
        """A request was answered as it should be."""
        took = max(0.0, now - started)
        self._round_trip += (took - self._round_trip) * (_SMOOTHING if self._round_trip else 1.0)
        self._let_through = True
        grown = self.window * _SLOW_GROWTH if self.window < 1 else self.window + 1 / self.window
        self.window = min(float(self.most), grown)

    def throttled(self, started: float, now: float) -> None:
        """The service asked for less."""
        if not self._round_trip:
            self._round_trip = max(0.0, now - started)
        if started < self._cut_at:
            return
        # A service that lets nothing through is not helped by pauses between requests; the retry policy's delays do.
        least = SMALLEST if self._let_through else min(self.window, 1.0)
        self.window = max(least, self.window / 2)
        self._cut_at = now
        self._let_through = False

    def hold(self, until: float) -> None:
        """No request starts before `until`: the service said so."""
        self.gate = max(self.gate, until)
