"""Keeps the conversation going: handle what came, have it delivered, wait for more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.ports import Clock, Delivery
from bot.services.bells import Bell, MailBells
from bot.services.converse import Conversation

log = structlog.get_logger()

LOOK_S = 1.0
"""How often to look without being rung: a retry came due, another process took an update in."""

REST_S = 2.0
"""How long to rest when the database does not answer."""


Send = Callable[[Sequence[Delivery]], Awaitable[None]]


class Pump:
    """One worker of the conversation."""

    def __init__(self, conversation: Conversation, send: Send, updates: Bell, mail: MailBells, clock: Clock) -> None:
        """`send` takes the deliveries of each batch: `Delivering.hand`, or `GivingBack.hand` where nothing is sent."""
        self._conversation = conversation
        self._send = send
        self._updates = updates
        self._mail = mail
        self._clock = clock
        self._is_stopping = False

    async def run(self) -> None:
        """Work until stopped; what is in hand is finished first."""
        while not self._is_stopping:
            try:
                worked = await self.run_once()
            except Exception:
                log.exception("pump.failed")
                await self._clock.sleep(REST_S)
                continue
            if not worked:
                await self._updates.wait(LOOK_S)

    async def run_once(self) -> int:
        """Handle one batch; returns how many updates that were."""
        handled = await self._conversation.run_once()
        await self._send(handled.deliveries)
        for account in handled.accounts:
            self._mail.ring(account.id)
        return handled.count

    def stop(self) -> None:
        """Take nothing new."""
        self._is_stopping = True
        self._updates.ring()
