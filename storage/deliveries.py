"""Outbox rows for what the turns show and send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, assert_never

from sqlalchemy import Connection, and_, bindparam, delete, or_, select

from bot.dialogs.codec import encode_content
from bot.dialogs.effects import Content, FetchFile, Notice, SendDocument, Show
from bot.dialogs.events import Pressed
from bot.ports import Delivery, Priority
from storage.batch import Batch, Step
from storage.rows import KEPT, QUEUED, RANK, SENDING, add_rows
from storage.tables import OutboxKind, OutboxState, outbox
from storage.types import Moment, among

MAILBOX_SIZE: Final = 60
"""How many rows a mailbox of a pull channel keeps."""

_SUPERSEDED = delete(outbox).where(
    among(outbox.c.account_id, "accounts"),
    outbox.c.kind == OutboxKind.SHOW,
    or_(
        outbox.c.state == QUEUED,
        and_(outbox.c.state == SENDING, outbox.c.lease_until <= bindparam("now", type_=Moment)),
    ),
)
_older = outbox.alias("older")
_TRIM = delete(outbox).where(
    outbox.c.account_id == bindparam("account"),
    outbox.c.state == KEPT,
    outbox.c.id
    <= select(_older.c.id)
    .where(_older.c.account_id == bindparam("account"), _older.c.state == KEPT)
    .order_by(_older.c.id.desc())
    .limit(1)
    .offset(MAILBOX_SIZE)
    .scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class _Row:
    step: Step
    content: Content
    priority: Priority
    answers_press: bool


def queue(connection: Connection, batch: Batch) -> tuple[Delivery, ...]:
    """Store what the turns show and send; returns what is to be sent now."""
    rows = [row for step in batch.steps for row in _rows(step)]
    if not rows:
        return ()
    pushed = sorted({row.step.account.id for row in rows if not _is_kept(row, batch) and isinstance(row.content, Show)})
    if pushed:
        connection.execute(_SUPERSEDED, {"accounts": pushed, "now": batch.now})
    ids = add_rows(connection, outbox, [_values(row, batch) for row in rows])
    trim(connection, {row.step.account.id for row in rows if _is_kept(row, batch)})
    return tuple(_delivery(id_, row, batch) for id_, row in zip(ids, rows, strict=True) if not _is_kept(row, batch))


def trim(connection: Connection, accounts: set[int]) -> None:
    """Remove what no longer fits into the mailboxes of these accounts."""
    if accounts:
        connection.execute(_TRIM, [{"account": account_id} for account_id in sorted(accounts)])


def kind_of(content: Content) -> OutboxKind:
    """Return the kind of a content."""
    match content:
        case Show():
            return OutboxKind.SHOW
        case SendDocument():
            return OutboxKind.DOCUMENT
        case FetchFile():
            return OutboxKind.FETCH
        case Notice():
            return OutboxKind.NOTICE
        case _:
            assert_never(content)


def _rows(step: Step) -> Iterator[_Row]:
    contents = [effect for effect in step.turn.effects if isinstance(effect, (Show, SendDocument))]
    answering = next((content for content in contents if isinstance(content, Show)), next(iter(contents), None))
    for content in contents:
        yield _Row(step, content, Priority.REPLY, content is answering)
    for fetch in step.fetches:
        yield _Row(step, fetch, Priority.BULK, answers_press=False)


def _is_kept(row: _Row, batch: Batch) -> bool:
    return row.step.channel in batch.pull_channels


def _is_in_place(row: _Row) -> bool:
    """Whether the press was on the live message, or the channel does not say on which."""
    incoming = row.step.turn.claimed.incoming
    return (
        row.answers_press
        and isinstance(row.content, Show)
        and (isinstance(incoming.event, Pressed) or incoming.press_ref != "")
        and incoming.message_ref in ("", row.step.account.screen_ref)
    )


def _press_ref(row: _Row) -> str:
    return row.step.turn.claimed.incoming.press_ref if row.answers_press else ""


def _values(row: _Row, batch: Batch) -> dict[str, Any]:
    is_kept = _is_kept(row, batch)
    return {
        "account_id": row.step.account.id,
        "kind": kind_of(row.content),
        "content": encode_content(row.content),
        "locale": row.step.turn.session.locale,
        "priority": RANK[row.priority],
        "state": OutboxState.KEPT if is_kept else OutboxState.SENDING,
        "created_at": batch.now,
        "lease_until": None if is_kept else batch.lease_until,
        "in_place": _is_in_place(row),
        "press_ref": _press_ref(row),
    }


def _delivery(id_: int, row: _Row, batch: Batch) -> Delivery:
    return Delivery(
        id=id_,
        account=row.step.account,
        content=row.content,
        locale=row.step.turn.session.locale,
        priority=row.priority,
        attempts=0,
        created_at=batch.now,
        in_place=_is_in_place(row),
        press_ref=_press_ref(row),
    )
