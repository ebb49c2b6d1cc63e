"""The roll as files are compared with it, and lines of it written by the hundred."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import HouseholdEntry
from bot.ports.village.imports import KnownHousehold, RollChange, RollPlace
from bot.scoring.model import SubjectKind
from storage.paths import AT_OR_BELOW, bounds
from storage.places import HAMLET
from storage.rows import add_rows
from storage.subject_keys import subject_keys
from storage.subjects import told_of
from storage.tables import assessment, place, subject
from storage.types import among
from storage.village.roll_writing import told_with

_BELOW: Final = (
    select(place.c.id, place.c.name, place.c.path, place.c.within)
    .where(place.c.level == HAMLET, AT_OR_BELOW, place.c.valid_until.is_(None))
    .order_by(place.c.sort_key, place.c.id)
)
_ROLL: Final = (
    select(
        subject.c.id, subject.c.place_id, subject.c.name, subject.c.roll_number, subject.c.roll_group, subject.c.phone,
        subject.c.told, subject.c.left_on, subject.c.is_on_roll,
    )
    .where(
        among(subject.c.place_id, "places"), subject.c.kind == SubjectKind.HOUSEHOLD, subject.c.merged_into.is_(None)
    )
    .order_by(subject.c.id)
)  # fmt: skip
_LOCK: Final = (
    select(place.c.id)
    .where(among(place.c.id, "places"))
    .order_by(place.c.id)
    .with_for_update(key_share=True)
)  # fmt: skip
_TOLD: Final = (
    select(subject.c.id, subject.c.told)
    .where(among(subject.c.id, "subjects"))
    .order_by(subject.c.id)
    .with_for_update(key_share=True)
)  # fmt: skip
_COLUMNS: Final = (
    "name", "roll_number", "roll_group", "phone", "told", "folded", "sort_key", "is_on_roll", "left_on",
)  # fmt: skip
_CORRECT: Final = (
    update(subject)
    .where(subject.c.id == bindparam("subject"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS})
)
_SCORE_AGAIN: Final = (
    update(assessment)
    .where(
        among(assessment.c.subject_id, "subjects"),
        assessment.c.state.in_((AssessmentState.DRAFT, AssessmentState.RETURNED, AssessmentState.HANDED_IN)),
    )
    .values(is_scored=False)
)


def hamlets_below(connection: Connection, path: str) -> tuple[RollPlace, ...]:
    """Hamlets of today at or below a place."""
    rows = connection.execute(_BELOW, bounds(path))
    return tuple(RollPlace(id_, name, where, within) for id_, name, where, within in rows)


def households_of(connection: Connection, place_ids: Sequence[int]) -> tuple[KnownHousehold, ...]:
    """Every household of hamlets but those that turned out to be another one."""
    rows = connection.execute(_ROLL, {"places": sorted(set(place_ids))})
    return tuple(
        KnownHousehold(
            id_, place_id, _entry(name, number, group, phone, told_of(told)), left_on is not None, is_on_roll
        )
        for id_, place_id, name, number, group, phone, told, left_on, is_on_roll in rows
    )


def _entry(name: str, number: str, group: str, phone: str, told: Mapping[str, int]) -> HouseholdEntry:
    return HouseholdEntry(name, number, group, phone, told.get("adults"), told.get("school_age_children"))


def lock_hamlets(connection: Connection, place_ids: Sequence[int]) -> None:
    """Hold hamlets until the end, so that their rolls are not imported twice at a time."""
    connection.execute(_LOCK, {"places": sorted(set(place_ids))}).close()


def write_changes(connection: Connection, changes: Sequence[RollChange], now: datetime) -> None:
    """Add and correct lines, in a few statements."""
    new = [each for each in changes if not each.subject_id]
    if new:
        rows = [_columns(each.entry, {}) for each in new]
        made = {"kind": SubjectKind.HOUSEHOLD, "created_at": now}
        add_rows(
            connection,
            subject,
            [row | made | {"place_id": each.place_id} for row, each in zip(rows, new, strict=True)],
        )
    _correct(connection, sorted((each for each in changes if each.subject_id), key=lambda each: each.subject_id))


def _correct(connection: Connection, changes: Sequence[RollChange]) -> None:
    if not changes:
        return
    rows = connection.execute(_TOLD, {"subjects": [each.subject_id for each in changes]})
    told = {id_: told_of(text) for id_, text in rows}
    known = [each for each in changes if each.subject_id in told]
    written = [
        {f"new_{name}": value for name, value in _columns(each.entry, told[each.subject_id]).items()}
        | {"subject": each.subject_id}
        for each in known
    ]
    if written:
        connection.execute(_CORRECT, written)
    # What was told decides which questions apply.
    others = [e.subject_id for e in known if dict(told_with(told[e.subject_id], e.entry)) != dict(told[e.subject_id])]
    if others:
        connection.execute(_SCORE_AGAIN, {"subjects": others})


def _columns(entry: HouseholdEntry, told: Mapping[str, int]) -> dict[str, Any]:
    folded, sort_key = subject_keys(entry.name, entry.number, entry.group)
    left_on: date | None = None
    return {
        "name": entry.name,
        "roll_number": entry.number,
        "roll_group": entry.group,
        "phone": entry.phone,
        "told": json.dumps(dict(told_with(told, entry)), separators=(",", ":"), sort_keys=True),
        "folded": folded,
        "sort_key": sort_key,
        "is_on_roll": True,
        "left_on": left_on,
    }
