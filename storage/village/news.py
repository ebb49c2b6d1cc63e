"""What persons are to be told: taken once it is due, each by one process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, select, update

from bot.dialogs.codec import CodecError, decode_event
from bot.dialogs.events import Event
from bot.dialogs.facts import AssessmentState
from bot.ports import Account
from bot.ports.village.news import DueNews
from storage.engine import Run
from storage.rows import ACCOUNT, account_of
from storage.tables import account, assessment, news, person_subject
from storage.types import Moment, among

_since = assessment.alias("since")
# A household that had no sheet of the year yet when it was reminded: whatever the person handed in since.
_HANDED_IN_SINCE = (
    exists()
    .where(
        person_subject.c.person_id == news.c.person_id,
        _since.c.subject_id == person_subject.c.subject_id,
        _since.c.handed_in_at >= news.c.created_at,
    )
    .correlate(news)
)
_DUE = (
    select(
        news.c.id,
        news.c.person_id,
        news.c.event,
        news.c.is_reminder,
        assessment.c.state,
        and_(news.c.is_reminder, news.c.assessment_id.is_(None), _HANDED_IN_SINCE).label("is_handed_in_since"),
    )
    .select_from(news)
    .outerjoin(assessment, assessment.c.id == news.c.assessment_id)
    .where(news.c.told_at.is_(None), news.c.due_at <= bindparam("now", type_=Moment))
    .order_by(news.c.due_at, news.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=news, skip_locked=True, key_share=True)
)
# The newest screen first; whoever only fetches their mail is told there where nothing else is left.
_ACCOUNTS = (
    select(*ACCOUNT)
    .where(
        among(account.c.person_id, "persons"),
        account.c.blocked_at.is_(None),
        account.c.forgotten_at.is_(None),
    )
    .order_by(
        account.c.person_id,
        case((account.c.channel.in_(bindparam("pull", expanding=True)), 1), else_=0),
        account.c.screen_revision.desc(),
        account.c.id.desc(),
    )
)
_TOLD = (
    update(news)
    .where(among(news.c.id, "news"), news.c.told_at.is_(None))
    .values(told_at=bindparam("now", type_=Moment))
)
_PUT_OFF = (
    update(news)
    .where(among(news.c.id, "news"), news.c.told_at.is_(None))
    .values(due_at=bindparam("until", type_=Moment))
)
_PURGED_AT_ONCE: Final = 10_000
_PURGE = delete(news).where(
    news.c.id.in_(
        select(news.c.id)
        .where(news.c.told_at < bindparam("before", type_=Moment))
        .order_by(news.c.id)
        .limit(_PURGED_AT_ONCE)
    )
)
_OPEN: Final = (AssessmentState.DRAFT, AssessmentState.RETURNED)


class SqlNews:
    """What persons are to be told; see ports.village."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self._run = run
        self._pull = pull_channels

    async def due(self, limit: int, now: datetime) -> tuple[DueNews, ...]:
        """Take what is due; see ports.village.News."""
        return await self._run(_due, limit, now, self._pull)

    async def told(self, news_ids: tuple[int, ...], now: datetime) -> None:
        """Note that these are done with; see ports.village.News."""
        if news_ids:
            await self._run(lambda c: c.execute(_TOLD, {"news": list(news_ids), "now": now}).close())

    async def purge(self, before: datetime) -> int:
        """Remove what was told long ago; see ports.village.News."""
        return await self._run(lambda c: c.execute(_PURGE, {"before": before}).rowcount)

    async def put_off(self, news_ids: tuple[int, ...], until: datetime) -> None:
        """Have these told later; see ports.village.News."""
        if news_ids:
            await self._run(lambda c: c.execute(_PUT_OFF, {"news": list(news_ids), "until": until}).close())


def _due(connection: Connection, limit: int, now: datetime, pull: tuple[str, ...]) -> tuple[DueNews, ...]:
    rows = connection.execute(_DUE, {"now": now, "limit": limit}).all()
    if not rows:
        return ()
    accounts: dict[int, Account] = {}
    found: Sequence[Any] = connection.execute(
        _ACCOUNTS, {"persons": sorted({row.person_id for row in rows}), "pull": pull}
    ).all()
    for columns in found:
        each = account_of(tuple(columns))
        accounts.setdefault(each.person_id, each)
    return tuple(
        DueNews(
            row.id,
            accounts.get(row.person_id),
            _event(row.event),
            row.is_reminder,
            is_overtaken=bool(row.is_handed_in_since)
            or (row.is_reminder and row.state is not None and row.state not in _OPEN),
            rings=row.person_id in accounts and accounts[row.person_id].channel not in pull,
        )
        for row in rows
    )


def _event(text: str) -> Event | None:
    try:
        return decode_event(text)
    except (CodecError, ValueError):
        return None
