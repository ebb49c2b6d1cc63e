"""One update of Telegram -> what happened to the conversation.

Only private chats hold conversations: a household's answers are nobody else's to read, so groups and channels are
passed over in silence, commands to the bot included. An edited message is no second answer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import structlog

from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Typed, Unsupported
from bot.handlers.telegram.json_types import JsonObject
from bot.ports import Incoming

CHANNEL: Final = "telegram"

ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")

log = structlog.get_logger(__name__)

_PRESS = re.compile(r"\A(0|[1-9][0-9]{0,17}):([!-~]+)\Z")

# In this order: an animation also carries a document, a venue also a location.
_UNSUPPORTED: Final = (
    ("sticker", "sticker"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("location", "location"),
    ("contact", "contact"),
)

# What people send without noticing, or Telegram itself; nobody waits for an answer to these.
_SERVICE: Final = frozenset(
    (
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "users_shared",
        "chat_shared",
        "successful_payment",
        "refunded_payment",
        "gift",
        "unique_gift",
        "web_app_data",
        "passport_data",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    )
)


def translate(update: JsonObject) -> Incoming | None:
    """Translate an update; None for what is no part of a conversation or cannot be read. Never raises."""
    try:
        return _translate(update)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        # One update nobody can read must not hold up all that come after it.
        log.warning("telegram.update_unreadable", update_id=update.get("update_id"), error=type(error).__name__)
        return None


def _translate(update: JsonObject) -> Incoming | None:
    if "message" in update:
        return _message(int(update["update_id"]), update["message"])
    if "callback_query" in update:
        return _press(int(update["update_id"]), update["callback_query"])
    if "my_chat_member" in update:
        change = update["my_chat_member"]
        log.info(
            "telegram.membership",
            chat_id=change["chat"]["id"],
            chat_type=change["chat"]["type"],
            status=change["new_chat_member"]["status"],
        )
    return None


def _message(update_id: int, message: JsonObject) -> Incoming | None:
    event = _event(message)
    if event is None or message["chat"]["type"] != "private":
        return None
    return Incoming(
        channel=CHANNEL,
        update_id=str(update_id),
        order=update_id,
        external_id=str(message["chat"]["id"]),
        event=event,
        language=message.get("from", {}).get("language_code", ""),
        sequence=int(message["message_id"]),
        sent_at=datetime.fromtimestamp(message["date"], UTC),
    )


def _press(update_id: int, query: JsonObject) -> Incoming | None:
    # Absent when the message is too old for Telegram to know; its chat is the person's all the same.
    message = query.get("message")
    if message is not None and message["chat"]["type"] != "private":
        return None
    found = _PRESS.match(query.get("data", ""))
    return Incoming(
        channel=CHANNEL,
        update_id=str(update_id),
        order=update_id,
        external_id=str(query["from"]["id"] if message is None else message["chat"]["id"]),
        event=Pressed(found[2], int(found[1])) if found else Pressed("", -1),
        language=query["from"].get("language_code", ""),
        press_ref=query["id"],
        message_ref="" if message is None else str(message["message_id"]),
    )


def _event(message: JsonObject) -> Event | None:
    if "text" in message:
        return Typed(_storable(message["text"]))
    for field, kind in _UNSUPPORTED:
        if field in message:
            return Unsupported(kind)
    if "photo" in message:
        return FileSent(_photo(message["photo"]), _storable(message.get("caption", "")))
    if "document" in message:
        return FileSent(_document(message["document"]), _storable(message.get("caption", "")))
    return None if _SERVICE.intersection(message) else Unsupported("other")


def _storable(text: str) -> str:
    """The text as it is, but for what no database takes: half a pair or a zero would hold up all that comes after."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _photo(sizes: list[JsonObject]) -> FileRef:
    largest = max(sizes, key=lambda size: (size["width"] * size["height"], size.get("file_size", 0)))
    return FileRef(largest["file_id"], FileKind.PHOTO, largest.get("file_size", 0), "image/jpeg")


def _document(document: JsonObject) -> FileRef:
    return FileRef(
        ref=document["file_id"],
        kind=FileKind.DOCUMENT,
        size=document.get("file_size", 0),
        mime=document.get("mime_type", "application/octet-stream"),
        name=_storable(document.get("file_name", "")),
    )
