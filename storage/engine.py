"""Connections and transactions: one thread that writes SQLite, or a pool of PostgreSQL connections.

Queries are plain functions of a synchronous SQLAlchemy connection, the same for both databases; a `Run` carries one
over to where the connection lives. On SQLite that is a thread of its own (0.04 ms a statement, against 0.4 ms through
aiosqlite, which changes threads four times for each), on PostgreSQL SQLAlchemy's bridge to asyncpg.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool

from storage.address import is_sqlite, path

P = ParamSpec("P")
T = TypeVar("T")

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was committed survives power loss
    "busy_timeout=15000",  # ms; another process, such as the command line, may be writing
    "secure_delete=FAST",  # what is forgotten is overwritten
    "journal_size_limit=67108864",
    "cache_size=-16000",
    "temp_store=MEMORY",
)


class Run(Protocol):
    """Calls a query with the connection of the transaction."""

    async def __call__(self, do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the query returns."""


class Database(Protocol):
    """Something that opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Run]:
        """Open a transaction; leaving it cleanly commits, an exception rolls back."""

    async def close(self) -> None:
        """Give every connection back."""


def connect(url: URL, pool_size: int) -> Database:
    """Return the database at an address as parsed by `address.parse`; nothing is opened yet."""
    return SqliteDatabase(url) if is_sqlite(url) else PostgresqlDatabase(url, pool_size)


def sqlite_engine(url: URL, *, checks_keys: bool = True) -> Engine:
    """Return an engine with one connection that begins every transaction as a writer, so that none has to give up.

    Args:
        checks_keys: refuse rows that refer to nothing; off only where a migration writes whole tables anew.
    """
    path(url).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"foreign_keys={checks_keys:d}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class SqliteDatabase:
    """One connection in one thread; units of work take turns.

    The thread does things in the order they were asked for, also when the task that asked was cancelled: a roll-back
    always comes before the next transaction.
    """

    def __init__(self, url: URL) -> None:
        self._engine = sqlite_engine(url)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._turn = asyncio.Lock()
        self._connection: Connection | None = None
        self._is_closed = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Run]:
        """Open a transaction with the first query; one without queries costs nothing."""
        async with self._turn:
            try:
                yield self._run
            except BaseException:
                await asyncio.shield(self._in_thread(self._roll_back))
                raise
            await asyncio.shield(self._in_thread(self._commit))

    async def close(self) -> None:
        """Close the connection after what is in hand; closing again does nothing."""
        async with self._turn:
            if not self._is_closed:
                self._is_closed = True
                await self._in_thread(self._close)
                self._thread.shutdown()

    async def _run(self, do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._in_thread(lambda: do(self._begun(), *args, **kwargs))

    def _in_thread(self, do: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, do)

    def _begun(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        if not self._connection.in_transaction():
            self._connection.begin()
        return self._connection

    def _commit(self) -> None:
        if self._connection is not None and self._connection.in_transaction():
            try:
                self._connection.commit()
            except BaseException:
                self._close()  # a commit that failed, on a full disk say, leaves its transaction open
                raise

    def _roll_back(self) -> None:
        if self._connection is not None and self._connection.in_transaction():
            try:
                self._connection.rollback()
            except BaseException:
                self._close()
                raise

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()


class PostgresqlDatabase:
    """A pool of connections; units of work run side by side."""

    def __init__(self, url: URL, pool_size: int) -> None:
        self._engine = create_async_engine(url, pool_size=pool_size, pool_pre_ping=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Run]:
        """Open a transaction at READ COMMITTED: what is locked is read again after the lock."""
        async with self._engine.begin() as connection:

            async def run(do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
                return await connection.run_sync(do, *args, **kwargs)

            yield run

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
