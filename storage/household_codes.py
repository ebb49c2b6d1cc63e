"""Codes of households: whether one works, and which line of the roll it leads to by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from bot.dialogs.facts import CodeState
from bot.dialogs.places import Place
from storage.places import PLACE
from storage.tables import place, subject

_SUBJECT = (
    select(subject.c.id, subject.c.name, subject.c.left_on, subject.c.merged_into, *PLACE)
    .join(place, place.c.id == subject.c.place_id)
    .where(subject.c.id == bindparam("subject"))
)
_MERGES: Final = 50
"""How often a line may have been merged into the next at most; only damaged data has more."""


@dataclass(frozen=True, slots=True)
class KeptHousehold:
    """The line of the roll that a household's code leads to."""

    subject_id: int
    name: str
    place: Place
    has_left: bool


def kept_household(connection: Connection, subject_id: int) -> KeptHousehold:
    """Follow a household through everything that it was merged into."""
    for _ in range(_MERGES):
        id_, name, left_on, merged_into, *columns = connection.execute(_SUBJECT, {"subject": subject_id}).one()
        if merged_into is None:
            break
        subject_id = merged_into
    return KeptHousehold(id_, name, Place(*columns), left_on is not None)


def code_state(uses_left: int, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> CodeState | None:
    """Why a code that is known does not work any more; None while it does."""
    if revoked_at is not None:
        return CodeState.REVOKED
    if uses_left <= 0:
        return CodeState.USED_UP
    return CodeState.EXPIRED if expires_at <= now else None
