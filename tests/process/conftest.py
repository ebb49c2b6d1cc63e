from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.scoring.model import CriteriaSet, SubjectKind
from bot.scoring.shipped import load_shipped
from tests.process.ledger import Database
from tests.support.fake_telegram import FakeTelegram, Faults, Limits, Settings


@pytest.fixture(scope="session")
def family_set() -> CriteriaSet:
    """The shipped set for families."""
    return next(s for s in load_shipped() if s.subject is SubjectKind.HOUSEHOLD)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """Telegram without limits, so that a test takes no longer than the program does."""
    async with FakeTelegram(settings=Settings(limits=Limits.off()), faults=Faults()) as fake:
        yield fake


def telegram(fake: FakeTelegram) -> dict[str, str]:
    """The settings that lead the program to the fake."""
    return {
        "HOCTAP_TELEGRAM_TOKEN": fake.token,
        "HOCTAP_TELEGRAM_API": fake.url,
        "HOCTAP_TELEGRAM_RATE": "0",
        "HOCTAP_TELEGRAM_CHAT_RATE": "0",
    }


async def until_finished(database: Database, fake: FakeTelegram) -> None:
    """Wait until the running program has nothing left to do."""
    await fake.until(lambda fake: fake.pending_updates == 0, 30)
    async with asyncio.timeout(30):
        while await database.left():
            await asyncio.sleep(0.1)
