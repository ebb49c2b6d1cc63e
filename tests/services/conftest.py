"""A desk on a real SQLite file with the sample places; migrated once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from bot.ports import Storage
from tests.services.desk import Desk
from tests.services.office import Office
from tests.storage.conftest import run_apart
from tests.support.clock import START, FakeClock


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "hoctap.db"

    async def prepare() -> None:
        await storage.migrate(f"sqlite:///{path}")
        store = storage.open(f"sqlite:///{path}")
        async with store.work() as work:
            await work.records.ensure_sample(START)
        await store.close()

    run_apart(prepare())
    return path


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def store(sample_template: Path, tmp_path: Path) -> AsyncIterator[Storage]:
    path = tmp_path / "test.db"
    shutil.copy(sample_template, path)
    opened = storage.open(f"sqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture
def desk(store: Storage, clock: FakeClock) -> Desk:
    return Desk(store, clock)


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return Office(desk, tmp_path / "files")
