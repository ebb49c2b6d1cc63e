"""Confirming, returning, and deciding between two answers: on sheets that are locked and read again first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.dialogs.events import News, SheetMoved
from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import Confirm, DecideDifference, ReturnSheet
from bot.dialogs.village.facts import Side
from storage.batch import Batch, Step
from storage.rows import upsert
from storage.tables import answer, answer_history, assessment, difference, place, review, subject
from storage.types import Code, Moment, among
from storage.village import authority
from storage.village.telling import Telling, members_of, tell

_LOCK = (
    select(
        assessment.c.id, assessment.c.subject_id, assessment.c.state, assessment.c.is_complete, subject.c.place_id,
        place.c.path,
    )
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(place, place.c.id == subject.c.place_id)
    .where(among(assessment.c.id, "assessments"))
    .order_by(assessment.c.id)
    .with_for_update(of=assessment, key_share=True)
)  # fmt: skip
_UNDECIDED = (
    select(difference.c.assessment_id, func.count())
    .where(among(difference.c.assessment_id, "assessments"), difference.c.decided_at.is_(None))
    .group_by(difference.c.assessment_id)
)
_MOVE = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(
        state=bindparam("new_state", type_=Code(AssessmentState)),
        reviewed_at=bindparam("reviewed", type_=Moment),
    )
)
_OPEN_DIFFERENCES = select(difference).where(
    among(difference.c.assessment_id, "assessments"), difference.c.decided_at.is_(None)
)
_STANDING = select(answer).where(among(answer.c.assessment_id, "assessments"))
_KEEP = upsert(answer, "assessment_id", "indicator")
_DECIDE = (
    update(difference)
    .where(difference.c.id == bindparam("difference"), difference.c.decided_at.is_(None))
    .values(
        decided_at=bindparam("now", type_=Moment),
        decided_by=bindparam("person"),
        kept=bindparam("whose", type_=Code(Side)),
        reason=bindparam("why"),
    )
)
_TO_SCORE = update(assessment).where(among(assessment.c.id, "assessments")).values(is_scored=False)

_DECIDABLE: Final = (AssessmentState.DRAFT, AssessmentState.RETURNED, AssessmentState.HANDED_IN)
_RETURNABLE: Final = (AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)
_AUTHOR: Final = ("value", "person_id", "channel", "side")

_Decided = list[tuple[Step, DecideDifference]]


def write(connection: Connection, batch: Batch) -> None:
    """Write what was decided on sheets.

    Raises: Conflict: a sheet is none of the person's places, or not in the state that it was decided on.
    """
    wanted = sorted({each for _, each in _concerned(batch)})
    if not wanted:
        return
    locked = {row.id: row for row in connection.execute(_LOCK, {"assessments": wanted})}
    for step, assessment_id in _concerned(batch):
        row = locked.get(assessment_id)
        if row is None:
            step.conflict(f"assessment {assessment_id} is gone")
        authority.require(step, row.path)
    # Two answers are decided on before their sheet is confirmed by anybody in the same batch.
    tellings = _decide(connection, batch, locked)
    tellings += _move(connection, batch, locked)
    tell(connection, tellings, batch.now)


def _concerned(batch: Batch) -> Iterator[tuple[Step, int]]:
    for step, confirmed in batch.each(Confirm):
        yield from ((step, each) for each in confirmed.assessment_ids)
    yield from ((step, back.assessment_id) for step, back in batch.each(ReturnSheet))
    yield from ((step, decided.assessment_id) for step, decided in batch.each(DecideDifference))


# --- confirming and returning -----------------------------------------------------------------------------------------


def _move(connection: Connection, batch: Batch, locked: Mapping[int, Any]) -> list[Telling]:
    confirmed, returned = batch.each(Confirm), batch.each(ReturnSheet)
    if not confirmed and not returned:
        return []
    states: dict[int, AssessmentState] = {id_: row.state for id_, row in locked.items()}
    undecided: dict[int, int] = {
        row[0]: row[1] for row in connection.execute(_UNDECIDED, {"assessments": sorted(locked)})
    }
    moves: list[dict[str, Any]] = []
    for step, effect in confirmed:
        for assessment_id in effect.assessment_ids:
            row = locked[assessment_id]
            if row.place_id != effect.place_id:
                step.conflict(f"assessment {assessment_id} is not of place {effect.place_id}")
            if states[assessment_id] is not AssessmentState.HANDED_IN or not row.is_complete:
                step.conflict(f"assessment {assessment_id} is {states[assessment_id]}, it cannot be confirmed")
            if undecided.get(assessment_id):
                step.conflict(f"assessment {assessment_id} has two answers to a question")
            moves.append(_moved(step, batch, assessment_id, states, AssessmentState.CONFIRMED))
            batch.note(step, "assessment.confirmed", subject_id=row.subject_id, assessment_id=assessment_id)
    for step, back in returned:
        row = locked[back.assessment_id]
        if states[back.assessment_id] not in _RETURNABLE:
            step.conflict(f"assessment {back.assessment_id} is {states[back.assessment_id]}, it cannot be returned")
        moves.append(_moved(step, batch, back.assessment_id, states, AssessmentState.RETURNED, back))
        batch.note(step, "assessment.returned", subject_id=row.subject_id, assessment_id=back.assessment_id)
    connection.execute(
        _MOVE,
        [{"assessment": m["assessment_id"], "new_state": m["to_state"], "reviewed": batch.now} for m in moves],
    )
    connection.execute(insert(review), moves)
    return _told(connection, confirmed, returned)


def _moved(
    step: Step,
    batch: Batch,
    assessment_id: int,
    states: dict[int, AssessmentState],
    to: AssessmentState,
    back: ReturnSheet | None = None,
) -> dict[str, Any]:
    before, states[assessment_id] = states[assessment_id], to
    return {
        "assessment_id": assessment_id,
        "from_state": before,
        "to_state": to,
        "person_id": step.person_id,
        "at": batch.now,
        "reason": back.reason if back is not None else "",
        "indicator": back.indicator if back is not None else "",
    }


def _told(
    connection: Connection, confirmed: Sequence[tuple[Step, Confirm]], returned: Sequence[tuple[Step, ReturnSheet]]
) -> list[Telling]:
    """Tell the members of every sheet but whoever decided."""
    events = [(s, each, SheetMoved(each, e.told)) for s, e in confirmed for each in e.assessment_ids]
    events += [(s, e.assessment_id, SheetMoved(e.assessment_id, e.told, e.indicator)) for s, e in returned]
    members = members_of(connection, [assessment_id for _, assessment_id, _ in events])
    return [
        Telling(person_id, event, assessment_id)
        for step, assessment_id, event in events
        for person_id in members.get(assessment_id, ())
        if person_id != step.person_id
    ]


# --- two answers ------------------------------------------------------------------------------------------------------


def _decide(connection: Connection, batch: Batch, locked: Mapping[int, Any]) -> list[Telling]:
    decided: _Decided = list(batch.each(DecideDifference))
    if not decided:
        return []
    ids = {"assessments": sorted({effect.assessment_id for _, effect in decided})}
    second = {(row.assessment_id, row.indicator): row for row in connection.execute(_OPEN_DIFFERENCES, ids)}
    standing = {(row.assessment_id, row.indicator): row for row in connection.execute(_STANDING, ids)}
    rows, kept, history = [], [], []
    tellings: list[Telling] = []
    members = members_of(connection, ids["assessments"])
    for step, effect in decided:
        key = effect.assessment_id, effect.indicator
        if locked[effect.assessment_id].state not in _DECIDABLE:
            step.conflict(f"assessment {effect.assessment_id} takes no decisions")
        other, now = second.pop(key, None), standing.get(key)
        if other is None or now is None or effect.kept not in (other.side, now.side):
            step.conflict(f"question {effect.indicator!r} of assessment {effect.assessment_id} has no such answers")
        rows.append(
            {
                "difference": other.id,
                "now": batch.now,
                "person": step.person_id,
                "whose": effect.kept,
                "why": effect.reason,
            }
        )
        if effect.kept is other.side:
            said = {name: getattr(other, name) for name in ("assessment_id", "indicator", *_AUTHOR)}
            kept.append({**said, "at": other.at})
            # Told again now, so that the history says in which order the answers stood.
            history.append({**said, "at": batch.now})
        tellings += _told_of(step, effect, members.get(effect.assessment_id, ()), (other, now))
        subject_id = locked[effect.assessment_id].subject_id
        batch.note(step, "difference.decided", subject_id=subject_id, assessment_id=effect.assessment_id)
    connection.execute(_DECIDE, rows)
    if kept:
        connection.execute(_KEEP[connection.dialect.name], kept)
        connection.execute(insert(answer_history), history)
        connection.execute(_TO_SCORE, {"assessments": sorted({row["assessment_id"] for row in kept})})
    return tellings


def _told_of(step: Step, effect: DecideDifference, members: Sequence[int], answers: tuple[Any, Any]) -> list[Telling]:
    """Tell the side whose answer was not kept; whoever decided knows it already."""
    if effect.kept is Side.HEAD:
        event = SheetMoved(effect.assessment_id, effect.told, effect.indicator)
        return [Telling(each, event, effect.assessment_id) for each in members if each != step.person_id]
    authors = {row.person_id for row in answers if row.side is Side.HEAD and row.person_id is not None}
    return [Telling(each, News(effect.told)) for each in sorted(authors - {step.person_id})]
