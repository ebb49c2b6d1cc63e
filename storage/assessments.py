"""Answers, evidence, handing in and taking back: all on assessments that are locked and read again first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.dialogs.effects import ChangeRules, FetchFile, HandIn, KeepEvidence, SaveAnswer, TakeBack
from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given
from storage.batch import Batch, Step
from storage.files import kept_blob, want
from storage.rows import add_rows
from storage.settling import Key, NewAnswer, Standing, save_answers, standing_on
from storage.subjects import is_open
from storage.tables import EvidenceState, assessment, evidence, review
from storage.types import Code, Exact, Moment, among

_LOCK = (
    select(assessment.c.id, assessment.c.state, assessment.c.handed_in_at, assessment.c.reviewed_at)
    .where(among(assessment.c.id, "assessments"))
    .order_by(assessment.c.id)
    .with_for_update(key_share=True)
)
_MOVE = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(
        state=bindparam("new_state", type_=Code(AssessmentState)),
        handed_in_at=bindparam("handed_in", type_=Moment),
    )
)
_LEAD_OVER = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(set_id=bindparam("new_set"), set_version=bindparam("new_version"))
)
_SCORE = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(
        total=bindparam("new_total", type_=Exact),
        title_id=bindparam("title"),
        is_complete=bindparam("complete"),
    )
)


def write_assessments(connection: Connection, batch: Batch) -> None:
    """Write what the turns say about assessments.

    Raises: Conflict: one is not in the state that its turn was decided on.
    """
    steps = tuple(batch.having(ChangeRules, SaveAnswer, KeepEvidence, HandIn, TakeBack))
    if steps:
        locked = _lock(connection, steps)
        moves = _follow(batch, steps, locked)
        _lead_over(connection, batch)
        standing = _standing(connection, batch)
        _save_answers(connection, batch, standing)
        _keep_evidence(connection, batch)
        _move(connection, moves)
    _score(connection, batch)


def _lock(connection: Connection, steps: tuple[Step, ...]) -> Mapping[int, Any]:
    seen: set[int] = set()
    for step in steps:
        if step.assessment_id is None:
            step.conflict(f"person {step.person_id} has no assessment")
        if step.assessment_id in seen:
            step.conflict(f"assessment {step.assessment_id} is worked on by two persons at once")
        seen.add(step.assessment_id)
    return {row.id: row for row in connection.execute(_LOCK, {"assessments": sorted(seen)})}


def _follow(batch: Batch, steps: tuple[Step, ...], locked: Mapping[int, Any]) -> list[dict[str, Any]]:
    """Walk through the effects in order, refusing what the state does not allow; returns the state changes."""
    moves = []
    for step in steps:
        row = locked.get(step.assessment_id or 0)
        if row is None:
            step.conflict(f"assessment {step.assessment_id} is gone")
        state: AssessmentState = row.state
        for effect in step.turn.effects:
            match effect:
                case SaveAnswer() | KeepEvidence() if not is_open(state):
                    step.conflict(f"assessment {row.id} is {state}, it takes no answers")
                case ChangeRules():
                    if state is not AssessmentState.DRAFT or row.handed_in_at is not None:
                        step.conflict(f"assessment {row.id} is {state}, it keeps its rules")
                    batch.note(step, "assessment.rules_changed")
                case HandIn():
                    if not is_open(state):
                        step.conflict(f"assessment {row.id} is {state}, it cannot be handed in")
                    moves.append(_change(step, state, AssessmentState.HANDED_IN, batch.now))
                    state = AssessmentState.HANDED_IN
                    batch.note(step, "assessment.handed_in")
                case TakeBack():
                    if state is not AssessmentState.HANDED_IN or row.reviewed_at is not None:
                        step.conflict(f"assessment {row.id} is {state}, it cannot be taken back")
                    moves.append(_change(step, state, AssessmentState.DRAFT, batch.now))
                    state = AssessmentState.DRAFT
                    batch.note(step, "assessment.taken_back")
                case _:
                    pass
        step.state = state
    return moves


def _change(step: Step, before: AssessmentState, after: AssessmentState, now: datetime) -> dict[str, Any]:
    return {
        "assessment_id": step.assessment_id,
        "from_state": before,
        "to_state": after,
        "person_id": step.person_id,
        "at": now,
    }


def _lead_over(connection: Connection, batch: Batch) -> None:
    rows: list[dict[str, Any]] = [
        {"assessment": step.assessment_id, "new_set": step.turn.set_id, "new_version": step.turn.set_version}
        for step, _ in batch.each(ChangeRules)
    ]
    if rows:
        connection.execute(_LEAD_OVER, rows)


def _standing(connection: Connection, batch: Batch) -> Mapping[Key, Standing]:
    """Read what stands on the sheets by now.

    Raises: Conflict: somebody else answered on one since it was loaded, so that what its turn says and scores is not
        true any more.
    """
    steps = tuple(batch.having(SaveAnswer, HandIn, ChangeRules))
    if not steps:
        return {}
    standing = standing_on(connection, [step.assessment_id or 0 for step in steps])
    for step in steps:
        _hold_unchanged(step, standing)
    return standing


def _save_answers(connection: Connection, batch: Batch, standing: Mapping[Key, Standing]) -> None:
    answers = [
        NewAnswer(
            step.assessment_id or 0,
            effect.indicator,
            effect.answer,
            Side.HEAD if step.record.is_visiting else Side.SUBJECT,
            step.person_id,
            step.channel,
            batch.now,
            effect.over,
        )
        for step, effect in batch.each(SaveAnswer)
    ]
    save_answers(connection, answers, standing)


def _hold_unchanged(step: Step, standing: Mapping[Key, Standing]) -> None:
    loaded = step.record.assessment
    if loaded is None or loaded.id != step.assessment_id:
        return
    now = {indicator: each for (assessment_id, indicator), each in standing.items() if assessment_id == loaded.id}
    seen = {
        indicator: Standing(Given(value, loaded.sides[indicator]), loaded.differences.get(indicator))
        for indicator, value in loaded.answers.items()
    }
    if now != seen:
        step.conflict(f"assessment {loaded.id} was answered by somebody else meanwhile")


def _keep_evidence(connection: Connection, batch: Batch) -> None:
    kept = batch.each(KeepEvidence)
    if not kept:
        return
    ids = add_rows(
        connection,
        evidence,
        [
            {
                "assessment_id": step.assessment_id,
                "indicator": effect.indicator,
                "blob": kept_blob(effect.file),
                "ref": effect.file.ref,
                "kind": effect.file.kind,
                "name": effect.file.name,
                "mime": effect.file.mime,
                "size": effect.file.size,
                "state": EvidenceState.KEPT if kept_blob(effect.file) else EvidenceState.AWAITED,
                "person_id": step.person_id,
                "channel": step.channel,
                "at": batch.now,
            }
            for step, effect in kept
        ],
    )
    for (step, effect), evidence_id in zip(kept, ids, strict=True):
        if kept_blob(effect.file) is None:
            step.fetch(FetchFile(evidence_id, effect.file), batch.pull_channels)
    want(connection, [effect.file for _, effect in kept])


def _move(connection: Connection, moves: list[dict[str, Any]]) -> None:
    if not moves:
        return
    connection.execute(
        _MOVE,
        [
            {
                "assessment": move["assessment_id"],
                "new_state": move["to_state"],
                "handed_in": move["at"] if move["to_state"] is AssessmentState.HANDED_IN else None,
            }
            for move in moves
        ],
    )
    connection.execute(insert(review), moves)


def _score(connection: Connection, batch: Batch) -> None:
    rows = [
        {
            "assessment": step.assessment_id,
            "new_total": outcome.total,
            "title": outcome.title_id,
            "complete": outcome.is_complete,
        }
        for step in batch.steps
        if (outcome := step.turn.outcome) is not None and step.assessment_id is not None and not step.is_joining
    ]
    if rows:
        connection.execute(_SCORE, rows)
