"""What can go wrong with the database from outside."""

from __future__ import annotations


class StorageError(Exception):
    """The database cannot be used as asked; the message says how to mend it."""
