"""Writing turns: everything a batch of turns decided, group by group, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from bot.dialogs.codec import encode_session
from bot.dialogs.effects import ForgetPerson, GiveConsent, JoinPerson
from bot.ports import Conflict, Delivery, PersonRecord, Turn
from storage.assessments import write_assessments
from storage.batch import Batch
from storage.deliveries import queue
from storage.forgetting import forget_persons
from storage.guesses import count_guesses
from storage.inbox import EMPTIED
from storage.linking import join_persons, write_codes
from storage.roles import take_roles
from storage.rows import PENDING
from storage.rules import adopt
from storage.subjects import write_subjects
from storage.tables import account, consent, inbox, person
from storage.types import Moment, among
from storage.uploads import send_in
from storage.village import write_village

_LOCK_ACCOUNTS = (
    select(account.c.id)
    .where(or_(among(account.c.id, "joining"), among(account.c.person_id, "forgotten")))
    .order_by(account.c.id)
    .with_for_update()
)
_SESSION = (
    update(person)
    .where(person.c.id == bindparam("person"))
    .values(
        session=bindparam("new_session"),
        revision=bindparam("new_revision"),
        locale=bindparam("new_locale"),
        updated_at=bindparam("now", type_=Moment),
    )
)
_TAKE_UP = (
    update(person)
    .where(person.c.id == bindparam("person"))
    .values(assessment_id=bindparam("taken_up"))
)  # fmt: skip
_FINISH = (
    update(inbox)
    .where(among(inbox.c.id, "ids"), inbox.c.state == PENDING)
    .values(EMPTIED)
    .returning(inbox.c.id)
)  # fmt: skip


def apply(
    connection: Connection,
    turns: Sequence[Turn],
    records: Mapping[int, PersonRecord],
    now: datetime,
    today: date,
    lease_until: datetime,
    pull_channels: tuple[str, ...],
) -> tuple[Delivery, ...]:
    """Write turns of different persons; see ports.People.apply."""
    batch = Batch(turns, records, now, today, lease_until, pull_channels)
    _lock_accounts(connection, batch)
    join_persons(connection, batch)
    _give_consents(connection, batch)
    write_subjects(connection, batch)
    write_assessments(connection, batch)
    write_village(connection, batch)
    take_roles(connection, batch)
    send_in(connection, batch)
    adopt(connection, batch)
    write_codes(connection, batch)
    count_guesses(connection, batch)
    forget_persons(connection, batch)
    _write_sessions(connection, batch)
    _finish(connection, batch)
    batch.write_audit(connection)
    return queue(connection, batch)


def _lock_accounts(connection: Connection, batch: Batch) -> None:
    """Lock every account that changes persons, all at once and in order, as whoever adds updates for them does."""
    joining = [step.account.id for step in batch.having(JoinPerson)]
    forgotten = [step.person_id for step in batch.having(ForgetPerson)]
    if joining or forgotten:
        connection.execute(_LOCK_ACCOUNTS, {"joining": joining, "forgotten": forgotten})


def _give_consents(connection: Connection, batch: Batch) -> None:
    given = batch.each(GiveConsent)
    if given:
        connection.execute(
            insert(consent),
            [{"person_id": step.person_id, "version": effect.version, "given_at": batch.now} for step, effect in given],
        )
        for step, _ in given:
            batch.note(step, "consent.given")


def _write_sessions(connection: Connection, batch: Batch) -> None:
    rows = [
        {
            "person": step.person_id,
            "new_session": encode_session(step.turn.session),
            "new_revision": step.turn.session.revision,
            "new_locale": step.turn.session.locale,
            "now": batch.now,
        }
        for step in batch.steps
        if not step.is_person_gone
    ]
    if rows:
        connection.execute(_SESSION, rows)
    taken_up = [
        {"person": step.person_id, "taken_up": step.assessment_id}
        for step in batch.steps
        if step.has_taken_up and not step.is_person_gone
    ]
    if taken_up:
        connection.execute(_TAKE_UP, taken_up)


def _finish(connection: Connection, batch: Batch) -> None:
    ids = [step.turn.claimed.inbox_id for step in batch.steps]
    finished = set(connection.execute(_FINISH, {"ids": ids}).scalars())
    if len(finished) != len(ids):
        raise Conflict([each for each in ids if each not in finished], "handled meanwhile")
