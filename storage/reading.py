"""A connection and a thread of their own, for reading much while conversations go on.

Each query is a transaction of its own, so that nothing waits for the reader and no log grows on its account.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool, StaticPool

from storage.address import is_sqlite

P = ParamSpec("P")
T = TypeVar("T")


class _Reader(Protocol):
    """A connection that lives in one thread."""

    def read(self, do: Callable[[Connection], T]) -> T:
        """Call a query."""

    def close(self) -> None:
        """Give the connection back."""


class Read:
    """Calls a query with the connection of a reader, in the reader's thread."""

    def __init__(self, thread: ThreadPoolExecutor, reader: _Reader) -> None:
        self._thread = thread
        self._reader = reader

    async def __call__(self, do: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the query returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, self._reader.read, lambda connection: do(connection, *args, **kwargs)
        )


@asynccontextmanager
async def reading(url: URL) -> AsyncIterator[Read]:
    """Open a reader; it is closed behind a query that is still running when its caller has gone."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="reading")
    reader: _Reader = _SqliteReader(url) if is_sqlite(url) else _PostgresqlReader(url)
    try:
        yield Read(thread, reader)
    finally:
        closed = asyncio.get_running_loop().run_in_executor(thread, reader.close)
        thread.shutdown(wait=False)
        await asyncio.shield(closed)


class _SqliteReader:
    """A second connection to the file, which sees what was committed when a query begins."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

        @event.listens_for(self._engine, "connect")
        def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
            for pragma in ("query_only=1", "busy_timeout=15000", "cache_size=-16000"):
                connection.execute(f"PRAGMA {pragma}").close()

    def read(self, do: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return do(connection)

    def close(self) -> None:
        self._engine.dispose()


class _PostgresqlReader:
    """A connection of its own with an event loop of its own, as the driver wants one."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(url, poolclass=NullPool)
        self._runner = asyncio.Runner()
        self._connection: AsyncConnection | None = None

    def read(self, do: Callable[[Connection], T]) -> T:
        return self._runner.run(self._read(do))

    def close(self) -> None:
        try:
            self._runner.run(self._close())
        finally:
            self._runner.close()

    async def _read(self, do: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = await self._engine.connect()
        async with self._connection.begin():
            return await self._connection.run_sync(do)

    async def _close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
        await self._engine.dispose()
