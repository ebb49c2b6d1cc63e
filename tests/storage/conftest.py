"""The same tests on an SQLite file and on PostgreSQL, each test with an empty database."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import Connection, Table, event, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import storage as database
from storage.address import parse
from storage.migrating import in_transaction
from storage.tables import metadata
from tests.support.turns import NOW

POSTGRESQL_URL = os.environ.get("HOCTAP_TEST_POSTGRESQL_URL", "")

ON_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run to the end in an event loop of another thread."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()


def require_postgresql() -> str:
    if not POSTGRESQL_URL:
        message = "HOCTAP_TEST_POSTGRESQL_URL names no PostgreSQL to test with (any empty database; it is emptied)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    if "test" not in (parse(POSTGRESQL_URL).database or ""):
        pytest.fail("HOCTAP_TEST_POSTGRESQL_URL: the database is emptied, so its name must contain 'test'")
    return _of_this_worker(POSTGRESQL_URL)


@cache
def _of_this_worker(url: str) -> str:
    """Address of a database beside the named one that this process alone empties, where several test at once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        return url
    named = parse(url)
    own = named.set(database=f"{named.database}_{worker}")

    async def create() -> None:
        engine = create_async_engine(named, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                await connection.execute(text(f'DROP DATABASE IF EXISTS "{own.database}"'))
                await connection.execute(text(f'CREATE DATABASE "{own.database}"'))
        finally:
            await engine.dispose()

    run_apart(create())
    return own.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hoctap.db"
    run_apart(database.migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_migrated() -> str:
    url = require_postgresql()

    async def prepare() -> None:
        await empty_postgresql(url)
        await database.migrate(url)

    run_apart(prepare())
    return url


async def empty_postgresql(url: str) -> None:
    def drop(connection: Connection) -> None:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))

    await in_transaction(parse(url), drop)


@pytest.fixture(params=ON_BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a migrated database without rows."""
    if request.param == "sqlite":
        path = tmp_path / "hoctap.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    address: str = request.getfixturevalue("postgresql_migrated")
    names = ", ".join(table.name for table in metadata.sorted_tables)

    def empty(connection: Connection) -> None:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

    run_apart(in_transaction(parse(address), empty))
    return address


@pytest.fixture
async def bare(url: str) -> AsyncIterator[database.SqlStorage]:
    """A storage without any place."""
    opened = database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def store(bare: database.SqlStorage) -> database.SqlStorage:
    """A storage with the sample places; its hamlets are 3, 4 and 5."""
    async with bare.work() as work:
        await work.records.ensure_sample(NOW)
    return bare


class Execute(Protocol):
    """Changes the database behind the storage's back."""

    async def __call__(self, statement: str, **parameters: object) -> None: ...


Everything = Callable[[], Awaitable[str]]
Rows = Callable[[Table], Awaitable[list[dict[str, Any]]]]


@pytest.fixture
async def statements(store: database.SqlStorage) -> AsyncIterator[list[str]]:
    """Every statement that the storage sends, as it sends it."""
    engine = getattr(store._database._engine, "sync_engine", store._database._engine)  # type: ignore[attr-defined]
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def rows(url: str) -> Rows:
    """Read all rows of a table, from outside."""

    async def read(table: Table) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []

        def look(connection: Connection) -> None:
            found.extend(dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings())

        await in_transaction(parse(url), look)
        return found

    return read


@pytest.fixture
def everything(url: str) -> Everything:
    """Read every cell of every table as one text, from outside."""

    async def read() -> str:
        cells: list[str] = []

        def look(connection: Connection) -> None:
            for table in metadata.sorted_tables:
                cells.extend(f"{table.name}: {tuple(row)!r}" for row in connection.execute(select(table)))

        await in_transaction(parse(url), look)
        return "\n".join(cells)

    return read


@pytest.fixture
def execute(url: str) -> Execute:
    """Change the database behind the storage's back."""

    async def run(statement: str, **parameters: object) -> None:
        def do(connection: Connection) -> None:
            connection.execute(text(statement), parameters)

        await in_transaction(parse(url), do)

    return run
