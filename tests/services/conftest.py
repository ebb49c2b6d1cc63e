from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from bot.ports import Storage
from tests.services.desk import Desk
from tests.services.office import Office
from tests.support.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def store(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Storage]:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    await storage.migrate(url)
    store = storage.open(url)
    async with store.work() as work:
        await work.records.ensure_sample(clock.now())
    yield store
    await store.close()


@pytest.fixture
def desk(store: Storage, clock: FakeClock) -> Desk:
    return Desk(store, clock)


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return Office(desk, tmp_path / "files")
