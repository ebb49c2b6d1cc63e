"""429: token buckets for the bot, for each chat and for each group."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.support.fake_telegram.errors import too_many_requests
from tests.support.fake_telegram.settings import Limits


class TokenBucket:
    """`burst` tokens at most, `per_s` new ones a second."""

    __slots__ = ("_at", "burst", "per_s", "tokens")

    def __init__(self, per_s: float, burst: int, now: float) -> None:
        self.per_s = per_s
        self.burst = burst
        self.tokens = float(burst)
        self._at = now

    def wait_s(self, now: float) -> float:
        """Seconds until a token is there; 0 when one is."""
        self.tokens = min(self.burst, self.tokens + (now - self._at) * self.per_s)
        self._at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.per_s

    def take(self) -> None:
        """Use a token."""
        self.tokens -= 1


class RateLimits:
    """Decides for each message whether the bot writes too much."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._now = now
        self.change(limits)

    def change(self, limits: Limits) -> None:
        """Other limits from now on, all buckets full."""
        self.limits = limits
        self._bot = TokenBucket(limits.bot_per_s, limits.bot_burst, self._now())
        self._webhooks = TokenBucket(limits.webhooks_per_s, 1, self._now())
        self._chats: dict[int, TokenBucket] = {}

    def take(self, chat_id: int, *, is_group: bool, is_edit: bool = False) -> None:
        """Count a message to this chat.

        Raises: ApiError (429) with the whole seconds to wait; nothing is counted then.
        """
        limits = self.limits
        if not limits.enabled or (is_edit and not limits.count_edits):
            return
        now = self._now()
        chat = self._chats.get(chat_id)
        if chat is None:
            per_s, burst = (
                (limits.group_per_min / 60, limits.group_burst) if is_group else (limits.chat_per_s, limits.chat_burst)
            )
            chat = self._chats[chat_id] = TokenBucket(per_s, burst, now)
        self._refuse(max(chat.wait_s(now), self._bot.wait_s(now)))
        chat.take()
        self._bot.take()

    def take_webhook(self) -> None:
        """Count a setWebhook."""
        if self.limits.enabled:
            self._refuse(self._webhooks.wait_s(self._now()))
            self._webhooks.take()

    @staticmethod
    def _refuse(wait_s: float) -> None:
        if wait_s > 1e-9:
            raise too_many_requests(max(1, math.ceil(wait_s - 1e-9)))
