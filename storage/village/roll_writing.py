"""Lines of the roll added, corrected, left and moved by whoever has the role for their hamlet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, select, update

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import AddHousehold, CorrectHousehold, LeaveRoll, MoveHousehold
from bot.dialogs.village.facts import HouseholdEntry
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.periods import periods
from storage.places import HAMLET
from storage.rows import add_rows
from storage.subject_keys import subject_keys
from storage.subjects import told_of
from storage.tables import PLACES_THEMSELVES, assessment, invite, place, subject
from storage.types import among
from storage.village.authority import require

_HAMLETS: Final = select(place.c.id, place.c.path, place.c.level).where(among(place.c.id, "places"))
_LOCK: Final = (
    select(
        subject.c.id, subject.c.kind, subject.c.place_id, place.c.path, subject.c.name, subject.c.roll_number,
        subject.c.roll_group, subject.c.phone, subject.c.told, subject.c.left_on, subject.c.merged_into,
    )
    .join(place, place.c.id == subject.c.place_id)
    .where(among(subject.c.id, "subjects"))
    .order_by(subject.c.id)
    .with_for_update(key_share=True, of=subject)
)  # fmt: skip
_CORRECT: Final = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values({
        name: bindparam(f"new_{name}")
        for name in ("name", "roll_number", "roll_group", "phone", "told", "folded", "sort_key", "is_on_roll")
    })
)  # fmt: skip
# What was told decides which questions apply; a sheet that was confirmed or decided on stays what it was.
_SCORE_AGAIN: Final = (
    update(assessment)
    .where(
        assessment.c.subject_id == bindparam("subject"),
        assessment.c.state.in_((AssessmentState.DRAFT, AssessmentState.RETURNED, AssessmentState.HANDED_IN)),
    )
    .values(is_scored=False)
)
_LEAVE: Final = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values(left_on=bindparam("on", type_=Date))
)  # fmt: skip
_MOVE: Final = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values(place_id=bindparam("to"))
)  # fmt: skip
_OPEN_YEARS: Final = select(assessment.c.id, assessment.c.year).where(
    assessment.c.subject_id == bindparam("subject"),
    assessment.c.state.in_((AssessmentState.DRAFT, AssessmentState.RETURNED)),
)
_CHANGE_PERIOD: Final = (
    update(assessment)
    .where(assessment.c.id == bindparam("assessment"))
    .values(period_id=bindparam("period"))
)  # fmt: skip
_CODES_MOVE: Final = (
    update(invite)
    .where(invite.c.subject_id == bindparam("subject"))
    .values(place_id=bindparam("to"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll as it is stored, locked until the end."""

    id: int
    kind: SubjectKind
    place_id: int
    path: str
    name: str
    number: str
    group: str
    phone: str
    told: Mapping[str, int]
    left_on: date | None
    merged_into: int | None


def add(connection: Connection, batch: Batch) -> None:
    """Put households on rolls."""
    new = batch.each(AddHousehold)
    if not new:
        return
    where = _places(connection, [effect.place_id for _, effect in new])
    for step, effect in new:
        _require_hamlet(step, where, effect.place_id)
        if not effect.entry.name:
            step.conflict("a household has a name")
    rows = [
        _columns(told_with({}, effect.entry), effect.entry)
        | {"kind": SubjectKind.HOUSEHOLD, "place_id": effect.place_id, "created_at": batch.now}
        for _, effect in new
    ]
    for (step, _), subject_id in zip(new, add_rows(connection, subject, rows), strict=True):
        batch.note(step, "household.added", subject_id=subject_id)


def correct(connection: Connection, batch: Batch) -> None:
    """Correct lines; what an entry leaves out stays."""
    changes = batch.each(CorrectHousehold)
    lines = locked(connection, [effect.subject_id for _, effect in changes])
    for step, effect in changes:
        before = require_line(step, lines, effect.subject_id)
        after = corrected(before, effect.entry)
        lines[before.id] = after
        write_line(connection, after)
        if dict(after.told) != dict(before.told):
            connection.execute(_SCORE_AGAIN, {"subject": before.id})
        batch.note(step, "household.corrected", subject_id=before.id)


def leave(connection: Connection, batch: Batch) -> None:
    """Take households that moved away off the roll, or put them back on it."""
    leaving = batch.each(LeaveRoll)
    lines = locked(connection, [effect.subject_id for _, effect in leaving])
    for step, effect in leaving:
        line = require_line(step, lines, effect.subject_id)
        if (line.left_on is None) == (effect.on is None):
            step.conflict(f"subject {line.id} has left the roll or is back on it already")
        connection.execute(_LEAVE, {"subject": line.id, "on": effect.on})
        batch.note(step, "household.left" if effect.on else "household.back", subject_id=line.id)


def move(connection: Connection, batch: Batch) -> None:
    """Move households to other hamlets: their open sheets belong to the period there, their codes lead there."""
    moves = batch.each(MoveHousehold)
    lines = locked(connection, [effect.subject_id for _, effect in moves])
    where = _places(connection, [effect.place_id for _, effect in moves]) if moves else {}
    for step, effect in moves:
        line = require_line(step, lines, effect.subject_id)
        _require_hamlet(step, where, effect.place_id)
        connection.execute(_MOVE, {"subject": line.id, "to": effect.place_id})
        connection.execute(_CODES_MOVE, {"subject": line.id, "to": effect.place_id})
        follow_periods(connection, line.id, effect.place_id)
        batch.note(step, "household.moved", subject_id=line.id)


def locked(connection: Connection, subject_ids: Sequence[int]) -> dict[int, Line]:
    """Return lines of the roll, locked in order, by id."""
    if not subject_ids:
        return {}
    rows = connection.execute(_LOCK, {"subjects": sorted(set(subject_ids))})
    return {
        row.id: Line(
            row.id, row.kind, row.place_id, row.path, row.name, row.roll_number, row.roll_group, row.phone,
            told_of(row.told), row.left_on, row.merged_into,
        )
        for row in rows
    }  # fmt: skip


def corrected(line: Line, entry: HouseholdEntry) -> Line:
    """Return a line with what an entry says; what it leaves out stays."""
    return replace(
        line,
        name=entry.name or line.name,
        number=entry.number or line.number,
        group=entry.group or line.group,
        phone=entry.phone or line.phone,
        told=told_with(line.told, entry),
    )


def write_line(connection: Connection, line: Line) -> None:
    """Write the words of a line, and what it is found and ordered by."""
    entry = HouseholdEntry(line.name, line.number, line.group, line.phone)
    columns = {f"new_{name}": value for name, value in _columns(line.told, entry).items()}
    connection.execute(_CORRECT, columns | {"subject": line.id})


def follow_periods(connection: Connection, subject_id: int, place_id: int) -> None:
    """Let the open sheets of a subject belong to the period of a place."""
    years = connection.execute(_OPEN_YEARS, {"subject": subject_id}).all()
    if years:
        found = periods(connection, {(year, place_id) for _, year in years})
        connection.execute(
            _CHANGE_PERIOD, [{"assessment": each, "period": found[year, place_id]} for each, year in years]
        )


def told_with(told: Mapping[str, int], entry: HouseholdEntry) -> Mapping[str, int]:
    """Return what was told, with the counts that an entry says."""
    said = {"adults": entry.adults, "school_age_children": entry.school_age_children}
    return {**told, **{fact: count for fact, count in said.items() if count is not None}}


def require_line(step: Step, lines: Mapping[int, Line], subject_id: int) -> Line:
    """Return a line of the roll that is there and is the person's business.

    Raises: Conflict: it is neither.
    """
    line = lines.get(subject_id)
    if line is None or line.merged_into is not None or line.kind in PLACES_THEMSELVES:
        step.conflict(f"subject {subject_id} is on no roll")
    require(step, line.path)
    return line


def _columns(told: Mapping[str, int], entry: HouseholdEntry) -> dict[str, Any]:
    """The columns of `subject` that an entry fills."""
    folded, sort_key = subject_keys(entry.name, entry.number, entry.group)
    return {
        "name": entry.name,
        "roll_number": entry.number,
        "roll_group": entry.group,
        "phone": entry.phone,
        "told": json.dumps(dict(told), separators=(",", ":"), sort_keys=True),
        "folded": folded,
        "sort_key": sort_key,
        "is_on_roll": True,
    }


def _places(connection: Connection, place_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = connection.execute(_HAMLETS, {"places": sorted(set(place_ids))})
    return {id_: (path, level) for id_, path, level in rows}


def _require_hamlet(step: Step, where: Mapping[int, tuple[str, str]], place_id: int) -> None:
    path, level = where.get(place_id, ("", ""))
    if level != HAMLET:
        step.conflict(f"place {place_id} is no hamlet, it has no roll")
    require(step, path)
