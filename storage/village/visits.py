"""Sheets that a village head works on for others."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select

from bot.dialogs.places import Place
from bot.dialogs.village.effects import Visit
from bot.ports.village.visits import Visited
from storage.batch import Batch
from storage.engine import Run
from storage.places import PLACE
from storage.subjects import Opening, open_or_join
from storage.tables import PLACES_THEMSELVES, place, subject
from storage.types import among
from storage.village.authority import require

_LOCK: Final = (
    select(subject.c.id, subject.c.kind, subject.c.place_id, subject.c.left_on, place.c.path)
    .join(place, place.c.id == subject.c.place_id)
    .where(among(subject.c.id, "subjects"))
    .order_by(subject.c.id)
    .with_for_update(key_share=True, of=subject)
)
_SUBJECT: Final = (
    select(subject.c.id, subject.c.kind, subject.c.subject_group, subject.c.left_on, *PLACE)
    .join(place, place.c.id == subject.c.place_id)
    .where(subject.c.id == bindparam("subject"))
)


class SqlVisits:
    """Sheets that a village head works on for others; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def subject(self, subject_id: int) -> Visited | None:
        """What a subject is, and where; see ports.village."""
        return await self._run(_subject, subject_id)


def _subject(connection: Connection, subject_id: int) -> Visited | None:
    row = connection.execute(_SUBJECT, {"subject": subject_id}).one_or_none()
    if row is None:
        return None
    found, kind, group, left_on, *columns = row
    return Visited(found, kind, group, Place(*columns), is_on_roll=left_on is None)


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about visits: the sheet is taken up, and opened where there is none of this year.

    Raises: Conflict: no role of the person allows it, or the subject is not on the roll.
    """
    visits = batch.each(Visit)
    if not visits:
        return
    subjects = sorted({effect.subject_id for _, effect in visits})
    there = {row.id: row for row in connection.execute(_LOCK, {"subjects": subjects})}
    openings: list[Opening] = []
    for step, effect in visits:
        of = there.get(effect.subject_id)
        if of is None or of.left_on is not None or of.kind in PLACES_THEMSELVES:
            step.conflict(f"subject {effect.subject_id} cannot be visited")
        require(step, of.path)
        if not step.turn.set_id:
            step.conflict(f"no set is in force for subject {of.id}")
        step.subject_id = of.id
        openings.append(Opening(step, of.place_id, step.turn.year))
    open_or_join(connection, batch, openings)
    for step, _ in visits:
        batch.note(step, "visit.begun")
