"""Wake-ups inside one process: new updates for the conversation, new mail for whoever waits for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class Bell:
    """Rung by one side, waited for by the other; a ring while nobody waits is not lost."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter, now or when it next waits."""
        self._event.set()

    async def wait(self, timeout_s: float) -> bool:
        """Wait for a ring at most `timeout_s` seconds; returns whether it came."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class MailBells:
    """One bell for each account somebody is looking at."""

    def __init__(self) -> None:
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)

    def ring(self, account_id: int) -> None:
        """Wake everyone who looks at this account."""
        for event in self._waiting.get(account_id, ()):
            event.set()

    async def wait(self, account_id: int, timeout_s: float) -> None:
        """Wait for new mail of an account at most `timeout_s` seconds."""
        event = asyncio.Event()
        self._waiting[account_id].add(event)
        try:
            async with asyncio.timeout(timeout_s):
                await event.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting[account_id].discard(event)
            if not self._waiting[account_id]:
                del self._waiting[account_id]
