from __future__ import annotations

import asyncio
from functools import partial

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Person, StoredMessage


def buttons(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}


async def pressed(api: Api) -> list[str]:
    return [update["callback_query"]["data"] for update in await api.updates() if "callback_query" in update]


async def test_a_tap_takes_the_newest_message_that_has_the_button(api: Api, an: Person) -> None:
    await api.ok("sendMessage", chat_id=an.chat_id, text="Câu 1", reply_markup=buttons("Có", "Không"))
    await api.ok("sendMessage", chat_id=an.chat_id, text="Câu 2", reply_markup=buttons("Có 2", "Thôi"))
    await api.ok("sendMessage", chat_id=an.chat_id, text="Cảm ơn")
    for label in ("Có 2", "Có", "Không", "Th"):
        await an.tap(label)
    # "Có" begins the label of the newer message's button: what a finger finds first.
    assert await pressed(api) == ["có 2", "có 2", "không", "thôi"]
    assert (an.screen(), an.keyboard()) == ("Cảm ơn", (("Có 2", "Thôi"),))


async def test_an_exact_label_goes_before_one_that_only_begins_so(api: Api, an: Person) -> None:
    markup = buttons("Không rõ", "Không")
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    await an.tap("Không")
    assert await pressed(api) == ["không"]


async def test_a_missing_button_fails_and_lists_what_is_there(api: Api, an: Person) -> None:
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="Câu 1", reply_markup=buttons("Có", "Không"))
    with pytest.raises(AssertionError) as missing:
        await an.tap("Chưa")
    assert str(missing.value) == (
        f"No button 'Chưa'. On the screen of An:\n  #1 me: /start\n  #{message['message_id']} bot: Câu 1 [Có] [Không]"
    )


async def test_a_button_that_was_edited_away_cannot_be_tapped(api: Api, an: Person) -> None:
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="Câu 1", reply_markup=buttons("Có"))
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    await api.ok("editMessageText", **named, text="Câu 2", reply_markup=buttons("Thôi"))
    with pytest.raises(AssertionError, match="No button 'Có'"):
        await an.tap("Có")
    await an.tap_data(message["message_id"], "có")
    assert await pressed(api) == ["có"]


async def test_a_stale_press_needs_a_message_the_bot_sent(an: Person) -> None:
    with pytest.raises(AssertionError, match="The bot never sent message 99"):
        await an.tap_data(99, "x")
    with pytest.raises(AssertionError, match="The bot never sent message 1"):
        await an.tap_data(1, "x")


async def test_a_link_sends_start_with_its_payload(api: Api, fake: FakeTelegram) -> None:
    an = fake.person("An")
    await an.open_link("moi-ABC")
    await an.open_link()
    texts = [update["message"]["text"] for update in await api.updates()]
    assert texts == ["/start moi-ABC", "/start"]


async def test_waiting_ends_as_soon_as_the_text_is_there(api: Api, an: Person) -> None:
    wait = asyncio.create_task(an.until("mấy cháu", timeout_s=30))
    await asyncio.sleep(0)
    assert not wait.done()
    await api.ok("sendMessage", chat_id=an.chat_id, text="Bác có mấy cháu?")
    assert await wait == "Bác có mấy cháu?"


async def test_waiting_for_a_predicate(api: Api, an: Person) -> None:
    wait = asyncio.create_task(an.until(lambda person: len(person.messages) == 3, timeout_s=30))
    for text in ("một", "hai"):
        await api.ok("sendMessage", chat_id=an.chat_id, text=text)
    assert await wait == "hai"


async def test_waiting_in_vain_fails_and_lists_what_is_there(an: Person) -> None:
    with pytest.raises(
        AssertionError, match=r"'x' did not come within 0\.01 s\. On the screen of An:\n  #1 me: /start"
    ):
        await an.until("x", timeout_s=0.01)


async def test_messages_keep_their_history(api: Api, an: Person) -> None:
    kept = await api.ok("sendMessage", chat_id=an.chat_id, text="một")
    gone = await api.ok("sendMessage", chat_id=an.chat_id, text="hai")
    named = {"chat_id": an.chat_id, "message_id": kept["message_id"]}
    await api.ok("editMessageText", **named, text="một rưỡi")
    await api.ok("deleteMessage", chat_id=an.chat_id, message_id=gone["message_id"])
    shown = [(message.text, message.is_from_bot, message.is_edited, message.is_deleted) for message in an.messages]
    assert shown == [("/start", False, False, False), ("một rưỡi", True, True, False), ("hai", True, False, True)]


async def test_scripted_people_react_inside_the_fake(api: Api, fake: FakeTelegram, an: Person) -> None:
    seen: list[tuple[str, str]] = []

    def react(person: Person, message: StoredMessage, kind: str) -> None:
        seen.append((kind, message.wire["text"]))
        if kind == "sent":
            person.phone.tap("Có")

    fake.on_bot_message(react)
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=buttons("Có"))
    assert await pressed(api) == ["có"]
    await api.ok("editMessageText", chat_id=an.chat_id, message_id=message["message_id"], text="Xong")
    await fake.until(lambda _: len(seen) == 2)
    assert seen == [("sent", "?"), ("edited", "Xong")]


async def test_the_bots_calls_are_kept(api: Api, fake: FakeTelegram, an: Person) -> None:
    wait = asyncio.create_task(fake.until_call("setMyCommands"))
    await api("sendMessage", chat_id=an.chat_id)
    await api.ok("setMyCommands", commands=[{"command": "help", "description": "x"}])
    assert (await wait).arguments == {"commands": [{"command": "help", "description": "x"}]}
    assert [(call.method, call.error) for call in fake.calls()] == [
        ("sendmessage", "Bad Request: message text is empty"),
        ("setmycommands", ""),
    ]
    assert fake.pending_updates == 1


async def test_waiting_for_a_call_that_never_comes_fails(fake: FakeTelegram) -> None:
    with pytest.raises(AssertionError, match="did not come true"):
        await fake.until_call("sendMessage", timeout_s=0.01)


async def test_many_wait_at_once(api: Api, fake: FakeTelegram) -> None:
    people = [fake.person(f"Người {number}") for number in range(20)]
    for person in people:
        person.phone.send("/start")
    waits = [asyncio.create_task(person.until("xin chào")) for person in people]
    send = partial(api.ok, "sendMessage", text="xin chào")
    for person in people:
        await send(chat_id=person.chat_id)
    assert await asyncio.gather(*waits) == ["xin chào"] * 20
