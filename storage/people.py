"""Persons, their sessions and everything loaded with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, func, literal_column, null, or_, select

from bot.dialogs.codec import decode_session
from bot.dialogs.facts import ConsentGiven, OwnSheet, Place, Role, Subject
from bot.dialogs.session import Desk, Paused, PickDocument, ReadRules, Result, SheetPage
from bot.ports import Account, AssessmentRecord, Delivery, PersonRecord, Turn
from bot.scoring.model import Answer
from storage.copying import everything
from storage.engine import Run
from storage.forgetting import remove_forgotten
from storage.places import PLACE
from storage.roles import roles_of
from storage.rows import ACCOUNT, PENDING, QUEUED, SENDING, account_of, answer_of
from storage.subjects import IS_MEMBER, told_of
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
    role,
    subject,
)
from storage.turns import apply
from storage.types import Moment, among

_AT_REST: Final = (Result, SheetPage, PickDocument, Paused, Desk, ReadRules)
"""Where nobody waits for the bot."""

_other_consent = consent.alias("other_consent")
_other = assessment.alias("other")
_newest = (
    select(_other.c.id)
    .join(person_subject, person_subject.c.subject_id == _other.c.subject_id)
    .where(person_subject.c.person_id == person.c.id, IS_MEMBER)
    .order_by(_other.c.year.desc(), _other.c.id.desc())
    .limit(1)
    .correlate(person)
    .scalar_subquery()
)
_PERSONS = (
    select(
        person.c.id, person.c.session,
        exists().where(role.c.person_id == person.c.id).correlate(person),
        consent.c.version, consent.c.given_at,
        subject.c.id, subject.c.kind, subject.c.name, subject.c.told, subject.c.subject_group,
        *PLACE,
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
    .outerjoin(assessment, assessment.c.id == func.coalesce(person.c.assessment_id, _newest))
    .outerjoin(subject, subject.c.id == assessment.c.subject_id)
    .outerjoin(place, place.c.id == subject.c.place_id)
    .where(among(person.c.id, "persons"))
)  # fmt: skip
_SHEETS = (
    select(
        assessment.c.id, subject.c.kind, subject.c.subject_group, subject.c.name, assessment.c.year, assessment.c.state,
    )
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(person_subject, person_subject.c.subject_id == subject.c.id)
    .where(person_subject.c.person_id == bindparam("person"), IS_MEMBER)
    .order_by(assessment.c.year.desc(), assessment.c.id.desc())
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


_SHEET: Final = 10 + len(PLACE)
"""Where `_PERSONS` has the assessment's id."""


class SqlPeople:
    """The people of one transaction. What was loaded is what turns are applied to."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...]) -> None:
        self._run = run
        self._pull = pull_channels
        self._loaded: dict[int, PersonRecord] = {}
        self._today: date | None = None

    async def load(self, person_ids: Sequence[int], on: date) -> Mapping[int, PersonRecord]:
        """Load sessions and facts of persons; see ports.People."""
        records = await self._run(load, person_ids, on) if person_ids else {}
        self._loaded.update(records)
        self._today = on
        return records

    async def sheets(self, person_id: int) -> tuple[OwnSheet, ...]:
        """All sheets of a person; see ports.People."""
        return await self._run(
            lambda connection: tuple(OwnSheet(*row) for row in connection.execute(_SHEETS, {"person": person_id}))
        )

    async def apply(self, turns: Sequence[Turn], now: datetime, lease_until: datetime) -> tuple[Delivery, ...]:
        """Write everything the turns decided; see ports.People."""
        today = self._today or now.date()
        missing = [t.claimed.account.person_id for t in turns if t.claimed.account.person_id not in self._loaded]
        if missing:
            await self.load(missing, today)
        if not turns:
            return ()
        deliveries = await self._run(apply, turns, self._loaded, now, today, lease_until, self._pull)
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


def load(connection: Connection, person_ids: Sequence[int], on: date) -> dict[int, PersonRecord]:
    """Load persons in two statements, and a third where somebody has a role."""
    rows = connection.execute(_PERSONS, {"persons": person_ids}).all()
    assessments = sorted({row[_SHEET] for row in rows if row[_SHEET] is not None})
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
    active = [row[0] for row in rows if row[2]]
    roles = roles_of(connection, active, on) if active else {}
    return {row[0]: _record(row, answers, files, roles) for row in rows}


def _record(
    row: Sequence[Any],
    answers: Mapping[int, Mapping[str, Answer]],
    files: Mapping[int, Mapping[str, int]],
    roles: Mapping[int, tuple[Role, ...]],
) -> PersonRecord:
    person_id, session, _, version, given_at, subject_id, kind, name, told, group, *rest = row
    return PersonRecord(
        person_id=person_id,
        session=decode_session(session),
        consent=None if version is None else ConsentGiven(version, given_at),
        subject=None if subject_id is None else Subject(
            subject_id, kind, name, Place(*rest[: len(PLACE)]), told_of(told), group
        ),
        assessment=_assessment(rest[len(PLACE) :], answers, files),
        roles=roles.get(person_id, ()),
    )  # fmt: skip


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
