"""Token buckets: how often one address or one account may do something."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from bot.ports import Clock

MOST_KEYS = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_s` a second."""

    burst: int
    per_s: float


class Buckets:
    """One bucket a key; the keys unused for longest are forgotten first."""

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one token. Returns 0 when there was one, else the seconds until there is."""
        now = self._clock.monotonic()
        left, at = self._left.get(key, (float(self._rate.burst), now))
        left = min(self._rate.burst, left + (now - at) * self._rate.per_s)
        wait_s = 0.0 if left >= 1 else (1 - left) / self._rate.per_s
        self._left[key] = (left if wait_s else left - 1, now)
        self._left.move_to_end(key)
        if len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        return wait_s
