"""Telling persons what is due: it becomes an update of our own for their conversation, exactly once."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.ports import Clock, Incoming, Storage
from bot.ports.village.news import DueNews
from bot.services.bells import Bell
from bot.services.village.watch import reminding_at

log = structlog.get_logger()

AT_ONCE: Final = 200
"""Told in one transaction; the next ones with the next tick."""

LAST: Final = 2**62
"""Behind everything the person has sent meanwhile."""


class Telling:
    """Moves what is due into the inbox: both in one transaction, so that nothing is told twice or lost."""

    def __init__(self, storage: Storage, clock: Clock, timezone: ZoneInfo, updates: Bell) -> None:
        self._storage = storage
        self._clock = clock
        self._timezone = timezone
        self._updates = updates

    async def run_once(self) -> int:
        """Tell what is due; returns how many were told."""
        now = self._clock.now()
        morning = reminding_at(now, self._timezone)
        async with self._storage.work() as work:
            due = await work.news.due(AT_ONCE, now)
            if not due:
                return 0
            # Heads review in the evening, and outages end when they end: no family's phone rings at night for it.
            waiting = [each for each in due if morning > now and each.rings and not each.is_overtaken]
            await work.news.put_off(tuple(each.id for each in waiting), morning)
            done = [each for each in due if each not in waiting]
            updates = [update for each in done if (update := _update(each)) is not None]
            told = await work.inbox.add(updates, now) if updates else 0
            await work.news.told(tuple(each.id for each in done), now)
        if told:
            self._updates.ring()
        if len(updates) < len(done):
            log.info("news.not_told", count=len(done) - len(updates))
        return told


def _update(due: DueNews) -> Incoming | None:
    """The update that tells it; None where it is overtaken, or nobody can be told."""
    if due.is_overtaken or due.account is None or due.event is None:
        return None
    return Incoming(
        channel=due.account.channel,
        update_id=f"news:{due.id}",
        order=LAST,
        external_id=due.account.external_id,
        event=due.event,
    )
