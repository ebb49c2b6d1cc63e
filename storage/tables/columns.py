"""What all tables are made of: their register, their ids, and how they refer to each other."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, ForeignKey, MetaData

from storage.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

COUNTING: Final[Any] = {"sqlite_autoincrement": True}
"""Ids are never used again, not even after the newest row is gone: mailboxes are read "after id"."""


def identity() -> Column[int]:
    """Return the column that names a row."""
    return Column("id", Id, primary_key=True)


def to(column: str, *, on_delete: str | None = None) -> ForeignKey:
    """Return a reference to a column of another table."""
    return ForeignKey(column, ondelete=on_delete)
