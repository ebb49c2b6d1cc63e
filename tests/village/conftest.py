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
from tests.village.rows import Rows, Write, reader, writer


@pytest.fixture(scope="session")
def village_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("village") / "hoctap.db"

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
async def store(village_template: Path, tmp_path: Path) -> AsyncIterator[Storage]:
    path = tmp_path / "test.db"
    shutil.copy(village_template, path)
    opened = storage.open(f"sqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture
def desk(store: Storage, clock: FakeClock) -> Desk:
    return Desk(store, clock)


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return Office(desk, tmp_path / "files")


@pytest.fixture
def rows(store: Storage, tmp_path: Path) -> Rows:
    return reader(f"sqlite:///{tmp_path / 'test.db'}")


@pytest.fixture
def write(store: Storage, tmp_path: Path) -> Write:
    return writer(f"sqlite:///{tmp_path / 'test.db'}")
