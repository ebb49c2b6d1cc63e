"""One answer for many households: written in a few statements, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, exists, false, insert, literal_column, select, update

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import AnswerForMany, HandInForMany
from bot.dialogs.village.facts import Side
from bot.ports.village.bulk import BulkRow, KeptScore, UnscoredSheet
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.engine import Run
from storage.periods import periods
from storage.rows import add_rows, answer_of
from storage.settling import NewAnswer, save_answers, standing_on
from storage.subjects import is_open, told_of
from storage.tables import answer, assessment, difference, place, review, subject
from storage.types import Code, Moment, among
from storage.village import scores
from storage.village.authority import require

_any_answer = answer.alias("any_answer")
_HOUSEHOLDS = (
    select(
        subject.c.id, subject.c.name, subject.c.roll_number, subject.c.told,
        assessment.c.id, assessment.c.state, assessment.c.handed_in_at, assessment.c.set_id, assessment.c.set_version,
        answer.c.value, answer.c.side, difference.c.value, assessment.c.is_complete,
        exists()
        .where(_any_answer.c.assessment_id == assessment.c.id, _any_answer.c.side == literal_column(f"'{Side.HEAD}'"))
        .correlate(assessment),
    )
    .select_from(subject)
    .outerjoin(
        assessment, and_(assessment.c.subject_id == subject.c.id, assessment.c.year == bindparam("year"))
    )
    .outerjoin(
        answer, and_(answer.c.assessment_id == assessment.c.id, answer.c.indicator == bindparam("indicator"))
    )
    .outerjoin(
        difference,
        and_(
            difference.c.assessment_id == assessment.c.id,
            difference.c.indicator == bindparam("indicator"),
            difference.c.decided_at.is_(None),
        ),
    )
    .where(
        subject.c.place_id == bindparam("place"),
        subject.c.kind == bindparam("kind", type_=Code(SubjectKind)),
        subject.c.left_on.is_(None),
        subject.c.merged_into.is_(None),
    )
    .order_by(subject.c.sort_key, subject.c.id, assessment.c.id)
)  # fmt: skip
_PLACES = select(place.c.id, place.c.path).where(among(place.c.id, "places"))
_SUBJECTS = (
    select(subject.c.id, subject.c.place_id)
    .where(
        among(subject.c.id, "subjects"),
        subject.c.kind == literal_column(f"'{SubjectKind.HOUSEHOLD}'"),
        subject.c.left_on.is_(None),
    )
    .order_by(subject.c.id)
    .with_for_update()
)
_SHEETS = (
    select(
        assessment.c.id, assessment.c.subject_id, assessment.c.year, assessment.c.state, assessment.c.handed_in_at,
        assessment.c.set_id, assessment.c.set_version,
    )
    .where(among(assessment.c.subject_id, "subjects"), among(assessment.c.year, "years"))
    .order_by(assessment.c.id)
    .with_for_update()
)  # fmt: skip
_LEAD_OVER = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(set_id=bindparam("new_set"), set_version=bindparam("new_version"))
)
_COMPLETE = (
    select(assessment.c.id, subject.c.place_id, assessment.c.state)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .where(
        among(assessment.c.id, "assessments"),
        assessment.c.is_complete,
        assessment.c.is_scored,
        subject.c.left_on.is_(None),
    )
    .order_by(assessment.c.id)
    .with_for_update(of=assessment)
)
_HAND_IN = (
    update(assessment)
    .where(among(assessment.c.id, "assessments"))
    .values(state=AssessmentState.HANDED_IN, handed_in_at=bindparam("now", type_=Moment))
)
_TO_SCORE = update(assessment).where(among(assessment.c.id, "assessments")).values(is_scored=false())


class SqlBulk:
    """Answers of many households at once; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def households(self, place_id: int, year: int, indicator: str) -> tuple[BulkRow, ...]:
        """Every household of a hamlet with its answer to a question; see ports.village."""
        return await self._run(_households, place_id, year, indicator)

    async def unscored(self, limit: int) -> tuple[UnscoredSheet, ...]:
        """Sheets to be scored again; see ports.village."""
        return await self._run(scores.unscored, limit)

    async def keep_scores(self, kept: Sequence[KeptScore]) -> None:
        """Keep scores; see ports.village."""
        await self._run(scores.keep_scores, kept)


def _households(connection: Connection, place_id: int, year: int, indicator: str) -> tuple[BulkRow, ...]:
    wanted = {"place": place_id, "kind": SubjectKind.HOUSEHOLD, "year": year, "indicator": indicator}
    found: dict[int, BulkRow] = {}
    for row in connection.execute(_HOUSEHOLDS, wanted):
        subject_id, name, number, told, assessment_id, state, handed_in_at, set_id, version, *rest = row
        value, side, other, is_complete, has_head = rest
        found[subject_id] = BulkRow(  # of several sheets of a year the newest
            subject_id, name, number, told_of(told), assessment_id or 0, state, handed_in_at, set_id or "",
            version or "", None if value is None else answer_of(value), side,
            None if other is None else answer_of(other), bool(is_complete), bool(has_head),
        )  # fmt: skip
    return tuple(found.values())


@dataclass(slots=True)
class _Sheet:
    """A sheet on its way through the turns."""

    id: int
    state: AssessmentState
    handed_in_at: datetime | None
    rules: tuple[str, str]


class _Said(NamedTuple):
    """What one turn says for one sheet."""

    step: Step
    effect: AnswerForMany
    sheet: _Sheet


def write(connection: Connection, batch: Batch) -> None:
    """Record one answer for many households, and hand in what is complete. Raises: Conflict."""
    _answer(connection, batch)
    _hand_in(connection, batch)


def _answer(connection: Connection, batch: Batch) -> None:
    """Record one answer for many households.

    Sheets are opened where there is none; a draft under older rules is led over to those in force; what was handed in
    is left alone. An answer that differs from the family's own becomes a difference.

    Raises: Conflict: the person is not village head there, or a household is not of that hamlet any more.
    """
    effects = batch.each(AnswerForMany)
    if not effects:
        return
    _check(connection, effects)
    sheets = _sheets(connection, batch, effects)
    said = [
        _Said(step, effect, sheet)
        for step, effect in effects
        for each in effect.subject_ids
        if is_open((sheet := sheets[each, step.turn.year]).state)
    ]
    if said:
        _lead_over(connection, said)
        _save(connection, batch, said)
    for step in {id(step): step for step, _ in effects}.values():
        batch.note(step, "answers.many")


def _check(connection: Connection, effects: Sequence[tuple[Step, AnswerForMany]]) -> None:
    """Hold that every household is of the hamlet, and the hamlet the person's; locks the households."""
    ids = sorted({each for _, effect in effects for each in effect.subject_ids})
    paths = dict(_pairs(connection, _PLACES, {"places": sorted({effect.place_id for _, effect in effects})}))
    places = dict(_pairs(connection, _SUBJECTS, {"subjects": ids}))
    for step, effect in effects:
        require(step, paths.get(effect.place_id, ""))
        if not step.turn.set_id:
            step.conflict(f"no rules are in force at place {effect.place_id}")
        if any(places.get(each) != effect.place_id for each in effect.subject_ids):
            step.conflict(f"a household is not of place {effect.place_id} any more")


def _pairs(connection: Connection, statement: Any, parameters: Mapping[str, Any]) -> list[tuple[Any, Any]]:  # noqa: ANN401 - a select of two columns
    return [(key, value) for key, value in connection.execute(statement, parameters)]


def _sheets(
    connection: Connection, batch: Batch, effects: Sequence[tuple[Step, AnswerForMany]]
) -> dict[tuple[int, int], _Sheet]:
    """Return the sheet of each household and year, locked; opens what is missing."""
    first = {
        (each, step.turn.year): (step, effect.place_id)
        for step, effect in reversed(effects)
        for each in effect.subject_ids
    }
    wanted = {"subjects": sorted({each for each, _ in first}), "years": sorted({year for _, year in first})}
    found = {
        (row.subject_id, row.year): _Sheet(row.id, row.state, row.handed_in_at, (row.set_id, row.set_version))
        for row in connection.execute(_SHEETS, wanted)
    }
    missing = [key for key in first if key not in found]
    if missing:
        of = periods(connection, {(year, first[each, year][1]) for each, year in missing})
        rows = [
            {
                "subject_id": each,
                "period_id": of[year, first[each, year][1]],
                "year": year,
                "set_id": first[each, year][0].turn.set_id,
                "set_version": first[each, year][0].turn.set_version,
                "state": AssessmentState.DRAFT,
                "created_at": batch.now,
            }
            for each, year in missing
        ]
        for (each, year), id_ in zip(missing, add_rows(connection, assessment, rows), strict=True):
            turn = first[each, year][0].turn
            found[each, year] = _Sheet(id_, AssessmentState.DRAFT, None, (turn.set_id, turn.set_version))
    return found


def _lead_over(connection: Connection, said: Sequence[_Said]) -> None:
    rows: dict[int, dict[str, Any]] = {}
    for step, _, sheet in said:
        rules = step.turn.set_id, step.turn.set_version
        if sheet.state is AssessmentState.DRAFT and sheet.handed_in_at is None and sheet.rules != rules:
            sheet.rules = rules
            rows[sheet.id] = {"assessment": sheet.id, "new_set": rules[0], "new_version": rules[1]}
    if rows:
        connection.execute(_LEAD_OVER, list(rows.values()))


def _save(connection: Connection, batch: Batch, said: Sequence[_Said]) -> None:
    standing = standing_on(connection, {sheet.id for _, _, sheet in said})
    save_answers(
        connection,
        [
            NewAnswer(
                sheet.id,
                effect.indicator,
                effect.answer,
                Side.HEAD,
                step.person_id,
                step.channel,
                batch.now,
                effect.over,
            )
            for step, effect, sheet in said
        ],
        standing,
    )
    connection.execute(_TO_SCORE, {"assessments": sorted({sheet.id for _, _, sheet in said})})


def _hand_in(connection: Connection, batch: Batch) -> None:
    """Hand in drafts for their households; what changed meanwhile is left alone."""
    effects = batch.each(HandInForMany)
    if not effects:
        return
    ids = sorted({each for _, effect in effects for each in effect.assessment_ids})
    paths = dict(_pairs(connection, _PLACES, {"places": sorted({effect.place_id for _, effect in effects})}))
    found = {row.id: row for row in connection.execute(_COMPLETE, {"assessments": ids})}
    reviews: dict[int, dict[str, Any]] = {}
    for step, effect in effects:
        require(step, paths.get(effect.place_id, ""))
        for each in effect.assessment_ids:
            sheet = found.get(each)
            if sheet is None or not is_open(sheet.state):
                continue
            if sheet.place_id != effect.place_id:
                step.conflict(f"assessment {each} is not of place {effect.place_id}")
            reviews[each] = {
                "assessment_id": each,
                "from_state": sheet.state,
                "to_state": AssessmentState.HANDED_IN,
                "person_id": step.person_id,
                "at": batch.now,
            }
        batch.note(step, "assessments.handed_in")
    if reviews:
        connection.execute(_HAND_IN, {"assessments": sorted(reviews), "now": batch.now})
        connection.execute(insert(review), list(reviews.values()))
