"""Time and chance as the machine has them; see ports.outside. Nothing else asks for them."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from datetime import UTC, datetime

from bot.dialogs.understanding import CODE_ALPHABET

HOUSEHOLD_CODE_LENGTH = 10
"""Of codes on printed cards: 10 of 32 signs, 50 bits, for as long as the card is good."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current moment, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class SystemIds:
    """Chance from the operating system; `key`: the secret that codes of households are derived from."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def code(self, length: int) -> str:
        """Return a fresh code to be typed by people."""
        return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))

    def household_code(self, subject_id: int, serial: int) -> str:
        """Return the code of a household: always the same for a serial, and not to be guessed from others."""
        said = f"household:{subject_id}:{serial}".encode()
        digest = hmac.digest(self._key, said, "sha256")
        return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:HOUSEHOLD_CODE_LENGTH])

    def seed(self) -> int:
        """Return a fresh number from 1 to 999 999 999."""
        return secrets.randbelow(999_999_999) + 1

    def token(self) -> str:
        """Return a fresh unguessable token, URL-safe."""
        return secrets.token_urlsafe(24)
