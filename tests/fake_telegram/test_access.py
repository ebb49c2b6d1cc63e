from __future__ import annotations

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Person

BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
DEACTIVATED = {"ok": False, "error_code": 403, "description": "Forbidden: user is deactivated"}


async def test_a_bot_cannot_write_first(api: Api, fake: FakeTelegram) -> None:
    stranger = fake.person("Bình")
    for method, more in (("sendMessage", {"text": "x"}), ("getChat", {}), ("sendChatAction", {"action": "typing"})):
        assert await api.error(method, chat_id=stranger.chat_id, **more) == "Bad Request: chat not found"
    stranger.phone.send("/start")
    await api.ok("sendMessage", chat_id=stranger.chat_id, text="x")


async def test_a_bot_that_met_somebody_in_a_group_cannot_write_first_either(api: Api, fake: FakeTelegram) -> None:
    binh = fake.person("Bình")
    fake.group("Thôn 1", [binh])
    description = await api.error("sendMessage", chat_id=binh.chat_id, text="x")
    assert description == "Forbidden: bot can't initiate conversation with a user"


async def test_a_blocked_bot_is_told_and_refused(api: Api, an: Person) -> None:
    await an.block()
    assert await api("sendMessage", chat_id=an.chat_id, text="x") == BLOCKED
    assert await api("sendChatAction", chat_id=an.chat_id, action="typing") == BLOCKED
    change = (await api.updates())[-1]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert change["from"]["id"] == an.user_id


async def test_an_unblocked_bot_may_write_again(api: Api, an: Person) -> None:
    await an.block()
    await an.unblock()
    await api.ok("sendMessage", chat_id=an.chat_id, text="x")
    change = (await api.updates())[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "member"


async def test_a_deactivated_account_is_refused(api: Api, an: Person) -> None:
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="x")
    await an.deactivate()
    assert await api("sendMessage", chat_id=an.chat_id, text="x") == DEACTIVATED
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    assert await api("editMessageText", **named, text="y") == DEACTIVATED


@pytest.mark.parametrize("state", ["block", "deactivate"])
async def test_who_is_gone_can_neither_write_nor_tap(api: Api, an: Person, state: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    getattr(an.phone, state)()
    with pytest.raises(AssertionError, match="An cannot write"):
        await an.send("x")
    with pytest.raises(AssertionError, match="An cannot tap"):
        await an.tap("Có")


async def test_a_group_is_heard_and_written_to_by_all(api: Api, fake: FakeTelegram) -> None:
    an, binh = fake.group("Thôn 1", [fake.person("An"), fake.person("Bình")])
    an.phone.send("chào")
    message = (await api.updates())[-1]["message"]
    assert (message["chat"]["type"], message["from"]["first_name"]) == ("group", "An")
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    await binh.tap("Có")
    press = (await api.updates())[-1]["callback_query"]
    assert (press["from"]["first_name"], press["message"]["chat"]["id"]) == ("Bình", an.chat_id)


async def test_get_me_and_get_chat_describe_bot_and_person(api: Api, fake: FakeTelegram) -> None:
    assert (await api.ok("getMe"))["username"] == "hoctap_bot"
    lan = fake.person("Lan", last_name="Nguyễn", username="lan", language_code="en")
    lan.phone.send("/start")
    chat = await api.ok("getChat", chat_id=lan.chat_id)
    assert (chat["id"], chat["type"]) == (lan.chat_id, "private")
    assert (chat["last_name"], chat["active_usernames"]) == ("Nguyễn", ["lan"])
    assert (await api.updates())[-1]["message"]["from"]["language_code"] == "en"


async def test_a_stranger_blocks_unnoticed(api: Api, fake: FakeTelegram) -> None:
    stranger = fake.person("Bình")
    await stranger.block()
    assert await api.updates() == []
    assert await api.error("sendMessage", chat_id=stranger.chat_id, text="x") == "Bad Request: chat not found"
