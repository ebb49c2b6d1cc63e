from __future__ import annotations

import asyncio

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Person


def waits(fake: FakeTelegram) -> bool:
    return fake.backend.poller.is_waiting


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def said(an: Person) -> Person:
    for word in ("một", "hai", "ba"):
        an.phone.send(word)
    return an


@pytest.mark.usefixtures("said")
async def test_updates_come_again_until_an_offset_confirms_them(api: Api) -> None:
    first = await api.updates()
    assert texts(first) == ["/start", "một", "hai", "ba"]
    assert await api.updates() == first
    assert texts(await api.updates(offset=first[1]["update_id"] + 1)) == ["hai", "ba"]
    assert texts(await api.updates()) == ["hai", "ba"]  # confirmed means forgotten
    assert texts(await api.updates(offset=first[0]["update_id"])) == ["hai", "ba"]


@pytest.mark.usefixtures("said")
async def test_ids_ascend_one_by_one(api: Api) -> None:
    ids = [update["update_id"] for update in await api.updates()]
    assert ids == list(range(ids[0], ids[0] + 4))


@pytest.mark.usefixtures("said")
async def test_a_negative_offset_keeps_the_last_and_forgets_the_others(api: Api) -> None:
    assert texts(await api.updates(offset=-1)) == ["ba"]
    assert texts(await api.updates()) == ["ba"]


@pytest.mark.usefixtures("said")
async def test_an_offset_far_in_the_future_confirms_nothing(api: Api) -> None:
    last = (await api.updates())[-1]["update_id"]
    assert len(await api.updates(offset=last + 1000)) == 4


@pytest.mark.usefixtures("said")
async def test_limit_is_between_1_and_100(api: Api, said: Person) -> None:
    assert texts(await api.updates(limit=2)) == ["/start", "một"]
    assert texts(await api.updates(limit=0)) == ["/start"]
    for number in range(120):
        said.phone.send(str(number))
    assert len(await api.updates(limit=500)) == 100


async def test_a_long_poll_is_answered_when_something_comes(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=50))
    await fake.until(waits)
    fake.person("An").phone.send("chào")
    assert texts(await poll) == ["chào"]


async def test_a_long_poll_gathers_what_comes_at_the_same_moment(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=50))
    await fake.until(waits)
    an = fake.person("An")
    an.phone.send("một")
    an.phone.send("hai")
    assert texts(await poll) == ["một", "hai"]


async def test_a_long_poll_ends_empty_after_its_time(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=30))
    await fake.until(waits)
    fake.clock.advance(29.9)
    assert waits(fake)
    fake.clock.advance(0.1)
    assert await poll == []


async def test_no_poll_is_longer_than_50_seconds(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=1000))
    await fake.until(waits)
    fake.clock.advance(50)
    assert await poll == []


async def test_a_second_poller_ends_the_first(api: Api, fake: FakeTelegram) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=50))
    await fake.until(waits)
    second = asyncio.create_task(api("getUpdates", timeout=50))
    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    fake.person("An").phone.send("chào")
    assert texts((await second)["result"]) == ["chào"]


async def test_a_poller_that_hangs_up_takes_nothing_along(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=50))
    await fake.until(waits)
    poll.cancel()
    await fake.until(lambda fake: not waits(fake))
    fake.person("An").phone.send("chào")
    assert texts(await api.updates()) == ["chào"]


async def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/")
    assert await api("getUpdates") == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    }
    await api.ok("deleteWebhook")
    assert await api.updates() == []


async def test_setting_a_webhook_ends_the_poll(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.error("getUpdates", timeout=50))
    await fake.until(waits)
    await api.ok("setWebhook", url="http://127.0.0.1:9/")
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_only_allowed_updates_are_queued_and_the_choice_is_remembered(api: Api, fake: FakeTelegram) -> None:
    an = fake.person("An")
    assert await api.updates(allowed_updates=["callback_query"]) == []
    an.phone.send("một")
    assert await api.updates() == []
    await api.updates(allowed_updates=[])
    an.phone.send("hai")
    assert texts(await api.updates()) == ["hai"]


@pytest.mark.usefixtures("said")
async def test_allowed_updates_do_not_touch_what_is_queued_already(api: Api) -> None:
    assert len(await api.updates(allowed_updates=["callback_query"])) == 4


@pytest.mark.parametrize(("seconds", "kept"), [(86_400, 4), (86_401, 0)])
@pytest.mark.usefixtures("said")
async def test_a_message_waits_24_hours(api: Api, fake: FakeTelegram, seconds: int, kept: int) -> None:
    fake.clock.advance(seconds)
    assert len(await api.updates()) == kept


@pytest.mark.parametrize(("seconds", "kept"), [(150, ["callback_query"]), (151, [])])
async def test_a_press_waits_150_seconds(
    api: Api, fake: FakeTelegram, an: Person, seconds: int, kept: list[str]
) -> None:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    await api.updates(offset=-1)
    an.phone.tap("Có")
    fake.clock.advance(seconds)
    kinds = [key for update in await api.updates() for key in update if key != "update_id"]
    assert kinds == ["message", *kept]


async def test_a_poll_never_loses_an_update_when_its_answer_is_lost(api: Api, fake: FakeTelegram, said: Person) -> None:
    assert said.messages
    fake.faults.once("lose_answer", "getUpdates")
    with pytest.raises(Exception, match=r"disconnected|reset"):
        await api.updates()
    assert len(await api.updates()) == 4
