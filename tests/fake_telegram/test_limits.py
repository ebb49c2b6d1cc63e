from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.fake_telegram.conftest import NO_TLS, Api
from tests.support.fake_telegram import FakeTelegram, Limits, Person, VirtualClock
from tests.support.fake_telegram.settings import Settings


async def burst(api: Api, chat_id: int, count: int) -> list[int]:
    """The codes of so many messages sent at once; 200 for those that passed."""
    answers = [await api("sendMessage", chat_id=chat_id, text=str(number)) for number in range(count)]
    return [answer.get("error_code", 200) for answer in answers]


async def test_a_chat_takes_a_short_burst_then_one_a_second(api: Api, an: Person, fake: FakeTelegram) -> None:
    assert await burst(api, an.chat_id, 21) == [200] * 20 + [429]
    fake.clock.advance(1)
    assert await burst(api, an.chat_id, 2) == [200, 429]
    fake.clock.advance(3)
    assert await burst(api, an.chat_id, 4) == [200] * 3 + [429]


async def test_a_refusal_says_when_to_come_back(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.change_limits(Limits(chat_per_s=0.1, chat_burst=1))
    await api.ok("sendMessage", chat_id=an.chat_id, text="x")
    response = await api.http.post(f"{api.url}/sendMessage", json={"chat_id": an.chat_id, "text": "y"})
    assert response.headers["Retry-After"] == "10"
    assert api.answer(response) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 10",
        "parameters": {"retry_after": 10},
    }
    assert an.screen() == "x"
    fake.clock.advance(9.9)
    assert (await api("sendMessage", chat_id=an.chat_id, text="y"))["parameters"] == {"retry_after": 1}
    fake.clock.advance(0.1)
    await api.ok("sendMessage", chat_id=an.chat_id, text="y")


async def test_a_bot_sends_30_a_second_to_all_together(api: Api, fake: FakeTelegram) -> None:
    people = [fake.person(f"Người {number}") for number in range(31)]
    for person in people:
        person.phone.send("/start")
    codes = [(await burst(api, person.chat_id, 1))[0] for person in people]
    assert codes == [200] * 30 + [429]
    fake.clock.advance(1)
    assert await burst(api, people[-1].chat_id, 1) == [200]


async def test_a_group_takes_20_a_minute(api: Api, fake: FakeTelegram) -> None:
    (an,) = fake.group("Thôn 1", [fake.person("An")])
    assert await burst(api, an.chat_id, 21) == [200] * 20 + [429]
    fake.clock.advance(2)
    assert await burst(api, an.chat_id, 1) == [429]
    fake.clock.advance(1)
    assert await burst(api, an.chat_id, 2) == [200, 429]


async def test_edits_count_unless_told_otherwise(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.change_limits(Limits(chat_burst=2))
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="x")
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    await api.ok("editMessageText", **named, text="1")
    assert (await api("editMessageText", **named, text="2"))["error_code"] == 429
    fake.change_limits(Limits(chat_burst=1, count_edits=False))
    for text in ("3", "4", "5"):
        await api.ok("editMessageText", **named, text=text)


async def test_answers_to_presses_do_not_count(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.change_limits(Limits(bot_burst=1, chat_burst=1))
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    for _ in range(5):
        await api.ok("answerCallbackQuery", callback_query_id=await an.tap("Có"))


async def test_webhooks_are_set_once_a_second(api: Api, fake: FakeTelegram) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/a")
    assert (await api("setWebhook", url="http://127.0.0.1:9/b"))["parameters"] == {"retry_after": 1}
    fake.clock.advance(1)
    await api.ok("setWebhook", url="http://127.0.0.1:9/b")


@pytest.fixture
async def unlimited() -> AsyncIterator[Api]:
    async with (
        FakeTelegram(clock=VirtualClock(frozen=True), settings=Settings(limits=Limits.off())) as fake,
        httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http,
    ):
        yield Api(fake, http)


async def test_limits_can_be_switched_off(unlimited: Api) -> None:
    an = unlimited.fake.person("An")
    an.phone.send("/start")
    assert await burst(unlimited, an.chat_id, 60) == [200] * 60
