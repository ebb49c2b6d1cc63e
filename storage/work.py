"""The unit of work, and the storage that opens it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.ports import Inbox, Outbox, People, Records, Rules, StoredSheet, Uploads, Work
from bot.ports.village import (
    Bulk,
    Clans,
    FiledAnswers,
    Imports,
    Invitations,
    News,
    Reviews,
    Roll,
    Visits,
    Watch,
    Years,
)
from storage.address import parse
from storage.engine import Database, Run, connect
from storage.inbox import SqlInbox
from storage.migrating import current, newest
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.records import SqlRecords
from storage.rules import SqlRules
from storage.sheets import sheets_below
from storage.uploads import SqlUploads
from storage.village.answers_import import SqlFiledAnswers
from storage.village.bulk import SqlBulk
from storage.village.clans import SqlClans
from storage.village.imports import SqlImports
from storage.village.invitations import SqlInvitations
from storage.village.news import SqlNews
from storage.village.reviews import SqlReviews
from storage.village.roll import SqlRoll
from storage.village.visits import SqlVisits
from storage.village.watch import SqlWatch
from storage.village.years import SqlYears


class SqlWork:
    """One transaction; see ports.Work."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self.inbox: Inbox = SqlInbox(run)
        self.people: People = SqlPeople(run, pull_channels)
        self.outbox: Outbox = SqlOutbox(run, pull_channels)
        self.records: Records = SqlRecords(run)
        self.rules: Rules = SqlRules(run)
        self.uploads: Uploads = SqlUploads(run)
        self.roll: Roll = SqlRoll(run, pull_channels)
        self.visits: Visits = SqlVisits(run)
        self.reviews: Reviews = SqlReviews(run)
        self.invitations: Invitations = SqlInvitations(run)
        self.bulk: Bulk = SqlBulk(run)
        self.filed: FiledAnswers = SqlFiledAnswers(run)
        self.clans: Clans = SqlClans(run)
        self.watch: Watch = SqlWatch(run, pull_channels)
        self.years: Years = SqlYears(run)
        self.imports: Imports = SqlImports(run)
        self.news: News = SqlNews(run, pull_channels)


class SqlStorage:
    """The database; see ports.Storage."""

    def __init__(self, database: Database, pull_channels: tuple[str, ...]) -> None:
        self._database = database
        self._pull = pull_channels

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Open a transaction; see ports.Storage.

        On SQLite units of work take turns: never open one inside another, nor wait for anything slow in one.
        """
        async with self._database.begin() as run:
            yield SqlWork(run, self._pull)

    async def sheets(
        self, path: str, year: int, set_id: str, set_version: str, but: Sequence[str] = ()
    ) -> AsyncGenerator[tuple[StoredSheet, ...], None]:
        """Every assessment of a year at or below a place under a set, page by page; see ports.Storage."""
        async with self._database.reading() as read:
            async for page in sheets_below(read, path, year, set_id, set_version, but):
                yield page

    async def is_ready(self) -> bool:
        """Whether the database answers and is migrated; see ports.Storage."""
        try:
            async with self._database.begin() as run:
                return await run(_is_newest)
        except (SQLAlchemyError, OSError):
            return False

    async def close(self) -> None:
        """Give everything back; see ports.Storage."""
        await self._database.close()


def open_storage(url: str, pull_channels: Sequence[str] = ("web", "terminal"), pool_size: int = 5) -> SqlStorage:
    """Return the storage at an address; nothing is connected before the first unit of work.

    Args:
        url: sqlite:///path/to/file.db or postgresql://user:password@host/database.
        pull_channels: channels whose people fetch what they are shown; their deliveries are kept, never sent.
        pool_size: connections kept to PostgreSQL.
    Raises: StorageError: the address cannot be used.
    """
    return SqlStorage(connect(parse(url), pool_size), tuple(pull_channels))


def _is_newest(connection: Connection) -> bool:
    return current(connection) == newest()
