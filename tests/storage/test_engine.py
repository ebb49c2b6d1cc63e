"""Addresses, transactions and what SQLite is told to guarantee."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

import storage
from storage.address import is_sqlite, parse, path
from storage.engine import SqliteDatabase
from storage.rows import first_revision
from storage.types import Exact, Moment
from tests.support.turns import NOW, update


@pytest.fixture
async def file_store(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[storage.SqlStorage]:
    shutil.copy(sqlite_template, tmp_path / "hoctap.db")
    opened = storage.open(f"sqlite:///{tmp_path}/hoctap.db")
    yield opened
    await opened.close()


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["sqlite:////var/lib/a.db", "sqlite+aiosqlite:////var/lib/a.db"])
def test_a_file(url: str) -> None:
    assert is_sqlite(parse(url))
    assert path(parse(url)) == Path("/var/lib/a.db")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_a_server(scheme: str) -> None:
    url = parse(f"{scheme}://u:p@h:5433/d?sslmode=require")
    assert url.render_as_string(hide_password=False) == "postgresql+asyncpg://u:p@h:5433/d?ssl=require"


@pytest.mark.parametrize(
    "url", ["", "hoctap.db", "mysql://h/d", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://h/d"]
)
def test_an_address_that_cannot_be_used_says_which_can(url: str) -> None:
    with pytest.raises(storage.StorageError, match=r"Use sqlite:///path/to/file\.db or postgresql://"):
        storage.open(url)


# --- transactions -----------------------------------------------------------------------------------------------------


async def test_units_of_work_on_sqlite_take_turns(file_store: storage.SqlStorage) -> None:
    seen = []

    async def work_on(number: int) -> None:
        async with file_store.work() as work:
            seen.append(("begin", number))
            await work.inbox.add([update(number)], NOW)
            await asyncio.sleep(0)
            seen.append(("end", number))

    await asyncio.gather(work_on(1), work_on(2))
    assert [what for what, _ in seen] == ["begin", "end", "begin", "end"]


async def test_a_cancelled_unit_of_work_is_rolled_back_before_the_next(file_store: storage.SqlStorage) -> None:
    halfway = asyncio.Event()

    async def never_ends() -> None:
        async with file_store.work() as work:
            await work.inbox.add([update(1)], NOW)
            halfway.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(never_ends())
        await halfway.wait()
        task.cancel()
    async with file_store.work() as work:
        assert not await work.inbox.has_pending(NOW)
        assert await work.inbox.add([update(2)], NOW) == 1


async def test_cancelled_in_the_middle_of_a_query(file_store: storage.SqlStorage) -> None:
    async with file_store.work() as work:
        await work.inbox.add([update(1)], NOW)
    task = asyncio.ensure_future(_add(file_store))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with file_store.work() as work:
        assert len(await work.inbox.claim(10, NOW)) == 1
        assert await work.inbox.add([update(3, who="b")], NOW) == 1


async def _add(store: storage.SqlStorage) -> None:
    async with store.work() as work:
        await work.inbox.add([update(2, who="b")], NOW)
        await asyncio.Event().wait()


async def test_a_query_that_fails_undoes_its_unit_of_work_only(file_store: storage.SqlStorage) -> None:
    async with file_store.work() as work:
        await work.inbox.add([update(1)], NOW)

    async def break_it() -> None:
        async with file_store.work() as work:
            await work.inbox.add([update(2, who="b")], NOW)
            await work.records.add_invite("code", 99, NOW, 1, NOW)  # there is no place 99

    with pytest.raises(Exception, match="FOREIGN KEY"):
        await break_it()
    async with file_store.work() as work:
        assert len(await work.inbox.claim(10, NOW)) == 1


async def test_a_commit_that_fails_leaves_nothing_and_the_next_one_works(tmp_path: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "hoctap.db")
    database = SqliteDatabase(parse(f"sqlite:///{tmp_path}/hoctap.db"))

    def spoil(connection: Connection) -> None:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("INSERT INTO period (year, place_id) VALUES (2025, 99)"))

    def count(connection: Connection) -> object:
        return connection.execute(text("SELECT count(*) FROM period")).scalar()

    async def commit() -> None:
        async with database.begin() as run:
            await run(spoil)

    with pytest.raises(IntegrityError):
        await commit()
    async with database.begin() as run:
        assert await run(count) == 0
    await database.close()


async def test_a_commit_goes_on_when_its_task_is_cancelled_and_the_next_one_waits_for_it(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_template, tmp_path / "hoctap.db")
    database = SqliteDatabase(parse(f"sqlite:///{tmp_path}/hoctap.db"))
    is_committing, may_commit, commit = asyncio.Event(), threading.Event(), SqliteDatabase._commit
    loop = asyncio.get_running_loop()

    def slow_commit(slow: SqliteDatabase) -> None:
        loop.call_soon_threadsafe(is_committing.set)
        may_commit.wait(10)
        commit(slow)

    monkeypatch.setattr(SqliteDatabase, "_commit", slow_commit)

    async def write() -> None:
        async with database.begin() as run:
            await run(lambda connection: connection.execute(text("INSERT INTO heartbeat VALUES ('a', '2025-11-20')")))

    async def count() -> object:
        async with database.begin() as run:
            return await run(lambda connection: connection.execute(text("SELECT count(*) FROM heartbeat")).scalar())

    writing = asyncio.ensure_future(write())
    await is_committing.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    counting = asyncio.ensure_future(count())
    await asyncio.sleep(0)
    may_commit.set()
    assert await counting == 1
    await database.close()


async def test_another_program_that_is_writing_is_waited_for(file_store: storage.SqlStorage, tmp_path: Path) -> None:
    async with file_store.work() as work:
        await work.inbox.has_pending(NOW)
    other = sqlite3.connect(tmp_path / "hoctap.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    adding = asyncio.ensure_future(_add_one(file_store))
    done, _ = await asyncio.wait([adding], timeout=0.05)
    assert not done
    other.execute("COMMIT")
    other.close()
    assert await adding == 1


async def _add_one(store: storage.SqlStorage) -> int:
    async with store.work() as work:
        return await work.inbox.add([update(1)], NOW)


async def test_what_is_committed_survives_power_loss(tmp_path: Path) -> None:
    database = SqliteDatabase(parse(f"sqlite:///{tmp_path}/a.db"))

    def settings(connection: Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in names}

    async with database.begin() as run:
        assert await run(settings) == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 2}
    await database.close()


async def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    opened = storage.open(f"sqlite:///{tmp_path}/a.db")
    await opened.close()
    await opened.close()
    assert not (tmp_path / "a.db").exists()


# --- values -----------------------------------------------------------------------------------------------------------


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment().process_bind_param(datetime(2025, 1, 1), sqlite.dialect())  # noqa: DTZ001 - that is the point


def test_a_moment_comes_back_in_utc() -> None:
    local = datetime(2025, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))
    stored = Moment().process_bind_param(local, sqlite.dialect())
    assert stored == datetime(2025, 1, 1)  # noqa: DTZ001 - what SQLite keeps
    assert Moment().process_result_value(stored, sqlite.dialect()) == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_decimal_is_kept_digit_for_digit_on_sqlite() -> None:
    kept = Exact().process_bind_param(Decimal("0.10"), sqlite.dialect())
    assert kept == "0.10"
    assert str(Exact().process_result_value(kept, sqlite.dialect())) == "0.10"


def test_first_revisions_grow_with_time_and_beyond_what_was() -> None:
    assert first_revision(NOW) < first_revision(NOW + timedelta(seconds=1)) < 2**31
    assert first_revision(NOW, after=2**40) == 2**40 + 1
