"""Subjects, the persons tied to them, and which of their sheets a person works on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, literal_column, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.dialogs.effects import ChangeSubject, OpenAssessment, RegisterSubject, TakeUp
from bot.dialogs.facts import AssessmentState
from bot.ports import Conflict
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.linking import hashed
from storage.periods import periods
from storage.rows import add_rows, insert_new
from storage.subject_keys import subject_keys
from storage.tables import PLACE_KINDS, PLACES_THEMSELVES, assessment, invite, person_subject, subject
from storage.types import among

MEMBER: Final = "member"
IS_MEMBER: Final[ColumnElement[bool]] = person_subject.c.tie == literal_column(f"'{MEMBER}'")
"""Whether a tie is that of somebody who takes part for the subject."""

_ADD_SHARED = insert_new(subject, "place_id", "kind", where=text(PLACE_KINDS))
_SHARED = (
    select(subject.c.id, subject.c.place_id, subject.c.kind)
    .where(among(subject.c.place_id, "places"), text(f"subject.{PLACE_KINDS}"))
    .order_by(subject.c.id)
    .with_for_update(key_share=True)
)
LOCK_SUBJECTS = (
    select(subject.c.id)
    .where(among(subject.c.id, "subjects"))
    .order_by(subject.c.id)
    .with_for_update(key_share=True)
)  # fmt: skip
_TIE = insert_new(person_subject, "person_id", "subject_id", "tie")
_UNTIE = delete(person_subject).where(
    person_subject.c.person_id == bindparam("person"), person_subject.c.subject_id == bindparam("left"), IS_MEMBER
)
_THERE = (
    select(assessment.c.subject_id, assessment.c.year, assessment.c.id, assessment.c.state)
    .where(among(assessment.c.subject_id, "subjects"), among(assessment.c.year, "years"))
    .order_by(assessment.c.id)
)
_OWN_SHEETS = (
    select(person_subject.c.person_id, assessment.c.id, assessment.c.subject_id, assessment.c.state)
    .join(assessment, assessment.c.subject_id == person_subject.c.subject_id)
    .where(among(assessment.c.id, "assessments"), among(person_subject.c.person_id, "persons"), IS_MEMBER)
)
# Whoever came in while one use was left is not sent away for arriving second.
_SPEND_INVITE = (
    update(invite)
    .where(
        invite.c.code_hash == bindparam("hash"),
        invite.c.role.is_(None),
        invite.c.subject_id.is_(None),
        invite.c.uses_left > 0,
    )
    .values(uses_left=invite.c.uses_left - 1)
)
_CHANGE_SUBJECT = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "place_id", "told", "folded", "sort_key")})
)
_ON_ROLL = select(subject.c.id, subject.c.roll_number, subject.c.roll_group).where(among(subject.c.id, "subjects"))
_CHANGE_PERIOD = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(period_id=bindparam("period"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """A sheet that a person begins, or joins where somebody else has begun it."""

    step: Step
    place_id: int
    year: int
    may_be_there: bool = True

    @property
    def key(self) -> tuple[int, int]:
        """Which sheet."""
        return self.step.subject_id or 0, self.year


def write_subjects(connection: Connection, batch: Batch) -> None:
    """Register and change subjects, open assessments, and take them up."""
    openings = _register(connection, batch) + _change(connection, batch) + _open(connection, batch)
    if openings:
        open_or_join(connection, batch, openings)
    _take_up(connection, batch)


def is_open(state: AssessmentState | None) -> bool:
    """Whether an assessment can be answered."""
    return state in (AssessmentState.DRAFT, AssessmentState.RETURNED)


def told_of(text_: str) -> Mapping[str, int]:
    """Read what was told at registration."""
    told: dict[str, int] = json.loads(text_)
    return told


def _told(told: Mapping[str, int]) -> str:
    return json.dumps(dict(told), separators=(",", ":"), sort_keys=True)


def _register(connection: Connection, batch: Batch) -> list[Opening]:
    new = batch.each(RegisterSubject)
    if not new:
        return []
    _add_own(connection, batch, [each for each in new if each[1].kind not in PLACES_THEMSELVES])
    _add_shared(connection, batch, [each for each in new if each[1].kind in PLACES_THEMSELVES])
    tie(connection, batch, [step for step, _ in new])
    spent = [{"hash": hashed(effect.invite)} for _, effect in new if effect.invite]
    if spent:
        connection.execute(_SPEND_INVITE, spent)
    return [
        Opening(step, effect.place_id, step.turn.year, may_be_there=effect.kind in PLACES_THEMSELVES)
        for step, effect in new
    ]


def _row(effect: RegisterSubject, batch: Batch) -> dict[str, Any]:
    folded, sort_key = subject_keys(effect.name)
    return {
        "kind": effect.kind,
        "name": effect.name,
        "place_id": effect.place_id,
        "told": _told(effect.told),
        "subject_group": effect.group,
        "folded": folded,
        "sort_key": sort_key,
        "created_at": batch.now,
    }


def _add_own(connection: Connection, batch: Batch, new: Sequence[tuple[Step, RegisterSubject]]) -> None:
    if not new:
        return
    ids = add_rows(connection, subject, [_row(effect, batch) for _, effect in new])
    for (step, _), subject_id in zip(new, ids, strict=True):
        step.subject_id = subject_id
        batch.note(step, "subject.registered")


def _add_shared(connection: Connection, batch: Batch, new: Sequence[tuple[Step, RegisterSubject]]) -> None:
    if not new:
        return
    rows = {(effect.place_id, effect.kind): _row(effect, batch) for _, effect in reversed(new)}
    statement = _ADD_SHARED[connection.dialect.name].returning(subject.c.place_id, subject.c.kind)
    added = {(place_id, kind) for place_id, kind in connection.execute(statement, list(rows.values()))}
    shared = _shared(connection, [place_id for place_id, _ in rows])
    for step, effect in new:
        key = (effect.place_id, effect.kind)
        step.subject_id = shared[key]
        batch.note(step, "subject.registered" if key in added else "subject.joined")
        added.discard(key)


def _shared(connection: Connection, places: Sequence[int]) -> Mapping[tuple[int, SubjectKind], int]:
    """Return the subjects that are these places, locked until the end, by place and kind."""
    rows = connection.execute(_SHARED, {"places": sorted(set(places))})
    return {(place_id, kind): subject_id for subject_id, place_id, kind in rows}


def tie(connection: Connection, batch: Batch, steps: Sequence[Step]) -> None:
    """Let persons take part for the subjects that their steps are about."""
    connection.execute(
        _TIE[connection.dialect.name],
        [
            {"person_id": step.person_id, "subject_id": step.subject_id, "tie": MEMBER, "since": batch.now}
            for step in steps
        ],
    )


def _change(connection: Connection, batch: Batch) -> list[Opening]:
    changes = batch.each(ChangeSubject)
    if not changes:
        return []
    for step, change in changes:
        if step.subject_id is None:
            step.conflict(f"person {step.person_id} has no subject to change")
        before = step.record.subject
        if step.record.is_visiting and before is not None and before.place.id != change.place_id:
            step.conflict(f"subject {step.subject_id} is moved between hamlets on the roll only")
    openings = _move_to_others(connection, batch, changes)
    moved = {opening.step.person_id for opening in openings}
    _correct(connection, batch, [(step, change) for step, change in changes if step.person_id not in moved])
    return openings


def _move_to_others(
    connection: Connection, batch: Batch, changes: Sequence[tuple[Step, ChangeSubject]]
) -> list[Opening]:
    """Lead persons who chose the wrong place to the sheet of the right one, where that has one already."""
    leaving = [
        (step, change, before)
        for step, change in changes
        if (before := step.record.subject) is not None
        and before.kind in PLACES_THEMSELVES
        and before.place.id != change.place_id
    ]
    if not leaving:
        return []
    shared = _shared(connection, [change.place_id for _, change, _ in leaving])
    openings: list[Opening] = []
    for step, change, before in leaving:
        there = shared.get((change.place_id, before.kind))
        if there is None:
            continue
        connection.execute(_UNTIE, {"person": step.person_id, "left": step.subject_id})
        step.subject_id = there
        batch.note(step, "subject.joined")
        opened = step.record.assessment
        openings.append(Opening(step, change.place_id, opened.year if opened else step.turn.year))
    if openings:
        tie(connection, batch, [opening.step for opening in openings])
    return openings


def _correct(connection: Connection, batch: Batch, changes: Sequence[tuple[Step, ChangeSubject]]) -> None:
    if not changes:
        return
    moved: dict[int, tuple[int, int]] = {}
    for step, change in changes:
        before, opened = step.record.subject, step.record.assessment
        if before and opened and before.place.id != change.place_id and is_open(step.state):
            moved[opened.id] = (opened.year, change.place_id)
        batch.note(step, "subject.changed")
    on_roll = connection.execute(_ON_ROLL, {"subjects": [step.subject_id for step, _ in changes]})
    places_on_roll = {id_: (number, group) for id_, number, group in on_roll}
    rows: list[dict[str, Any]] = [
        {
            "subject": step.subject_id,
            "new_name": change.name,
            "new_place_id": change.place_id,
            "new_told": _told(change.told),
            "new_folded": folded,
            "new_sort_key": sort_key,
        }
        for step, change in changes
        for folded, sort_key in [subject_keys(change.name, *places_on_roll.get(step.subject_id or 0, ("", "")))]
    ]
    try:
        connection.execute(_CHANGE_SUBJECT, sorted(rows, key=lambda row: int(row["subject"])))
    except IntegrityError as error:
        ids = [step.turn.claimed.inbox_id for step, _ in changes]
        raise Conflict(ids, "another sheet of such a place was begun meanwhile") from error
    if moved:
        found = periods(connection, set(moved.values()))
        connection.execute(
            _CHANGE_PERIOD, [{"assessment": each, "period": found[where]} for each, where in moved.items()]
        )


def _open(connection: Connection, batch: Batch) -> list[Opening]:
    openings = []
    for step, _ in batch.each(OpenAssessment):
        owner, newest = step.record.subject, step.record.assessment
        if owner is None:
            step.conflict(f"person {step.person_id} has no subject to assess")
        if newest is not None and newest.year >= step.turn.year:
            step.conflict(f"assessment {newest.id} of {newest.year} is open already")
        openings.append(Opening(step, owner.place.id, step.turn.year))
    if openings:
        connection.execute(LOCK_SUBJECTS, {"subjects": sorted({opening.key[0] for opening in openings})}).close()
    return openings


def open_or_join(connection: Connection, batch: Batch, openings: Sequence[Opening]) -> None:
    """Let persons work on the sheets of these years, opened where there are none yet; their subjects are locked."""
    there = _there(connection, [opening for opening in openings if opening.may_be_there])
    first: dict[tuple[int, int], Opening] = {}
    for opening in openings:
        if opening.key not in there:
            first.setdefault(opening.key, opening)
    if first:
        there |= _add_assessments(connection, batch, list(first.values()))
    for opening in openings:
        assessment_id, state = there[opening.key]
        is_first = first.get(opening.key) is opening
        opening.step.take_up(assessment_id, state, is_joining=not is_first)
        if is_first:
            batch.note(opening.step, "assessment.opened")


_Sheets = dict[tuple[int, int], tuple[int, AssessmentState]]
"""{(subject, year): (assessment, its state)}."""


def _there(connection: Connection, openings: Sequence[Opening]) -> _Sheets:
    if not openings:
        return {}
    subjects, years = zip(*(opening.key for opening in openings), strict=True)
    rows = connection.execute(_THERE, {"subjects": sorted(set(subjects)), "years": sorted(set(years))})
    return {(subject_id, year): (assessment_id, state) for subject_id, year, assessment_id, state in rows}


def _add_assessments(connection: Connection, batch: Batch, openings: Sequence[Opening]) -> _Sheets:
    found = periods(connection, {(opening.year, opening.place_id) for opening in openings})
    ids = add_rows(
        connection,
        assessment,
        [
            {
                "subject_id": opening.step.subject_id,
                "period_id": found[opening.year, opening.place_id],
                "year": opening.year,
                "set_id": opening.step.turn.set_id,
                "set_version": opening.step.turn.set_version,
                "state": AssessmentState.DRAFT,
                "created_at": batch.now,
            }
            for opening in openings
        ],
    )
    return {opening.key: (id_, AssessmentState.DRAFT) for opening, id_ in zip(openings, ids, strict=True)}


def _take_up(connection: Connection, batch: Batch) -> None:
    taken = batch.each(TakeUp)
    if not taken:
        return
    rows = connection.execute(
        _OWN_SHEETS,
        {
            "assessments": [effect.assessment_id for _, effect in taken],
            "persons": [step.person_id for step, _ in taken],
        },
    )
    own = {(person_id, assessment_id): (subject_id, state) for person_id, assessment_id, subject_id, state in rows}
    for step, effect in taken:
        sheet = own.get((step.person_id, effect.assessment_id))
        if sheet is None:
            step.conflict(f"assessment {effect.assessment_id} is not one of person {step.person_id}")
        step.subject_id, state = sheet
        step.take_up(effect.assessment_id, state)
