"""Time, chance and files: what every service takes from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the current moment, aware, UTC."""

    def monotonic(self) -> float:
        """Return seconds that only grow, for measuring and limiting."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Ids(Protocol):
    """The only source of chance."""

    def code(self, length: int) -> str:
        """Return a fresh code over the alphabet of `dialogs.understanding.read_code`."""

    def household_code(self, subject_id: int, serial: int) -> str:
        """Return the code of a household: always the same for a serial, and not to be guessed from others."""

    def seed(self) -> int:
        """Return a fresh number from 1 to 999 999 999, for drawing a sample that anybody can draw again."""

    def token(self) -> str:
        """Return a fresh unguessable token, URL-safe."""


class Blobs(Protocol):
    """Files by content: the name is the hash, so keeping twice keeps once."""

    async def keep(self, data: bytes) -> str:
        """Store bytes durably and return their sha256 in hex."""

    async def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises: KeyError: never kept or removed."""

    async def remove(self, sha256: str) -> None:
        """Remove the bytes if they are there."""
