"""Long polling against a real HTTP server: nothing is confirmed before it is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.dialogs.events import Pressed, Typed
from bot.handlers.telegram.client import Client, connect
from bot.handlers.telegram.receive import BATCH, receive
from bot.handlers.telegram.settings import TelegramSettings
from tests.handlers.telegram.fakes import RememberingReception, SteppedClock
from tests.support.fake_telegram import ApiError, FakeTelegram, Person, conflict, too_many_requests


class Bot:
    """The receiving side, running."""

    def __init__(self, client: Client, settings: TelegramSettings, clock: SteppedClock) -> None:
        self.reception = RememberingReception()
        self.contacts = 0
        self._changed = asyncio.Event()
        self.running = asyncio.create_task(receive(client, self.reception, settings, clock, self.note_contact))

    async def note_contact(self) -> None:
        self.contacts += 1
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def texts(self) -> list[str]:
        return [incoming.event.text for incoming in self.reception.in_order if isinstance(incoming.event, Typed)]


@asynccontextmanager
async def polling(
    client: Client, settings: TelegramSettings, clock: SteppedClock, failures: int = 0
) -> AsyncIterator[Bot]:
    bot = Bot(client, settings, clock)
    bot.reception.failures = failures
    try:
        yield bot
    finally:
        bot.running.cancel()
        await asyncio.wait([bot.running], timeout=1)
        assert bot.running.done()


async def test_messages_and_presses_are_stored_and_then_confirmed(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start"])
        button = {"text": "Có", "callback_data": "7:yes"}
        question = {"chat_id": lan.user_id, "text": "?", "reply_markup": {"inline_keyboard": [[button]]}}
        await client.call("sendMessage", question)
        press = await lan.tap("Có")
        await bot.until(lambda: len(bot.reception.stored) == 2)
        await fake.until(lambda fake: not fake.pending_updates)
    incoming = bot.reception.in_order[-1]
    assert incoming.event == Pressed("yes", 7)
    assert incoming.press_ref == press


async def test_only_what_the_bot_understands_is_asked_for(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.contacts > 0)
    assert fake.backend.state.updates.allowed == {"message", "callback_query", "my_chat_member"}


async def test_a_batch_that_could_not_be_stored_is_asked_for_again(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    await lan.send("hai")
    with capture_logs() as logs:
        async with polling(client, settings, clock, failures=3) as bot:
            await fake.until(lambda _: bot.reception.failures < 3)
            assert fake.pending_updates == 2
            await bot.until(lambda: bot.texts() == ["/start", "hai"])
    assert clock.slept[:3] == [0.5, 1.0, 2.0]
    assert [entry["event"] for entry in logs[:4]] == ["telegram.not_accepted"] * 3 + ["telegram.recovered"]
    assert "the disk is full" not in str(logs)


async def test_a_hundred_updates_are_one_batch(
    client: Client, settings: TelegramSettings, clock: SteppedClock, lan: Person
) -> None:
    for number in range(249):
        await lan.send(str(number))
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: len(bot.reception.stored) == 250)
    assert [len(batch) for batch in bot.reception.batches if batch] == [100, 100, 50]


async def test_duplicates_and_reordered_updates_all_arrive(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    fake.faults.duplicate_update = 0.3
    fake.faults.reorder_updates = 0.3
    async with polling(client, settings, clock) as bot:
        for number in range(60):
            await lan.send(str(number))
            await asyncio.sleep(0)
        await bot.until(lambda: len(bot.reception.stored) == 61)
        await fake.until(lambda fake: not fake.pending_updates)
    assert bot.texts() == ["/start", *map(str, range(60))]


async def test_updates_whose_answer_was_lost_come_again(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    fake.faults.once("lose_answer", "getUpdates")
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start"])
    assert clock.slept == [0.5]


@pytest.mark.parametrize("outage", ["refuse", "bad_gateway"])
async def test_an_outage_is_waited_for_longer_and_longer(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person, outage: str
) -> None:
    with capture_logs() as logs:
        async with polling(client, settings, clock) as bot:
            await bot.until(lambda: bot.contacts > 0)
            await fake.begin_outage("refuse" if outage == "refuse" else "bad_gateway")
            before = bot.contacts
            await clock.until_slept(9)
            assert bot.contacts <= before + 1
            await fake.end_outage()
            await lan.send("còn đó không?")
            await bot.until(lambda: "còn đó không?" in bot.texts())
    assert clock.slept[:9] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert "telegram.recovered" in [entry["event"] for entry in logs]
    assert fake.token not in str(logs)


async def test_an_outage_at_the_start_is_waited_for(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    await fake.begin_outage()
    async with polling(client, settings, clock) as bot:
        await clock.until_slept(3)
        await fake.end_outage()
        await bot.until(lambda: bot.texts() == ["/start"])


async def test_a_webhook_left_over_is_removed_at_the_start_and_updates_kept(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    await fake.begin_outage("bad_gateway")
    await fake.end_outage()
    await client.set_webhook("http://127.0.0.1:9/nobody")
    await lan.send("một")
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start", "một"])


async def test_another_poller_is_named_and_waited_out(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    for _ in range(2):
        fake.faults.fail_next("getUpdates", conflict("terminated by other getUpdates request"))
    with capture_logs() as logs:
        async with polling(client, settings, clock) as bot:
            await bot.until(lambda: bot.texts() == ["/start"])
    assert [entry["event"] for entry in logs][:2] == ["telegram.other_poller"] * 2
    assert "same token" in logs[0]["mend"]


async def test_a_webhook_set_meanwhile_is_left_to_who_set_it(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    with capture_logs() as logs:
        async with polling(client, settings, clock) as bot:
            await bot.until(lambda: bot.texts() == ["/start"])
            await client.set_webhook("http://127.0.0.1:9/somebody")
            await fake.until(lambda _: len(clock.slept) >= 2)
            info = await client.get_webhook_info()
            assert info.url == "http://127.0.0.1:9/somebody"
    assert "telegram.webhook_in_the_way" in [entry["event"] for entry in logs]
    assert len(fake.calls("deleteWebhook")) == 1


async def test_a_wait_telegram_asks_for_is_kept(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    fake.faults.fail_next("getUpdates", too_many_requests(45))
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start"])
    assert clock.slept == [45.0]


async def test_a_refused_token_stops_this_channel_alone_and_says_how_to_mend_it(
    settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock
) -> None:
    wrong = replace(settings, token="987654321:AAWrongTokenWrongTokenWrongTokenWro")
    with capture_logs() as logs:
        async with connect(wrong) as client, asyncio.timeout(5):
            await receive(client, RememberingReception(), wrong, clock, _nothing)
    assert logs[-1]["event"] == "telegram.stopped"
    assert "HOCTAP_TELEGRAM_TOKEN" in logs[-1]["mend"]
    assert "AAWrong" not in str(logs)


async def test_a_token_refused_once_by_mistake_stops_nothing(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    for _ in range(2):
        fake.faults.fail_next("getUpdates", ApiError(401, "Unauthorized"))
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start"])


async def test_an_update_nobody_can_read_is_passed_over(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    (group,) = fake.group("Thôn Đoàn Kết", [lan])
    await group.send("/start@hoctap_bot")
    await lan.send("sau đó")
    async with polling(client, settings, clock) as bot:
        await bot.until(lambda: bot.texts() == ["/start", "sau đó"])


async def test_a_contact_that_cannot_be_noted_loses_nothing(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    reception = RememberingReception()
    failing = 1

    async def note() -> None:
        nonlocal failing
        if failing:
            failing -= 1
            raise OSError("the database is away")

    task = asyncio.create_task(receive(client, reception, settings, clock, note))
    await fake.until(lambda fake: not fake.pending_updates)
    task.cancel()
    await asyncio.wait([task], timeout=1)
    assert len(reception.stored) == 1
    assert clock.slept == [0.5]


async def test_contact_is_certain_at_once_when_nothing_waits(
    client: Client, settings: TelegramSettings, clock: SteppedClock
) -> None:
    """Whoever was left in the middle is asked again now, not when the first long poll is over."""
    async with polling(client, replace(settings, poll_timeout_s=50), clock) as bot:
        await bot.until(lambda: bot.contacts == 1)


async def test_there_is_no_contact_while_more_updates_may_wait(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    for number in range(2 * BATCH):
        await lan.send(str(number))
    contacts: list[int] = []
    reception = RememberingReception()

    async def note() -> None:
        contacts.append(len(reception.stored))

    task = asyncio.create_task(receive(client, reception, settings, clock, note))
    await fake.until(lambda fake: bool(contacts))
    task.cancel()
    await asyncio.wait([task], timeout=1)
    assert contacts[0] == 2 * BATCH + 1


async def test_stopping_during_a_long_poll_takes_no_time(
    client: Client, settings: TelegramSettings, fake: FakeTelegram, clock: SteppedClock
) -> None:
    bot = Bot(client, replace(settings, poll_timeout_s=50), clock)
    await fake.until(lambda fake: fake.backend.poller.is_waiting)
    bot.running.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(1):
            await bot.running


async def _nothing() -> None:
    """Nobody wants to know."""
