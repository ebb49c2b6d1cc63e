from __future__ import annotations

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Person

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}, {"text": "Không", "callback_data": "n"}]]}
OTHER = {"inline_keyboard": [[{"text": "Thôi", "callback_data": "stop"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.fixture
async def sent(api: Api, an: Person) -> dict[str, int]:
    """A message with two buttons, as the arguments that name it."""
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="Bác có mấy cháu?", reply_markup=BUTTONS)
    return {"chat_id": an.chat_id, "message_id": message["message_id"]}


async def test_a_sent_message_is_described(api: Api, an: Person, fake: FakeTelegram) -> None:
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="  Chào bác \n", reply_markup=BUTTONS)
    assert message == {
        "message_id": an.messages[-1].message_id,
        "from": {"id": 123456789, "is_bot": True, "first_name": "Học Tập", "username": "hoctap_bot"},
        "chat": {"id": an.chat_id, "type": "private", "first_name": "An"},
        "date": fake.clock.date(),
        "text": "Chào bác",
        "reply_markup": BUTTONS,
    }


async def test_message_ids_ascend_in_a_chat(api: Api, an: Person, fake: FakeTelegram) -> None:
    binh = fake.person("Bình")
    for word in ("một", "hai"):
        await api.ok("sendMessage", chat_id=an.chat_id, text=word)
        binh.phone.send(word)
        an.phone.send(word)
    ids = [message.message_id for message in an.messages]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("x" * 4096, ""),
        ("ế" * 4096, ""),
        ("😀" * 2048, ""),
        ("x" * 4097, "Bad Request: message is too long"),
        ("😀" * 2048 + "x", "Bad Request: message is too long"),
        ("x" * 40_000, "Bad Request: text is too long"),
    ],
)
async def test_a_text_has_4096_utf16_units_at_most(api: Api, an: Person, text: str, description: str) -> None:
    assert (await api("sendMessage", chat_id=an.chat_id, text=text)).get("description", "") == description


async def test_the_limit_counts_after_parsing(api: Api, an: Person) -> None:
    text = f"<b>{'x' * 4096}</b>"
    assert (await api.ok("sendMessage", chat_id=an.chat_id, text=text, parse_mode="HTML"))["text"] == "x" * 4096


async def test_a_reply_carries_the_message_it_answers(api: Api, an: Person) -> None:
    arguments = {"chat_id": an.chat_id, "text": "x", "reply_parameters": {"message_id": an.messages[0].message_id}}
    assert (await api.ok("sendMessage", **arguments))["reply_to_message"]["text"] == "/start"


async def test_an_edit_changes_the_text_and_says_when(
    api: Api, an: Person, fake: FakeTelegram, sent: dict[str, int]
) -> None:
    fake.clock.advance(60)
    edited = await api.ok("editMessageText", **sent, text="Cảm ơn", reply_markup=OTHER)
    assert (edited["text"], edited["reply_markup"]) == ("Cảm ơn", OTHER)
    assert (edited["date"], edited["edit_date"]) == (fake.clock.date() - 60, fake.clock.date())
    assert an.screen() == "Cảm ơn"
    assert an.messages[-1].is_edited


async def test_an_edit_without_markup_removes_the_keyboard(api: Api, an: Person, sent: dict[str, int]) -> None:
    edited = await api.ok("editMessageText", **sent, text="Cảm ơn")
    assert "reply_markup" not in edited
    assert an.keyboard() == ()


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("editMessageText", {"text": "Bác có mấy cháu?", "reply_markup": BUTTONS}),
        ("editMessageText", {"text": " Bác có mấy cháu?\n", "reply_markup": BUTTONS}),
        ("editMessageReplyMarkup", {"reply_markup": BUTTONS}),
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(
    api: Api, sent: dict[str, int], method: str, arguments: dict[str, object]
) -> None:
    assert await api.error(method, **sent, **arguments) == NOT_MODIFIED


async def test_a_second_same_edit_is_refused_too(api: Api, sent: dict[str, int], fake: FakeTelegram) -> None:
    await api.ok("editMessageText", **sent, text="Cảm ơn")
    fake.clock.advance(60)
    assert await api.error("editMessageText", **sent, text="Cảm ơn") == NOT_MODIFIED


async def test_a_keyboard_can_be_changed_and_taken_away_alone(api: Api, an: Person, sent: dict[str, int]) -> None:
    await api.ok("editMessageReplyMarkup", **sent, reply_markup=OTHER)
    assert (an.screen(), an.keyboard()) == ("Bác có mấy cháu?", (("Thôi",),))
    await api.ok("editMessageReplyMarkup", **sent)
    assert an.keyboard() == ()


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("editMessageText", {"text": "x"}), ("editMessageReplyMarkup", {}), ("editMessageCaption", {"caption": "x"})],
)
async def test_only_a_message_that_is_there_can_be_edited(
    api: Api, sent: dict[str, int], method: str, arguments: dict[str, object]
) -> None:
    assert (
        await api.error(method, **sent | {"message_id": 999}, **arguments) == "Bad Request: message to edit not found"
    )
    await api.ok("deleteMessage", **sent)
    assert await api.error(method, **sent, **arguments) == "Bad Request: message to edit not found"
    assert await api.error(method, **arguments) == "Bad Request: message identifier is not specified"


async def test_a_persons_message_cannot_be_edited(api: Api, an: Person) -> None:
    theirs = {"chat_id": an.chat_id, "message_id": an.messages[0].message_id}
    assert await api.error("editMessageText", **theirs, text="x") == "Bad Request: message can't be edited"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api: Api, an: Person) -> None:
    markup = {"keyboard": [["Có", "Không"]]}
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    assert await api.error("editMessageText", **named, text="x") == "Bad Request: message can't be edited"


async def test_an_edit_takes_only_an_inline_keyboard(api: Api, sent: dict[str, int]) -> None:
    markup = {"keyboard": [["Có"]]}
    description = await api.error("editMessageText", **sent, text="x", reply_markup=markup)
    assert description == "Bad Request: inline keyboard expected"


async def test_a_text_has_no_caption_to_edit(api: Api, sent: dict[str, int]) -> None:
    description = await api.error("editMessageCaption", **sent, caption="x")
    assert description == "Bad Request: there is no caption in the message to edit"


async def test_an_edited_text_may_not_be_too_long(api: Api, sent: dict[str, int]) -> None:
    assert await api.error("editMessageText", **sent, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await api.error("editMessageText", **sent, text="") == "Bad Request: message text is empty"


async def test_a_deleted_message_is_gone_and_cannot_be_deleted_again(
    api: Api, an: Person, sent: dict[str, int]
) -> None:
    assert await api.ok("deleteMessage", **sent) is True
    assert an.messages[-1].is_deleted
    assert (an.screen(), an.keyboard()) == ("", ())
    assert await api.error("deleteMessage", **sent) == "Bad Request: message to delete not found"


async def test_a_message_can_be_deleted_for_48_hours(api: Api, fake: FakeTelegram, sent: dict[str, int]) -> None:
    fake.clock.advance(48 * 3600 + 1)
    assert await api.error("deleteMessage", **sent) == "Bad Request: message can't be deleted for everyone"


async def test_a_delete_must_name_chat_and_message(api: Api, an: Person) -> None:
    assert await api.error("deleteMessage") == "Bad Request: chat identifier is not specified"
    assert await api.error("deleteMessage", chat_id=an.chat_id) == "Bad Request: message identifier is not specified"


async def test_several_messages_are_deleted_at_once(api: Api, an: Person, sent: dict[str, int]) -> None:
    other = (await api.ok("sendMessage", chat_id=an.chat_id, text="x"))["message_id"]
    ids = [sent["message_id"], other, 999]
    assert await api.ok("deleteMessages", chat_id=an.chat_id, message_ids=ids) is True
    assert an.screen() == ""
    description = await api.error("deleteMessages", chat_id=an.chat_id, message_ids=list(range(1, 102)))
    assert description == "Bad Request: too many message identifiers specified"


async def test_typing_is_shown_and_other_actions_refused(api: Api, an: Person) -> None:
    assert await api.ok("sendChatAction", chat_id=an.chat_id, action="typing") is True
    assert an.actions == ("typing",)
    description = await api.error("sendChatAction", chat_id=an.chat_id, action="dancing")
    assert description == "Bad Request: wrong parameter action in request"
