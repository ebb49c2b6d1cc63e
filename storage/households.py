"""Households, the persons tied to them, and the periods they take part in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.dialogs.effects import ChangeHousehold, OpenAssessment, RegisterHousehold
from bot.dialogs.facts import AssessmentState
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.linking import hashed
from storage.rows import add_rows, insert_new
from storage.tables import assessment, invite, period, person_subject, place, subject
from storage.types import among

MEMBER: Final = "member"

_COMMUNES = select(place.c.id, func.coalesce(place.c.parent_id, place.c.id)).where(among(place.c.id, "hamlets"))
_PERIODS = select(period.c.year, period.c.place_id, period.c.id).where(
    among(period.c.year, "years"), among(period.c.place_id, "places")
)
_ADD_PERIOD = insert_new(period, "year", "place_id")
# Whoever came in while one use was left is not sent away for arriving second.
_SPEND_INVITE = (
    update(invite)
    .where(invite.c.code_hash == bindparam("hash"), invite.c.uses_left > 0)
    .values(uses_left=invite.c.uses_left - 1)
)
_CHANGE_SUBJECT = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "place_id", "adults", "school_age_children")})
)
_CHANGE_PERIOD = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(period_id=bindparam("period"))
)  # fmt: skip


def write_households(connection: Connection, batch: Batch) -> None:
    """Register and change households, and open assessments."""
    _register(connection, batch)
    _change(connection, batch)
    _open(connection, batch)


def _register(connection: Connection, batch: Batch) -> None:
    new = batch.each(RegisterHousehold)
    if not new:
        return
    for step, _ in new:
        if step.subject_id is not None:
            step.conflict(f"person {step.person_id} has household {step.subject_id} already")
    ids = add_rows(
        connection,
        subject,
        [
            {
                "kind": SubjectKind.HOUSEHOLD,
                "name": household.name,
                "place_id": household.hamlet_id,
                "adults": household.adults,
                "school_age_children": household.school_age_children,
                "created_at": batch.now,
            }
            for _, household in new
        ],
    )
    for (step, _), subject_id in zip(new, ids, strict=True):
        step.subject_id = subject_id
        batch.note(step, "household.registered")
    connection.execute(
        insert(person_subject),
        [
            {"person_id": step.person_id, "subject_id": step.subject_id, "tie": MEMBER, "since": batch.now}
            for step, _ in new
        ],
    )
    spent = [{"hash": hashed(household.invite)} for _, household in new if household.invite]
    if spent:
        connection.execute(_SPEND_INVITE, spent)
    _add_assessments(connection, batch, [(step, household.hamlet_id) for step, household in new])


def _change(connection: Connection, batch: Batch) -> None:
    changes = batch.each(ChangeHousehold)
    if not changes:
        return
    moved: dict[int, tuple[int, int]] = {}
    for step, change in changes:
        if step.subject_id is None:
            step.conflict(f"person {step.person_id} has no household to change")
        before, opened = step.record.household, step.record.assessment
        if before and opened and before.hamlet.id != change.hamlet_id and is_open(step.state):
            moved[opened.id] = (opened.year, change.hamlet_id)
        batch.note(step, "household.changed")
    connection.execute(
        _CHANGE_SUBJECT,
        [
            {
                "subject": step.subject_id,
                "new_name": change.name,
                "new_place_id": change.hamlet_id,
                "new_adults": change.adults,
                "new_school_age_children": change.school_age_children,
            }
            for step, change in changes
        ],
    )
    if moved:
        periods = _periods(connection, set(moved.values()))
        connection.execute(
            _CHANGE_PERIOD, [{"assessment": each, "period": periods[where]} for each, where in moved.items()]
        )


def _open(connection: Connection, batch: Batch) -> None:
    opened = []
    for step, _ in batch.each(OpenAssessment):
        household, newest = step.record.household, step.record.assessment
        if household is None:
            step.conflict(f"person {step.person_id} has no household to assess")
        if newest is not None and newest.year >= step.turn.year:
            step.conflict(f"assessment {newest.id} of {newest.year} is open already")
        opened.append((step, household.hamlet.id))
    if opened:
        _add_assessments(connection, batch, opened)


def _add_assessments(connection: Connection, batch: Batch, opened: list[tuple[Step, int]]) -> None:
    periods = _periods(connection, {(step.turn.year, hamlet) for step, hamlet in opened})
    ids = add_rows(
        connection,
        assessment,
        [
            {
                "subject_id": step.subject_id,
                "period_id": periods[step.turn.year, hamlet],
                "year": step.turn.year,
                "set_id": step.turn.set_id,
                "set_version": step.turn.set_version,
                "state": AssessmentState.DRAFT,
                "created_at": batch.now,
            }
            for step, hamlet in opened
        ],
    )
    for (step, _), assessment_id in zip(opened, ids, strict=True):
        step.assessment_id = assessment_id
        step.state = AssessmentState.DRAFT
        batch.note(step, "assessment.opened")


def _periods(connection: Connection, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    """Return the periods of (year, hamlet), which are those of the hamlet's commune, adding what is missing."""
    rows = connection.execute(_COMMUNES, {"hamlets": sorted({hamlet for _, hamlet in wanted})})
    communes: dict[int, int] = {hamlet: commune for hamlet, commune in rows}  # noqa: C416 - rows are not pairs to mypy
    keys = sorted({(year, communes[hamlet]) for year, hamlet in wanted})
    parameters = {"years": [year for year, _ in keys], "places": [commune for _, commune in keys]}
    found = {(year, place_id): id_ for year, place_id, id_ in connection.execute(_PERIODS, parameters)}
    missing = [key for key in keys if key not in found]
    if missing:
        connection.execute(
            _ADD_PERIOD[connection.dialect.name],
            [{"year": year, "place_id": commune} for year, commune in missing],
        )
        found = {(year, place_id): id_ for year, place_id, id_ in connection.execute(_PERIODS, parameters)}
    return {(year, hamlet): found[year, communes[hamlet]] for year, hamlet in wanted}


def is_open(state: AssessmentState | None) -> bool:
    """Whether an assessment can be answered."""
    return state in (AssessmentState.DRAFT, AssessmentState.RETURNED)
