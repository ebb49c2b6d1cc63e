"""Everything Telegram does its own way: its limits, and what its refusals mean.

Refusals are told apart by their texts, since Telegram gives them no codes of their own. python-telegram-bot makes
the texts begin with a capital and lower-cases the rest, so they are compared in lower case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.ports import Clock, SendError

TEXT_MAX: Final = 4096
CAPTION_MAX: Final = 1024
TOAST_MAX: Final = 200
LABEL_MAX: Final = 64
CALLBACK_DATA_MAX_BYTES: Final = 64
DOWNLOAD_MAX_BYTES: Final = 20 * 1024 * 1024
UPLOAD_MAX_BYTES: Final = 50 * 1024 * 1024
PHOTO_MAX_BYTES: Final = 10 * 1024 * 1024

FILE_TOO_LARGE: Final = "telegram.file_too_large"
FILE_GONE: Final = "telegram.file_gone"
TOKEN_REFUSED: Final = "telegram.token_refused"  # noqa: S105 - a code, not a token

FLOODED_CHATS: Final = 3
"""So many chats told to wait at the same time mean that the whole bot is too fast."""

_UNCHANGED = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
_PRESS_OVER = ("query is too old", "query id is invalid", "query_id_invalid")
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "user_is_deactivated")
_TOO_LARGE = ("file is too big", "request entity too large", "too large")
_FILE_GONE = ("wrong file", "invalid file", "file_id_invalid", "file_reference_expired")
_TRY_AGAIN = ("temporarily unavailable", "internal server error", "restart")
_PICTURE_REFUSED = ("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "photo_ext_invalid")
_WEBHOOK_SET = "webhook is active"


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: most emoji count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """The text, or as much of its beginning as fits `limit` UTF-16 units with an ellipsis."""
    if utf16_length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while utf16_length(kept) > limit - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def is_unchanged(error: TelegramError) -> bool:
    """The message shows already what it was to show: as good as done."""
    return isinstance(error, BadRequest) and _UNCHANGED in _text(error)


def is_not_editable(error: TelegramError) -> bool:
    """The message is gone, or too old to be edited: a new one has to be sent."""
    return isinstance(error, BadRequest) and _has(error, _NOT_EDITABLE)


def is_press_over(error: TelegramError) -> bool:
    """The press can no longer be answered, or has been: nobody waits for the answer."""
    return isinstance(error, BadRequest) and _has(error, _PRESS_OVER)


def is_picture_refused(error: TelegramError) -> bool:
    """A picture Telegram cannot take as a photo but would take as a file."""
    return isinstance(error, BadRequest) and _has(error, _PICTURE_REFUSED)


def is_webhook_set(error: Conflict) -> bool:
    """A poll was refused because of a webhook, and not because of another poller."""
    return _WEBHOOK_SET in _text(error)


def wait_s(error: RetryAfter) -> float:
    """Seconds Telegram asked us to wait; python-telegram-bot says them in either of two types."""
    asked: int | timedelta = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def send_error(error: TelegramError) -> SendError:
    """What a refusal means for a delivery. Telegram's words join the code where only an administrator can mend it."""
    match error:
        case RetryAfter():
            return SendError("telegram.too_many_requests", retryable=True, retry_after_s=wait_s(error), chat_only=True)
        case Forbidden():
            return SendError("telegram.blocked", blocked=True)
        case InvalidToken():
            return SendError(TOKEN_REFUSED, retryable=True)
        case ChatMigrated():
            return SendError("telegram.chat_migrated", blocked=True)
        case BadRequest():
            return _bad_request(error)
        case TimedOut():
            return SendError("telegram.timed_out", retryable=True)
        case NetworkError() if _has(error, _TOO_LARGE):
            return SendError(FILE_TOO_LARGE)
        case _:
            # No connection, 5xx, an answer that is no JSON: what a bad line and a restarting server look like.
            return SendError("telegram.unreachable", retryable=True)


def _bad_request(error: BadRequest) -> SendError:
    if _has(error, _NOBODY_THERE):
        return SendError("telegram.chat_not_found", blocked=True)
    if _has(error, _TOO_LARGE):
        return SendError(FILE_TOO_LARGE)
    if _has(error, _TRY_AGAIN):
        return SendError("telegram.unavailable", retryable=True)
    if _has(error, _FILE_GONE):
        return SendError(FILE_GONE)
    return SendError(f"telegram.bad_request: {error.message[:200]}")


def _has(error: TelegramError, texts: tuple[str, ...]) -> bool:
    text = _text(error)
    return any(known in text for known in texts)


def _text(error: TelegramError) -> str:
    return error.message.lower()


class Floods:
    """Tells a chat that is written to too fast from a bot that writes too fast; a 429 does not say which it is.

    Were every 429 taken for the whole bot's, one person tapping without pause would silence it for everybody.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def judge(self, chat_id: str, error: SendError) -> SendError:
        """Set `chat_only` of a refusal that asks to wait; others go through."""
        if error.retry_after_s:
            now = self._clock.monotonic()
            self._until = {chat: until for chat, until in self._until.items() if until > now}
            self._until[chat_id] = now + error.retry_after_s
            error.chat_only = len(self._until) < FLOODED_CHATS
        return error
