"""What is to be sent, how sending ended, and the mailboxes of pull channels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, case, delete, func, or_, select, update

from bot.dialogs.codec import CodecError, decode_content, encode_content
from bot.dialogs.effects import FetchFile, Notice, Show
from bot.dialogs.screens import Say
from bot.ports import Account, Delivery, Kept, Priority, Settled, Settlement
from storage.deliveries import kind_of, trim
from storage.engine import Run
from storage.files import throw_away
from storage.forgetting import remove_forgotten
from storage.rows import ACCOUNT, DEAD, KEPT, PRIORITY, QUEUED, RANK, SENDING, account_of, add_rows
from storage.tables import EvidenceState, OutboxKind, OutboxState, account, evidence, outbox, person
from storage.types import Code, Moment, among
from storage.uploads import arrived, lost

_now: Final = bindparam("now", type_=Moment)

_DUE = (
    select(
        outbox.c.id, outbox.c.content, outbox.c.locale, outbox.c.priority, outbox.c.state, outbox.c.attempts,
        outbox.c.created_at, outbox.c.in_place, outbox.c.press_ref, *ACCOUNT,
    )
    .join(account, account.c.id == outbox.c.account_id)
    .where(
        outbox.c.state.in_((QUEUED, SENDING)),
        or_(
            and_(outbox.c.state == QUEUED, or_(outbox.c.not_before.is_(None), outbox.c.not_before <= _now)),
            and_(outbox.c.state == SENDING, outbox.c.lease_until <= _now),
        ),
        # Not the bare column: SQLite would begin with every account of the channels instead of with what is unsent.
        among(func.coalesce(account.c.channel, ""), "channels"),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=outbox, skip_locked=True)
)  # fmt: skip
_LEASE = (
    update(outbox)
    .where(among(outbox.c.id, "ids"))
    .values(
        # A lease that ran out was an attempt that nobody told the end of.
        attempts=case((outbox.c.state == SENDING, outbox.c.attempts + 1), else_=outbox.c.attempts),
        state=OutboxState.SENDING,
        lease_until=bindparam("until", type_=Moment),
        not_before=None,
    )
)
_RECLAIM = (
    update(outbox)
    .where(outbox.c.state == SENDING)
    .values(state=OutboxState.QUEUED, attempts=outbox.c.attempts + 1, not_before=None, lease_until=None)
)
_LOCK_ACCOUNTS = (
    select(account.c.id).where(among(account.c.id, "accounts")).order_by(account.c.id).with_for_update(key_share=True)
)
_DONE = delete(outbox).where(among(outbox.c.id, "ids")).returning(outbox.c.id)
_is_shown_already: Final = account.c.screen_revision == bindparam("revision")
_SCREEN = (
    update(account)
    .where(account.c.id == bindparam("shown_to"))
    .values(
        # What was sent under an earlier showing of the same revision was meant for it too, such as a second photo.
        screen_sequence=case((_is_shown_already, account.c.screen_sequence), else_=bindparam("sequence")),
        screen_shown_at=case((_is_shown_already, account.c.screen_shown_at), else_=bindparam("shown_at", type_=Moment)),
        screen_ref=bindparam("ref"),
        screen_revision=bindparam("revision"),
    )
)
_RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("delivery"), outbox.c.state == SENDING)
    .values(
        state=OutboxState.QUEUED,
        attempts=outbox.c.attempts + 1,
        not_before=bindparam("later", type_=Moment),
        lease_until=None,
        error=bindparam("why"),
    )
)
_BLOCK = update(account).where(among(account.c.id, "accounts")).values(blocked_at=_now)
_DROP = delete(outbox).where(
    among(outbox.c.account_id, "accounts"), outbox.c.state != KEPT, outbox.c.kind != OutboxKind.FETCH
)
_BURY = (
    update(outbox)
    .where(outbox.c.id == bindparam("delivery"), outbox.c.state == SENDING)
    .values(state=OutboxState.DEAD, lease_until=None, error=bindparam("why"))
)
_FETCHED = (
    update(evidence)
    .where(evidence.c.id == bindparam("evidence"))
    .values(blob=bindparam("sha256"), state=bindparam("new_state", type_=Code(EvidenceState)))
)
_STILL_THERE = select(evidence.c.id).where(among(evidence.c.id, "evidence"))
_LOCALE = (
    select(person.c.locale, account.c.blocked_at)
    .join(account, account.c.person_id == person.c.id)
    .where(account.c.id == bindparam("account"))
)
_MAILBOX = (
    select(outbox.c.id, outbox.c.content, outbox.c.locale, outbox.c.created_at)
    .where(outbox.c.account_id == bindparam("account"), outbox.c.state == KEPT, outbox.c.id > bindparam("after"))
    .order_by(outbox.c.id.desc())
    .limit(bindparam("limit"))
)
_PURGE = delete(outbox).where(outbox.c.state == DEAD, outbox.c.created_at < bindparam("before", type_=Moment))


class SqlOutbox:
    """The outbox of one transaction."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self._run = run
        self._pull = pull_channels

    async def claim_due(
        self, channels: Sequence[str], limit: int, now: datetime, lease_until: datetime
    ) -> tuple[Delivery, ...]:
        """Take deliveries that are due; see ports.Outbox."""
        return await self._run(_claim_due, channels, limit, now, lease_until)

    async def reclaim(self) -> int:
        """Take back what a dead process held; see ports.Outbox."""
        return await self._run(_reclaim)

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Record how deliveries ended; see ports.Outbox."""
        if settlements:
            await self._run(_settle, settlements, now)

    async def notice(self, account: Account, text: Say, now: datetime) -> None:
        """Queue a sentence; see ports.Outbox."""
        await self._run(_notice, account, text, now, self._pull)

    async def mailbox(self, account_id: int, after: int, limit: int) -> tuple[Kept, ...]:
        """Read a mailbox; see ports.Outbox."""
        return await self._run(_mailbox, account_id, after, limit)

    async def purge(self, before: datetime) -> int:
        """Remove what was refused for good; see ports.Outbox."""
        return await self._run(lambda connection: connection.execute(_PURGE, {"before": before}).rowcount)


def _claim_due(
    connection: Connection, channels: Sequence[str], limit: int, now: datetime, lease_until: datetime
) -> tuple[Delivery, ...]:
    rows = connection.execute(_DUE, {"now": now, "channels": channels, "limit": limit}).all()
    if not rows:
        return ()
    connection.execute(_LEASE, {"ids": [row[0] for row in rows], "until": lease_until})
    deliveries, unreadable = [], []
    for row in rows:
        try:
            deliveries.append(_delivery(row))
        except (CodecError, ValueError) as error:
            unreadable.append({"delivery": row[0], "why": f"{type(error).__name__} in claim_due"})
    if unreadable:
        connection.execute(_BURY, unreadable)
    return tuple(deliveries)


def _reclaim(connection: Connection) -> int:
    return connection.execute(_RECLAIM).rowcount if connection.dialect.name == "sqlite" else 0


def _delivery(row: Sequence[Any]) -> Delivery:
    id_, content, locale, rank, state, attempts, created_at, in_place, press_ref, *columns = row
    return Delivery(
        id=id_,
        account=account_of(tuple(columns)),
        content=decode_content(content),
        locale=locale,
        priority=PRIORITY[rank],
        attempts=attempts + (state is OutboxState.SENDING),
        created_at=created_at,
        in_place=in_place,
        press_ref=press_ref,
    )


def _settle(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    if connection.dialect.name == "postgresql":
        # Accounts before their rows and in order, as forgetting does; otherwise the two could wait for each other.
        connection.execute(_LOCK_ACCOUNTS, {"accounts": sorted({each.delivery.account.id for each in settlements})})
    by: dict[Settled, list[Settlement]] = {how: [] for how in Settled}
    for each in settlements:
        by[each.how].append(each)
    _sent(connection, by[Settled.SENT], now)
    _retry(connection, by[Settled.RETRY])
    _dead(connection, by[Settled.DEAD])
    _blocked(connection, by[Settled.BLOCKED], now)
    told = sorted({each.delivery.account.id for each in settlements if each.how is not Settled.RETRY})
    if told:
        remove_forgotten(connection, told)


def _sent(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    if not settlements:
        return
    # A row that is not there any more gave way to a newer screen, or somebody else sent it after our lease.
    done = set(connection.execute(_DONE, {"ids": [each.delivery.id for each in settlements]}).scalars())
    screens = [_screen(each) for each in settlements if each.delivery.id in done and _is_screen(each)]
    if screens:
        connection.execute(_SCREEN, screens)
    files = [(each.delivery.content, each.blob) for each in settlements if isinstance(each.delivery.content, FetchFile)]
    fetched = {content.evidence_id: blob for content, blob in files if content.evidence_id}
    if fetched:
        _fetched(connection, fetched, now)
    arrived(connection, {content.upload_id: blob for content, blob in files if content.upload_id}, now)


def _is_screen(settlement: Settlement) -> bool:
    return isinstance(settlement.delivery.content, Show) and settlement.sent is not None


def _screen(settlement: Settlement) -> dict[str, Any]:
    sent, content = settlement.sent, settlement.delivery.content
    if sent is None or not isinstance(content, Show):
        raise TypeError("not a screen that was sent")
    return {
        "shown_to": settlement.delivery.account.id,
        "ref": sent.ref,
        "sequence": sent.sequence,
        "revision": content.screen.revision,
        "shown_at": sent.shown_at,
    }


def _fetched(connection: Connection, fetched: dict[int, str], now: datetime) -> None:
    there = set(connection.execute(_STILL_THERE, {"evidence": sorted(fetched)}).scalars())
    rows = [
        {"evidence": evidence_id, "sha256": blob, "new_state": EvidenceState.KEPT}
        for evidence_id, blob in fetched.items()
        if evidence_id in there
    ]
    if rows:
        connection.execute(_FETCHED, rows)
    throw_away(connection, {blob for evidence_id, blob in fetched.items() if evidence_id not in there}, now)


def _retry(connection: Connection, settlements: Sequence[Settlement]) -> None:
    if settlements:
        connection.execute(
            _RETRY,
            [{"delivery": each.delivery.id, "later": each.not_before, "why": each.error} for each in settlements],
        )


def _dead(connection: Connection, settlements: Sequence[Settlement]) -> None:
    if not settlements:
        return
    connection.execute(_BURY, [{"delivery": each.delivery.id, "why": each.error} for each in settlements])
    files = [each.delivery.content for each in settlements if isinstance(each.delivery.content, FetchFile)]
    failed = [
        {"evidence": file.evidence_id, "sha256": None, "new_state": EvidenceState.FAILED}
        for file in files
        if file.evidence_id
    ]
    if failed:
        connection.execute(_FETCHED, failed)
    lost(connection, [file.upload_id for file in files if file.upload_id])


def _blocked(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    accounts = sorted({each.delivery.account.id for each in settlements})
    if accounts:
        connection.execute(_BLOCK, {"accounts": accounts, "now": now})
        connection.execute(_DROP, {"accounts": accounts})


def _notice(connection: Connection, to: Account, text: Say, now: datetime, pull: tuple[str, ...]) -> None:
    row = connection.execute(_LOCALE, {"account": to.id}).one_or_none()
    if row is None or row.blocked_at is not None:
        return
    content = Notice(text)
    is_kept = to.channel in pull
    add_rows(
        connection,
        outbox,
        [
            {
                "account_id": to.id,
                "kind": kind_of(content),
                "content": encode_content(content),
                "locale": row.locale,
                "priority": RANK[Priority.REPLY],
                "state": OutboxState.KEPT if is_kept else OutboxState.QUEUED,
                "created_at": now,
            }
        ],
    )
    if is_kept:
        trim(connection, {to.id})


def _mailbox(connection: Connection, account_id: int, after: int, limit: int) -> tuple[Kept, ...]:
    rows = connection.execute(_MAILBOX, {"account": account_id, "after": after, "limit": limit}).all()
    return tuple(Kept(row.id, decode_content(row.content), row.locale, row.created_at) for row in reversed(rows))
