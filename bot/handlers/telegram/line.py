"""How the line to Telegram is: how long to wait after a failure, and when waiting is of no use."""

from __future__ import annotations

from typing import Final

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.handlers.telegram import quirks
from bot.ports import Clock

WAITS_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)

REFUSALS_BELIEVED: Final = 3
"""A token is taken for wrong only when it is refused so many times in a row: Telegram errs, too."""

log = structlog.get_logger(__name__)


class Line:
    """Counts failures in a row."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._refusals = 0

    def is_good(self) -> None:
        """A call got through and what it brought is safe."""
        if self._failures:
            log.info("telegram.recovered", failures=self._failures)
        self._failures = self._refusals = 0

    async def mended(self, error: TelegramError) -> bool:
        """Wait until another try makes sense; False when none does, after saying how to mend it."""
        if isinstance(error, InvalidToken):
            self._refusals += 1
            if self._refusals >= REFUSALS_BELIEVED:
                log.error(
                    "telegram.stopped",
                    reason="Telegram refuses the bot's token",
                    mend="Put the token that @BotFather shows for this bot into HOCTAP_TELEGRAM_TOKEN, check "
                    "HOCTAP_TELEGRAM_API if it is set, and restart. The other channels go on.",
                )
                return False
        match error:
            case RetryAfter():
                await self.pause("telegram.told_to_wait", at_least_s=quirks.wait_s(error))
            case Conflict() if quirks.is_webhook_set(error):
                await self.pause(
                    "telegram.webhook_in_the_way",
                    mend="Somebody set a webhook for this bot while it polls. Stop them, or set "
                    "HOCTAP_TELEGRAM_WEBHOOK_URL; a restart removes the webhook.",
                )
            case Conflict():
                await self.pause(
                    "telegram.other_poller",
                    mend="Another program polls with the same token. Stop it, or give each its own bot.",
                )
            case BadRequest():
                await self.pause("telegram.refused", description=error.message[:200])
            case _:
                await self.pause(quirks.send_error(error).code)
        return True

    async def pause(self, event: str, at_least_s: float = 0, **details: str) -> None:
        """Log a failure and wait, longer after each one in a row."""
        wait_s = max(at_least_s, WAITS_S[min(self._failures, len(WAITS_S) - 1)])
        self._failures += 1
        log.warning(event, failures=self._failures, wait_s=wait_s, **details)
        await self._clock.sleep(wait_s)
