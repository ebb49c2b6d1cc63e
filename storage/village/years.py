"""This year beside the last: one query for a hamlet, two for a subject."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, or_, select

from bot.ports.village.years import SubjectYears, YearRecord, YearTitles
from bot.scoring.model import SubjectKind
from storage.engine import Run
from storage.places import IS_DIFFICULT
from storage.rows import answer_of
from storage.subjects import IS_MEMBER, told_of
from storage.tables import answer, assessment, person_subject, place, subject
from storage.types import Code, among

_before, _after, _other = (assessment.alias(name) for name in ("year_before", "year_after", "year_other"))


def _newest(of_year: ColumnElement[bool]) -> ColumnElement[Any]:
    """The newest sheet of a subject in a year, where another set was begun in it."""
    return (
        select(func.max(_other.c.id)).where(_other.c.subject_id == subject.c.id, of_year)
        .correlate(subject).scalar_subquery()
    )  # fmt: skip


def _record(of: Any) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401 - an alias of the table
    """What `_sheet` reads, in its order."""
    return (
        of.c.id, of.c.year, of.c.set_id, of.c.set_version, of.c.state, of.c.total, of.c.title_id, of.c.is_complete
    )  # fmt: skip


_COLUMNS: Final = 8
_HAMLET = (
    select(subject.c.id, subject.c.name, subject.c.roll_number, *_record(_before), *_record(_after))
    .select_from(subject)
    .outerjoin(_before, _before.c.id == _newest(_other.c.year == bindparam("year") - 1))
    .outerjoin(_after, _after.c.id == _newest(_other.c.year == bindparam("year")))
    .where(
        subject.c.place_id == bindparam("place"),
        subject.c.kind == bindparam("kind", type_=Code(SubjectKind)),
        subject.c.left_on.is_(None),
        subject.c.merged_into.is_(None),
        or_(_before.c.id.is_not(None), _after.c.id.is_not(None)),
    )
    .order_by(subject.c.sort_key, subject.c.id)
)
_earlier_year = (
    select(func.max(_other.c.year))
    .where(_other.c.subject_id == subject.c.id, _other.c.year < bindparam("year"))
    .correlate(subject)
    .scalar_subquery()
)
_SUBJECT = (
    select(
        subject.c.id, subject.c.name, subject.c.roll_number, subject.c.kind, place.c.path, subject.c.told, IS_DIFFICULT,
        exists().where(
            person_subject.c.subject_id == subject.c.id, person_subject.c.person_id == bindparam("person"), IS_MEMBER
        ),
        *_record(_before), *_record(_after),
    )
    .select_from(subject)
    .join(place, place.c.id == subject.c.place_id)
    .outerjoin(_before, _before.c.id == _newest(_other.c.year == _earlier_year))
    .outerjoin(_after, _after.c.id == _newest(_other.c.year == bindparam("year")))
    .where(subject.c.id == bindparam("subject"))
)  # fmt: skip
_ANSWERS = select(answer.c.assessment_id, answer.c.indicator, answer.c.value).where(
    among(answer.c.assessment_id, "assessments")
)


class SqlYears:
    """This year beside the last; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def of_subject(self, subject_id: int, year: int, person_id: int) -> SubjectYears | None:
        """One subject in two years; see ports.village."""
        return await self._run(_subject, subject_id, year, person_id)

    async def of_hamlet(self, place_id: int, kind: SubjectKind, year: int) -> tuple[YearTitles, ...]:
        """Titles of a hamlet in two years; see ports.village."""
        return await self._run(_hamlet, place_id, kind, year)


def _hamlet(connection: Connection, place_id: int, kind: SubjectKind, year: int) -> tuple[YearTitles, ...]:
    rows = connection.execute(_HAMLET, {"place": place_id, "kind": kind, "year": year})
    return tuple(
        YearTitles(subject_id, name, number, _sheet(rest[:_COLUMNS]), _sheet(rest[_COLUMNS:]))
        for subject_id, name, number, *rest in rows
    )


def _subject(connection: Connection, subject_id: int, year: int, person_id: int) -> SubjectYears | None:
    row = connection.execute(_SUBJECT, {"subject": subject_id, "year": year, "person": person_id}).one_or_none()
    if row is None:
        return None
    id_, name, number, kind, path, told, is_difficult, is_member, *rest = row
    columns = rest[:_COLUMNS], rest[_COLUMNS:]
    wanted = [of[0] for of in columns if of[0] is not None]
    answers: dict[int, dict[str, Any]] = {each: {} for each in wanted}
    if wanted:
        for assessment_id, indicator, value in connection.execute(_ANSWERS, {"assessments": wanted}):
            answers[assessment_id][indicator] = answer_of(value)
    before, after = (_sheet(of, answers.get(of[0])) for of in columns)
    profile = {**told_of(told), "difficult_area": int(bool(is_difficult))}
    return SubjectYears(id_, name, number, kind, path, profile, bool(is_member), before, after)


def _sheet(columns: list[Any], answers: dict[str, Any] | None = None) -> YearRecord | None:
    assessment_id, year, set_id, version, state, total, title_id, is_complete = columns
    if assessment_id is None:
        return None
    return YearRecord(assessment_id, year, set_id, version, state, total, title_id, is_complete, answers or {})
