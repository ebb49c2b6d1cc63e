"""Wrong codes: counted by account and channel; too many slow down, and are told to those who look after us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Date, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialogs.codec import encode_event
from bot.dialogs.effects import CountFailedCode
from bot.dialogs.events import News
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import say
from storage.batch import Batch, Step
from storage.rows import upsert
from storage.tables import account, heartbeat, news, place, role, wrong_code
from storage.types import Moment

COUNT_FOR: Final = timedelta(minutes=15)
"""A wrong code this long after the last one begins a new count of its account."""

TRIES: Final = 5
"""Wrong codes after which an account is slowed down; the audit says so once."""

MANY: Final = 100
"""Wrong codes within an hour, on all channels, of which officers are told."""

_HOUR: Final = timedelta(hours=1)
_QUIET: Final = timedelta(days=1)
"""Officers are told once in this time."""

_TOLD: Final = "wrong codes told"
_now: Final = bindparam("now", type_=Moment)
_on: Final = bindparam("on", type_=Date)

_FAILED = (
    update(account)
    .where(account.c.id == bindparam("guessing"))
    .values(failed_codes=bindparam("new_count"), failed_code_at=_now)
)
_lite, _postgres = sqlite.insert(wrong_code), postgresql.insert(wrong_code)
_COUNT = {
    "sqlite": _lite.on_conflict_do_update(
        index_elements=["channel", "minute"], set_={"count": wrong_code.c.count + _lite.excluded["count"]}
    ),
    "postgresql": _postgres.on_conflict_do_update(
        index_elements=["channel", "minute"], set_={"count": wrong_code.c.count + _postgres.excluded["count"]}
    ),
}
_SINCE = select(func.coalesce(func.sum(wrong_code.c.count), 0)).where(
    wrong_code.c.minute >= bindparam("since", type_=Moment)
)
_OF_CHANNEL = _SINCE.where(wrong_code.c.channel == bindparam("of"))
_OLD = delete(wrong_code).where(wrong_code.c.minute < bindparam("before", type_=Moment))
_LAST_TOLD = select(heartbeat.c.at).where(heartbeat.c.name == _TOLD)
_SET_TOLD = upsert(heartbeat, "name")
_OFFICERS = (
    select(role.c.person_id, place.c.path)
    .join(place, place.c.id == role.c.place_id)
    .where(
        role.c.role == RoleKind.OFFICER,
        role.c.since <= _on,
        or_(role.c.until.is_(None), role.c.until >= _on),
    )
    .order_by(role.c.person_id)
)


def count_guesses(connection: Connection, batch: Batch) -> None:
    """Count the wrong codes of a batch."""
    failed = batch.each(CountFailedCode)
    if not failed:
        return
    connection.execute(
        _FAILED,
        [{"guessing": step.account.id, "new_count": _count(step, batch), "now": batch.now} for step, _ in failed],
    )
    for step, _ in failed:
        if _count(step, batch) == TRIES:
            batch.note(step, "code.slowed")
    minute = batch.now.replace(second=0, microsecond=0)
    by_channel = Counter(step.channel for step, _ in failed)
    connection.execute(
        _COUNT[connection.dialect.name],
        [{"channel": channel, "minute": minute, "count": count} for channel, count in sorted(by_channel.items())],
    )
    _tell(connection, batch, failed[0][0])


def wrong_codes(connection: Connection, channel: str, since: datetime) -> int:
    """Count what was tried on a channel since a moment."""
    count: int = connection.execute(_OF_CHANNEL, {"since": since, "of": channel}).scalar_one()
    return count


def purge(connection: Connection, before: datetime) -> None:
    """Forget counts from before a moment."""
    connection.execute(_OLD, {"before": before})


def _count(step: Step, batch: Batch) -> int:
    last = step.account.failed_code_at
    is_recent = last is not None and batch.now - last < COUNT_FOR
    return step.account.failed_codes + 1 if is_recent else 1


def _tell(connection: Connection, batch: Batch, step: Step) -> None:
    """Tell the officers of the topmost places, once, that very many wrong codes were tried; not which, nobody knows."""
    count: int = connection.execute(_SINCE, {"since": batch.now - _HOUR}).scalar_one()
    if count <= MANY:
        return
    told: datetime | None = connection.execute(_LAST_TOLD).scalar()
    if told is not None and batch.now - told < _QUIET:
        return
    connection.execute(_SET_TOLD[connection.dialect.name], {"name": _TOLD, "at": batch.now})
    batch.note(step, "code.many_wrong")
    event = encode_event(News(say("codes.many_wrong", count=count)))
    rows = [
        {"person_id": person_id, "event": event, "is_reminder": False, "created_at": batch.now, "due_at": batch.now}
        for person_id in _topmost(connection, batch)
    ]
    if rows:
        connection.execute(insert(news), rows)


def _topmost(connection: Connection, batch: Batch) -> Sequence[int]:
    officers = connection.execute(_OFFICERS, {"on": batch.today}).all()
    depth = min((path.count("/") for _, path in officers), default=0)
    return sorted({person_id for person_id, path in officers if path.count("/") == depth})
