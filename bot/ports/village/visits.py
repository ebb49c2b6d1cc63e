"""Sheets that a village head works on for others: whose they are, so that they open under the right rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.dialogs.places import Place
from bot.scoring.model import SubjectKind


@dataclass(frozen=True, slots=True)
class Visited:
    """What a subject is, and where."""

    subject_id: int
    kind: SubjectKind
    group: str | None
    place: Place
    is_on_roll: bool


class Visits(Protocol):
    """Subjects whose sheets are to be opened."""

    async def subject(self, subject_id: int) -> Visited | None:
        """What a subject is, and where; None when there is none such."""
