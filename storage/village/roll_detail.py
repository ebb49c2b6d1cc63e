"""One subject of the roll with everything its village head is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, exists, func, literal_column, select

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.facts import ClanTie, HouseholdDetail, HouseholdEntry
from bot.ports.village.roll import RollEntry
from storage.places import PLACE
from storage.rows import answer_of
from storage.subjects import IS_MEMBER, is_open, told_of
from storage.tables import answer, assessment, clan_household, invite, person_subject, place, review, subject
from storage.types import Moment
from storage.village.roll_listing import LINE, OF_YEAR, line_of

_earlier = assessment.alias("earlier")
_DETAIL: Final = (
    select(
        *LINE, *PLACE,
        subject.c.kind, subject.c.told, subject.c.subject_group, subject.c.phone, subject.c.left_on,
        assessment.c.state, assessment.c.handed_in_at, assessment.c.set_id, assessment.c.set_version,
        select(func.count()).select_from(person_subject)
        .where(person_subject.c.subject_id == subject.c.id, IS_MEMBER).correlate(subject).scalar_subquery(),
        exists().where(
            invite.c.subject_id == subject.c.id,
            invite.c.revoked_at.is_(None),
            invite.c.uses_left > 0,
            invite.c.expires_at > bindparam("now", type_=Moment),
        ),
        exists().where(_earlier.c.subject_id == subject.c.id, _earlier.c.year < bindparam("year")),
    )
    .select_from(subject)
    .join(place, place.c.id == subject.c.place_id)
    .outerjoin(assessment, OF_YEAR)
    .where(subject.c.id == bindparam("subject"), subject.c.merged_into.is_(None))
)  # fmt: skip
_ANSWERS: Final = select(answer.c.indicator, answer.c.value).where(answer.c.assessment_id == bindparam("assessment"))
_REASON: Final = (
    select(review.c.reason)
    .where(review.c.assessment_id == bindparam("assessment"), review.c.to_state == literal_column("'returned'"))
    .order_by(review.c.id.desc())
    .limit(1)
)
_clan = subject.alias("clan")
_ASKED_BY: Final = (
    select(_clan.c.id, _clan.c.name)
    .join(clan_household, clan_household.c.clan_id == _clan.c.id)
    .where(clan_household.c.household_id == bindparam("subject"), clan_household.c.tie == ClanTie.ASKED)
    .order_by(_clan.c.name, _clan.c.id)
)


def household(
    connection: Connection, subject_id: int, year: int, now: datetime, pull_channels: Sequence[str]
) -> RollEntry | None:
    """Return everything about one subject; see ports.village."""
    parameters = {"subject": subject_id, "year": year, "now": now, "pull": list(pull_channels)}
    row = connection.execute(_DETAIL, parameters).one_or_none()
    if row is None:
        return None
    line = line_of(row[: len(LINE)])
    where = Place(*row[len(LINE) : len(LINE) + len(PLACE)])
    kind, told_text, group, phone, left_on, state, handed_in_at, set_id, version, members, has_code, has_earlier = row[
        len(LINE) + len(PLACE) :
    ]
    told: Mapping[str, int] = told_of(told_text)
    of_sheet = {"assessment": line.assessment_id}
    answers = {i: answer_of(value) for i, value in connection.execute(_ANSWERS, of_sheet)} if line.assessment_id else {}
    is_returned = state is AssessmentState.RETURNED
    asked_by = connection.execute(_ASKED_BY, {"subject": subject_id})
    detail = HouseholdDetail(
        line=line,
        kind=kind,
        place_id=where.id,
        entry=HouseholdEntry(
            line.name, line.number, line.group, phone, told.get("adults"), told.get("school_age_children")
        ),
        members=members,
        answered=len(answers),
        handed_in_at=handed_in_at,
        returned_because=(connection.execute(_REASON, of_sheet).scalar() or "") if is_returned else "",
        moved_on=left_on,
        has_code=bool(has_code),
        clan_requests=tuple((clan_id, name) for clan_id, name in asked_by),
        path=where.path,
        place=where.name,
        is_open=state is None or is_open(state),
        has_last_year=bool(has_earlier),
    )
    return RollEntry(detail, where, group, told, set_id or "", version or "", answers)
