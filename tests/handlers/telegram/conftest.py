"""A fake Telegram whose limits do not disturb, and our client on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.handlers.telegram.client import Client, connect
from bot.handlers.telegram.sender import TelegramSender
from bot.handlers.telegram.settings import TelegramSettings
from tests.handlers.telegram.fakes import SteppedClock
from tests.support.fake_telegram import FakeTelegram, Limits, Person, Settings


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as server:
        yield server


@pytest.fixture
def settings(fake: FakeTelegram) -> TelegramSettings:
    return TelegramSettings(fake.token, fake.url, poll_timeout_s=5)


@pytest.fixture
async def client(settings: TelegramSettings) -> AsyncIterator[Client]:
    async with connect(settings) as opened:
        yield opened


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def sender(client: Client, clock: SteppedClock) -> TelegramSender:
    return TelegramSender(client, clock)


@pytest.fixture
async def lan(fake: FakeTelegram) -> Person:
    """Somebody who has pressed Start."""
    person = fake.person("Lan")
    await person.open_link()
    return person
