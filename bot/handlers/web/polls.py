"""Waiting for mail on behalf of pages, until it comes, the page goes away or the server stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.handlers.web.translate import CHANNEL
from bot.ports import Clock, Kept

SLICE_S = 2.0
"""How often a waiting page is asked whether it is still there."""

MOST_OF_ONE_ACCOUNT = 4


class Mail(Protocol):
    """Where messages of an account are fetched."""

    async def mail(self, channel: str, external_id: str, after: int, wait_s: float = 0) -> tuple[Kept, ...]:
        """Return messages above id `after`, oldest first, waiting up to `wait_s` for the first."""


class Polls:
    """All pages that wait."""

    def __init__(self, reception: Mail, clock: Clock) -> None:
        self._reception = reception
        self._clock = clock
        self._waiting: Counter[str] = Counter()
        self._is_closed = False

    async def wait(
        self, external_id: str, after: int, wait_s: float, is_gone: Callable[[], Awaitable[bool]]
    ) -> tuple[Kept, ...]:
        """Return new mail of an account, waiting up to `wait_s` for it.

        An account whose pages wait too often already is answered at once.
        """
        may_wait = self._waiting[external_id] < MOST_OF_ONE_ACCOUNT
        deadline = self._clock.monotonic() + wait_s
        self._waiting[external_id] += 1
        try:
            while True:
                left = deadline - self._clock.monotonic() if may_wait and not self._is_closed else 0.0
                slice_s = max(0.0, min(SLICE_S, left))
                kept = await self._reception.mail(CHANNEL, external_id, after, slice_s)
                if kept or left <= SLICE_S or await is_gone():
                    return kept
        finally:
            self._waiting[external_id] -= 1
            if not self._waiting[external_id]:
                del self._waiting[external_id]

    def close(self) -> None:
        """Let nobody wait any longer: the server stops."""
        self._is_closed = True
