"""Bringing a database to the newest tables; safe when several processes start at once.

Alembic is loaded only when there is something to migrate: at most starts there is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrations
from storage.address import is_sqlite, parse, path
from storage.engine import sqlite_engine
from storage.errors import StorageError

VERSIONS = Path(migrations.__file__).parent / "versions"

_LOCK = 4_481_075_112
"""Any number that only migrations of this program lock on PostgreSQL."""


async def migrate(url: str) -> None:
    """Bring the database at an address to the newest revision; an absent SQLite file is created.

    All in one transaction: a revision that fails leaves the database as it was.

    Raises: StorageError: a newer version of this program has been here.
    """
    await in_transaction(parse(url), _upgrade)


async def migrate_down(url: str, revision: str) -> None:
    """Take back the revisions after one, or all for 'base'. What only the newer tables can hold is lost."""
    from storage.revising import downgrade  # noqa: PLC0415 - loads Alembic

    await in_transaction(parse(url), lambda connection: downgrade(connection, revision))


@cache
def newest() -> str:
    """Return the revision that this program's tables are at: the last of the files, which begin with theirs."""
    return max(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py"))


def current(connection: Connection) -> str | None:
    """Return the revision a database is at; None when it is empty."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


async def in_transaction(url: URL, do: Callable[[Connection], None]) -> None:
    """Call a function in one transaction of its own connection, while no other migration runs."""
    if is_sqlite(url):
        await asyncio.to_thread(_in_sqlite, url, do)
        return
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await connection.run_sync(do)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    if current(connection) == newest():
        return
    from storage.revising import upgrade  # noqa: PLC0415 - loads Alembic

    upgrade(connection)


def _in_sqlite(url: URL, do: Callable[[Connection], None]) -> None:
    path(url).parent.mkdir(parents=True, exist_ok=True)
    path(url).touch(mode=0o600)  # what people tell is nobody else's on this machine
    engine = sqlite_engine(url, checks_keys=False)
    try:
        with engine.begin() as connection:
            do(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise StorageError(f"{len(broken)} rows refer to rows that are gone; nothing was changed")
    finally:
        engine.dispose()
