"""Clans and their member households."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.engine import Run


class SqlClans:
    """Clans and their member households; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
