"""The numbers of the Bot API; a test may make them smaller, the defaults are Telegram's own."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a bot may write: token buckets, refilled on the virtual clock.

    A bucket of `burst` tokens fills by its rate; a message or an edit takes one from the bot's bucket and one from the
    chat's. `enabled=False` switches all of it off.
    """

    enabled: bool = True
    bot_per_s: float = 30.0
    bot_burst: int = 30
    chat_per_s: float = 1.0
    chat_burst: int = 20
    group_per_min: float = 20.0
    group_burst: int = 20
    count_edits: bool = True
    webhooks_per_s: float = 1.0

    @classmethod
    def off(cls) -> Limits:
        """No 429 at all."""
        return cls(enabled=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes and times of the Bot API."""

    limits: Limits = Limits()
    text_max: int = 4096
    caption_max: int = 1024
    callback_data_max: int = 64
    callback_text_max: int = 200
    buttons_max: int = 100
    buttons_per_row_max: int = 8
    markup_bytes_max: int = 10_000
    upload_max: int = 50 * MEGABYTE
    photo_max: int = 10 * MEGABYTE
    download_max: int = 20 * MEGABYTE
    file_link_s: float = 3600.0
    message_expiry_s: float = 86_400.0
    press_expiry_s: float = 150.0
    delete_within_s: float = 48 * 3600.0
    poll_timeout_max_s: int = 50
    poll_gather_s: float = 0.001
    """A poll that waits is answered this long after its first update, so that neighbours come along (real time)."""
    webhook_timeout_s: float = 60.0
    webhook_retry_s: float = 1.0
    """The first retry comes after so many virtual seconds, each further one after twice the time."""
    webhook_retry_max_s: float = 60.0
    webhook_retry_after_max_s: float = 3600.0
    webhook_gone_s: float = 23 * 3600.0
    """A webhook that answers 410 for so long is taken away."""
    webhook_https_only: bool = False
    """The public server wants HTTPS and four ports; a server of one's own takes any address, and so does the fake."""
    calls_kept: int = 10_000
