from __future__ import annotations

from typing import Any

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Notice, Person

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def asked(api: Api, an: Person) -> Person:
    await api.ok("sendMessage", chat_id=an.chat_id, text="Có không?", reply_markup=BUTTONS)
    await api.updates(offset=(await api.updates())[-1]["update_id"] + 1)
    return an


async def press_of(api: Api) -> dict[str, Any]:
    update = (await api.updates())[-1]
    press: dict[str, Any] = update["callback_query"]
    return press


async def test_a_press_says_who_what_and_where(api: Api, asked: Person) -> None:
    press_id = await asked.tap("Có")
    press = await press_of(api)
    assert (press["id"], press["data"], press["from"]["id"]) == (press_id, "y", asked.user_id)
    assert press["message"]["text"] == "Có không?"
    assert press["message"]["reply_markup"] == BUTTONS
    assert press["chat_instance"]


async def test_a_press_shows_the_message_as_it_was_when_pressed(api: Api, asked: Person) -> None:
    await asked.tap("Có")
    message_id = asked.messages[-1].message_id
    await api.ok("editMessageText", chat_id=asked.chat_id, message_id=message_id, text="Xong")
    assert (await press_of(api))["message"]["text"] == "Có không?"
    await asked.tap_data(message_id, "y")
    assert (await press_of(api))["message"]["text"] == "Xong"


async def test_a_press_on_a_deleted_message_only_says_where_it_was(api: Api, asked: Person) -> None:
    message_id = asked.messages[-1].message_id
    await api.ok("deleteMessage", chat_id=asked.chat_id, message_id=message_id)
    await asked.tap_data(message_id, "y")
    chat = {"id": asked.chat_id, "type": "private", "first_name": "An"}
    assert (await press_of(api))["message"] == {"message_id": message_id, "chat": chat, "date": 0}


async def test_an_answer_stops_the_waiting_and_is_shown(api: Api, asked: Person) -> None:
    first, second = await asked.double_tap("Có")
    assert first != second
    assert asked.waiting_presses == (first, second)
    await api.ok("answerCallbackQuery", callback_query_id=first)
    assert not asked.notices
    await api.ok("answerCallbackQuery", callback_query_id=second, text="Đã nhận rồi ạ", show_alert=True)
    assert asked.notices == (Notice("Đã nhận rồi ạ", is_alert=True, press_id=second),)
    assert not asked.waiting_presses


async def test_a_press_is_answered_once(api: Api, asked: Person) -> None:
    press_id = await asked.tap("Có")
    await api.ok("answerCallbackQuery", callback_query_id=press_id)
    assert await api.error("answerCallbackQuery", callback_query_id=press_id) == TOO_OLD


@pytest.mark.parametrize("press_id", ["", "0", "x", "4400000000000009999"])
async def test_an_unknown_press_cannot_be_answered(api: Api, press_id: str) -> None:
    assert await api.error("answerCallbackQuery", callback_query_id=press_id) == TOO_OLD


async def test_a_press_can_be_answered_for_150_seconds(api: Api, asked: Person, fake: FakeTelegram) -> None:
    in_time, late = await asked.double_tap("Có")
    fake.clock.advance(150)
    await api.ok("answerCallbackQuery", callback_query_id=in_time)
    fake.clock.advance(0.1)
    assert await api.error("answerCallbackQuery", callback_query_id=late) == TOO_OLD


async def test_an_answer_has_200_letters_at_most(api: Api, asked: Person) -> None:
    press_id = await asked.tap("Có")
    arguments: dict[str, object] = {"callback_query_id": press_id}
    assert await api.error("answerCallbackQuery", **arguments, text="x" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    await api.ok("answerCallbackQuery", **arguments, text="ế" * 200)
