"""Rolls and answers that were sent in as files."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.engine import Run


class SqlImports:
    """Rolls and answers that were sent in as files; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
