from __future__ import annotations

import asyncio
import random
from typing import Any

import httpx
import pytest

from tests.fake_telegram.conftest import Api
from tests.fake_telegram.receiver import Receiver
from tests.support.fake_telegram import FakeTelegram, Faults, Limits, Person, VirtualClock, too_many_requests


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def confirming(updates: list[dict[str, Any]]) -> int:
    """The offset a client sends after these updates."""
    return int(updates[-1]["update_id"]) + 1


async def test_a_lost_answer_leaves_the_method_done(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.faults.once("lose_answer", "sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        await api("sendMessage", chat_id=an.chat_id, text="một")
    assert an.screen() == "một"
    await api.ok("sendMessage", chat_id=an.chat_id, text="hai")
    assert [message.text for message in an.messages] == ["/start", "một", "hai"]


async def test_a_lost_request_did_nothing(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.faults.once("lose_request", "sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        await api("sendMessage", chat_id=an.chat_id, text="một")
    assert an.screen() == ""


async def test_a_planned_fault_waits_for_its_method(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.faults.once("lose_answer", "sendMessage")
    await api.ok("getMe")
    with pytest.raises(httpx.RemoteProtocolError):
        await api("sendMessage", chat_id=an.chat_id, text="một")


async def test_the_next_call_can_be_refused(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.faults.fail_next("sendMessage", too_many_requests(7))
    answer = await api("sendMessage", chat_id=an.chat_id, text="một")
    assert answer["parameters"] == {"retry_after": 7}
    assert an.screen() == ""
    await api.ok("sendMessage", chat_id=an.chat_id, text="một")
    fake.faults.fail_next("getUpdates", too_many_requests(7))
    assert (await api("getUpdates"))["error_code"] == 429


async def test_a_duplicated_update_comes_again_although_confirmed(api: Api, an: Person, fake: FakeTelegram) -> None:
    an.phone.send("một")
    first = await api.updates()
    fake.faults.once("duplicate_update")
    an.phone.send("hai")
    second = await api.updates(offset=confirming(first))
    assert texts(second) == ["/start", "hai"]
    assert second[0] == first[0]
    assert texts(await api.updates(offset=confirming(second))) == []


async def test_a_duplicate_alone_answers_the_poll(api: Api, an: Person, fake: FakeTelegram) -> None:
    assert an.messages
    fake.faults.once("duplicate_update")
    first = await api.updates()
    again = await api.updates(offset=confirming(first), timeout=50)
    assert again == first
    assert await api.updates(offset=confirming(again)) == []


async def test_neighbours_change_places_and_none_is_lost(api: Api, an: Person, fake: FakeTelegram) -> None:
    an.phone.send("một")
    fake.faults.once("reorder_updates")
    swapped = await api.updates()
    assert texts(swapped) == ["một", "/start"]
    # A client that confirms by the last one of the batch gets the newer update again.
    assert texts(await api.updates(offset=confirming(swapped))) == ["một"]


async def test_a_webhook_gets_duplicates_and_neighbours_swapped(api: Api, fake: FakeTelegram) -> None:
    receiver = Receiver()
    await receiver.start()
    an = fake.person("An")
    for word in ("một", "hai", "ba"):
        an.phone.send(word)
    fake.faults.once("reorder_updates")
    fake.faults.once("duplicate_update")
    await api.ok("setWebhook", url=receiver.url)
    await receiver.until_count(4)
    assert receiver.texts() == ["hai", "hai", "một", "ba"]
    await receiver.close()


async def drawn(faults: Faults) -> list[bool]:
    return [faults.happens("lose_answer") for _ in range(200)]


async def test_chance_comes_from_the_seed() -> None:
    first = await drawn(Faults(seed=5, lose_answer=0.1))
    assert first == await drawn(Faults(seed=5, lose_answer=0.1))
    assert first != await drawn(Faults(seed=6, lose_answer=0.1))
    assert 5 <= sum(first) <= 40


async def test_by_chance_answers_are_lost_and_nothing_else(api: Api, an: Person, fake: FakeTelegram) -> None:
    fake.change_limits(Limits.off())
    fake.faults.lose_answer = 0.3
    lost = 0
    for number in range(40):
        try:
            await api.ok("sendMessage", chat_id=an.chat_id, text=str(number))
        except httpx.RemoteProtocolError:
            lost += 1
    assert 0 < lost < 40
    assert len(an.messages) == 41
    fake.faults.reset()
    for number in range(40):
        await api.ok("sendMessage", chat_id=an.chat_id, text=str(number))


async def test_by_chance_updates_come_twice_and_out_of_order(api: Api, fake: FakeTelegram) -> None:
    fake.faults.duplicate_update = fake.faults.reorder_updates = 0.2
    an = fake.person("An")
    for number in range(100):
        an.phone.send(str(number))
    seen: list[int] = []
    offset = 0
    while updates := await api.updates(offset=offset, limit=10):
        seen += [update["update_id"] for update in updates]
        offset = confirming(updates)
    assert set(seen) == set(range(min(seen), min(seen) + 100))
    assert len(seen) > 100
    assert seen != sorted(seen)


class AlwaysTheLongest(random.Random):
    """Draws the upper end."""

    def uniform(self, _a: float, b: float) -> float:
        return b


@pytest.mark.parametrize("text", ["chào", ""])
async def test_latency_holds_back_the_answer_not_the_effect(
    api: Api, an: Person, fake: FakeTelegram, text: str
) -> None:
    fake.faults.random = AlwaysTheLongest()
    fake.faults.latency_s = 600
    slow = asyncio.create_task(api("sendMessage", chat_id=an.chat_id, text=text))
    await fake.until_call("sendMessage")
    assert an.screen() == text
    fake.faults.latency_s = 0
    for _ in range(3):
        await api.ok("getMe")
    assert not slow.done()
    slow.cancel()


async def test_latency_is_over_at_some_time(api: Api, fake: FakeTelegram) -> None:
    fake.faults.latency_s = 0.001
    await api.ok("getMe")
    await api.error("sendMessage")


async def test_an_outage_refuses_connections_until_it_ends(api: Api, an: Person, fake: FakeTelegram) -> None:
    await api.ok("getMe")
    await fake.begin_outage("refuse")
    with pytest.raises(httpx.TransportError):
        await api("getMe")
    with pytest.raises(httpx.ConnectError):
        await api("getMe")
    an.phone.send("vẫn ở đây")
    await fake.end_outage()
    assert texts(await api.updates()) == ["/start", "vẫn ở đây"]


async def test_an_outage_ends_a_poll_that_waits(api: Api, fake: FakeTelegram) -> None:
    poll = asyncio.create_task(api.updates(timeout=50))
    await fake.until(lambda fake: fake.backend.poller.is_waiting)
    await fake.begin_outage("refuse")
    with pytest.raises(httpx.TransportError):
        await poll
    await fake.end_outage()


async def test_an_outage_may_be_a_bad_gateway(api: Api, fake: FakeTelegram) -> None:
    await fake.begin_outage("bad_gateway")
    response = await api.http.get(f"{api.url}/getMe")
    assert (response.status_code, response.headers["Content-Type"]) == (502, "text/html")
    await fake.end_outage()
    await api.ok("getMe")


async def test_press_expiry_during_an_outage(api: Api, an: Person, fake: FakeTelegram) -> None:
    """What DESIGN says of outages: messages are still there afterwards, presses are not."""
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    await fake.begin_outage()
    an.phone.tap("Có")
    an.phone.send("có ai không")
    fake.clock.advance(3600)
    await fake.end_outage()
    assert texts(await api.updates()) == ["/start", "có ai không"]


async def test_faults_are_off_to_begin_with() -> None:
    async with FakeTelegram(clock=VirtualClock(frozen=True)) as calm:
        assert not any(
            (calm.faults.duplicate_update, calm.faults.reorder_updates, calm.faults.lose_answer, calm.faults.latency_s)
        )
