"""Persons, their sessions and everything loaded with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, literal_column, null, or_, select

from bot.dialogs.codec import decode_session
from bot.dialogs.facts import ConsentGiven, Hamlet, Household
from bot.dialogs.session import Paused, PickDocument, Result, SheetPage
from bot.ports import Account, AssessmentRecord, Delivery, PersonRecord, Turn
from bot.scoring.model import Answer
from storage.copying import everything
from storage.engine import Run
from storage.forgetting import remove_forgotten
from storage.rows import ACCOUNT, PENDING, QUEUED, SENDING, account_of, answer_of
from storage.tables import (
    EvidenceState,
    account,
    answer,
    assessment,
    consent,
    evidence,
    inbox,
    link_code,
    outbox,
    person,
    person_subject,
    place,
    subject,
)
from storage.turns import apply
from storage.types import Moment, among

MEMBER: Final[ColumnElement[Any]] = literal_column("'member'")

_AT_REST: Final = (Result, SheetPage, PickDocument, Paused)
"""Where nobody waits for the bot."""

_other_consent = consent.alias("other_consent")
_other = assessment.alias("other")
_PERSONS = (
    select(
        person.c.id, person.c.session,
        consent.c.version, consent.c.given_at,
        subject.c.id, subject.c.name, subject.c.adults, subject.c.school_age_children,
        place.c.id, place.c.name, place.c.within,
        assessment.c.id, assessment.c.year, assessment.c.set_id, assessment.c.set_version, assessment.c.state,
        assessment.c.handed_in_at, assessment.c.reviewed_at, assessment.c.total, assessment.c.title_id,
    )
    .select_from(person)
    .outerjoin(
        consent,
        consent.c.id == select(func.max(_other_consent.c.id))
        .where(_other_consent.c.person_id == person.c.id, _other_consent.c.withdrawn_at.is_(None))
        .correlate(person).scalar_subquery(),
    )
    .outerjoin(person_subject, (person_subject.c.person_id == person.c.id) & (person_subject.c.tie == MEMBER))
    .outerjoin(subject, subject.c.id == person_subject.c.subject_id)
    .outerjoin(place, place.c.id == subject.c.place_id)
    .outerjoin(
        assessment,
        assessment.c.id == select(_other.c.id).where(_other.c.subject_id == subject.c.id)
        .order_by(_other.c.year.desc(), _other.c.id.desc()).limit(1).correlate(subject).scalar_subquery(),
    )
    .where(among(person.c.id, "persons"))
)  # fmt: skip

_ANSWERS_AND_EVIDENCE = (
    select(answer.c.assessment_id, answer.c.indicator, answer.c.value, literal_column("0").label("count"))
    .where(among(answer.c.assessment_id, "assessments"))
    .union_all(
        select(evidence.c.assessment_id, evidence.c.indicator, null(), func.count())
        .where(
            among(evidence.c.assessment_id, "assessments"),
            evidence.c.state != EvidenceState.FAILED,
        )
        .group_by(evidence.c.assessment_id, evidence.c.indicator)
    )
)

_ACCOUNT = select(*ACCOUNT).where(
    account.c.channel == bindparam("channel"), account.c.external_id == bindparam("external_id")
)

_UNATTENDED = (
    select(person.c.session, *ACCOUNT)
    .join(account, account.c.person_id == person.c.id)
    .where(
        person.c.updated_at >= bindparam("since", type_=Moment),
        person.c.updated_at < bindparam("until", type_=Moment),
        account.c.blocked_at.is_(None),
        account.c.forgotten_at.is_(None),
        account.c.screen_revision >= 0,
        account.c.channel.not_in(bindparam("pull", expanding=True)),
        ~exists().where(inbox.c.person_id == person.c.id, inbox.c.state == PENDING),
        ~exists().where(
            outbox.c.account_id == account.c.id,
            or_(outbox.c.state == QUEUED, outbox.c.state == SENDING),
            outbox.c.priority == 0,
        ),
    )
    .order_by(person.c.id, account.c.screen_revision.desc(), account.c.id)
)

_OLD_CODES = delete(link_code).where(link_code.c.expires_at < bindparam("before", type_=Moment))
_FORGOTTEN = select(account.c.id).where(account.c.forgotten_at < bindparam("before", type_=Moment))


class SqlPeople:
    """The people of one transaction. What was loaded is what turns are applied to."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self._run = run
        self._pull = pull_channels
        self._loaded: dict[int, PersonRecord] = {}

    async def load(self, person_ids: Sequence[int]) -> Mapping[int, PersonRecord]:
        """Load sessions and facts of persons; see ports.People."""
        records = await self._run(load, person_ids) if person_ids else {}
        self._loaded.update(records)
        return records

    async def apply(self, turns: Sequence[Turn], now: datetime, lease_until: datetime) -> tuple[Delivery, ...]:
        """Write everything the turns decided; see ports.People."""
        missing = [t.claimed.account.person_id for t in turns if t.claimed.account.person_id not in self._loaded]
        if missing:
            await self.load(missing)
        if not turns:
            return ()
        deliveries = await self._run(apply, turns, self._loaded, now, lease_until, self._pull)
        self._loaded.clear()
        return deliveries

    async def account(self, channel: str, external_id: str) -> Account | None:
        """Find an account; see ports.People."""
        return await self._run(_account, channel, external_id)

    async def unattended(self, since: datetime, until: datetime) -> tuple[Account, ...]:
        """Accounts whose person may wait for us; see ports.People."""
        return await self._run(_unattended, since, until, self._pull)

    async def everything(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Every record about a person; see ports.People."""
        return await self._run(everything, person_id)

    async def purge(self, before: datetime) -> int:
        """Remove forgotten accounts of pull channels, and old codes; see ports.People."""
        return await self._run(_purge, before)


def load(connection: Connection, person_ids: Sequence[int]) -> dict[int, PersonRecord]:
    """Load persons in two statements."""
    rows = connection.execute(_PERSONS, {"persons": person_ids}).all()
    assessments = [row[11] for row in rows if row[11] is not None]
    answers: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
    files: defaultdict[int, dict[str, int]] = defaultdict(dict)
    if assessments:
        for assessment_id, indicator, value, count in connection.execute(
            _ANSWERS_AND_EVIDENCE, {"assessments": assessments}
        ):
            if value is None:
                files[assessment_id][indicator] = count
            else:
                answers[assessment_id][indicator] = answer_of(value)
    return {row[0]: _record(row, answers, files) for row in rows}


def _record(
    row: Sequence[Any], answers: Mapping[int, Mapping[str, Answer]], files: Mapping[int, Mapping[str, int]]
) -> PersonRecord:
    person_id, session, version, given_at, subject_id, name, adults, children, hamlet_id, hamlet, within, *rest = row
    household = None
    if subject_id is not None:
        household = Household(subject_id, name, Hamlet(hamlet_id, hamlet, within), adults or 0, children or 0)
    return PersonRecord(
        person_id=person_id,
        session=decode_session(session),
        consent=None if version is None else ConsentGiven(version, given_at),
        household=household,
        assessment=_assessment(rest, answers, files),
    )


def _assessment(
    row: Sequence[Any], answers: Mapping[int, Mapping[str, Answer]], files: Mapping[int, Mapping[str, int]]
) -> AssessmentRecord | None:
    assessment_id, year, set_id, set_version, state, handed_in_at, reviewed_at, total, title_id = row
    if assessment_id is None:
        return None
    return AssessmentRecord(
        id=assessment_id,
        year=year,
        set_id=set_id,
        set_version=set_version,
        answers=answers.get(assessment_id, {}),
        state=state,
        evidence=files.get(assessment_id, {}),
        handed_in_at=handed_in_at,
        is_reviewed=reviewed_at is not None,
        total=total,
        title_id=title_id,
    )


def _account(connection: Connection, channel: str, external_id: str) -> Account | None:
    row = connection.execute(_ACCOUNT, {"channel": channel, "external_id": external_id}).one_or_none()
    return None if row is None else account_of(tuple(row))


def _unattended(connection: Connection, since: datetime, until: datetime, pull: tuple[str, ...]) -> tuple[Account, ...]:
    found: dict[int, Account] = {}
    for session, *columns in connection.execute(_UNATTENDED, {"since": since, "until": until, "pull": pull}):
        owner = account_of(tuple(columns))
        if owner.person_id not in found and not isinstance(decode_session(session).node, _AT_REST):
            found[owner.person_id] = owner
    return tuple(found.values())


def _purge(connection: Connection, before: datetime) -> int:
    connection.execute(_OLD_CODES, {"before": before})
    accounts = connection.execute(_FORGOTTEN, {"before": before}).scalars().all()
    return remove_forgotten(connection, accounts, even_kept=True) if accounts else 0
