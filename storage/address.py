"""The address of a database, in the forms people write it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import StorageError

_FORMS = "Use sqlite:///path/to/file.db or postgresql://user:password@host/database."
_SQLITE = ("sqlite", "sqlite+aiosqlite", "sqlite+pysqlite")
_POSTGRESQL = ("postgresql", "postgres", "postgresql+asyncpg")


def parse(url: str) -> URL:
    """Read an address and name the driver this program has for it.

    Raises: StorageError: it is not an address, or of another kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"The database address cannot be read. {_FORMS}") from error
    if parsed.drivername in _SQLITE:
        if not parsed.database or parsed.database == ":memory:":
            raise StorageError(f"The database address names no file. {_FORMS}")
        return parsed.set(drivername="sqlite+pysqlite")
    if parsed.drivername in _POSTGRESQL:
        query = dict(parsed.query)
        if "sslmode" in query:  # the word of every other PostgreSQL tool
            query["ssl"] = query.pop("sslmode")
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    raise StorageError(f"The database address begins with '{parsed.drivername}://', which is not supported. {_FORMS}")


def is_sqlite(url: URL) -> bool:
    """Whether it is a file of this machine."""
    return url.get_backend_name() == "sqlite"


def path(url: URL) -> Path:
    """Return the file of an SQLite address."""
    return Path(url.database or "")
