"""Rows to values and back, where several queries need the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Insert, Table, TextClause, insert, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialogs.codec import decode_answer
from bot.ports import Account, Priority
from bot.scoring.model import Answer
from storage.tables import account

# Written into statements as they are, so that SQLite sees which partial index fits.
PENDING: Final[ColumnElement[Any]] = literal_column("'pending'")
PARKED: Final[ColumnElement[Any]] = literal_column("'parked'")
QUEUED: Final[ColumnElement[Any]] = literal_column("'queued'")
SENDING: Final[ColumnElement[Any]] = literal_column("'sending'")
KEPT: Final[ColumnElement[Any]] = literal_column("'kept'")
DEAD: Final[ColumnElement[Any]] = literal_column("'dead'")

RANK: Final[Mapping[Priority, int]] = {Priority.REPLY: 0, Priority.BULK: 1}
PRIORITY: Final[Mapping[int, Priority]] = {rank: priority for priority, rank in RANK.items()}

_REVISIONS_SINCE: Final = datetime(2025, 1, 1, tzinfo=UTC)

ACCOUNT: Final[tuple[ColumnElement[Any], ...]] = (
    account.c.id.label("account_id"),
    account.c.channel,
    account.c.external_id,
    account.c.person_id,
    account.c.screen_ref,
    account.c.screen_sequence,
    account.c.screen_revision,
    account.c.screen_shown_at,
    account.c.failed_codes,
    account.c.failed_code_at,
)
"""What `account_of` reads, in its order."""


def account_of(columns: tuple[Any, ...]) -> Account:
    """Read an account from the values of `ACCOUNT`."""
    return Account(*columns)


@lru_cache(maxsize=4096)
def _few_answers(text: str) -> Answer:
    return decode_answer(text)


def answer_of(text: str) -> Answer:
    """Read an answer. Most answers are one of a few, and reading those once saves most of loading an assessment."""
    return _few_answers(text) if len(text) < 80 else decode_answer(text)


def first_revision(now: datetime, after: int = -1) -> int:
    """Return the revision a new person's session begins at: tenths of a second, so it never meets an older screen."""
    return max((now - _REVISIONS_SINCE) // timedelta(milliseconds=100), after + 1)


def insert_new(table: Table, *key: str, where: TextClause | None = None) -> Mapping[str, Insert]:
    """Return, by database, an INSERT that leaves a row alone that is there already.

    Args:
        where: of the partial index that makes the key unique.
    """
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=key, index_where=where),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=key, index_where=where),
    }


@cache
def _inserting(table: Table, dialect: str) -> Insert:
    # SQLAlchemy would send the rows to SQLite one by one to be sure of their order; it numbers them in order anyway.
    return insert(table).returning(table.c.id, sort_by_parameter_order=dialect != "sqlite")


def add_rows(connection: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert rows in one statement; returns their ids, in order."""
    ids = connection.execute(_inserting(table, connection.dialect.name), values).scalars().all()
    return sorted(ids)


def upsert(table: Table, *key: str) -> Mapping[str, Insert]:
    """Return, by database, an INSERT that overwrites a row that is there already."""
    others = [column.name for column in table.columns if column.name not in key]
    lite = sqlite.insert(table)
    postgres = postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=key, set_={name: lite.excluded[name] for name in others}),
        "postgresql": postgres.on_conflict_do_update(
            index_elements=key, set_={name: postgres.excluded[name] for name in others}
        ),
    }
