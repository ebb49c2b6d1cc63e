"""The village's review: what is read for it; what it decides is written by the modules beside this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Date, Select, bindparam, case, func, or_, select

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import MeetingRecord
from bot.dialogs.village.review_facts import Sample
from bot.ports.village.reviews import GivenAnswer, SheetRow, StoredMeeting
from bot.scoring.model import SubjectKind
from storage.batch import Batch
from storage.engine import Run
from storage.rows import answer_of
from storage.subjects import told_of
from storage.tables import (
    EvidenceState,
    answer,
    assessment,
    difference,
    evidence,
    meeting,
    review,
    sample,
    sample_sheet,
    subject,
)
from storage.types import Code, Moment, among
from storage.village import reviews_deciding, reviews_sampling

KINDS: Final = (SubjectKind.HOUSEHOLD, SubjectKind.CLAN, SubjectKind.UNIT, SubjectKind.CITIZEN)
"""What a village reviews, in this order; the hamlet itself is reviewed by those above it."""

SEEN: Final = (
    AssessmentState.HANDED_IN,
    AssessmentState.CONFIRMED,
    AssessmentState.APPRAISED,
    AssessmentState.RECOGNISED,
    AssessmentState.NOT_RECOGNISED,
)
"""States of sheets that were handed in or went further."""

_COLUMNS: Final = (
    assessment.c.id, subject.c.id, subject.c.kind, subject.c.subject_group, subject.c.name, subject.c.roll_number,
    subject.c.told, assessment.c.set_id, assessment.c.set_version, assessment.c.state, assessment.c.total,
    assessment.c.title_id, assessment.c.is_complete, assessment.c.handed_in_at, assessment.c.year, subject.c.place_id,
)  # fmt: skip
_SHEETS = select(*_COLUMNS).join(subject, subject.c.id == assessment.c.subject_id)
_OF_HAMLET = _SHEETS.where(
    subject.c.place_id == bindparam("place"),
    assessment.c.year == bindparam("year"),
    subject.c.kind.in_(KINDS),
    assessment.c.state.in_(SEEN),
    or_(subject.c.left_on.is_(None), subject.c.left_on > bindparam("today", type_=Date)),
).order_by(
    case({kind: n for n, kind in enumerate(KINDS)}, value=subject.c.kind, else_=len(KINDS)),
    subject.c.sort_key,
    subject.c.id,
    assessment.c.id,
)
_ONE = _SHEETS.where(assessment.c.id == bindparam("assessment"), subject.c.kind.in_(KINDS))
_DIFFERENCES = (
    select(difference.c.assessment_id, func.count())
    .where(among(difference.c.assessment_id, "assessments"), difference.c.decided_at.is_(None))
    .group_by(difference.c.assessment_id)
)
_RETURNED = (
    select(review.c.assessment_id, func.max(review.c.at, type_=Moment))
    .where(among(review.c.assessment_id, "assessments"), review.c.to_state == AssessmentState.RETURNED)
    .group_by(review.c.assessment_id)
)
_DRAWN = select(sample_sheet.c.assessment_id).where(
    among(sample_sheet.c.assessment_id, "assessments"), sample_sheet.c.checked_at.is_(None)
)


def _given(table: Any) -> Select[Any]:  # noqa: ANN401 - two tables with the same columns
    return select(
        table.c.assessment_id, table.c.indicator, table.c.value, table.c.side, func.coalesce(table.c.person_id, 0),
        table.c.channel, table.c.at,
    ).where(among(table.c.assessment_id, "assessments"))  # fmt: skip


_ANSWERS = _given(answer)
_SECOND = _given(difference).where(difference.c.decided_at.is_(None))
_EVIDENCE = (
    select(evidence.c.indicator, func.count())
    .where(evidence.c.assessment_id == bindparam("assessment"), evidence.c.state != EvidenceState.FAILED)
    .group_by(evidence.c.indicator)
)
_RETURNS = (
    select(review.c.indicator, review.c.reason)
    .where(
        review.c.assessment_id == bindparam("assessment"),
        review.c.to_state == bindparam("returned", type_=Code(AssessmentState)),
    )
    .order_by(review.c.id.desc())
)
_SAMPLE = (
    select(
        sample.c.id, sample.c.size, sample.c.of, sample.c.seed, sample.c.drawn_at,
        select(func.count())
        .where(sample_sheet.c.sample_id == sample.c.id, sample_sheet.c.checked_at.is_not(None))
        .correlate(sample)
        .scalar_subquery(),
    )
    .where(sample.c.place_id == bindparam("place"), sample.c.year == bindparam("year"))
    .order_by(sample.c.id.desc())
    .limit(1)
)  # fmt: skip
_RECORD: Final = (meeting.c.id, meeting.c.day, meeting.c.present, meeting.c.in_favour, meeting.c.against)
_MEETING = (
    select(*_RECORD)
    .where(meeting.c.place_id == bindparam("place"), meeting.c.year == bindparam("year"))
    .order_by(meeting.c.id.desc())
    .limit(1)
)
_SETTLED = select(*_RECORD, meeting.c.place_id, meeting.c.year).where(meeting.c.id == bindparam("meeting"))


class SqlReviews:
    """The village's review: sheets that wait, differing answers, samples, meetings; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def sheets(self, place_id: int, year: int, today: date) -> tuple[SheetRow, ...]:
        """Sheets of a hamlet's roll; see ports.village.Reviews."""
        return await self._run(_sheets, _OF_HAMLET, {"place": place_id, "year": year, "today": today})

    async def sheet(self, assessment_id: int) -> SheetRow | None:
        """One sheet; see ports.village.Reviews."""
        found = await self._run(_sheets, _ONE, {"assessment": assessment_id})
        return found[0] if found else None

    async def answers(self, assessment_ids: Sequence[int]) -> Mapping[int, Mapping[str, GivenAnswer]]:
        """The standing answers of sheets; see ports.village.Reviews."""
        return await self._run(_read_given, _ANSWERS, assessment_ids)

    async def differences(self, assessment_id: int) -> Mapping[str, GivenAnswer]:
        """The second answers of a sheet; see ports.village.Reviews."""
        return (await self._run(_read_given, _SECOND, (assessment_id,))).get(assessment_id, {})

    async def evidence(self, assessment_id: int) -> Mapping[str, int]:
        """Files by indicator; see ports.village.Reviews."""
        return await self._run(
            lambda c: {row[0]: row[1] for row in c.execute(_EVIDENCE, {"assessment": assessment_id})}
        )

    async def returns(self, assessment_id: int) -> tuple[tuple[str, str], ...]:
        """Why it was returned; see ports.village.Reviews."""
        wanted = {"assessment": assessment_id, "returned": AssessmentState.RETURNED}
        return await self._run(lambda c: tuple((row[0], row[1]) for row in c.execute(_RETURNS, wanted)))

    async def sample(self, place_id: int, year: int) -> Sample | None:
        """The newest sample; see ports.village.Reviews."""
        return await self._run(_sample, place_id, year)

    async def meeting(self, place_id: int, year: int) -> MeetingRecord | None:
        """The newest meeting; see ports.village.Reviews."""
        return await self._run(_meeting, place_id, year)

    async def settled(self, meeting_id: int) -> StoredMeeting | None:
        """A meeting by its id; see ports.village.Reviews."""
        return await self._run(_settled, meeting_id)


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it.

    Raises: Conflict: the person is no village head there, or what it was decided on is no more.
    """
    reviews_deciding.write(connection, batch)
    reviews_sampling.write(connection, batch)


def _sheets(connection: Connection, statement: Select[Any], wanted: Mapping[str, Any]) -> tuple[SheetRow, ...]:
    rows = connection.execute(statement, wanted).all()
    if not rows:
        return ()
    ids = {"assessments": [row[0] for row in rows]}
    differences: dict[int, int] = {row[0]: row[1] for row in connection.execute(_DIFFERENCES, ids)}
    returned: dict[int, datetime] = {row[0]: row[1] for row in connection.execute(_RETURNED, ids)}
    drawn = set(connection.execute(_DRAWN, ids).scalars())
    return tuple(_sheet(row, differences.get(row[0], 0), returned.get(row[0]), row[0] in drawn) for row in rows)


def _sheet(row: Sequence[Any], differences: int, returned_at: datetime | None, is_sampled: bool) -> SheetRow:
    assessment_id, subject_id, kind, group, name, number, told, set_id, set_version, state, *rest = row
    total, title_id, is_complete, handed_in_at, year, place_id = rest
    return SheetRow(
        assessment_id=assessment_id,
        subject_id=subject_id,
        kind=kind,
        group=group,
        name=name,
        number=number,
        told=told_of(told),
        set_id=set_id,
        set_version=set_version,
        state=state,
        total=total,
        title_id=title_id,
        is_complete=is_complete,
        handed_in_at=handed_in_at,
        year=year,
        place_id=place_id,
        differences=differences,
        returned_at=returned_at,
        is_sampled=is_sampled,
    )


def _read_given(
    connection: Connection, statement: Select[Any], assessment_ids: Sequence[int]
) -> dict[int, dict[str, GivenAnswer]]:
    found: defaultdict[int, dict[str, GivenAnswer]] = defaultdict(dict)
    if assessment_ids:
        for assessment_id, indicator, value, *author in connection.execute(
            statement, {"assessments": list(assessment_ids)}
        ):
            found[assessment_id][indicator] = GivenAnswer(answer_of(value), *author)
    return dict(found)


def _sample(connection: Connection, place_id: int, year: int) -> Sample | None:
    row = connection.execute(_SAMPLE, {"place": place_id, "year": year}).one_or_none()
    return None if row is None else Sample(*row)


def _meeting(connection: Connection, place_id: int, year: int) -> MeetingRecord | None:
    row = connection.execute(_MEETING, {"place": place_id, "year": year}).one_or_none()
    return None if row is None else MeetingRecord(*row)


def _settled(connection: Connection, meeting_id: int) -> StoredMeeting | None:
    row = connection.execute(_SETTLED, {"meeting": meeting_id}).one_or_none()
    return None if row is None else StoredMeeting(MeetingRecord(*row[:5]), row[5], row[6])
