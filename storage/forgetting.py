"""Removing everything that is a person's, keeping only what the law keeps: a result that was handed in, without names.

The sheet of a place, and what others take part in, is not theirs alone and stays; nothing on it names them any more.
The account that asked must still be told goodbye, so it stays, with an empty person, until that is delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, literal_column, or_, select, text, update

from bot.dialogs.effects import ForgetPerson
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import Session
from storage.batch import Batch, Step
from storage.files import throw_away
from storage.inbox import EMPTIED, create_persons
from storage.rows import KEPT, PARKED, PENDING, QUEUED, SENDING, first_revision
from storage.tables import (
    PLACE_KINDS,
    account,
    answer,
    answer_history,
    assessment,
    consent,
    difference,
    evidence,
    inbox,
    outbox,
    person,
    person_subject,
    review,
    subject,
)
from storage.types import Moment, among
from storage.uploads import forget_uploads

_now: Final = bindparam("now", type_=Moment)
_others = person_subject.alias("others")

_LOCK = select(person.c.id).where(among(person.c.id, "persons")).order_by(person.c.id).with_for_update()
_OWN_SUBJECTS = (
    select(person_subject.c.subject_id)
    .join(subject, subject.c.id == person_subject.c.subject_id)
    .where(
        among(person_subject.c.person_id, "persons"),
        text(f"NOT subject.{PLACE_KINDS}"),
        ~subject.c.is_on_roll,
        ~exists().where(
            _others.c.subject_id == person_subject.c.subject_id, _others.c.person_id != person_subject.c.person_id
        ),
    )
)
# A line that the village itself keeps on its roll stays; what its people said on sheets that are open does not.
_OPEN_ON_THE_ROLL = (
    select(assessment.c.id)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(person_subject, person_subject.c.subject_id == subject.c.id)
    .where(
        among(person_subject.c.person_id, "persons"),
        subject.c.is_on_roll,
        assessment.c.state.in_((AssessmentState.DRAFT, AssessmentState.RETURNED)),
    )
)
_SAID_THERE = tuple(
    delete(table).where(among(table.c.assessment_id, "assessments"), among(table.c.person_id, "persons"))
    for table in (answer, answer_history, difference)
)
_SENT_THERE = (
    select(evidence.c.id, evidence.c.blob)
    .where(among(evidence.c.assessment_id, "assessments"), among(evidence.c.person_id, "persons"))
)  # fmt: skip
_NO_FILES = delete(evidence).where(among(evidence.c.id, "files"))
_SCORE_AGAIN = update(assessment).where(among(assessment.c.id, "assessments")).values(is_scored=False)
_ASSESSMENTS = select(assessment.c.id, assessment.c.subject_id, assessment.c.state).where(
    among(assessment.c.subject_id, "subjects")
)
_BLOBS = (
    select(evidence.c.blob)
    .distinct()
    .where(among(evidence.c.assessment_id, "assessments"), evidence.c.blob.is_not(None))
)
_NO_EVIDENCE = delete(evidence).where(among(evidence.c.assessment_id, "assessments"))
_NO_ASSESSMENT = delete(assessment).where(among(assessment.c.id, "assessments"))
_NO_SUBJECT = delete(subject).where(among(subject.c.id, "subjects"))
_NAMELESS = (
    update(subject)
    .where(among(subject.c.id, "subjects"))
    .values(name="", folded="", sort_key="", phone="", roll_number="", roll_group="")
)
_NO_REASONS = update(review).where(among(review.c.assessment_id, "assessments")).values(reason="")
_FREE_TEXT: Final[ColumnElement[Any]] = literal_column("'%override_reason%'")
_REASONED = tuple(
    delete(table).where(among(table.c.assessment_id, "assessments"), table.c.value.like(_FREE_TEXT))
    for table in (answer, answer_history, difference)
)
_WITHDRAWN = (
    update(consent)
    .where(among(consent.c.person_id, "persons"), consent.c.withdrawn_at.is_(None))
    .values(withdrawn_at=_now)
)
_LOCK_ACCOUNTS = (
    select(account.c.id, account.c.person_id)
    .where(among(account.c.person_id, "persons"))
    .order_by(account.c.id)
    .with_for_update()
)
_WRITING = (
    select(inbox.c.account_id)
    .distinct()
    .where(among(inbox.c.account_id, "accounts"), inbox.c.state == PENDING, ~among(inbox.c.id, "handled"))
)
_NO_MAIL = delete(outbox).where(among(outbox.c.account_id, "accounts"))
_EMPTY_PARKED = update(inbox).where(among(inbox.c.account_id, "accounts"), inbox.c.state == PARKED).values(EMPTIED)
_NO_ACCOUNT = delete(account).where(among(account.c.id, "accounts"))
_FRESH = (
    update(account)
    .where(account.c.id == bindparam("forgotten"))
    .values(
        person_id=bindparam("fresh"),
        forgotten_at=bindparam("forgotten_since", type_=Moment),
        screen_ref="",
        screen_sequence=0,
        screen_revision=-1,
        screen_shown_at=None,
        failed_codes=0,
        failed_code_at=None,
    )
)
_NO_PERSON = delete(person).where(among(person.c.id, "persons"))

_UNSENT = exists().where(outbox.c.account_id == account.c.id, or_(outbox.c.state == QUEUED, outbox.c.state == SENDING))
_UNREAD = exists().where(outbox.c.account_id == account.c.id, outbox.c.state == KEPT)
_WAITING = exists().where(inbox.c.account_id == account.c.id, inbox.c.state == PENDING)
_TOLD = (
    delete(account)
    .where(among(account.c.id, "accounts"), account.c.forgotten_at.is_not(None), ~_UNSENT, ~_WAITING)
    .returning(account.c.person_id)
)
_TOLD_AND_NOTHING_KEPT = _TOLD.where(~_UNREAD)


def forget_persons(connection: Connection, batch: Batch) -> None:
    """Remove the persons of the turns that ask for it, with their accounts.

    The accounts that ask, and those that have sent something meanwhile, are left with an empty person each.
    """
    steps = {step.person_id: step for step in batch.having(ForgetPerson)}
    if not steps:
        return
    persons = sorted(steps)
    connection.execute(_LOCK, {"persons": persons})
    accounts = connection.execute(_LOCK_ACCOUNTS, {"persons": persons}).all()
    # What others were adding for these accounts is here by now, and what comes later waits for us.
    _forget_subjects(connection, persons, batch.now)
    _forget_what_was_said_on_the_roll(connection, persons, batch.now)
    forget_uploads(connection, persons, batch.now)
    connection.execute(_WITHDRAWN, {"persons": persons, "now": batch.now})
    every = [row.id for row in accounts]
    connection.execute(_NO_MAIL, {"accounts": every})
    connection.execute(_EMPTY_PARKED, {"accounts": every})
    handled = [step.turn.claimed.inbox_id for step in steps.values()]
    writing = set(connection.execute(_WRITING, {"accounts": every, "handled": handled}).scalars())
    staying = {row.id: steps[row.person_id] for row in accounts}
    for row in accounts:
        if row.id not in writing and row.id != steps[row.person_id].account.id:
            del staying[row.id]
    connection.execute(_NO_ACCOUNT, {"accounts": sorted(set(every) - set(staying))})
    _start_afresh(connection, batch, staying, writing)
    connection.execute(_NO_PERSON, {"persons": persons})
    for step in steps.values():
        batch.note(step, "person.forgotten")
        step.is_person_gone = True


def _start_afresh(connection: Connection, batch: Batch, accounts: Mapping[int, Step], writing: set[int]) -> None:
    sessions = [
        Session(
            revision=first_revision(batch.now, after=max(step.turn.session.revision, step.record.session.revision)),
            locale=step.turn.session.locale,
        )
        for step in accounts.values()
    ]
    fresh = create_persons(connection, sessions, batch.now)
    rows: list[dict[str, Any]] = [
        {
            "forgotten": account_id,
            "fresh": person_id,
            "forgotten_since": None if account_id in writing else batch.now,
        }
        for account_id, person_id in zip(accounts, fresh, strict=True)
    ]
    connection.execute(_FRESH, rows)


def _forget_subjects(connection: Connection, persons: Sequence[int], now: datetime) -> None:
    subjects = set(connection.execute(_OWN_SUBJECTS, {"persons": persons}).scalars())
    if not subjects:
        return
    assessments = connection.execute(_ASSESSMENTS, {"subjects": sorted(subjects)}).all()
    every = [row.id for row in assessments]
    blobs = connection.execute(_BLOBS, {"assessments": every}).scalars().all()
    connection.execute(_NO_EVIDENCE, {"assessments": every})
    throw_away(connection, blobs, now)
    drafts = [row.id for row in assessments if row.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)]
    connection.execute(_NO_ASSESSMENT, {"assessments": drafts})
    official = {row.subject_id for row in assessments if row.id not in drafts}
    connection.execute(_NAMELESS, {"subjects": sorted(official)})
    connection.execute(_NO_REASONS, {"assessments": every})
    for statement in _REASONED:
        connection.execute(statement, {"assessments": every})
    connection.execute(_NO_SUBJECT, {"subjects": sorted(subjects - official)})


def _forget_what_was_said_on_the_roll(connection: Connection, persons: Sequence[int], now: datetime) -> None:
    assessments = connection.execute(_OPEN_ON_THE_ROLL, {"persons": persons}).scalars().all()
    if not assessments:
        return
    theirs = {"assessments": assessments, "persons": persons}
    for statement in _SAID_THERE:
        connection.execute(statement, theirs)
    files = connection.execute(_SENT_THERE, theirs).all()
    if files:
        connection.execute(_NO_FILES, {"files": [row.id for row in files]})
        throw_away(connection, [row.blob for row in files if row.blob is not None], now)
    connection.execute(_SCORE_AGAIN, {"assessments": assessments})


def remove_forgotten(connection: Connection, accounts: Sequence[int], *, even_kept: bool = False) -> int:
    """Remove those of the accounts that were forgotten and have been told; returns how many."""
    statement = _TOLD if even_kept else _TOLD_AND_NOTHING_KEPT
    persons = connection.execute(statement, {"accounts": accounts}).scalars().all()
    if persons:
        connection.execute(_NO_PERSON, {"persons": persons})
    return len(persons)
