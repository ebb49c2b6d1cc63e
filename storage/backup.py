"""A consistent copy of the database while the service runs."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.address import is_sqlite, parse, path
from storage.errors import StorageError


async def backup(url: str, target: Path) -> None:
    """Copy an SQLite database into a file that appears only when it is whole and on disk.

    Raises: StorageError: the database is PostgreSQL, is not there, or the copy is damaged.
    """
    address = parse(url)
    if not is_sqlite(address):
        raise StorageError(
            "PostgreSQL brings its own backup: pg_dump --format=custom --file=hoctap.dump "
            f"{address.set(drivername='postgresql').render_as_string()}"
        )
    if not await asyncio.to_thread(path(address).is_file):
        raise StorageError(f"There is no database at {path(address)}; check HOCTAP_DATABASE_URL and HOCTAP_DATA_DIR.")
    await asyncio.to_thread(_copy, path(address), target)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with closing(sqlite3.connect(source, timeout=15)) as live, closing(sqlite3.connect(unfinished)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").close()  # one file, nothing beside it
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        unfinished.unlink()
        raise StorageError(f"The copy of {source} is damaged: {found}. Look at the disk, and keep older backups.")
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
