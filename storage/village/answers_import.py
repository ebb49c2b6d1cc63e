"""Answers of a hamlet that come and go as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, exists, false, func, insert, literal_column, select, update

from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given
from bot.ports.village.answers import FiledAnswer, HamletSheet
from bot.scoring.model import SubjectKind
from storage.engine import Run
from storage.periods import periods
from storage.places import IS_DIFFICULT
from storage.roles import roles_of
from storage.rows import add_rows
from storage.settling import NewAnswer, save_answers, standing_on
from storage.subjects import is_open, told_of
from storage.tables import answer, assessment, audit, place, subject
from storage.types import Code, among

EXCEL: Final = "excel"
"""The channel of answers that came in a workbook."""

_other = assessment.alias("other")
_NEWEST = (
    select(func.max(_other.c.id))
    .where(_other.c.subject_id == subject.c.id, _other.c.year == bindparam("year"))
    .correlate(subject)
    .scalar_subquery()
)
_HAMLET = (
    select(
        subject.c.id, subject.c.name, subject.c.roll_number, subject.c.told, subject.c.subject_group, subject.c.left_on,
        IS_DIFFICULT,
        assessment.c.id, assessment.c.state, assessment.c.set_id, assessment.c.set_version, assessment.c.handed_in_at,
    )
    .select_from(subject)
    .join(place, place.c.id == subject.c.place_id)
    .outerjoin(assessment, assessment.c.id == _NEWEST)
    .where(
        subject.c.place_id == bindparam("place"),
        subject.c.kind == bindparam("kind", type_=Code(SubjectKind)),
        subject.c.merged_into.is_(None),
    )
    .order_by(subject.c.sort_key, subject.c.id)
)  # fmt: skip
_PATH = select(place.c.path).where(place.c.id == bindparam("place"))
_SUBJECTS = (
    select(subject.c.id)
    .where(
        among(subject.c.id, "subjects"),
        subject.c.place_id == bindparam("place"),
        subject.c.left_on.is_(None),
        subject.c.merged_into.is_(None),
    )
    .order_by(subject.c.id)
    .with_for_update()
)
_SHEETS = (
    select(
        assessment.c.id, assessment.c.subject_id, assessment.c.state, assessment.c.handed_in_at,
        assessment.c.set_id, assessment.c.set_version,
    )
    .where(among(assessment.c.subject_id, "subjects"), assessment.c.year == bindparam("year"))
    .order_by(assessment.c.id)
    .with_for_update()
)  # fmt: skip
_LEAD_OVER = (
    update(assessment)
    .where(among(assessment.c.id, "assessments"))
    .values(set_id=bindparam("new_set"), set_version=bindparam("new_version"))
)
_TO_SCORE = update(assessment).where(among(assessment.c.id, "assessments")).values(is_scored=false())
_READY = (
    select(assessment.c.id)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .where(
        subject.c.place_id == bindparam("place"),
        subject.c.left_on.is_(None),
        subject.c.merged_into.is_(None),
        assessment.c.year == bindparam("year"),
        assessment.c.state == literal_column(f"'{AssessmentState.DRAFT}'"),
        assessment.c.is_complete,
        assessment.c.is_scored,
        exists().where(answer.c.assessment_id == assessment.c.id, answer.c.channel == literal_column(f"'{EXCEL}'")),
    )
    .order_by(assessment.c.id)
)


class SqlFiledAnswers:
    """Answers that come and go as workbooks; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def hamlet(self, place_id: int, kind: SubjectKind, year: int) -> tuple[HamletSheet, ...]:
        """Every subject of a hamlet's roll with its sheet; see ports.village."""
        return await self._run(_hamlet, place_id, kind, year)

    async def write(
        self,
        person_id: int,
        place_id: int,
        year: int,
        rules: tuple[str, str],
        answers: Sequence[FiledAnswer],
        now: datetime,
        today: date,
    ) -> int:
        """Record answers of a workbook; see ports.village."""
        return await self._run(_write, person_id, place_id, year, rules, answers, now, today)

    async def ready(self, place_id: int, year: int) -> tuple[int, ...]:
        """Complete sheets that can be handed in; see ports.village."""
        wanted = {"place": place_id, "year": year}
        return await self._run(lambda connection: tuple(connection.execute(_READY, wanted).scalars()))


def _hamlet(connection: Connection, place_id: int, kind: SubjectKind, year: int) -> tuple[HamletSheet, ...]:
    rows = connection.execute(_HAMLET, {"place": place_id, "kind": kind, "year": year}).all()
    given: dict[int, dict[str, Given]] = {}
    differing: dict[int, dict[str, Given]] = {}
    for (assessment_id, indicator), stands in standing_on(connection, [row[7] for row in rows if row[7]]).items():
        if stands.given is not None:
            given.setdefault(assessment_id, {})[indicator] = stands.given
        if stands.other is not None:
            differing.setdefault(assessment_id, {})[indicator] = stands.other
    return tuple(
        HamletSheet(
            subject_id,
            name,
            number,
            {**told_of(told), "difficult_area": int(bool(is_difficult))},
            left_on,
            group,
            assessment_id or 0,
            state or AssessmentState.DRAFT,
            set_id or "",
            version or "",
            handed_in_at,
            given.get(assessment_id, {}),
            differing.get(assessment_id, {}),
        )
        for (
            subject_id, name, number, told, group, left_on, is_difficult, assessment_id, state, set_id, version,
            handed_in_at,
        ) in rows
    )  # fmt: skip


def _write(
    connection: Connection,
    person_id: int,
    place_id: int,
    year: int,
    rules: tuple[str, str],
    answers: Sequence[FiledAnswer],
    now: datetime,
    today: date,
) -> int:
    path = connection.execute(_PATH, {"place": place_id}).scalar() or ""
    roles = roles_of(connection, [person_id], today).get(person_id, ())
    heads = (role.place.path for role in roles if role.kind is RoleKind.VILLAGE_HEAD)
    if not path or not any(path.startswith(each) for each in heads):
        raise PermissionError(f"person {person_id} is no village head of place {place_id}")
    wanted = {"subjects": sorted({each.subject_id for each in answers}), "place": place_id}
    subjects = set(connection.execute(_SUBJECTS, wanted).scalars())
    sheets = _open_sheets(connection, place_id, year, rules, sorted(subjects), now)
    new = [
        NewAnswer(
            sheets[each.subject_id], each.indicator, each.answer, Side.HEAD, person_id, EXCEL, now, over=each.over
        )
        for each in answers
        if each.subject_id in sheets
    ]
    if not new:
        return 0
    touched = sorted({each.assessment_id for each in new})
    save_answers(connection, new, standing_on(connection, touched))
    connection.execute(_TO_SCORE, {"assessments": touched})
    connection.execute(
        insert(audit),
        [
            {"at": now, "what": "answers.filed", "person_id": person_id, "subject_id": each, "assessment_id": sheet}
            for each, sheet in sorted(sheets.items())
            if sheet in touched
        ],
    )
    return len(new)


def _open_sheets(
    connection: Connection, place_id: int, year: int, rules: tuple[str, str], subjects: Sequence[int], now: datetime
) -> Mapping[int, int]:
    """Return, locked, the sheets of subjects that take answers under these rules; opens what is missing."""
    newest = {row.subject_id: row for row in connection.execute(_SHEETS, {"subjects": subjects, "year": year})}
    found: dict[int, int] = {}
    led_over = []
    for subject_id, row in newest.items():
        is_draft = row.state is AssessmentState.DRAFT and row.handed_in_at is None
        is_same = (row.set_id, row.set_version) == rules
        if is_open(row.state) and (is_draft or is_same):
            found[subject_id] = row.id
            if not is_same:
                led_over.append(row.id)
    if led_over:
        connection.execute(_LEAD_OVER, {"assessments": led_over, "new_set": rules[0], "new_version": rules[1]})
    missing = [each for each in subjects if each not in newest]
    if missing:
        period_id = periods(connection, {(year, place_id)})[year, place_id]
        rows: list[dict[str, Any]] = [
            {
                "subject_id": each,
                "period_id": period_id,
                "year": year,
                "set_id": rules[0],
                "set_version": rules[1],
                "state": AssessmentState.DRAFT,
                "created_at": now,
            }
            for each in missing
        ]
        found.update(zip(missing, add_rows(connection, assessment, rows), strict=True))
    return found
