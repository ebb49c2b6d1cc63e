"""Sheets whose answers changed since they were scored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Text, bindparam, cast, func, select, text, true, update

from bot.ports.village.bulk import KeptScore, UnscoredSheet
from bot.scoring.model import Answer
from storage.places import IS_DIFFICULT
from storage.rows import answer_of
from storage.subjects import told_of
from storage.tables import answer, assessment, place, subject
from storage.types import Exact, among

NOT_SCORED: Final = text("NOT assessment.is_scored")
"""As the index `assessment_to_score` has it, so that both databases use it."""

_UNSCORED = (
    select(assessment.c.id, assessment.c.set_id, assessment.c.set_version, subject.c.told, IS_DIFFICULT)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(place, place.c.id == subject.c.place_id)
    .where(NOT_SCORED)
    .order_by(assessment.c.id)
    .limit(bindparam("limit"))
)
# One row a sheet instead of one an answer, as in storage.sheets.
_ANSWERS = {
    dialect: select(answer.c.assessment_id, cast(together(answer.c.indicator, answer.c.value), Text))
    .where(among(answer.c.assessment_id, "assessments"))
    .group_by(answer.c.assessment_id)
    for dialect, together in (("sqlite", func.json_group_object), ("postgresql", func.json_object_agg))
}
_KEEP = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(
        total=bindparam("new_total", type_=Exact),
        title_id=bindparam("title"),
        is_complete=bindparam("complete"),
        is_scored=true(),
    )
)


def unscored(connection: Connection, limit: int) -> tuple[UnscoredSheet, ...]:
    """Load sheets to be scored again; see ports.village.Bulk."""
    rows = connection.execute(_UNSCORED, {"limit": limit}).all()
    if not rows:
        return ()
    statement = _ANSWERS[connection.dialect.name]
    answers: dict[int, dict[str, Answer]] = {
        assessment_id: {indicator: answer_of(value) for indicator, value in json.loads(together).items()}
        for assessment_id, together in connection.execute(statement, {"assessments": [row[0] for row in rows]})
    }
    return tuple(
        UnscoredSheet(
            assessment_id,
            set_id,
            set_version,
            answers.get(assessment_id, {}),
            {**told_of(told), "difficult_area": int(bool(is_difficult))},
        )
        for assessment_id, set_id, set_version, told, is_difficult in rows
    )


def keep_scores(connection: Connection, scores: Sequence[KeptScore]) -> None:
    """Keep scores; see ports.village.Bulk."""
    if scores:
        connection.execute(
            _KEEP,
            [
                {
                    "assessment": each.assessment_id,
                    "new_total": each.total,
                    "title": each.title_id,
                    "complete": each.is_complete,
                }
                for each in scores
            ],
        )
