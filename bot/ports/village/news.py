"""What persons are to be told, once it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogs.events import Event
from bot.ports.updates import Account


@dataclass(frozen=True, slots=True)
class DueNews:
    """Something a person is to be told now, locked until the end of the transaction."""

    id: int
    account: Account | None
    """Their best account: the newest screen on a channel that is written to, else their pull account; None: none."""
    event: Event | None
    """None: written by a newer version of the program."""
    is_reminder: bool
    is_overtaken: bool
    """A reminder of a sheet that is handed in by now."""
    rings: bool
    """Whether the account's channel is written to, so that a phone may ring; a mailbox waits to be looked at."""


class News(Protocol):
    """What persons are to be told."""

    async def due(self, limit: int, now: datetime) -> tuple[DueNews, ...]:
        """Take what is due and was not told yet, oldest first, locking it; what others hold is passed over."""

    async def told(self, news_ids: tuple[int, ...], now: datetime) -> None:
        """Note that these are done with."""

    async def purge(self, before: datetime) -> int:
        """Remove what was told before a moment, at most 10 000 a call; returns how many."""

    async def put_off(self, news_ids: tuple[int, ...], until: datetime) -> None:
        """Have these told later."""
