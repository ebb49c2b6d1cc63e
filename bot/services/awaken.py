"""After an outage: whoever was in the middle of something is asked again, because presses may have been lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.dialogs.events import Resumed
from bot.ports import Account, Clock, Incoming, Storage
from bot.services.bells import Bell

log = structlog.get_logger()

PRESS_LIVES = timedelta(seconds=150)
"""How long Telegram keeps a press for a bot that is away."""

RECENTLY = timedelta(hours=24)
"""Who was active within this time before the outage is asked again; others come back by themselves."""

NOTE_EVERY = timedelta(seconds=20)
LAST = 2**62
"""Behind everything the person has sent meanwhile."""


class Attendance:
    """Notes that a channel is in contact, and asks again after it was not."""

    def __init__(self, storage: Storage, clock: Clock, channel: str, updates: Bell) -> None:
        self._storage = storage
        self._clock = clock
        self._channel = channel
        self._updates = updates
        self._noted_at: datetime | None = None

    async def in_contact(self) -> None:
        """Note a contact; call it after each, it writes only now and then."""
        now = self._clock.now()
        if self._noted_at is not None and now - self._noted_at < NOTE_EVERY:
            return
        async with self._storage.work() as work:
            last = await work.records.heartbeat(self._channel, now)
            asked = 0
            if last is not None and now - last > PRESS_LIVES:
                # Contact is noted only now and then: whoever was served soon after the last note was in the middle too.
                # Whoever was served since we are back was served later than that.
                accounts = await work.people.unattended(last - RECENTLY, last + PRESS_LIVES)
                asked = await work.inbox.add(
                    [self._resumed(a, last) for a in accounts if a.channel == self._channel], now
                )
                log.info("awaken.asked_again", channel=self._channel, away_s=(now - last).total_seconds(), people=asked)
        self._noted_at = now
        if asked:
            self._updates.ring()

    def _resumed(self, account: Account, since: datetime) -> Incoming:
        return Incoming(
            channel=account.channel,
            update_id=f"outage:{int(since.timestamp())}:{account.id}",
            order=LAST,
            external_id=account.external_id,
            event=Resumed("outage"),
        )
