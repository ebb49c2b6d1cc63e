"""Sheets that a village head works on for others: opening them, answers by two sides, one answer for many."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.engine import Run


class SqlVisits:
    """Sheets that a village head works on for others; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
