"""One question for many households, and scoring again what changed outside of the sheet in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import Side
from bot.scoring.model import Answer


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A household of the roll, its sheet of the year, and what stands there for one question."""

    subject_id: int
    name: str
    number: str
    told: Mapping[str, int]
    assessment_id: int = 0
    """0 while there is no sheet of the year."""
    state: AssessmentState | None = None
    handed_in_at: datetime | None = None
    set_id: str = ""
    set_version: str = ""
    standing: Answer | None = None
    side: Side | None = None
    other: Answer | None = None
    """A second answer that waits for the reviewer."""
    is_complete: bool = False
    has_head: bool = False
    """Whether the village head gave any answer on it."""


@dataclass(frozen=True, slots=True)
class UnscoredSheet:
    """A sheet whose answers changed since its total was kept, with all that scoring needs."""

    assessment_id: int
    set_id: str
    set_version: str
    answers: Mapping[str, Answer]
    profile: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KeptScore:
    """What is kept of a sheet's score; see ports.Outcome."""

    assessment_id: int
    total: Decimal | None
    title_id: str | None
    is_complete: bool


class Bulk(Protocol):
    """Answers of many households at once."""

    async def households(self, place_id: int, year: int, indicator: str) -> tuple[BulkRow, ...]:
        """Every household on the roll of a hamlet, in its order, with its newest sheet of a year."""

    async def unscored(self, limit: int) -> tuple[UnscoredSheet, ...]:
        """Sheets to be scored again, the oldest first; those that other transactions have not committed are theirs."""

    async def keep_scores(self, scores: Sequence[KeptScore]) -> None:
        """Keep scores; their sheets count as scored from now on."""
