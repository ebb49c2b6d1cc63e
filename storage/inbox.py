"""Updates as they came: unique, in order per person, one at a time per person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    tuple_,
    update,
)

from bot.dialogs.codec import CodecError, decode_event, encode_event, encode_session
from bot.dialogs.events import OurOwn
from bot.dialogs.session import Session
from bot.ports import Claimed, Incoming, Parked
from storage.engine import Run
from storage.rows import ACCOUNT, PARKED, PENDING, SENDING, account_of, add_rows, first_revision, insert_new
from storage.tables import InboxState, account, inbox, outbox, person
from storage.types import Moment, among

_PURGED_AT_ONCE: Final = 10_000
_NEW_ACCOUNTS_LOCK: Final = 4_481_075_113
"""Held on PostgreSQL while accounts are opened, so that two processes open one account once."""

_KNOWN = select(inbox.c.channel, inbox.c.update_id).where(
    among(inbox.c.channel, "channels"), among(inbox.c.update_id, "update_ids")
)
# Locked as the rows that will refer to them lock them: an account that is just moving to another person is waited for.
_ACCOUNTS = (
    select(
        account.c.channel,
        account.c.external_id,
        account.c.id,
        account.c.person_id,
        account.c.blocked_at,
        account.c.forgotten_at,
    )
    .where(among(account.c.channel, "channels"), among(account.c.external_id, "external_ids"))
    .order_by(account.c.id)
    .with_for_update(read=True, key_share=True)
)
_WAKE = update(account).where(among(account.c.id, "ids")).values(blocked_at=None, forgotten_at=None)
_ADD = insert_new(inbox, "channel", "update_id")

_now: Final = bindparam("now", type_=Moment)

_earlier = inbox.alias("earlier")
_is_head = and_(
    inbox.c.state == PENDING,
    or_(inbox.c.not_before.is_(None), inbox.c.not_before <= _now),
    ~exists().where(
        _earlier.c.person_id == inbox.c.person_id,
        _earlier.c.state == PENDING,
        tuple_(_earlier.c.ordinal, _earlier.c.id) < tuple_(inbox.c.ordinal, inbox.c.id),
    ),
)

_own = account.alias("own")
_awaits_reply = exists().where(
    _own.c.person_id == inbox.c.person_id,
    outbox.c.account_id == _own.c.id,
    outbox.c.state == SENDING,
    outbox.c.priority == 0,
    outbox.c.lease_until > _now,
)

_HEADS = (
    select(
        inbox.c.id, inbox.c.update_id, inbox.c.ordinal, inbox.c.event, inbox.c.language, inbox.c.sequence,
        inbox.c.sent_at, inbox.c.press_ref, inbox.c.message_ref, inbox.c.attempts, *ACCOUNT,
    )
    .join(account, account.c.id == inbox.c.account_id)
    .where(_is_head, ~_awaits_reply)
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_LOCK_PERSONS = (
    select(person.c.id)
    .join(inbox, inbox.c.person_id == person.c.id)
    .where(_is_head, ~_awaits_reply)
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=person, skip_locked=True, key_share=True)
)
_HEADS_OF = _HEADS.where(among(inbox.c.person_id, "persons"))

_ANY_HEAD = select(exists().where(_is_head))
_FAIL = (
    update(inbox)
    .where(inbox.c.id == bindparam("inbox_id"), inbox.c.state == PENDING)
    .values(
        attempts=inbox.c.attempts + 1,
        state=bindparam("new_state"),
        not_before=bindparam("retry_at", type_=Moment),
        error=bindparam("why"),
        reference=bindparam("ref"),
    )
)
_PARKED = select(inbox).where(inbox.c.state == PARKED).order_by(inbox.c.id)
_RETRY = (
    update(inbox)
    .where(among(inbox.c.id, "ids"), inbox.c.state == PARKED)
    .values(state=InboxState.PENDING, attempts=0, not_before=None, error="", reference="")
)
_PURGE = delete(inbox).where(
    inbox.c.id.in_(
        select(inbox.c.id)
        .where(inbox.c.state == InboxState.DONE, inbox.c.received_at < bindparam("before", type_=Moment))
        .order_by(inbox.c.id)
        .limit(_PURGED_AT_ONCE)
    )
)

EMPTIED: Final[Mapping[str, Any]] = {
    "state": InboxState.DONE,
    "event": null(),
    "account_id": null(),
    "person_id": null(),
    "language": "",
    "sequence": null(),
    "sent_at": null(),
    "press_ref": "",
    "message_ref": "",
    "not_before": null(),
    "error": "",
    "reference": "",
}
"""What an update is once it is handled: recognised if it comes again, and nothing else."""


class SqlInbox:
    """The inbox of one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def add(self, updates: Sequence[Incoming], now: datetime) -> int:
        """Store what is new; see ports.Inbox."""
        return await self._run(_add, updates, now) if updates else 0

    async def claim(self, limit: int, now: datetime) -> tuple[Claimed, ...]:
        """Take updates of persons nobody else handles; see ports.Inbox."""
        return await self._run(_claim, limit, now)

    async def fail(self, inbox_id: int, error: str, reference: str, now: datetime, retry_at: datetime | None) -> None:
        """Count a failure; see ports.Inbox."""
        await self._run(_fail, inbox_id, error, reference, retry_at)

    async def parked(self) -> tuple[Parked, ...]:
        """List what waits for an administrator; see ports.Inbox."""
        return await self._run(_parked)

    async def retry_parked(self, inbox_ids: Sequence[int]) -> int:
        """Put parked updates back in line; see ports.Inbox."""
        return await self._run(lambda connection: connection.execute(_RETRY, {"ids": inbox_ids}).rowcount)

    async def has_pending(self, now: datetime) -> bool:
        """Whether any update could be claimed; see ports.Inbox."""
        return await self._run(lambda connection: bool(connection.execute(_ANY_HEAD, {"now": now}).scalar()))

    async def purge(self, before: datetime) -> int:
        """Remove handled updates; see ports.Inbox."""
        return await self._run(lambda connection: connection.execute(_PURGE, {"before": before}).rowcount)


def _add(connection: Connection, updates: Sequence[Incoming], now: datetime) -> int:
    keys: dict[tuple[str, str], Incoming] = {}
    for each in updates:
        keys.setdefault((each.channel, each.update_id), each)
    channels = sorted({each.channel for each in updates})
    known = connection.execute(_KNOWN, {"channels": channels, "update_ids": [update_id for _, update_id in keys]})
    for row in known:
        keys.pop((row.channel, row.update_id), None)
    new = tuple(keys.values())
    if not new:
        return 0
    accounts = _accounts(connection, new, now)
    _wake(connection, new, accounts)
    statement = _ADD[connection.dialect.name].returning(inbox.c.id)
    return len(connection.execute(statement, [_row(each, accounts, now) for each in new]).all())


_Accounts = dict[tuple[str, str], Any]


def _accounts(connection: Connection, updates: Sequence[Incoming], now: datetime) -> _Accounts:
    """Find the accounts of updates, opening those that are missing, each with a person of its own."""
    accounts, missing = _find(connection, updates)
    if not missing:
        return accounts
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_NEW_ACCOUNTS_LOCK)))
        _, missing = _find(connection, updates)
    if missing:
        persons = create_persons(connection, [Session(revision=first_revision(now)) for _ in missing], now)
        connection.execute(
            insert(account),
            [
                {"channel": channel, "external_id": external_id, "person_id": person_id, "created_at": now}
                for (channel, external_id), person_id in zip(missing, persons, strict=True)
            ],
        )
    return _find(connection, updates)[0]


def _find(connection: Connection, updates: Sequence[Incoming]) -> tuple[_Accounts, tuple[tuple[str, str], ...]]:
    wanted = dict.fromkeys((each.channel, each.external_id) for each in updates)
    rows = connection.execute(
        _ACCOUNTS,
        {
            "channels": sorted({channel for channel, _ in wanted}),
            "external_ids": [external_id for _, external_id in wanted],
        },
    )
    found = {(row.channel, row.external_id): row for row in rows}
    return found, tuple(key for key in wanted if key not in found)


def create_persons(connection: Connection, sessions: Sequence[Session], now: datetime) -> tuple[int, ...]:
    """Add persons with these sessions; returns their ids in the same order."""
    rows = [
        {
            "session": encode_session(session),
            "revision": session.revision,
            "locale": session.locale,
            "created_at": now,
            "updated_at": now,
        }
        for session in sessions
    ]
    return tuple(add_rows(connection, person, rows))


def _wake(connection: Connection, updates: Sequence[Incoming], accounts: _Accounts) -> None:
    """Who writes to us wants to be written to. What we say ourselves says nothing of that."""
    awake = {
        row.id
        for row in (accounts[each.channel, each.external_id] for each in updates if not isinstance(each.event, OurOwn))
        if row.blocked_at is not None or row.forgotten_at is not None
    }
    if awake:
        connection.execute(_WAKE, {"ids": sorted(awake)})


def _row(each: Incoming, accounts: _Accounts, now: datetime) -> dict[str, Any]:
    owner = accounts[each.channel, each.external_id]
    return {
        "channel": each.channel,
        "update_id": each.update_id,
        "account_id": owner.id,
        "person_id": owner.person_id,
        "ordinal": each.order,
        "state": InboxState.PENDING,
        "event": encode_event(each.event),
        "language": each.language[:40],
        "sequence": each.sequence,
        "sent_at": each.sent_at,
        "press_ref": each.press_ref,
        "message_ref": each.message_ref,
        "received_at": now,
    }


def _claim(connection: Connection, limit: int, now: datetime) -> tuple[Claimed, ...]:
    if connection.dialect.name == "postgresql":
        persons = connection.execute(_LOCK_PERSONS, {"now": now, "limit": limit}).scalars().all()
        if not persons:
            return ()
        # Until a person is locked, another process may have handled what was their head: look again.
        rows = connection.execute(_HEADS_OF, {"now": now, "limit": limit, "persons": persons}).all()
    else:
        rows = connection.execute(_HEADS, {"now": now, "limit": limit}).all()
    claimed = []
    for row in rows:
        try:
            claimed.append(_claimed(row))
        except (CodecError, ValueError) as error:
            _fail(connection, row.id, f"{type(error).__name__} in claim", "", None)
    return tuple(claimed)


def _claimed(row: Sequence[Any]) -> Claimed:
    inbox_id, update_id, order, event, language, sequence, sent_at, press_ref, message_ref, attempts, *columns = row
    owner = account_of(tuple(columns))
    incoming = Incoming(
        channel=owner.channel,
        update_id=update_id,
        order=order,
        external_id=owner.external_id,
        event=decode_event(event),
        language=language,
        sequence=sequence,
        sent_at=sent_at,
        press_ref=press_ref,
        message_ref=message_ref,
    )
    return Claimed(inbox_id, incoming, owner, attempts)


def _fail(connection: Connection, inbox_id: int, error: str, reference: str, retry_at: datetime | None) -> None:
    connection.execute(
        _FAIL,
        {
            "inbox_id": inbox_id,
            "new_state": InboxState.PARKED if retry_at is None else InboxState.PENDING,
            "retry_at": retry_at,
            "why": error,
            "ref": reference,
        },
    )


def _parked(connection: Connection) -> tuple[Parked, ...]:
    return tuple(
        Parked(
            inbox_id=row.id,
            channel=row.channel,
            person_id=row.person_id,
            attempts=row.attempts,
            error=row.error,
            reference=row.reference,
            received_at=row.received_at,
            event_kind=_kind(row.event),
        )
        for row in connection.execute(_PARKED)
    )


def _kind(event: str) -> str:
    try:
        return type(decode_event(event)).__name__
    except (CodecError, ValueError):
        return "unreadable"
