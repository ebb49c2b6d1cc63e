"""How fast a channel may be written to: so many a second in all, and to one chat."""

from __future__ import annotations

from dataclasses import dataclass

CHATS_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages a second, and how many may go at once after a rest. A rate of 0 means no limit.

    Telegram's own numbers are the defaults: about 30 a second a bot, 1 a second a chat with short bursts.
    """

    total_rate: float = 30
    total_burst: float = 30
    chat_rate: float = 1
    chat_burst: float = 4


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: float
    tokens: float
    at: float
    closed_until: float = 0

    def wait_s(self, now: float) -> float:
        """Seconds until one may go; 0 when it may go now."""
        if self.rate:
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        closed = max(0.0, self.closed_until - now)
        if not self.rate or self.tokens >= 1:
            return closed
        return max(closed, (1 - self.tokens) / self.rate)

    def take(self) -> None:
        if self.rate:
            self.tokens -= 1


class Limiter:
    """Token buckets of one channel; time is passed in, in seconds that only grow."""

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace = pace
        self._total = _Bucket(pace.total_rate, pace.total_burst, pace.total_burst, now)
        self._chats: dict[str, _Bucket] = {}

    def try_take(self, chat: str, now: float) -> float:
        """Take a place for one message to a chat.

        Returns: 0 when it may go now (the place is taken); otherwise seconds after which to ask again.
        """
        bucket = self._chat(chat, now)
        wait_s = max(self._total.wait_s(now), bucket.wait_s(now))
        if wait_s == 0:
            self._total.take()
            bucket.take()
        return wait_s

    def total_wait_s(self, now: float) -> float:
        """Seconds until anything at all may go."""
        return self._total.wait_s(now)

    def hold(self, seconds: float, now: float, chat: str | None = None) -> None:
        """Close the channel, or one chat, for as long as it asked."""
        bucket = self._total if chat is None else self._chat(chat, now)
        bucket.closed_until = max(bucket.closed_until, now + seconds)

    def _chat(self, chat: str, now: float) -> _Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            if len(self._chats) >= CHATS_REMEMBERED:
                rested = [c for c, b in self._chats.items() if b.wait_s(now) == 0 and b.tokens >= b.burst]
                for each in rested:
                    del self._chats[each]
            pace = self._pace
            bucket = self._chats[chat] = _Bucket(pace.chat_rate, pace.chat_burst, pace.chat_burst, now)
        return bucket
