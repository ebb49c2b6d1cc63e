"""A clock that only tests move."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

from bot.dialogs.understanding import CODE_ALPHABET

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

    def household_code(self, subject_id: int, serial: int) -> str:
        """Return the same code for the same household and serial."""
        digest = hashlib.sha256(f"{subject_id}:{serial}".encode()).digest()
        return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:10])

    def seed(self) -> int:
        """Return the next number."""
        self._count += 1
        return self._count

    def token(self) -> str:
        """Return the next token."""
        self._count += 1
        return f"token-{self._count}"
