"""Connections and transactions: one connection to SQLite, or a pool of connections to PostgreSQL.

Queries are plain functions of a synchronous SQLAlchemy connection, the same for both databases; a `Run` carries one
over to where the connection lives. On SQLite that is the event loop (0.04 ms a statement, against 0.4 ms through
aiosqlite, which changes threads four times for each), on PostgreSQL SQLAlchemy's bridge to asyncpg.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool

from storage.address import is_sqlite, path
from storage.reading import Read, reading

P = ParamSpec("P")
T = TypeVar("T")

BUSY_S = 15.0
"""How long a unit of work waits while another program, such as the command line, is writing."""

LOOK_AGAIN_S = 0.01

_PRAGMAS = (
    "busy_timeout=15000",  # ms, while opening
    "journal_mode=WAL",
    "synchronous=FULL",  # what was committed survives power loss
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

    def reading(self) -> AbstractAsyncContextManager[Read]:
        """Open a connection of its own that only reads, in a thread of its own."""

    async def close(self) -> None:
        """Give every connection back."""


def connect(url: URL, pool_size: int) -> Database:
    """Return the database at an address as parsed by `address.parse`; nothing is opened yet."""
    return SqliteDatabase(url) if is_sqlite(url) else PostgresqlDatabase(url, pool_size)


def sqlite_engine(url: URL, *, checks_keys: bool = True, busy_ms: int = 15_000) -> Engine:
    """Return an engine with one connection that begins every transaction as a writer, so that none has to give up.

    Args:
        checks_keys: refuse rows that refer to nothing; off only where a migration writes whole tables anew.
        busy_ms: how long a statement waits for another program that is writing, with the thread it runs on.
    """
    path(url).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"foreign_keys={checks_keys:d}", f"busy_timeout={busy_ms}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class SqliteDatabase:
    """One connection; units of work take turns.

    Queries run where they are asked for, in the event loop. On a thread of their own they waited for the interpreter's
    lock at every statement as soon as the loop was busy, and their callers for the loop. What waits for the disk does
    go to a thread: opening, and committing what was changed.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = sqlite_engine(url, busy_ms=0)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._turn = asyncio.Lock()
        self._in_hand: asyncio.Future[None] | None = None
        self._connection: Connection | None = None
        self._changes = 0
        self._is_closed = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Run]:
        """Open a transaction with the first query; one without queries costs nothing."""
        async with self._turn:
            if self._in_hand is not None:
                # The task that asked for it was cancelled; the thread goes on all the same.
                await asyncio.wait((self._in_hand,))
            try:
                yield self._run
            except BaseException:
                self._roll_back()
                raise
            await self._finish()

    def reading(self) -> AbstractAsyncContextManager[Read]:
        """Open a second connection for reading; see `storage.reading`."""
        return reading(self._url)

    async def close(self) -> None:
        """Close the connection after what is in hand; closing again does nothing."""
        async with self._turn:
            if not self._is_closed:
                self._is_closed = True
                await self._in_thread(self._close)
                self._thread.shutdown()

    async def _run(self, do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return do(await self._begun(), *args, **kwargs)

    async def _begun(self) -> Connection:
        if self._connection is None:
            await self._in_thread(self._open)
        if self._connection is None:
            raise RuntimeError("a connection that was just opened is gone")
        if not self._connection.in_transaction():
            await self._begin(self._connection)
            self._changes = _changes(self._connection)
        return self._connection

    async def _begin(self, connection: Connection) -> None:
        """Begin as soon as no other program is writing; the loop does other things meanwhile."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + BUSY_S
        while True:
            try:
                connection.begin()
            except OperationalError as error:
                is_busy = getattr(error.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
                if not is_busy or loop.time() >= deadline:
                    raise
                await asyncio.sleep(LOOK_AGAIN_S)
            else:
                return

    async def _finish(self) -> None:
        if self._connection is None or not self._connection.in_transaction():
            return
        if _changes(self._connection) == self._changes:
            self._roll_back()  # nothing was written, nothing need reach the disk
        else:
            await self._in_thread(self._commit)

    async def _in_thread(self, do: Callable[[], None]) -> None:
        self._in_hand = asyncio.get_running_loop().run_in_executor(self._thread, do)
        await asyncio.shield(self._in_hand)
        self._in_hand = None

    def _open(self) -> None:
        self._connection = self._engine.connect()

    def _commit(self) -> None:
        if self._connection is not None:
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


def _changes(connection: Connection) -> int:
    """How many rows were written through a connection since it was opened."""
    raw: Any = connection.connection.dbapi_connection
    return int(raw.total_changes)


class PostgresqlDatabase:
    """A pool of connections; units of work run side by side."""

    def __init__(self, url: URL, pool_size: int) -> None:
        self._url = url
        self._engine = create_async_engine(url, pool_size=pool_size, pool_pre_ping=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Run]:
        """Open a transaction at READ COMMITTED: what is locked is read again after the lock."""
        async with self._engine.begin() as connection:

            async def run(do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
                return await connection.run_sync(do, *args, **kwargs)

            yield run

    def reading(self) -> AbstractAsyncContextManager[Read]:
        """Open a connection beside the pool for reading; see `storage.reading`."""
        return reading(self._url)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
