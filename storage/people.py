"""Persons, their sessions and everything loaded with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, func, null, or_, select, union_all

from bot.dialogs.codec import decode_session
from bot.dialogs.facts import (
    AssessmentState,
    ConsentGiven,
    OwnSheet,
    Role,
    Subject,
)
from bot.dialogs.places import Place
from bot.dialogs.session import Desk, Paused, PickDocument, ReadRules, Result, SheetPage
from bot.dialogs.village.facts import EarlierSheet, Side
from bot.dialogs.village.sides import Given
from bot.ports import Account, AssessmentRecord, Delivery, PersonRecord, Turn
from bot.scoring.model import Answer
from storage import guesses
from storage.copying import everything
from storage.engine import Run
from storage.forgetting import remove_forgotten
from storage.in_hand import EARLIER, IN_HAND, IS_VISITING, is_own
from storage.places import PLACE
from storage.roles import roles_of
from storage.rows import ACCOUNT, PENDING, QUEUED, SENDING, account_of, answer_of
from storage.settling import STANDING
from storage.subjects import IS_MEMBER, told_of
from storage.tables import (
    EvidenceState,
    account,
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
_before = assessment.alias("before")
_PERSONS = (
    select(
        person.c.id, person.c.session,
        exists().where(role.c.person_id == person.c.id).correlate(person),
        consent.c.version, consent.c.given_at,
        subject.c.id, subject.c.kind, subject.c.name, subject.c.told, subject.c.subject_group, subject.c.roll_number,
        *PLACE,
        assessment.c.id, assessment.c.year, assessment.c.set_id, assessment.c.set_version, assessment.c.state,
        assessment.c.handed_in_at, assessment.c.reviewed_at, assessment.c.total, assessment.c.title_id, IS_VISITING,
        _before.c.id, _before.c.year, _before.c.set_id, _before.c.set_version, _before.c.total, _before.c.title_id,
        _before.c.state,
    )
    .select_from(person)
    .outerjoin(
        consent,
        consent.c.id == select(func.max(_other_consent.c.id))
        .where(_other_consent.c.person_id == person.c.id, _other_consent.c.withdrawn_at.is_(None))
        .correlate(person).scalar_subquery(),
    )
    .outerjoin(assessment, assessment.c.id == IN_HAND)
    .outerjoin(_before, _before.c.id == EARLIER)
    .outerjoin(subject, subject.c.id == assessment.c.subject_id)
    .outerjoin(place, place.c.id == subject.c.place_id)
    .where(among(person.c.id, "persons"))
)  # fmt: skip
_SHEETS = (
    select(
        assessment.c.id, subject.c.kind, subject.c.subject_group, subject.c.name, assessment.c.year, assessment.c.state,
    )
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(place, place.c.id == subject.c.place_id)
    .join(person_subject, person_subject.c.subject_id == subject.c.id)
    .join(person, person.c.id == person_subject.c.person_id)
    .where(person.c.id == bindparam("person"), IS_MEMBER, is_own(subject, place))
    .order_by(assessment.c.year.desc(), assessment.c.id.desc())
)  # fmt: skip

# Where there is no value, `waits` counts files.
_ANSWERS_AND_EVIDENCE = union_all(
    *STANDING,
    select(evidence.c.assessment_id, evidence.c.indicator, null(), null(), func.count())
    .where(
        among(evidence.c.assessment_id, "assessments"),
        evidence.c.state != EvidenceState.FAILED,
    )
    .group_by(evidence.c.assessment_id, evidence.c.indicator),
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


_SHEET: Final = 11 + len(PLACE)
"""Where `_PERSONS` has the assessment's id."""
_EARLIER: Final = _SHEET + 10
"""Where it has that of the sheet of an earlier year."""


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
        return await self._run(_sheets, person_id, self._today or date.min)

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

    async def everything(self, person_id: int, on: date) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Every record about a person; see ports.People."""
        return await self._run(everything, person_id, on)

    async def purge(self, before: datetime) -> int:
        """Remove forgotten accounts of pull channels, and old codes; see ports.People."""
        return await self._run(_purge, before)


@dataclass(slots=True)
class _OnSheets:
    """What was loaded of all sheets, by assessment and indicator."""

    answers: defaultdict[int, dict[str, Answer]] = field(default_factory=lambda: defaultdict(dict))
    sides: defaultdict[int, dict[str, Side]] = field(default_factory=lambda: defaultdict(dict))
    differences: defaultdict[int, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    files: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


def load(connection: Connection, person_ids: Sequence[int], on: date) -> dict[int, PersonRecord]:
    """Load persons in two statements, and a third where somebody has a role."""
    rows = connection.execute(_PERSONS, {"persons": person_ids, "on": on}).all()
    sheets = _on_sheets(connection, {row[at] for row in rows for at in (_SHEET, _EARLIER) if row[at] is not None})
    active = [row[0] for row in rows if row[2]]
    roles = roles_of(connection, active, on) if active else {}
    return {row[0]: _record(row, sheets, roles) for row in rows}


def _on_sheets(connection: Connection, assessments: set[int]) -> _OnSheets:
    found = _OnSheets()
    if not assessments:
        return found
    rows = connection.execute(_ANSWERS_AND_EVIDENCE, {"assessments": sorted(assessments)})
    for assessment_id, indicator, value, side, waits in rows:
        if value is None:
            found.files[assessment_id][indicator] = waits
        elif waits:
            found.differences[assessment_id][indicator] = Given(answer_of(value), side)
        else:
            found.answers[assessment_id][indicator] = answer_of(value)
            found.sides[assessment_id][indicator] = side
    return found


def _record(row: Sequence[Any], sheets: _OnSheets, roles: Mapping[int, tuple[Role, ...]]) -> PersonRecord:
    person_id, session, _, version, given_at, subject_id, kind, name, told, group, number = row[: _SHEET - len(PLACE)]
    about = None
    if subject_id is not None:
        there = Place(*row[_SHEET - len(PLACE) : _SHEET])
        about = Subject(subject_id, kind, name, there, told_of(told), group, number)
    in_hand = _assessment(row[_SHEET : _EARLIER - 1], sheets)
    return PersonRecord(
        person_id=person_id,
        session=decode_session(session),
        consent=None if version is None else ConsentGiven(version, given_at),
        subject=about,
        assessment=in_hand,
        roles=roles.get(person_id, ()),
        is_visiting=in_hand is not None and row[_EARLIER - 1],
        earlier=None if about is None else _earlier(row[_EARLIER:], about, sheets),
    )


def _assessment(row: Sequence[Any], sheets: _OnSheets) -> AssessmentRecord | None:
    assessment_id, year, set_id, set_version, state, handed_in_at, reviewed_at, total, title_id = row
    if assessment_id is None:
        return None
    return AssessmentRecord(
        id=assessment_id,
        year=year,
        set_id=set_id,
        set_version=set_version,
        answers=sheets.answers.get(assessment_id, {}),
        state=state,
        evidence=sheets.files.get(assessment_id, {}),
        handed_in_at=handed_in_at,
        is_reviewed=reviewed_at is not None,
        total=total,
        title_id=title_id,
        sides=sheets.sides.get(assessment_id, {}),
        differences=sheets.differences.get(assessment_id, {}),
    )


def _earlier(row: Sequence[Any], of: Subject, sheets: _OnSheets) -> EarlierSheet | None:
    assessment_id, year, set_id, set_version, total, title_id, state = row
    if assessment_id is None:
        return None
    answers, is_recognised = sheets.answers.get(assessment_id, {}), state is AssessmentState.RECOGNISED
    return EarlierSheet(assessment_id, year, set_id, set_version, answers, of.told, total, title_id, is_recognised)


def _sheets(connection: Connection, person_id: int, on: date) -> tuple[OwnSheet, ...]:
    return tuple(OwnSheet(*row) for row in connection.execute(_SHEETS, {"person": person_id, "on": on}))


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
    guesses.purge(connection, before)
    accounts = connection.execute(_FORGOTTEN, {"before": before}).scalars().all()
    return remove_forgotten(connection, accounts, even_kept=True) if accounts else 0
