"""How far a hamlet is, this year against the last, reminders, and news for persons."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.engine import Run


class SqlWatch:
    """How far a hamlet is, this year against the last, reminders, and news for persons; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
