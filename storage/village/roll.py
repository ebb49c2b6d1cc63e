"""The roll of a hamlet, and what is done to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.dialogs.village.facts import HouseholdPage, HouseholdQuery
from bot.ports.village.roll import RollEntry
from storage.batch import Batch
from storage.engine import Run
from storage.village.roll_detail import household
from storage.village.roll_listing import households
from storage.village.roll_merging import merge
from storage.village.roll_writing import add, correct, leave, move


class SqlRoll:
    """The roll of a hamlet, and what is done to it; see ports.village."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self._run = run
        self._pull = pull_channels

    async def households(self, query: HouseholdQuery, year: int) -> HouseholdPage:
        """A page of the roll of a hamlet; see ports.village."""
        return await self._run(households, query, year, self._pull)

    async def household(self, subject_id: int, year: int, now: datetime) -> RollEntry | None:
        """Everything about one subject; see ports.village."""
        return await self._run(household, subject_id, year, now, self._pull)


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it.

    Raises: Conflict: a role does not allow it, or the roll is not what it was decided on.
    """
    add(connection, batch)
    correct(connection, batch)
    leave(connection, batch)
    move(connection, batch)
    merge(connection, batch)
