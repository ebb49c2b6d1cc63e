"""A backup is whole, consistent, and can be put in place of the database."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

import storage
from tests.support.turns import NOW, person_of, show, take, update
from tests.support.turns import subject as household


@pytest.fixture
def address(tmp_path: Path, sqlite_template: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "hoctap.db")
    return f"sqlite:///{tmp_path}/hoctap.db"


async def test_a_backup_of_a_running_service_can_be_put_back(address: str, tmp_path: Path) -> None:
    store = storage.open(address)
    async with store.work() as work:
        await work.records.ensure_sample(NOW)
    await take(store, update(1), household("Trước"), show())
    await storage.backup(address, tmp_path / "backups" / "monday.db")
    await take(store, update(2, who="later"), household("Sau"))
    await store.close()

    restored = storage.open(f"sqlite:///{tmp_path}/backups/monday.db")
    assert await restored.is_ready()
    assert (await person_of(restored)).subject is not None
    async with restored.work() as work:
        assert await work.people.account("telegram", "later") is None
    await take(restored, update(3, who="new"), household())
    await restored.close()


async def test_what_is_not_committed_is_not_in_a_backup(address: str, tmp_path: Path) -> None:
    store = storage.open(address)
    async with store.work() as work:
        await work.inbox.add([update(1)], NOW)
        await storage.backup(address, tmp_path / "copy.db")
    await store.close()
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
    copy.close()


async def test_a_backup_is_one_private_file_that_replaces_an_older_one(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for _ in range(2):
        await storage.backup(address, folder / "copy.db")
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert (folder / "copy.db").stat().st_mode & 0o077 == 0


async def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(storage.StorageError, match=r"no database at .*nowhere\.db"):
        await storage.backup(f"sqlite:///{tmp_path}/nowhere.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_postgresql_has_a_backup_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(storage.StorageError, match="pg_dump") as caught:
        await storage.backup("postgresql://hoctap:secret@db/hoctap", tmp_path / "copy.db")
    assert "secret" not in str(caught.value)
