"""The sheets of two lines that are one household; see `roll_merging` for what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, insert, select, update

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import Side
from storage.batch import Batch, Step
from storage.rows import upsert
from storage.tables import (
    answer,
    answer_history,
    assessment,
    difference,
    evidence,
    news,
    person,
    review,
    sample_sheet,
)
from storage.types import among
from storage.village.roll_writing import Line, follow_periods

_ORDER: Final = (
    AssessmentState.DRAFT,
    AssessmentState.RETURNED,
    AssessmentState.HANDED_IN,
    AssessmentState.CONFIRMED,
    AssessmentState.APPRAISED,
    AssessmentState.NOT_RECOGNISED,
    AssessmentState.RECOGNISED,
)
"""How far a sheet has come."""

_DECIDED_ABOVE: Final = (AssessmentState.APPRAISED, AssessmentState.NOT_RECOGNISED, AssessmentState.RECOGNISED)
"""By the commune: the village changes no answer of it any more, not even by merging."""

_KEEP: Final[BindParameter[int]] = bindparam("keep")
_GONE: Final[BindParameter[int]] = bindparam("gone")

_SHEETS: Final = (
    select(assessment)
    .where(among(assessment.c.subject_id, "subjects"))
    .order_by(assessment.c.id)
    .with_for_update(key_share=True)
)
_ANSWERS: Final = select(answer).where(answer.c.assessment_id == bindparam("sheet"))
_OPEN_DIFFERENCES: Final = select(difference).where(
    difference.c.assessment_id == bindparam("sheet"), difference.c.decided_at.is_(None)
)
_WHOSE: Final = (
    update(assessment)
    .where(assessment.c.id == bindparam("sheet"))
    .values(subject_id=bindparam("to"))
)  # fmt: skip
_COME_FROM_FURTHER: Final = (
    "state", "handed_in_at", "reviewed_at", "set_id", "set_version", "total", "title_id", "is_complete",
)  # fmt: skip
_COME_TO: Final = (
    update(assessment)
    .where(assessment.c.id == bindparam("sheet"))
    .values({
        name: bindparam(f"new_{name}", type_=assessment.c[name].type) for name in (*_COME_FROM_FURTHER, "is_scored")
    })
)  # fmt: skip
_SAVE: Final = upsert(answer, "assessment_id", "indicator")
_TAKE_OFF: Final = delete(answer).where(
    answer.c.assessment_id == bindparam("sheet"), answer.c.indicator == bindparam("which")
)
_SETTLED: Final = delete(difference).where(difference.c.id == bindparam("which"))
_there = sample_sheet.alias("there")
_FOLLOW: Final = (
    update(person).where(person.c.assessment_id == _GONE).values(assessment_id=_KEEP),
    update(evidence).where(evidence.c.assessment_id == _GONE).values(assessment_id=_KEEP),
    update(answer_history).where(answer_history.c.assessment_id == _GONE).values(assessment_id=_KEEP),
    update(review).where(review.c.assessment_id == _GONE).values(assessment_id=_KEEP),
    update(news).where(news.c.assessment_id == _GONE).values(assessment_id=_KEEP),
    update(difference)
    .where(difference.c.assessment_id == _GONE, difference.c.decided_at.is_not(None))
    .values(assessment_id=_KEEP),
    update(sample_sheet)
    .where(
        sample_sheet.c.assessment_id == _GONE,
        ~exists().where(_there.c.sample_id == sample_sheet.c.sample_id, _there.c.assessment_id == _KEEP)
        .correlate(sample_sheet),
    )
    .values(assessment_id=_KEEP),
)  # fmt: skip

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that stands on a sheet."""

    answers: Mapping[str, _Row]
    open: Mapping[str, _Row]
    """Differences nobody has decided yet."""


def merge_sheets(connection: Connection, batch: Batch, step: Step, kept: Line, gone: Line) -> None:
    """Let the sheets of a line that goes become those of the line that stays."""
    found = connection.execute(_SHEETS, {"subjects": [kept.id, gone.id]}).mappings()
    sheets: list[_Row] = [dict(row) for row in found]
    own = [sheet for sheet in sheets if sheet["subject_id"] == kept.id]
    has_moved = False
    for other in (sheet for sheet in sheets if sheet["subject_id"] == gone.id):
        beside = _beside(own, other)
        if beside is None:
            connection.execute(_WHOSE, {"sheet": other["id"], "to": kept.id})
            has_moved = True
        else:
            _merge(connection, batch, beside, other)
            batch.note(step, "assessment.merged", subject_id=kept.id, assessment_id=beside["id"])
    if has_moved and kept.place_id != gone.place_id:
        follow_periods(connection, kept.id, kept.place_id)


def _beside(own: Sequence[_Row], other: _Row) -> _Row | None:
    """The sheet of the same year: under the same set if there is one, else the newest."""
    of_year = [sheet for sheet in own if sheet["year"] == other["year"]]
    same_set = [sheet for sheet in of_year if sheet["set_id"] == other["set_id"]]
    return next(reversed(same_set or of_year), None)


def _merge(connection: Connection, batch: Batch, kept: _Row, gone: _Row) -> None:
    """Make one sheet of two, on the one that stays."""
    here, there = _said(connection, kept["id"]), _said(connection, gone["id"])
    is_further = _ORDER.index(gone["state"]) > _ORDER.index(kept["state"])
    further, standing, other = (gone, there, here) if is_further else (kept, here, there)
    is_decided = further["state"] in _DECIDED_ABOVE
    answers = dict(standing.answers) if is_decided else {**other.answers, **standing.answers}
    _stand(connection, kept["id"], here.answers, answers)
    wanting = [] if is_decided else [*other.answers.values(), *there.open.values()]
    history = _differ(connection, kept["id"], answers, here.open, wanting)
    _remember(connection, kept["id"], [*history, *(there.open.values() if is_decided else ())])
    for statement in _FOLLOW:
        connection.execute(statement, {"keep": kept["id"], "gone": gone["id"]})
    columns = {f"new_{name}": further[name] for name in _COME_FROM_FURTHER}
    scored = further["is_scored"] and is_decided
    connection.execute(_COME_TO, columns | {"sheet": kept["id"], "new_is_scored": scored})


def _said(connection: Connection, sheet_id: int) -> _Said:
    parameters = {"sheet": sheet_id}
    answers: list[_Row] = [dict(row) for row in connection.execute(_ANSWERS, parameters).mappings()]
    opened: list[_Row] = [dict(row) for row in connection.execute(_OPEN_DIFFERENCES, parameters).mappings()]
    return _Said({row["indicator"]: row for row in answers}, {row["indicator"]: row for row in opened})


def _stand(connection: Connection, sheet_id: int, before: Mapping[str, _Row], after: Mapping[str, _Row]) -> None:
    """Let answers stand on a sheet; those of both sheets are in the history, each with its author."""
    taken_over = [{**row, "assessment_id": sheet_id} for i, row in after.items() if before.get(i) is not row]
    if taken_over:
        connection.execute(_SAVE[connection.dialect.name], taken_over)
    for indicator in before.keys() - after.keys():
        connection.execute(_TAKE_OFF, {"sheet": sheet_id, "which": indicator})


def _differ(
    connection: Connection, sheet_id: int, standing: Mapping[str, _Row], here: Mapping[str, _Row], said: Sequence[_Row]
) -> list[_Row]:
    """Open a difference for what was said otherwise than it stands; a question has one at most.

    Returns: what was put forward as a difference before and is none any more.
    """
    settled = [row for row in here.values() if _stands(row, standing)]
    for row in settled:
        connection.execute(_SETTLED, {"which": row["id"]})
    history, opened = settled, here.keys() - {row["indicator"] for row in settled}
    new: dict[str, dict[str, Any]] = {}
    for row in said:
        indicator, stands = row["indicator"], standing.get(row["indicator"])
        if stands is not None and not _stands(row, standing) and indicator not in opened and indicator not in new:
            side = _other(stands["side"]) if stands["side"] is row["side"] else row["side"]
            new[indicator] = {**_copied(row, sheet_id), "side": side}
        elif "id" in row:
            history.append(row)
    if new:
        connection.execute(insert(difference), list(new.values()))
    return history


def _stands(said: _Row, standing: Mapping[str, _Row]) -> bool:
    stands = standing.get(said["indicator"])
    return stands is not None and bool(stands["value"] == said["value"])


def _remember(connection: Connection, sheet_id: int, said: Sequence[_Row]) -> None:
    if said:
        connection.execute(insert(answer_history), [_copied(row, sheet_id) for row in said])


def _copied(row: _Row, sheet_id: int) -> dict[str, Any]:
    names = ("indicator", "value", "person_id", "channel", "at", "side")
    return {"assessment_id": sheet_id} | {name: row[name] for name in names}


def _other(side: Side) -> Side:
    return Side.HEAD if side is Side.SUBJECT else Side.SUBJECT
