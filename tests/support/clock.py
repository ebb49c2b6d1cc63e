"""A clock that only tests move."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class FakeClock:
    """Implements ports.Clock; sleeping moves it on at once."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._start = start

    def now(self) -> datetime:
        """Return the moment the test has reached."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds since the test began."""
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Move on, letting others run."""
        self.advance(seconds)
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        """Move on."""
        self._now += timedelta(seconds=seconds)


class FakeIds:
    """Implements ports.Ids, counting."""

    def __init__(self) -> None:
        self._count = 0

    def code(self, length: int) -> str:
        """Return the next code."""
        self._count += 1
        return f"{self._count:0{length}d}"

    def token(self) -> str:
        """Return the next token."""
        self._count += 1
        return f"token-{self._count}"
