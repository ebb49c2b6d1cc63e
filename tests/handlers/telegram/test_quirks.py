"""Telegram's refusals, in its own words, and what they mean for a delivery."""

from __future__ import annotations

import pytest
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

from bot.handlers.telegram import quirks
from bot.ports import SendError
from tests.handlers.telegram.fakes import SteppedClock

MEANINGS: list[tuple[TelegramError, str, str]] = [
    (Forbidden("Forbidden: bot was blocked by the user"), "telegram.blocked", "blocked"),
    (Forbidden("Forbidden: user is deactivated"), "telegram.blocked", "blocked"),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), "telegram.blocked", "blocked"),
    (BadRequest("Bad Request: chat not found"), "telegram.chat_not_found", "blocked"),
    (BadRequest("Bad Request: PEER_ID_INVALID"), "telegram.chat_not_found", "blocked"),
    (ChatMigrated(-1001), "telegram.chat_migrated", "blocked"),
    (NetworkError("ClientConnectorError"), "telegram.unreachable", "retry"),
    (NetworkError("Bad Gateway"), "telegram.unreachable", "retry"),
    (NetworkError("Internal Server Error"), "telegram.unreachable", "retry"),
    (TelegramError("Invalid server response"), "telegram.unreachable", "retry"),
    (TimedOut(), "telegram.timed_out", "retry"),
    (InvalidToken("Unauthorized"), "telegram.token_refused", "retry"),
    (Conflict("Conflict: terminated by other getUpdates request"), "telegram.unreachable", "retry"),
    (
        BadRequest("Bad Request: wrong file_id or the file is temporarily unavailable"),
        "telegram.unavailable",
        "retry",
    ),
    (BadRequest("Bad Request: invalid file_id"), "telegram.file_gone", "dead"),
    (BadRequest("Bad Request: file is too big"), "telegram.file_too_large", "dead"),
    (NetworkError("Request Entity Too Large"), "telegram.file_too_large", "dead"),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), "telegram.bad_request: Button_data_invalid", "dead"),
    (BadRequest("Bad Request: message text is empty"), "telegram.bad_request: Message text is empty", "dead"),
]


@pytest.mark.parametrize(("error", "code", "what_to_do"), MEANINGS, ids=lambda value: str(value)[:40])
def test_meaning(error: TelegramError, code: str, what_to_do: str) -> None:
    meant = quirks.send_error(error)
    assert meant.code == code
    assert (meant.retryable, meant.blocked) == (what_to_do == "retry", what_to_do == "blocked")


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")
def test_the_asked_wait_is_read_in_either_type(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    meant = quirks.send_error(RetryAfter(17))
    assert (meant.code, meant.retryable, meant.retry_after_s) == ("telegram.too_many_requests", True, 17.0)


def test_an_unchanged_message_is_told_from_one_that_cannot_be_edited() -> None:
    unchanged = BadRequest(
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    gone = [BadRequest("Bad Request: message to edit not found"), BadRequest("Bad Request: message can't be edited")]
    assert quirks.is_unchanged(unchanged)
    assert not quirks.is_not_editable(unchanged)
    assert all(quirks.is_not_editable(error) and not quirks.is_unchanged(error) for error in gone)


def test_a_press_that_is_over() -> None:
    text = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert quirks.is_press_over(BadRequest(text))
    assert not quirks.is_press_over(NetworkError(text))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("ngắn", 4, "ngắn"),
        ("không ngắn", 5, "khôn…"),
        ("🌾🌾🌾", 6, "🌾🌾🌾"),
        ("🌾🌾🌾", 5, "🌾🌾…"),
        ("🌾🌾🌾", 4, "🌾…"),
    ],
)
def test_cut(text: str, limit: int, expected: str) -> None:
    assert quirks.cut(text, limit) == expected
    assert quirks.utf16_length(quirks.cut(text, limit)) <= limit


def wait(seconds: float) -> SendError:
    return SendError("telegram.too_many_requests", retryable=True, retry_after_s=seconds)


def test_one_flooded_chat_does_not_silence_the_bot() -> None:
    floods = quirks.Floods(SteppedClock())
    assert [floods.judge("1", wait(5)).chat_only for _ in range(4)] == [True] * 4


def test_several_flooded_chats_at_once_mean_the_whole_bot() -> None:
    clock = SteppedClock()
    floods = quirks.Floods(clock)
    assert [floods.judge(chat, wait(5)).chat_only for chat in "123"] == [True, True, False]
    clock.advance(6)
    assert floods.judge("4", wait(5)).chat_only


def test_other_refusals_say_nothing_about_floods() -> None:
    floods = quirks.Floods(SteppedClock())
    for chat in "1234":
        assert not floods.judge(chat, SendError("telegram.unreachable", retryable=True)).chat_only
    assert floods.judge("5", wait(1)).chat_only
