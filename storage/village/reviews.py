"""The village's review: sheets that wait, differing answers, samples, meetings."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.engine import Run


class SqlReviews:
    """The village's review: sheets that wait, differing answers, samples, meetings; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
