"""Real payloads of the Bot API and what they mean to a conversation."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Typed, Unsupported
from bot.handlers.telegram.json_types import JsonObject
from bot.handlers.telegram.translate import translate
from bot.ports import Incoming

PAYLOADS = Path(__file__).parent / "payloads"

EVENTS: dict[str, Event | None] = {
    "text": Typed("dạ có ạ 🌾"),
    "start_deep_link": Typed("/start h-ABCD2345"),
    "text_with_entities": Typed("Nhà <b>em</b> & 2/3 con, xem https://example.vn"),
    "forwarded_reply": Typed("3"),
    "photo": FileSent(FileRef("AgACAgUAAxkBAAIBm2a-large", FileKind.PHOTO, 151302, "image/jpeg"), "Giấy khen của cháu"),
    "photo_of_album": FileSent(FileRef("AgACAgUAAxkBAAIBm2b", FileKind.PHOTO, 0, "image/jpeg")),
    "document": FileSent(
        FileRef("BQACAgUAAxkBAAIBnGb", FileKind.DOCUMENT, 734003, "application/pdf", "Giấy khen 2026.pdf"),
        "minh chứng",
    ),
    "document_bare": FileSent(FileRef("BQACAgUAAxkBAAIBnWc", FileKind.DOCUMENT, 0, "application/octet-stream")),
    "sticker": Unsupported("sticker"),
    "voice": Unsupported("voice"),
    "audio": Unsupported("voice"),
    "video": Unsupported("video"),
    "video_note": Unsupported("video"),
    "animation": Unsupported("video"),
    "location": Unsupported("location"),
    "venue": Unsupported("location"),
    "contact": Unsupported("contact"),
    "poll": Unsupported("other"),
    "dice": Unsupported("other"),
    "content_of_the_future": Unsupported("other"),
    "pinned": None,
    "edited_message": None,
    "group_text": None,
    "group_command": None,
    "channel_post": None,
    "press": Pressed("yes", 17),
    "press_of_other_bot_version": Pressed("", -1),
    "press_without_data": Pressed("", -1),
    "press_on_inaccessible": Pressed("village-head", 3),
    "press_without_message": Pressed("yes", 3),
    "press_in_group": None,
    "blocked": None,
    "unblocked": None,
    "unreadable": None,
}


def payload(name: str) -> JsonObject:
    update: JsonObject = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return update


def translated(name: str) -> Incoming:
    incoming = translate(payload(name))
    assert incoming is not None
    return incoming


def test_every_payload_has_its_meaning_written_down() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_event(name: str) -> None:
    incoming = translate(payload(name))
    assert (incoming.event if incoming else None) == EVENTS[name]


def test_a_message_keeps_who_when_and_in_which_order() -> None:
    update = payload("text")
    assert translate(update) == Incoming(
        channel="telegram",
        update_id=str(update["update_id"]),
        order=update["update_id"],
        external_id="5210000001",
        event=Typed("dạ có ạ 🌾"),
        language="vi",
        sequence=update["message"]["message_id"],
        sent_at=datetime.fromtimestamp(update["message"]["date"], UTC),
    )


def test_a_press_keeps_what_its_answer_needs_and_takes_no_place_among_the_messages() -> None:
    incoming = translated("press")
    assert (incoming.press_ref, incoming.message_ref) == ("4462390000000000123", "437")
    assert incoming.external_id == "5210000001"
    assert incoming.sequence is None
    assert incoming.sent_at is None


def test_a_press_without_its_message_belongs_to_who_pressed() -> None:
    incoming = translated("press_without_message")
    assert (incoming.external_id, incoming.message_ref) == ("5210000001", "")


def test_a_press_on_a_message_telegram_no_longer_knows_keeps_its_number() -> None:
    assert translated("press_on_inaccessible").message_ref == "77"


def test_what_no_database_takes_is_left_out() -> None:
    update = payload("text")
    update["message"]["text"] = "một\ud83c hai\0"
    incoming = translate(update)
    assert incoming is not None
    assert incoming.event == Typed("một? hai")


def test_a_missing_language_is_empty() -> None:
    update = payload("text")
    del update["message"]["from"]["language_code"]
    incoming = translate(update)
    assert incoming is not None
    assert incoming.language == ""


@pytest.mark.parametrize(
    "data",
    ["", ":", "17", "17:", ":yes", "-1:yes", "017:yes", "1x:yes", "17:có", "17:a b", f"{'9' * 19}:yes", "１:yes"],
)
def test_malformed_press_data_is_a_press_of_nothing(data: str) -> None:
    update = payload("press")
    update["callback_query"]["data"] = data
    incoming = translate(update)
    assert incoming is not None
    assert incoming.event == Pressed("", -1)


def test_blocking_is_logged_by_ids_alone() -> None:
    with capture_logs() as logs:
        translate(payload("blocked"))
    assert logs == [
        {
            "event": "telegram.membership",
            "log_level": "info",
            "chat_id": 5210000001,
            "chat_type": "private",
            "status": "kicked",
        }
    ]


def test_an_update_nobody_can_read_is_logged_without_its_contents() -> None:
    with capture_logs() as logs:
        assert translate(payload("unreadable")) is None
    assert [entry["event"] for entry in logs] == ["telegram.update_unreadable"]
    assert "gestern" not in str(logs)
