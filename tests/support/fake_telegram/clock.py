"""Virtual time: every date, expiry, delay and limit of the fake is read here and nowhere else."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FROZEN_START = 1_793_678_400.0
"""Where a frozen clock starts unless told otherwise: 3 November 2026, 04:00 UTC."""


@dataclass(slots=True, order=True)
class Timer:
    """A callback due at a virtual moment."""

    when: float
    order: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Never call it; harmless when it was already called."""
        self.cancelled = True


class VirtualClock:
    """Seconds since 1970 that go with real time plus what was added by `advance`, or stand still when frozen."""

    def __init__(self, *, start: float | None = None, frozen: bool = False) -> None:
        self.is_frozen = frozen
        self._base = start if start is not None else FROZEN_START if frozen else time.time()
        self._origin = time.monotonic()
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._wakeup: asyncio.TimerHandle | None = None

    def now(self) -> float:
        """The virtual moment, in seconds since 1970."""
        return self._base if self.is_frozen else self._base + time.monotonic() - self._origin

    def date(self) -> int:
        """The virtual moment as Telegram writes dates: whole seconds."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Let virtual time pass at once; timers that fall due are called in order, each at its own moment."""
        target = self.now() + seconds
        while self._timers and self._timers[0].when <= target:
            timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                self._base += max(0.0, timer.when - self.now())
                timer.callback()
        self._base += max(0.0, target - self.now())
        self._arm()

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> Timer:
        """Call back once `delay_s` virtual seconds have passed; needs a running loop unless frozen."""
        timer = Timer(self.now() + delay_s, next(self._order), callback)
        heapq.heappush(self._timers, timer)
        if self._timers[0] is timer:
            self._arm()
        return timer

    def _arm(self) -> None:
        """Have the loop wake us for the earliest timer."""
        if self._wakeup is not None:
            self._wakeup.cancel()
            self._wakeup = None
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        if self._timers and not self.is_frozen:
            delay_s = max(0.0, self._timers[0].when - self.now())
            self._wakeup = asyncio.get_running_loop().call_later(delay_s, self.advance, 0.0)

    def close(self) -> None:
        """Forget every timer."""
        self._timers.clear()
        if self._wakeup is not None:
            self._wakeup.cancel()
            self._wakeup = None
